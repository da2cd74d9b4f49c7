import { splitLeadingTime } from '../times/times.ts';
import {
  type Arguments,
  argumentsFrom,
  type LevelWords,
  readDownload,
  readDraft,
  readLevel,
  readReason,
  readSnooze,
  readSpeed,
} from './command-arguments.ts';
import { findIncidentId, isOnlyIncidentId } from './command-lead.ts';
import type { BareType, Lacking, ReasonedType, TextCommand, WordyType } from './command-types.ts';
import { POLITE, type Verb } from './command-words.ts';
import { fieldAlone, isFigure, readItemBehindVerb, readMarkedItem, splitField } from './item-lines.ts';

export interface Grammar {
  readonly fields: readonly string[];
  readonly levels: readonly LevelWords[];
  readonly maxItem: number;
}

type Reader = (args: Arguments, grammar: Grammar) => TextCommand | undefined;

function isEmpty(args: Arguments): boolean {
  return POLITE.test(args.folded);
}

const inDoubt = ({ folded }: Arguments): { readonly unsure?: boolean } =>
  /[吧?]/.test(folded) ? { unsure: true } : {};

function withId(type: 'switch' | 'bind'): Reader {
  return (args) => {
    const id = idIn(args);
    return id === undefined ? undefined : { type, id };
  };
}

/** Returns the id of an incident: INC-2026-0007, or its number: 7 and 0007 give `0007`. */
function idIn({ folded }: Arguments): string | undefined {
  if (/^\d{1,6}$/.test(folded)) return folded.padStart(4, '0');
  return isOnlyIncidentId(folded) ? findIncidentId(folded) : undefined;
}

function numbered(type: 'take' | 'fill'): Reader {
  return (args, grammar) => {
    if (isEmpty(args)) return { type };
    const item = readItemBehindVerb(args, grammar.maxItem);
    return item && isEmpty(item.rest) ? { type, n: item.n } : undefined;
  };
}

const TO = /^(?:(?:to|给|为|:)[ :]*)/;

function person(args: Arguments): string | undefined {
  const skip = TO.exec(args.folded)?.[0].length ?? 0;
  const who = args.raw.slice(skip).trim();
  return who === '' || who.length > 200 ? undefined : who;
}

function aboutPerson(type: 'invite' | 'remove_person'): Reader {
  return (args) => {
    const who = person(args);
    return { type, ...(who === undefined ? {} : { who }) };
  };
}

/** Pattern of a person's name: 王磊, Li Wei, @li.wei. */
const NAME = /^(?:[@＠<].{1,60}|\p{Script=Han}{2,4}|\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){0,3})$/u;

const readAssign: Reader = (args, grammar) => {
  const item = readItemBehindVerb(args, grammar.maxItem);
  const who = person(item?.rest ?? args);
  // "Give up" and "assign later" name no person, but 转给 王磊 does.
  if (who === undefined || (!item && !/^[@<]/.test(who) && /^[a-z]/.test(args.word))) return undefined;
  return { type: 'assign', ...(item ? { n: item.n } : {}), who };
};

const readNote: Reader = (args, grammar) => {
  if (args.raw === '' || (NOUNS.has(args.word) && !args.colon && TELLS.test(args.folded))) return undefined;
  const item = readMarkedItem(args, grammar.maxItem);
  if (item && item.rest.raw !== '') return { type: 'item', n: item.n, ...splitField(item.rest, grammar.fields) };
  const { field, text } = splitField(args, grammar.fields);
  if (field !== undefined && text !== '') return { type: 'item', field, text };
  const time = splitLeadingTime(args.raw);
  // A day alone ("Friday meeting …") belongs to the sentence; only a clock time is the time of the event.
  if (time?.exact && time.rest !== '') return { type: 'note', text: time.rest, happenedAt: time.time };
  return { type: 'note', text: args.raw };
};

/** Verbs of a note that are nouns in "log says …", "record shows …"; `note` is the word the help names, so it always is one. */
const NOUNS: ReadonlySet<string> = new Set(['log', 'record']);
const TELLS =
  /^(?:says?|said|shows?|showed|has|have|had|is|was|are|were|of|files?|lines?|entr(?:y|ies)|looks?|goes|tells?|starts?|ends?|stops?|on the)(?![a-z])/;

