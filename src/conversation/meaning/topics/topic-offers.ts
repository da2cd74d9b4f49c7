import type { Command } from '../../../incident/commands.ts';
import { peopleNow } from '../../../incident/people/people.ts';
import { definitionOf } from '../../../law/pack.ts';
import { itemsNow } from '../../../report/items.ts';
import type { Question } from '../../asking/question.ts';
import { readFigure } from '../../asking/read-answer.ts';
import { readNumber, readPast } from '../../asking/value-readings.ts';
import type { Action, Text } from '../../cards/card.ts';
import { optionText } from '../../cards/fact-text.ts';
import { form, intent, lawText, openClocks, plain, primary, type Situation, t } from '../../cards/situation.ts';
import { fold } from '../../text/characters.ts';
import { UNREACHED } from '../../text/commands/command-verbs.ts';
import { FIELD_WORDS } from '../../text/commands/command-words.ts';
import type { TextCommand } from '../../text/commands/commands.ts';
import { ASKED } from '../../text/commands/spoken-lines.ts';
import type { Clause, LineReading } from '../../text/line-reading.ts';
import { figuresIn } from '../../text/numbers/figures-in.ts';
import { interpretTime, timesFoundIn } from '../../text/times/times.ts';
import type { Topic } from '../../text/topics/topic-model.ts';
import { isAhead, isOfLast } from '../awareness-findings.ts';
import { fieldMeant } from '../fields.ts';
import { ANYBODY, countsMoney, isIdle } from '../figure-findings.ts';
import { isRejected } from '../finding.ts';
import { FLAPS, statedText } from '../findings.ts';
import { rejectsKind } from '../kind-findings.ts';
import { ifMeant, type Meaning, noteAction, openForm, say } from '../meaning.ts';
import { systemsNamed } from '../system-findings.ts';
import { awarenessOf } from '../times.ts';
import { commandChoice, oneOf } from './topic-choices.ts';

/** Line whose topic is known, and what is asked. */
export interface Told {
  readonly line: string;
  readonly reading: LineReading;
  readonly question: Question | null;
  readonly situation: Situation;
  /** Topics of the line, the likeliest first. */
  readonly topics: readonly Topic[];
}

export type Run = (command: TextCommand) => Meaning;
type Offer = (told: Told, run: Run) => Meaning | null;
interface Possible {
  readonly label: Text;
  readonly command: Command;
}

/** Returns what is offered for a topic: a button for each value the line names, a form, or a read-back. */
export function offeredBy(topic: string, told: Told, run: Run): Meaning | null {
  const { clauses } = told.reading;
  if (topic === 'awareness' && clauses.some(({ marks }) => marks.has('planned') && !marks.has('knowing'))) return null;
  if (FACTS.has(topic) && clauses.some(isNoFact)) return null;
  if ((topic === 'system' || topic in TYPES) && clauses[0]?.marks.has('earlier')) return null;
  return topic in TYPES ? types(topic, told) : (OFFERS[topic]?.(told, run) ?? null);
}

const FACTS: ReadonlySet<string> = new Set(['awareness', 'count', 'outage', 'going']);
/** Returns true for a clause whose value is of an earlier incident, supposed or expected: 要是9点前就知道, 预计再有15分钟. */
const isNoFact = ({ text, marks, times, figures }: Clause): boolean =>
  (times.length + figures.length > 0 || /\d/.test(text)) &&
  (marks.has('earlier') || marks.has('supposed') || (marks.has('planned') && marks.has('ended')));

/** Asks about facts that the rules would record. A line that does more than state facts is left as it is. */
export function confirmed(read: Extract<Meaning, { kind: 'commands' }>, line: string, situation: Situation): Meaning {
  const all = read.commands.map((command) => ({ label: statedText(command, situation, line), command }));
  const stated = all.flatMap(({ label, command }) => (label === null ? [] : [{ label, command }]));
  return stated.length < all.length ? read : (offered(stated, line, situation) ?? read);
}

/** Types of incident by topic. */
const TYPES: Readonly<Record<string, string>> = {
  type_leak: 'data.leak',
  type_ransom: 'malware.ransomware',
  type_deface: 'attack.defacement',
  type_ddos: 'attack.denial_of_service',
  type_fault: 'facility.technical',
  type_supporting: 'facility.supporting',
  type_phishing: 'attack.phishing',
  type_intrusion: 'attack.compromised_host',
  type_malware: 'malware.other',
  type_mining: 'malware.mining',
  type_config: 'hazard.configuration',
};
/** Least share of the type that is offered, and of a second one. */
const [LIKELY, ALSO] = [0.1, 0.2];

