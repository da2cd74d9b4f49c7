import { fold } from '../characters.ts';
import { interpretNumber } from '../numbers/numbers.ts';
import { splitLeadingTime } from '../times/times.ts';
import { type Arguments, type LevelWords, readSnooze, USUAL_LEVELS } from './command-arguments.ts';
import { findIncidentId, isOnlyIncidentId, stripLead } from './command-lead.ts';
import type { TextCommand } from './command-types.ts';
import { answerOf, type Grammar, lackingOf, readChoices, readVerb } from './command-verbs.ts';
import {
  ALL_WORDS,
  isHint,
  POLITE,
  suggestFor,
  TIGHT,
  TIGHT_BEFORE_FIELD,
  verbAlone,
  type Word,
} from './command-words.ts';
import { fearsSecret, isCall, isThanks, readCorrection, readNth } from './corrections-in-text.ts';
import { type FieldRow, readRows } from './field-rows.ts';
import { isFieldName, readBareItem, readMarkedItem, splitField } from './item-lines.ts';
import { isPasted } from './pasted.ts';
import { ASKED, readSpokenLine } from './spoken-lines.ts';

export { findIncidentId } from './command-lead.ts';
export type { Lacking, TextCommand } from './command-types.ts';

export interface CommandOptions {
  /** Labels of the fields of the report in force, beside the usual short words. */
  readonly fields?: readonly string[];
  /** Levels of the regime in force. */
  readonly levels?: readonly LevelWords[];
  /** Highest number of an item; a larger figure before a text is no item. */
  readonly maxItem?: number;
}
const USUAL_MAX_ITEM = 8;