const readCorrect: Reader = (args, grammar) => {
  // "Correct." may mean agreement, so alone it only lists the values that can be corrected.
  if (isEmpty(args)) return { type: 'correct' };
  const item = readItemBehindVerb(args, grammar.maxItem);
  const { field, text } = splitField(item?.rest ?? args, grammar.fields);
  const named = field !== undefined || /^[^:]{1,40}:/.test(args.folded);
  if (!item && !named && /^[a-z]/.test(args.word) && !isFigure(text)) return undefined;
  return {
    type: 'correct',
    ...(item ? { n: item.n } : {}),
    ...(field === undefined ? {} : { field }),
    ...(text === '' ? {} : { text }),
  };
};

const readDelete: Reader = (args, grammar) => {
  if (isEmpty(args)) return { type: 'delete' };
  const item = readItemBehindVerb(args, grammar.maxItem);
  // "Remove 3" concerns an item, "remove Li Wei" a person.
  if (!item)
    return args.word === 'remove' && NAME.test(args.raw) ? { type: 'remove_person', who: args.raw } : undefined;
  if (isEmpty(item.rest)) return { type: 'delete', n: item.n };
  const field = fieldAlone(item.rest, grammar.fields);
  return field === undefined ? undefined : { type: 'delete', n: item.n, field };
};

/** Pattern of words that end a drill: 演练结束了, "drill is over". */
const DRILL_OVER =
  /^(?:到此|可以|就)*(?:结束|完了|完成|终止|停止)[了吧啊]*[.! ]*$|^(?:is |has )?(?:over|ended|finished|done)[.! ]*$/;

const readDrill: Reader = (args) => {
  const fast = readSpeed(args);
  const title = (fast?.rest ?? args).raw;
  if (DRILL_OVER.test(args.folded)) return undefined;
  return { type: 'drill', ...(title === '' ? {} : { title }), ...(fast ? { speed: fast.speed } : {}) };
};

const readConfirm: Reader = (args, grammar) => {
  if (isEmpty(args)) return { type: 'confirm_level' };
  const named = readLevel(args, grammar.levels);
  const isAll =
    named && /^的?(?:来?(?:报送?|上报|处理|算))?(?:吧|了| ?then| ?now| ?already)?[.! ]*$/.test(named.rest.folded);
  return isAll || (named && isEmpty(named.rest)) ? { type: 'confirm_level', level: named.level } : undefined;
};

const readAnotherLevel: Reader = (args, grammar) => {
  if (isEmpty(args)) return { type: 'another_level' };
  const named = readLevel(args, grammar.levels);
  if (!named) return undefined;
  const reason = readReason({ ...named.rest, colon: true });
  return { type: 'another_level', level: named.level, ...reason };
};

/** Reads "agree to 较大", where 较大 is the proposed level; the level is optional. */
const readAgree: Reader = (args, grammar) => {
  if (isEmpty(args)) return { type: 'agree' };
  const confirmed = readConfirm(args, grammar);
  return confirmed?.type === 'confirm_level' ? { ...confirmed, type: 'agree' } : undefined;
};
/** Texts after 新建事件 or 上报 that make it no command: 上报流程是什么 is a question, but 新建事件官网被黑 declares. */
const NO_TITLE = /^(?:[了完过给到的]|流程|时限|材料|要求|.{0,40}(?:[?吗呢]|什么|怎么|如何|多久|哪里|哪个|谁))/;
const SHORTEST_JOINED_TITLE = 4;

/**
 * Texts after "new" or "report incident" that are no title: "new info: …", "new dump surfaced", "… to the police". Words
 * that may begin the title of an incident ("new mail is down", "new ransom note appeared") are not among them.
 */
const NO_ENGLISH_TITLE =
  /^(?:infos?|information|news|updates?|findings?|evidence|details?|facts?|colleagues?|guys?|joiners?|hires?|ideas?|numbers?|figures?|(?:head ?)?counts?|totals?|estimates?|ips?|sessions?|waves?|versions?|drafts?|plans?|times?|one|ones)(?![a-z])|^(?:[a-z]+ ){1,3}(?:surfaced|joined|(?:showed|turned|came|popped) (?:up|in))(?![a-z])|^to (?:the |our )?[a-z]+[?.!]*$/;