/** Asks whether the type of a topic is meant, or a second likely one. */
function types(topic: string, { line, situation, topics }: Told): Meaning | null {
  const likely = topics.flatMap(({ id, share }) => {
    const value = TYPES[id];
    const isMeant = value !== undefined && (id === topic ? share >= LIKELY : share > ALSO);
    return isMeant && !rejectsKind(line, value, situation.regime) ? [value] : [];
  });
  const all = likely.map((value): Possible => {
    const label = optionText(situation, 'incident_type', value);
    return { label, command: { type: 'answer', fact: 'incident_type', value } };
  });
  return offered(all, line, situation);
}

const OFFERS: Readonly<Record<string, Offer>> = {
  awareness: ({ line, reading, question, situation }) => {
    const all = timesIn(reading, situation).map((at) => awarenessOf(at, line));
    // "Just before midnight" names no time that is read: the form asks for it.
    const isAsked =
      question?.id === 'first_notice' &&
      !reading.asks &&
      !reading.clauses.some(({ marks }) => marks.has('planned') || marks.has('not_known') || marks.has('earlier'));
    return stated(all, line, situation) ?? (isAsked ? openForm(situation, 'awareness') : null);
  },
  going: (told) => lasting('ongoing', told),
  outage: (told) => lasting('site_outage_minutes', told),
  count: (told) => counted(PEOPLE, told),
  loss: (told) => counted(LOSS, told),
  system: ({ line, situation }) => {
    const systems = situation.state.organisation?.systems ?? [];
    const { named, rejected } = systemsNamed(line, systems);
    const meant = named.filter((id) => !rejected.includes(id));
    if (named.length > 0 && meant.length === 0) return null;
    if (named.length === 0 && systems.length > MOST_SYSTEMS) return null;
    const values = meant.length > 0 ? meant : [...systems.map(({ id }) => id), 'other'];
    const all = values.map((value): Command => ({ type: 'answer', fact: 'system', value }));
    return stated(all, line, situation);
  },
  police: ({ line, reading }, run) =>
    run(
      reading.asks || ASKED.test(line) || NOT_YET.test(fold(line)) || INFORMED.test(fold(line))
        ? { type: 'owed' }
        : { type: 'police', text: line },
    ),
  phoned: ({ line }, run) => (UNREACHED.test(fold(line)) ? null : run({ type: 'phoned', text: line })),
  filed: ({ line }, run) => run({ type: 'file', text: line }),
  withdraw: ({ line }, run) =>
    run(NO_REPORT.test(fold(line)) ? { type: 'not_reportable' } : { type: 'withdraw_declaration', unsure: true }),
  judge: ({ situation }) => openForm(situation, 'judgements'),
  download: ({ line }, run) => run({ type: 'download', format: /pdf/i.test(line) ? 'pdf' : 'docx' }),
  field: ({ line, situation, topics }) => {
    const named = FIELD_WORDS.filter((name) => fold(line).includes(fold(name)));
    const text = VALUE.exec(line.trim())?.[1] ?? line.trim();
    const all = named.flatMap((name) => inField(name, text, situation));
    return (
      offered(all.slice(0, MOST), line, situation) ??
      (topics[0]?.id === 'field' ? oneOf(commandChoice('items', line), line) : null)
    );
  },
  data: ({ line, reading: { clauses }, situation }) =>
    // "No id card numbers in there" names none.
    clauses.every(({ text }) => DENIES.test(fold(text)))
      ? null
      : offered(inField('info_kinds', line.trim(), situation), line, situation),
  help: () => ({ kind: 'view', ref: { view: 'help', args: {} } }),
  lead: ({ line, situation }) =>
    offered([{ label: t('act.take_lead'), command: { type: 'take_lead' } }], line, situation),
  hand_over: ({ line, situation }) => handedOver(line, situation),
  skip: ({ line, question, situation }) => {
    const option = question?.options.find(({ intent: one }) => one.type === 'answer' && one.value === 'unknown');
    if (!question || !option) return null;
    const label = t('ask.answer_of', { name: question.name, label: t('common.unknown') });
    return offered([{ label, command: option.intent }], line, situation);
  },
  snooze: ({ line, situation }) => {
    const minutes = minutesIn(line, situation);
    const label = t('proposal.snooze', { minutes: plain(String(minutes)) });
    return offered([{ label, command: { type: 'snooze', minutes } }], line, situation);
  },
  language: () => {
    const languages = [
      { raw: '中文 (Chinese)', line: '中文' },
      { raw: 'English', line: 'english' },
    ];
    const buttons = languages.map(
      ({ raw, line }): Action => ({ id: `language_${line}`, label: { raw }, does: { kind: 'line', text: line } }),
    );
    return say(t('text.which_meant'), buttons);
  },
};
/** Pattern of the text of a field behind its name: 措施是断网, "measures so far, sorry for the list: …". */
const VALUE = /^(?:[一-龥]{2,6}?(?:[是为]|[写填](?:成|上|个)?)|[^:：\n]{2,60}[:：]\s*)(?=.{2,})(.+)$/s;
const DENIES = /没有?|不[含在是涉]|(?<![a-z])(?:no|not|none|never|nothing)(?![a-z])|n't/;
/** Pattern of a report that has not been made: 派出所那边还没报, "police not yet informed". */
const NOT_YET = /[没未](?:有|能)?[报去打找联通告]|(?<![a-z])(?:not|never|nobody|havent|hasnt)(?![a-z])|n't/;
/** Pattern of a question whether the police were informed: 报警了没有. */
const INFORMED = /[报打联系知]了?(?:警|案|公安|110)?[了过]?(?:没有?|吗|么)[啊呀?？\s]*$/;
/** Pattern of a wish not to report: 能不能不报, "can we just not report it". */
const NO_REPORT = /[不别甭][用要]?报(?![警案])|(?<![a-z])not (?:to )?report|n'?t report/;
const MOST_SYSTEMS = 3;
const MOST = 3;