const POLITE_LEAD = /^(?:请|麻烦|帮我|那?就|那|行|please|pls|ok|then|(?:let's |we )?go with)[ ,:]*/;
const ANSWER_LONGEST = 160;

function isBoundary(word: Word, next: string): boolean {
  if (next === '') return true;
  if (word.language === 'en') return !/[a-z0-9_'一-龥-]/.test(next) || /[?]$/.test(word.word);
  return !/[一-龥a-z]/.test(next);
}

interface Found {
  readonly word: Word;
  readonly args: Arguments;
  readonly whole: boolean;
}

/** Finds the verb at the beginning of the line, and the text after it; `whole` is false if letters follow directly. */
function findVerb(raw: string, folded: string): Found | undefined {
  let running: Found | undefined;
  for (const word of ALL_WORDS) {
    if (!folded.startsWith(word.word)) continue;
    const whole =
      isBoundary(word, folded.charAt(word.word.length)) ||
      (word.language === 'zh' && word.word.length > 1 && POLITE.test(folded.slice(word.word.length)));
    const gap = /^[ :,]*(?:- )?/.exec(folded.slice(word.word.length, word.word.length + 20))?.[0] ?? '';
    const from = word.word.length + gap.length;
    const args = {
      raw: raw.slice(from).trim(),
      folded: folded.slice(from).trimEnd(),
      colon: gap.includes(':'),
      word: word.word,
    };
    if (whole) return { word, args, whole };
    const joined = { word, args: { ...args, joined: true as const }, whole: TIGHT.has(word.word) };
    if (running === undefined && word.language === 'zh') running = joined;
  }
  return running;
}

/** Pattern of a line that gives an item to a person: 把第3项交给王磊. */
const GIVE = /^把 ?第? ?(\d{1,2}) ?项? ?(?:交给|转给|指派给|分配给|派给) ?(?=\S)/;
/** Pattern of the button [Confirm 09:42…], typed as a line. */
const CONFIRM_START = /^(?:confirm .{0,14}\d:\d{2}|确认.{0,14}起算)[.]*$/;
const REMIND = /^(?:(.{1,30}?)之?后再?|过(.{1,30}?)再?)提醒我?$/;

/** Reads a line whose verb is not at its beginning. */
function readSentence(raw: string, folded: string, grammar: Grammar): TextCommand | undefined {
  const give = GIVE.exec(folded);
  const n = Number(give?.[1]);
  if (give && n >= 1 && n <= grammar.maxItem) return { type: 'assign', n, who: raw.slice(give[0].length).trim() };
  if (CONFIRM_START.test(folded)) return { type: 'confirm_clock' };
  const nth = readNth(folded);
  if (nth !== undefined) return { type: 'answer', text: raw, choices: [nth] };
  const remind = folded.length <= 40 ? REMIND.exec(folded) : null;
  return remind ? readSnooze((remind[1] ?? remind[2] ?? '').trim()) : undefined;
}

function readItem(args: Arguments, grammar: Grammar): TextCommand | undefined {
  const marked = readMarkedItem(args, grammar.maxItem);
  if (marked && marked.rest.raw === '') return { type: 'fill', n: marked.n };
  const item = marked ?? readBareItem(args, grammar.maxItem, grammar.fields);
  return item && { type: 'item', n: item.n, ...splitField(item.rest, grammar.fields) };
}

/** Reads a bare figure or time as the answer to the open question. */
function readPlainAnswer(raw: string, folded: string): TextCommand | undefined {
  if (readChoices(folded)) return answerOf(raw, folded);
  if (folded.length <= ANSWER_LONGEST) {
    const number = interpretNumber(raw);
    if (number.kind === 'unknown') return { type: 'dont_know' };
    if (number.kind === 'value' || number.kind === 'range') return { type: 'answer', text: raw };
  }
  return splitLeadingTime(raw) ? { type: 'answer', text: raw } : undefined;
}

/** Suggests the verb of the line, or a longer one with one typing error: 新建事伴 means 新建事件, not 新建. */
function suggestionFor(folded: string, found: Found | undefined): string | undefined {
  const near = suggestFor(folded);
  if (found === undefined) return near?.word;
  const longer = near !== undefined && near.errors === 1 && near.word.length >= 4 && !found.whole;
  if (longer) return near.word;
  // "New info: …" tells something, so that opening an incident is no suggestion.
  if (found.whole && found.word.verb === 'new' && found.word.language === 'en') return undefined;
  return isHint(found.word.verb) ? found.word.word : undefined;
}

function commandOf({ word, args, whole }: Found, grammar: Grammar): TextCommand | undefined {
  if (whole) return readVerb(word.verb, args, grammar);
  const command = TIGHT_BEFORE_FIELD.has(word.word) ? readVerb(word.verb, args, grammar) : undefined;
  return command?.type === 'item' ? command : undefined;
}

function notUnderstood(line: string, folded: string, found: Found | undefined, grammar: Grammar): TextCommand {
  const lacks = found?.whole ? lackingOf(found.word.verb, found.args, grammar) : undefined;
  const suggestion = lacks ? found?.word.word : suggestionFor(folded, found);
  return {
    type: 'unknown',
    text: line,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(lacks === undefined ? {} : { lacks }),
  };
}

function readLine(line: string, grammar: Grammar): TextCommand {
  const whole = fold(line);
  if (isThanks(whole.trim())) return { type: 'thanks' };
  if (isCall(whole.trim())) return { type: 'hello' };
  const polite = POLITE_LEAD.exec(whole)?.[0].length ?? 0;
  for (const start of polite > 0 ? [0, polite] : [0]) {
    const raw = line.slice(start).trim();
    const folded = fold(raw);
    const args: Arguments = { raw, folded, colon: false, word: '' };
    const structural =
      readSentence(raw, folded, grammar) ?? (readChoices(folded) ? answerOf(raw, folded) : readItem(args, grammar));
    if (structural) return structural;
    const found = findVerb(raw, folded);
    const command = found && commandOf(found, grammar);
    if (command && !(DECIDES.has(command.type) && ASKED.test(found.args.raw))) return command;
    if (start === 0 && polite > 0) continue;
    const { field, text } = splitField(args, grammar.fields);
    if (field !== undefined && text !== '') return { type: 'field', field, text };
    const spoken = readCorrection(raw, folded);
    if (spoken) return spoken;
    if (fearsSecret(folded)) return { type: 'state_secret' };
    // A line like "just woke up, what's going on" begins with a word of time, so it is checked before answers.
    const told = readSpokenLine(raw, folded, grammar.levels) ?? readPlainAnswer(raw, folded);
    if (told) return told;
    return notUnderstood(line, folded, found, grammar);
  }
  return { type: 'unknown', text: line };
}

/** Decisions that a question about them does not make: 误报？, "I take the lead, really?". */
const DECIDES: ReadonlySet<TextCommand['type']> = new Set([
  ...(['withdraw_declaration', 'lead', 'take_over', 'charge', 'hand_over', 'join', 'approve'] as const),
  ...(['request_approval', 'agree', 'confirm_level', 'remove_person'] as const),
]);

/** Verbs before a field, in any row: 修改 2 措施：…. */
const BEFORE_ROW: ReadonlySet<Word['verb']> = new Set(['note', 'correct', 'fill']);

/** Reads rows of which at least one has a field; undefined if the first row is a command of another kind. */
function readFieldRows(line: string, grammar: Grammar): TextCommand | undefined {
  if (!/[\n；;]/.test(line)) return undefined;
  const isField = (name: string): boolean => isFieldName(fold(name), grammar.fields);
  const [first = '', ...more] = line.split('\n').map(withoutVerb);
  const rows = readRows([first, ...more].join('\n'), isField).map((row) => within(row, grammar.maxItem));
  if (rows.length < 2 || !rows.some(({ field }) => field !== undefined)) return undefined;
  if (rows[0]?.field === undefined && !OPEN_ROW.has(readLine(first, grammar).type)) return undefined;
  return { type: 'rows', rows };
}
/** Types that a first row without a field may have; any other type is a command of its own. */
const OPEN_ROW: ReadonlySet<TextCommand['type']> = new Set(['unknown', 'answer', 'item', 'thanks']);

function withoutVerb(row: string): string {
  const found = findVerb(row.trim(), fold(row.trim()));
  return found && BEFORE_ROW.has(found.word.verb) && !found.args.colon && /[:：]/.test(found.args.raw)
    ? found.args.raw
    : row;
}

function within({ n, ...row }: FieldRow, maxItem: number): FieldRow {
  return n === undefined || n < 1 || n > maxItem ? row : { n, ...row };
}

/** Pattern of an incident id after the command, at the end of the line. */
const BEHIND = /[\s:：,，]*[〔[(（]? ?(?:INC|DRILL)-\d{4}-\d{4,6} ?[〕\])）]?$/i;
const LONGEST_ID = 40;
/** Commands whose text may itself end with the id of another incident. */
const FREE_TEXT: ReadonlySet<TextCommand['type']> = new Set([
  ...(['note', 'item', 'field', 'rows', 'new', 'drill', 'rename', 'correct', 'unknown', 'help', 'bind'] as const),
  ...(['switch', 'send_back', 'not_reportable', 'link_account'] as const),
]);

/** Reads a command that ends with an incident's id: "close INC-2026-0007", 涉密 INC-2026-0007. */
function readBefore(line: string, grammar: Grammar): TextCommand | undefined {
  const end = line.trimEnd();
  const tail = end.slice(-LONGEST_ID);
  const behind = BEHIND.exec(tail)?.[0];
  const id = behind === undefined ? undefined : findIncidentId(behind);
  const before = end.slice(0, end.length - (behind?.length ?? 0));
  if (id === undefined || before === '') return undefined;
  const command = readLine(before, grammar);
  return FREE_TEXT.has(command.type) || 'reason' in command ? undefined : { ...command, id };
}

/** Commands allowed after a guessed name: they only open or show something. */
const HARMLESS: ReadonlySet<TextCommand['type']> = new Set([
  ...(['new', 'drill', 'list', 'status', 'help', 'refresh', 'countdown', 'question', 'items', 'people'] as const),
  ...(['more', 'switch', 'bind'] as const),
]);

/** Words that open an incident but also begin an ordinary sentence: "new dump on the forum", 新事件又多了. */
const LOOSE: ReadonlySet<string> = new Set(['new', 'declare', 'report incident', '新建', '新事件']);

/** Returns true if a line opens an incident by a word that may begin a sentence; a slash or a colon makes it certain. */
export function opensLoosely(text: string): boolean {
  const [line = ''] = stripLead(text).lines;
  const found = text.includes('/') || text.includes('／') ? undefined : findVerb(line, fold(line));
  return found !== undefined && LOOSE.has(found.word.word) && !found.args.colon && found.args.raw !== '';
}

/** Returns true for a text that is a complete command; "Give to" is not. */
export function isCommand(text: string): boolean {
  return verbAlone(text) !== null && parseCommand(text).type !== 'unknown';
}

/**
 * Parses a line of chat into a command, in English or Chinese.
 *
 * @param text the message as it came, mentions and quotations included.
 * @returns a command, or `unknown` with the nearest one. A line that is only a figure or a time is an `answer`: its
 * meaning depends on the open question. Never throws; the time spent is linear in the length.
 */
export function parseCommand(text: string, options: CommandOptions = {}): TextCommand {
  const { fields = [], levels = USUAL_LEVELS, maxItem = USUAL_MAX_ITEM } = options;
  const grammar: Grammar = { fields, levels, maxItem };
  const lead = stripLead(text);
  let first: TextCommand | undefined;
  for (const line of lead.lines) {
    if (line === '' && lead.addressedOnly) continue;
    const head = line.slice(0, 40);
    const id = isOnlyIncidentId(fold(head)) && head.length === line.length ? findIncidentId(line) : undefined;
    // An alert, e-mail or log is one pasted text, even if its rows look like fields.
    const command: TextCommand =
      id !== undefined
        ? { type: 'status', id }
        : isPasted(line)
          ? { type: 'pasted', text: line }
          : (readFieldRows(line, grammar) ?? readBefore(line, grammar) ?? readLine(line, grammar));
    if (command.type !== 'unknown') return command;
    first ??= command;
  }
  if (lead.addressedOnly) return { type: 'help' };
  // "Add people" lacks a name; it does not mean the command "people".
  const begun = lead.lines.some((line) => findVerb(line, fold(line))?.whole);
  for (const line of begun ? [] : lead.far) {
    const command = readLine(line, grammar);
    if (HARMLESS.has(command.type)) return command;
  }
  return first ?? { type: 'unknown', text: '' };
}