const readNew: Reader = (args) => {
  const isWord = args.word === 'new' || args.word === 'report incident';
  if (isWord && !args.colon && NO_ENGLISH_TITLE.test(args.folded)) return undefined;
  if (args.joined && (args.raw.length < SHORTEST_JOINED_TITLE || NO_TITLE.test(args.folded))) return undefined;
  return { type: 'new', ...(args.raw === '' ? {} : { title: args.raw }) };
};

/** Reads 上报 官网被黑, 上报网信办: the bot asks whether a filing with the authority or a new incident is meant. */
const readReportUp: Reader = (args) => (NO_TITLE.test(args.folded) ? undefined : withText('report_up', args));

/** Reads a verb with a time: 发生时间 昨晚11点. With other words after it the line is an ordinary sentence. */
const readTimed =
  (type: 'correct_clock' | 'occurrence'): Reader =>
  (args) =>
    isEmpty(args) || splitLeadingTime(args.raw) ? withText(type, args) : undefined;

const readLanguage: Reader = (args) => {
  const named = isEmpty(args) ? args.word : args.folded;
  if (/^(?:en|english|英文|英语)$/.test(named)) return { type: 'language', language: 'en' };
  return /^(?:zh|zh-cn|cn|chinese|中文|汉语)$/.test(named) ? { type: 'language', language: 'zh' } : undefined;
};

const CHOICES = /^#?\d{1,2}(?:(?: ?[,;+&] ?| ?(?:和|and) ?| )#?\d{1,2})*[.)]?$/;
const MOST_OPTIONS = 40;

/** Reads numbers of options: "1", "1 3", "1、3", "2 and 4"; but not 1/2 or 3-5. */
export function readChoices(folded: string): readonly number[] | undefined {
  if (folded.length > 120 || !CHOICES.test(folded)) return undefined;
  const found = folded.match(/\d+/g) ?? [];
  const numbers = found.map(Number);
  const fine = numbers.every((n) => n >= 1 && n <= MOST_OPTIONS) && found.every((text) => !text.startsWith('0'));
  return fine ? [...new Set(numbers)] : undefined;
}

export function answerOf(raw: string, folded: string): TextCommand {
  const choices = readChoices(folded);
  return { type: 'answer', text: raw, ...(choices ? { choices } : {}) };
}

/** Words after "file" that show a filing; "file deleted by the attacker" has none. */
const FILING =
  /12387|receipt|回执|编号|邮件|邮箱|电话|热线|传真|网站|小程序|公众号|website|hotline|e-?mail|phone|fax|mini program|public account|\d{1,2}:\d{2}|\d点/;

function withText(type: WordyType, args: Arguments): TextCommand {
  return { type, ...(args.raw === '' ? {} : { text: args.raw }) };
}

/** Reads a decision on a report: `A-7K2QX9 new`, `A-7K2QX9 none: a test`; in Chinese 新建 and 排除. An id may follow. */
const readReport: Reader = (args) => {
  if (isEmpty(args)) return { type: 'report' };
  const [, ref = '', rest = ''] = /^([as]-[0-9a-z]{7,32})(?:[ :,]+(.*))?$/su.exec(args.folded) ?? [];
  if (ref === '') return undefined;
  const about = { type: 'report', ref: ref.toUpperCase() } as const;
  if (rest === '') return about;
  if (/^(?:new|open|新建|新建事件)$/.test(rest)) return { ...about, choice: 'new' };
  const [none = ''] = /^(?:none|no incident|排除|不是事件)(?:[ :,]+|$)/.exec(rest) ?? [];
  if (none === '') return undefined;
  const reason = args.raw.slice(args.folded.length - rest.length + none.length).trim();
  return { ...about, choice: 'none', ...(reason === '' ? {} : { reason }) };
};