/** Returns the text as the value of the field of this name. */
function inField(field: string, text: string, situation: Situation): readonly Possible[] {
  const meaning = fieldMeant({ type: 'item', field, text }, situation);
  const [command] = meaning.kind === 'commands' ? meaning.commands : [];
  if (command?.type !== 'fill_field') return [];
  const name = itemsNow(situation)
    .flatMap(({ fields }) => fields)
    .find(({ definition: { id } }) => id === command.field);
  const label = t('ask.answer_of', { name: name ? lawText(name.definition.label) : plain(field), label: plain(text) });
  return [{ label, command }];
}

/** Asks which of the possible facts is meant. */
function offered(
  all: readonly Possible[],
  line: string,
  situation: Situation,
  more: readonly Action[] = [],
): Meaning | null {
  const [only, other] = all;
  const noNote = { ...noteAction(line.trim()), label: t('text.no_note') };
  if (!only) return null;
  if (!other) {
    return ifMeant(only.label, intent('meant_0', only.label, only.command), situation, [...more, noNote]);
  }
  const actions = all.map(({ label, command }, index) => intent(`meant_${index}`, label, command));
  return say(t('text.which_meant'), [...actions, ...more, noNote]);
}

function stated(
  all: readonly Command[],
  line: string,
  situation: Situation,
  more: readonly Action[] = [],
): Meaning | null {
  const found = all.flatMap((command) => {
    const label = statedText(command, situation, line);
    return label === null ? [] : [{ label, command }];
  });
  return offered(found, line, situation, more);
}

/** Returns the past instants that the times of a line may mean. */
function timesIn({ text: line, clauses }: LineReading, { ia }: Situation): readonly string[] {
  const words = fold(line);
  const named = clauses.flatMap((clause) =>
    isOfLast(clause) ? [] : clause.times.filter(({ from }) => !isRejected(words, from)),
  );
  // The topic tells that a figure alone is a time: 0841, 3h12, "around 9".
  const all = clauses.some(({ times }) => times.length > 0)
    ? named
    : timesFoundIn(line.replace(/(?<![\d.:])(\d{1,2})h(\d{2})(?!\d)/, '$1:$2'), true);
  const past = all.flatMap(({ text }) => {
    const read = readPast(text, ia.now);
    if (!read.ok) return isAhead(read.offers ?? [], ia.now) ? [] : (read.offers ?? []);
    return read.value === 'unknown' ? [] : [read.value];
  });
  return past.slice(0, MOST);
}

/** Offers the figures of a line for the facts they may count; one without a unit may be money unless people are asked. */
function counted(fact: string, told: Told): Meaning | null {
  const { line, reading, question, situation } = told;
  const lasts = question && definitionOf(situation.regime, question.id)?.kind === 'duration' ? question.id : null;
  const counts = reading.clauses.flatMap(({ figures }) => figures.filter((one) => one.counted !== 'minutes'));
  const idle = reading.clauses.flatMap((clause) => clause.figures.filter((one) => isIdle(one, clause)));
  const isOfMoney = countsMoney(line) || counts.some((one) => one.counted === 'money');
  const isOfPeople = question?.id === PEOPLE || counts.some(({ counted: of }) => of === 'people' || of === 'records');
  const facts = isOfMoney && !isOfPeople ? [LOSS] : isOfPeople || fact === LOSS ? [fact] : [fact, LOSS];
  const times = reading.clauses.flatMap((clause) => clause.times);
  // While a length is asked, a figure without a unit is one: "a hundred twenty, give or take".
  if (lasts !== null && !isOfMoney && counts.length > 0 && counts.every((one) => one.counted === undefined))
    return lasting(lasts, told);
  const words = fold(line);
  const isCount = ({ text }: { readonly text: string }): boolean =>
    !ANYBODY.test(text) &&
    !/^[0零]$/.test(text) &&
    !idle.some((one) => one.text === text) &&
    !OF_THINGS.test(words.slice(words.indexOf(fold(text)) + text.length)) &&
    !isRejected(words, words.indexOf(fold(text))) &&
    !times.some(({ own }) => own.includes(text));
  // The topic tells what a figure without a unit counts.
  const figures = counts.some(isCount) && !CORRECTS.test(words) ? counts : figuresIn(line, true);
  const all = facts.flatMap((one) => {
    const values = figures.filter(isCount).flatMap(({ text }) => {
      const read = readFigure(definitionOf(situation.regime, one), text);
      return read.ok ? [read.value] : (read.offers ?? []);
    });
    return values.slice(0, MOST).map((value): Command => ({ type: 'answer', fact: one, value }));
  });
  return stated(all.slice(0, MOST), line, situation);
}
const [PEOPLE, LOSS] = ['personal_info_people', 'direct_loss_cny'];

/** Pattern of things behind a figure, which counts neither people nor money: 120台, 3个电话, "40 servers". */
const OF_THINGS =
  /^ ?(?:[台家起封通辆部架]|个(?:电话|来电|投诉|工单|文件|ip|系统|端口)|(?:servers?|hosts?|machines?|calls?|tickets?|files?|ips?)(?![a-z]))/;
/** Pattern of a correction, in which figures without a unit count too: "5,200 people was wrong, it's 52,000". */
const CORRECTS =
  /错|不对|不是|作废|更正|改[成为]|[多少]打|(?<![a-z])(?:wrong|correct(?:ion)?|not|missed|typo|instead)(?![a-z])|n't/;

/** Offers the start of a condition that goes on, by its time or as the question offers it; a form for anything else. */
function lasting(fact: string, { line, reading, question, situation }: Told): Meaning {
  const byForm = openForm(situation, 'ongoing', { fact });
  const isOver = reading.clauses.some(({ marks }) => marks.has('ended') || marks.has('contained'));
  if (isOver && !FLAPS.test(fold(line))) return byForm;
  const args = { incident: situation.state.id, fact };
  const other = form('times', t('ask.ongoing.other'), 'ongoing', args);
  const zones = new Set(reading.clauses.flatMap(({ times }) => times.map((time) => time.isOfOtherZone)));
  if (zones.size > 1) return byForm;
  const instants = timesIn(reading, situation);
  const [from, to] = instants;
  const until =
    from !== undefined && Date.parse(to ?? from) > Date.parse(from) && UNTIL.test(fold(line)) ? to : undefined;
  const isLength = instants.length === 0 && definitionOf(situation.regime, fact)?.kind === 'duration';
  const values = isLength ? lengthsIn(line, question?.id === fact) : instants.map((since) => ({ since }));
  const all = from !== undefined && until !== undefined ? [{ since: from, until }] : values;
  const commands = all.map((value): Command => ({ type: 'answer', fact, value }));
  if (commands.length > 0) return stated(commands, line, situation, [other]) ?? byForm;
  const [option] = question?.id === fact ? question.options : [];
  const goes = reading.clauses.some(({ marks }) => marks.has('going'));
  if (!option || !goes) return byForm;
  return offered([{ label: option.label, command: option.intent }], line, situation, [other]) ?? byForm;
}