/** Commands that always need a reason: their argument is the reason, even without "because". */
const ALWAYS_REASONED: readonly ReasonedType[] = ['send_back', 'not_reportable', 'explain_delay'];

function reasoned(type: ReasonedType): Reader {
  return (args) => {
    if (isEmpty(args)) return { type };
    const reason = readReason({ ...args, colon: args.colon || ALWAYS_REASONED.includes(type) });
    return reason && { type, ...reason };
  };
}

/** Words of cancellation after which a sentence may follow: 算了，还是报吧. */
const CALLED_OFF: ReadonlySet<string> = new Set(['算了', '不用了', '当我没说', 'forget it', 'never mind', 'nevermind']);

/** Reads a completed act, e.g. a phone call; the rest is its detail. A question or denial is no act. */
function spoken(type: 'phoned' | 'police'): Reader {
  return (args) =>
    /[?？吗呢]\s*$|^(?:率|的|没|not? )/.test(args.folded) || UNREACHED.test(args.folded)
      ? undefined
      : { type, text: args.raw };
}

/** Pattern of a call that reached nobody: 占线; 占线 第二次通了 reached somebody. */
export const UNREACHED =
  /^(?!.*(?:第[二两三四五]|后来|终于|再)[^,，]{0,4}(?:[打接]?通了|接了)).*(?:占线|忙音|没人接|无人接|[打接]不[通进]|没[打接][通进]|(?<![a-z])(?:engaged|busy|no answer|nobody (?:picks|picked|answers|answered)|voicemail|no one (?:picks|picked|answers|answered))(?![a-z])|(?:can'?t|cannot|couldn'?t) get through)/s;

/** Words after "false alarm" that make it another sentence: a question, a denial or a continuation. */
const NO_MISTAKE = /[?吗呢]\s*$|^(?:率|的|没|or |if )|但|不是|\bbut\b|\bnot\b|n't\b/;

/** Reads a false alarm with its reason or a wish to close: 误报，关掉吧; not "false alarm rate". */
const readMistake: Reader = (args) => {
  if (isEmpty(args)) return { type: 'withdraw_declaration' };
  if (NO_MISTAKE.test(args.folded)) return undefined;
  if (/^(?:关|结束|撤|close|end|withdraw)/.test(args.folded)) return { type: 'withdraw_declaration' };
  const reason = readReason({ ...args, colon: args.colon || !/^[a-z]/.test(args.word) });
  return reason && { type: 'withdraw_declaration', ...reason };
};