/** Returns the lengths of time that a line names, e.g. 20 for "unreachable 20 min"; `withBare`: else figures without a unit. */
function lengthsIn(line: string, withBare = false) {
  const times = timesFoundIn(line);
  const figures = figuresIn(line).filter(({ from, to }) => !times.some((one) => one.from < to && from < one.to));
  const named = figures.filter(({ counted }) => counted === 'minutes');
  const all = named.length === 0 && withBare ? figures.filter((one) => one.counted === undefined) : named;
  return all.flatMap(({ text }) => lengthOf(text));
}
function lengthOf(text: string) {
  const read = readNumber(text, 'minutes');
  return read.ok ? (read.value === 'unknown' ? [] : [read.value]) : (read.offers ?? []);
}

/** Pattern of words before an end. */
const UNTIL =
  /[到至~]|(?<![a-z])(?:un)?till?(?![a-z])|(?<![a-z])to(?![a-z])|(?<![a-z])down(?![a-z]).*(?<![a-z])up(?![a-z])/;

/** Asks whether to hand over to the person whom a line names; without a name the form shows the people. */
export function handedOver(line: string, situation: Situation): Meaning {
  const name = namedIn(line, situation);
  if (name === undefined) return openForm(situation, 'people');
  const text = `交班给${name}`;
  const yes: Action = { id: 'hand_over', label: t('common.yes'), does: { kind: 'line', text } };
  const noNote = { ...noteAction(line.trim()), label: t('text.no_note') };
  return say(t('text.is_meant', { what: t('text.ask_take_over', { name: plain(name) }) }), [primary(yes), noNote]);
}

/** Returns the name of a known person that a text has. */
export const namedIn = (text: string, situation: Situation): string | undefined =>
  namesOf(situation).find((one) => fold(text).includes(fold(one)));

/** Names of the people of an incident and of its profile, in both languages. */
export function namesOf({ state }: Situation): readonly string[] {
  const listed = (peopleNow(state)?.people ?? []).flatMap(({ name, nameEn }) => [name, nameEn ?? name]);
  return [...Object.values(state.people).map(({ name }) => name), ...listed];
}

/** Minutes from now to the time, or for the length, that a line names; the usual ones without it. */
function minutesIn(line: string, situation: Situation): number {
  const { ia } = situation;
  const time = timesFoundIn(line).at(-1);
  const read = time ? interpretTime(time.text, { now: ia.now }) : null;
  // 10:20 alone could also be a past time; a reminder is for the next clock that shows it.
  const times = read?.kind === 'future' ? [read.at] : read?.kind === 'unclear' ? read.candidates : [];
  const ahead = times.map((at) => Math.round((Date.parse(at) - Date.parse(ia.now)) / MINUTE) % HALF_DAY);
  const until = Math.min(...ahead.map((minutes) => (minutes < 0 ? minutes + HALF_DAY : minutes)));
  const [length] = lengthsIn(line);
  const [clock] = BEFORE_DUE.test(fold(line)) ? openClocks(situation) : [];
  const left = clock ? Math.round((Date.parse(clock.due) - Date.parse(ia.now)) / MINUTE) : null;
  const minutes = typeof length !== 'number' ? until : left !== null && left > length ? left - length : length;
  return minutes > 0 && minutes <= LONGEST ? minutes : USUAL;
}
/** Pattern of a reminder that is counted from the deadline: 到点前十分钟喊我, "ten minutes before the deadline". */
const BEFORE_DUE =
  /(?:到点|截止|到期|期限|时限|时间到|报送|要报)之?前|(?<![a-z])before (?:it(?:'?s| is) due|(?:the |our )?(?:deadline|limit|cut-?off|time))/;
const MINUTE = 60_000;
const HALF_DAY = 720;
const [LONGEST, USUAL] = [240, 15];