const READERS: Readonly<Record<Exclude<Verb, BareType> | 'state_secret' | 'cancel' | 'as_written', Reader>> = {
  new: readNew,
  report_up: readReportUp,
  drill: readDrill,
  drill_speed: (args) => {
    if (isEmpty(args)) return { type: 'drill_speed' };
    const speed = readSpeed(args) ?? readSpeed({ ...args, folded: `${args.folded}x` });
    return speed && isEmpty(speed.rest) ? { type: 'drill_speed', speed: speed.speed } : undefined;
  },
  status: (args) => {
    if (isEmpty(args)) return { type: 'status' };
    const id = idIn(args);
    return id === undefined ? undefined : { type: 'status', id };
  },
  help: (args) => (args.raw.length > 60 ? undefined : { type: 'help', ...(isEmpty(args) ? {} : { topic: args.raw }) }),
  note: readNote,
  bind: withId('bind'),
  switch: withId('switch'),
  answer: (args) => answerOf(args.raw, args.folded),
  yes: (args) => (isEmpty(args) ? { type: 'yes', word: args.word, ...inDoubt(args) } : undefined),
  no: (args) => (isEmpty(args) ? { type: 'no', word: args.word, ...inDoubt(args) } : undefined),
  correct: readCorrect,
  delete: readDelete,
  take: numbered('take'),
  fill: numbered('fill'),
  assign: readAssign,
  confirm_level: readConfirm,
  another_level: readAnotherLevel,
  draft: (args) => readDraft(args, undefined),
  draft_first: (args) => readDraft(args, 'first'),
  draft_supplement: (args) => readDraft(args, 'supplement'),
  draft_update: (args) => readDraft(args, 'update'),
  draft_final: (args) => readDraft(args, 'final'),
  download: readDownload,
  snooze: (args) => readSnooze(args.folded),
  invite: aboutPerson('invite'),
  remove_person: aboutPerson('remove_person'),
  approve: (args, grammar) => {
    if (!isEmpty(args)) return args.word === '同意' ? readAgree(args, grammar) : undefined;
    return /^(?:审批|review)/.test(args.word) && args.word !== '审批通过'
      ? { type: 'approve', look: true }
      : { type: 'approve' };
  },
  agree: readAgree,
  phoned: spoken('phoned'),
  police: spoken('police'),
  withdraw_declaration: readMistake,
  // The label [As written (9)] may be typed as it is on the button.
  as_written: (args) => (isEmpty(args) || /^\(.{1,8}\)$/.test(args.folded) ? { type: 'as_written' } : undefined),
  hand_over: (args) => {
    const who = person(args)?.split(/[,，;；。]/)[0];
    return { type: 'hand_over', ...(who === undefined ? {} : { who }) };
  },
  // Words after "forget it" are neither a reason nor an answer, so nothing is recorded.
  cancel: (args) =>
    isEmpty(args) ||
    (CALLED_OFF.has(args.word) && !args.colon && !/误报|虚惊|false alarm/.test(args.folded)) ||
    /^(?:弄|填|写|说|管|做)/.test(args.folded)
      ? { type: 'cancel' }
      : undefined,
  rename: (args) => {
    const title = argumentsFrom(args, TO.exec(args.folded)?.[0].length ?? 0).raw;
    return { type: 'rename', ...(title === '' ? {} : { title }) };
  },
  language: readLanguage,
  report: readReport,
  // The rest of the line is dropped, because a state secret must not be repeated.
  state_secret: (args) =>
    /^(?:无|否|没有|不|no|none)|[?吗]$/.test(args.folded) ? undefined : { type: 'state_secret' },
  file: (args) => (isEmpty(args) || args.colon || FILING.test(args.folded) ? withText('file', args) : undefined),
  link_account: (args) => {
    if (isEmpty(args)) return { type: 'link_account' };
    const code = /^[A-Za-z0-9]{8}$/.exec(args.raw)?.[0];
    return code === undefined ? undefined : { type: 'link_account', code: code.toUpperCase() };
  },
  release: (args) => (isEmpty(args) || args.colon ? withText('release', args) : undefined),
  correct_clock: readTimed('correct_clock'),
  occurrence: readTimed('occurrence'),
  decide: (args) => withText('decide', args),
  end: reasoned('end'),
  close: reasoned('close'),
  reopen: reasoned('reopen'),
  lift_stop: reasoned('lift_stop'),
  hold: reasoned('hold'),
  release_hold: reasoned('release_hold'),
  send_back: reasoned('send_back'),
  not_reportable: reasoned('not_reportable'),
  confirm_clock: reasoned('confirm_clock'),
  explain_delay: reasoned('explain_delay'),
};

/** Arguments that a verb needs. */
const LACKING: Partial<Record<Verb, Lacking>> = {
  bind: 'id',
  switch: 'id',
  status: 'id',
  note: 'text',
  language: 'language',
};

/** Returns the missing argument of a verb; undefined if the words after it make it another sentence. */
export function lackingOf(verb: Verb, args: Arguments, { maxItem }: Grammar): Lacking | undefined {
  if (verb === 'assign') {
    const item = readItemBehindVerb(args, maxItem);
    return isEmpty(item?.rest ?? args) ? (item ? 'person' : 'item_person') : undefined;
  }
  const lacking = LACKING[verb];
  const isTried = isEmpty(args) || (lacking === 'id' && args.raw.length <= 20 && /\d/.test(args.folded));
  return isTried ? lacking : undefined;
}

/** Converts a verb and its argument to a command; undefined if they do not fit. */
export function readVerb(verb: Verb, args: Arguments, grammar: Grammar): TextCommand | undefined {
  if (isBare(verb)) return isEmpty(args) ? { type: verb } : undefined;
  return READERS[verb](args, grammar);
}

const isBare = (verb: Verb): verb is BareType => !(verb in READERS);
