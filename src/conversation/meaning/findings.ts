import type { Command } from '../../incident/commands.ts';
import { definitionOf } from '../../law/pack.ts';
import { askAwareness } from '../asking/context-questions.ts';
import { typeInTitle } from '../asking/incident-type-hints.ts';
import { factOf } from '../asking/read-answer.ts';
import { readPast, readSpan } from '../asking/value-readings.ts';
import type { Text } from '../cards/card.ts';
import { optionText } from '../cards/fact-text.ts';
import { localise } from '../cards/localise.ts';
import { at, type Situation, t } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import { distance, FIELD_WORDS } from '../text/commands/command-words.ts';
import type { Clause } from '../text/line-reading.ts';
import { fieldMeant } from './fields.ts';
import { figures, lengths } from './figure-findings.ts';
import { type Asked, answers, type Find, type Finding, has, isAside } from './finding.ts';
import { awarenessOf, isKnownToSupplier, isSource } from './times.ts';

/** Facts that a sentence states, whatever the question; each finder handles one kind of fact. */
export function findingsIn(asked: Asked): readonly Finding[] {
  const found = FINDERS.flatMap((find) => find(asked));
  // Two values of one fact in a line make both unsure.
  const differs = ({ command: one }: Finding, { command: other }: Finding): boolean =>
    one.type === 'answer' && other.type === 'answer' && one.fact === other.fact && !isSame(one, other);
  const single = found.filter(
    (one, index) => !found.slice(0, index).some(({ command }) => isSame(one.command, command)),
  );
  return single.map((one) => (found.some((other) => differs(one, other)) ? { ...one, sure: false } : one));
}

const isSame = (one: Command, other: Command): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Fact that a command states, in words: "known since: yesterday 21:00"; null for any other command. */
export function statedText(command: Command, situation: Situation): Text | null {
  if (command.type === 'add_awareness') return t('text.finding_awareness', { at: at(situation, command.at) });
  return command.type === 'answer' ? answers(situation, '', false, command).label : null;
}

/** Finds times of awareness: sure only beside a word of knowing, and while no time is recorded. */
const awareness: Find = ({ reading, situation, question }) => {
  const { clauses, text } = reading;
  const isAsked = question?.id === 'first_notice';
  const isOpen = askAwareness(situation) !== null;
  const corrected = correctedFrom(clauses);
  const found = clauses.flatMap((clause, index) => {
    if (index < corrected || isAside(clause) || has(clause, 'ended', 'contained', 'going', 'down')) return [];
    if (has(clause, 'began') && !has(clause, 'knowing')) return [];
    const beside = [clause, clauses[index + 1], index === 0 ? undefined : clauses[index - 1]];
    const near = beside.filter((one, place) => place === 0 || one?.times.length === 0);
    const knows = near.some((one) => has(one, 'knowing', 'alarm') && one !== undefined && !isAside(one));
    const isCorrection = isAsked && index === corrected && SHORT.test(restOf(clause));
    const isElsewhere = has(clause, 'history', 'planned') && !has(clause, 'knowing', 'alarm');
    const told = knows || isCorrection || (clause.times.length > 0 && isSource(text));
    if (isElsewhere || !(told || isAsked)) return [];
    const hedged = near.some((one) => has(one, 'hedged', 'not_known')) || isKnownToSupplier(text);
    const times = clause.times.filter(({ text: time }) => {
      const [front = '', behind = ''] = clause.text.split(time);
      return !BEFORE.test(behind) && !DENIED.test(fold(front));
    });
    const isBound = ({ text: time }: { readonly text: string }): boolean => {
      const [front = '', behind = ''] = fold(clause.text).split(fold(time));
      return BOUND_FRONT.test(front) || BOUND_BEHIND.test(behind);
    };
    const [, hour, minute] = (index === 0 && times.length === 0 && BARE.exec(clause.text)) || [];
    // 0922 and 9.15 may mean something other than times, so the bot asks before it records them.
    if (hour !== undefined && minute !== undefined) return [{ time: `${hour}:${minute}`, sure: false }];
    return times.map((time) => ({
      time: time.text,
      sure: told && !hedged && isOpen && !has(clause, 'began') && !isBound(time),
    }));
  });
  const now = clauses.some((clause) => has(clause, 'knowing') && NOW.test(fold(clause.text)) && !isAside(clause));
  const read = found.flatMap(({ time, sure }) => {
    const past = readPast(time, situation.ia.now);
    if (past.ok) return past.value === 'unknown' ? [] : [{ words: time, sure, instant: past.value }];
    return past.offers?.[0] === undefined ? [] : past.offers.map((instant) => ({ words: time, sure: false, instant }));
  });
  const all =
    read.length === 0 && now && isAsked ? [{ words: text.trim(), sure: false, instant: situation.ia.now }] : read;
  return all.map(({ words, sure, instant }) => ({
    sure: sure && all.length === 1,
    words,
    label: t('text.finding_awareness', { at: at(situation, instant) }),
    command: awarenessOf(instant, describing(text, words)),
  }));
};
/** Figures in front of a sentence that may be a clock time: 0922, 922, 9.15. */
const BARE = /^([01]?\d|2[0-3])\.?([0-5]\d)(?=\s|[一-龥])/;
const NOW = /刚|\bjust\b/;
/** Words after a time that make it a bound, not the time itself: 9点前. */
const BEFORE = /^(?:之前|以前|前)/;
/** Words before a denied time: "not nine, 8:40". */
const DENIED = /(?<![a-z])not (?:at )?$/;
/** Words before a time that mean "about then", so that the bot asks: 9点不到, 过了9点, "before 9". */
const BOUND_FRONT =
  /(?:不到|没到|未到|过了|不晚于|差[^,，]{1,5}[分刻]钟?到?|(?<![a-z])(?:not quite|before|after|past|gone|until|till|later than)) ?$/;
const BOUND_BEHIND = /^ ?(?:不到|没到|还没到|未到|以后|之后|过后|(?:or (?:so )?(?:earlier|later|before))(?![a-z]))/;
/** Pattern of a text that has hardly more words than a correction needs: 不对九点30. */
const SHORT = /^.{0,12}$/;

/**
 * Index of the clause from which a correction applies: the one with the correcting word, or the next, as in "8:30 was
 * wrong, it was 8:20".
 */
function correctedFrom(clauses: readonly Clause[]): number {
  const index = clauses.findIndex((clause) => has(clause, 'instead'));
  const clause = clauses[index];
  const isBehind = clause !== undefined && clause.times.length > 0 && WRONG_BEFORE.test(fold(clause.text));
  return isBehind && clauses.slice(index + 1).some(({ times }) => times.length > 0) ? index + 1 : index;
}
const WRONG_BEFORE = /(?:错了|不对|wrong|not right)[\s!.]*$/;

const restOf = ({ text, times }: Clause): string =>
  times.reduce((rest, time) => rest.replace(time.text, ''), text).trim();

/** Description of a source: the words after the time, or the whole line if the time is not at its start. */
function describing(line: string, time: string): string {
  const words = line.trim();
  return words.startsWith(time) ? words.slice(time.length).replace(/^[\s,，:：;；-]+/, '') : words;
}

/** Finds start and end of an ongoing condition: an end needs both; "still" alone suffices if the condition is asked. */
const going: Find = ({ reading, situation, question }) => {
  const fact = question ? factOf(question) : null;
  const isSpan = fact === 'ongoing' || definitionOf(situation.regime, fact ?? '')?.kind === 'duration';
  const of = isSpan && fact !== null ? fact : 'ongoing';
  if (!isSpan && situation.state.facts['ongoing'] !== undefined) return [];
  const { clauses } = reading;
  const { now } = situation.ia;
  const ended = clauses.find((clause) => has(clause, 'ended', 'contained'));
  const starts = clauses.filter((clause) => clause !== ended && clause.times.length > 0 && !isAside(clause));
  const start = starts.find((clause) => has(clause, 'began', 'going', 'down')) ?? (ended ? starts[0] : undefined);
  const first = start ?? (ended && ended.times.length > 1 ? ended : undefined);
  const since = instantOf(first?.times[0]?.text, now);
  const isStarted = start !== undefined && has(start, 'began', 'going', 'down');
  const isOver = ended !== undefined || (isSpan && clauses.some((clause) => has(clause, 'down') && !isAside(clause)));
  const spans = isOver ? clauses.flatMap(({ times }) => times).flatMap(({ text }) => spanOf(text, now)) : [];
  const [span] = spans;
  if (span) return [answers(situation, reading.text, isSpan, { type: 'answer', fact: of, value: span })];
  if (ended) {
    const last = ended.times.at(-1);
    const until = first === ended && ended.times.length < 2 ? null : instantOf(last?.text, now);
    const end = until ?? (NOW.test(fold(ended.text)) ? now : null);
    if (since === null || end === null || Date.parse(end) < Date.parse(since)) return [];
    const command: Command = { type: 'answer', fact: of, value: { since, until: end } };
    return [answers(situation, reading.text, isSpan && isStarted, command)];
  }
  if (since !== null && isStarted && !isLength(start.text)) {
    return [answers(situation, reading.text, isSpan, { type: 'answer', fact: of, value: { since } })];
  }
  const [option] = question?.options ?? [];
  const isGoing = clauses.some((clause) => has(clause, 'going') && !isAside(clause)) && clauses.length === 1;
  if (!isGoing || question?.id !== 'ongoing' || !option || reading.text.trim().length > LONGEST_STILL) return [];
  return [answers(situation, reading.text, true, option.intent)];
};
const LONGEST_STILL = 24;
const isLength = (words: string): boolean =>
  /(?:小时|分钟|分|hours?|minutes?|mins?)/.test(fold(words)) && !/前|ago|\d点/.test(fold(words));

/** Start and end within the words of one time: 8点到9点. */
function spanOf(words: string, now: string): readonly { readonly since: string; readonly until: string }[] {
  const read = readSpan(words, '', now);
  if (!read.ok || read.value === 'unknown' || read.value.until === undefined) return [];
  return [{ since: read.value.since, until: read.value.until }];
}

function instantOf(words: string | undefined, now: string): string | null {
  const past = words === undefined ? null : readPast(words, now);
  return past?.ok && past.value !== 'unknown' ? past.value : null;
}

/** Finds systems by parts of their names: sure if the system is asked and the clause says little else. */
const systems: Find = ({ reading, situation, question }) => {
  const all = situation.state.organisation?.systems ?? [];
  if (all.length === 0 || situation.state.facts['system'] !== undefined) return [];
  const isAsked = question?.id === 'system';
  const found = reading.clauses.flatMap((clause) => {
    if (has(clause, 'outgoing', 'history', 'planned', 'not_known', 'denied') || clause.times.length > 0) return [];
    return all.flatMap(({ id, name }) => {
      const part = partIn(
        fold(clause.text),
        [name, id],
        all.filter((one) => one.id !== id).map((one) => one.name),
      );
      const isWhole = part !== null && part === fold(name);
      if (part === null) return resembles(fold(clause.text), id) ? [{ id, clause, rest: clause.text.length }] : [];
      return [{ id, clause, rest: isWhole ? 0 : clause.text.length - part.length }];
    });
  });
  const ids = new Set(found.map(({ id }) => id));
  return found.slice(0, 3).map(({ id, clause, rest }) => {
    const isShort = rest <= (/[一-龥]/.test(clause.text) ? 6 : 16);
    const sure = isAsked && ids.size === 1 && isShort && !has(clause, 'hedged');
    return answers(situation, clause.text, sure, { type: 'answer', fact: 'system', value: id });
  });
};

/** Returns true if a text contains the id inside a word, or misspelled: webshop, shop-web01, "web shpo". */
function resembles(text: string, id: string): boolean {
  const key = fold(id);
  if (key.length < SHORTEST_ID) return false;
  return (text.match(/[a-z]+/g) ?? []).some(
    (word) => word.includes(key) || (word.length >= SHORTEST_ID && distance(word, key) === 1),
  );
}
const SHORTEST_ID = 4;

const GENERIC = /^(?:系统|平台|网站|服务|数据|中心|system|platform|service)$/;

/** Longest part of a name in a text that no other name shares; null if there is none. */
function partIn(text: string, names: readonly string[], others: readonly string[]): string | null {
  for (const name of names.map(fold)) {
    if (/^[\w-]+$/.test(name)) {
      if (new RegExp(`(?<![a-z0-9-])${name.replace(/-/g, '\\-')}(?![a-z0-9-])`).test(text)) return name;
      continue;
    }
    for (let length = name.length; length >= 2; length -= 1) {
      for (let from = 0; from + length <= name.length; from += 1) {
        const part = name.slice(from, from + length).trim();
        const isOwn = part.length >= 2 && !GENERIC.test(part) && !others.some((other) => fold(other).includes(part));
        if (isOwn && text.includes(part)) return part;
      }
    }
  }
  return null;
}

/** Finds types of incident by everyday words: a person always confirms them, as the standard has its own names. */
const types: Find = ({ reading, situation, question }) => {
  const isAsked = question?.id === 'incident_type';
  if (!isAsked && situation.state.facts['incident_type'] !== undefined) return [];
  const told = reading.clauses.filter((clause) => !has(clause, 'denied', 'outgoing', 'history', 'planned'));
  const zh = typeInTitle({ title: told.map(({ text }) => fold(text)).join(' ') });
  const all = situation.regime.types.flatMap((category) => category.types);
  const type = zh === null ? undefined : all.find(({ name }) => name.zh.includes(zh));
  if (!type || !(isAsked || (zh !== null && PLAIN.has(zh)))) return [];
  const command: Command = { type: 'answer', fact: 'incident_type', value: type.id };
  const label = optionText(situation, 'incident_type', type.id);
  return [{ sure: false, words: localise(label, 'zh-CN'), label, command }];
};

/** Types whose words are unambiguous, so that they are suggested whatever is asked. */
const PLAIN: ReadonlySet<string> = new Set(['勒索软件', '数据泄露', '网页篡改', '拒绝服务', '挖矿']);

/** Finding of "not known" in a sentence, for the fact that is asked. */
const unknown: Find = ({ reading, question }) => {
  const fact = question ? (factOf(question) ?? (question.id === 'first_notice' ? 'first_notice' : null)) : null;
  if (!question || fact === null || !reading.clauses.some((clause) => has(clause, 'not_known'))) return [];
  const can = question.options.some(({ intent }) => intent.type === 'answer' && intent.value === 'unknown');
  if (!can || reading.clauses.some(({ times, figures: counts }) => times.length + counts.length > 0)) return [];
  const label = t('common.unknown');
  return [{ sure: false, words: reading.text, label, command: { type: 'answer', fact, value: 'unknown' } }];
};

/** Finds fields of the report by short names, e.g. 措施是断网. The bot asks, since any sentence may look like that. */
const fieldsNamed: Find = ({ reading, situation }) =>
  reading.clauses.flatMap(({ text }) => {
    const [, name = '', value = ''] = NAMED.exec(text) ?? [];
    if (!FIELD_WORDS.includes(fold(name)) || NO_VALUE.test(value)) return [];
    const meaning = fieldMeant({ type: 'item', field: name, text: value.trim() }, situation);
    const [command] = meaning.kind === 'commands' ? meaning.commands : [];
    return command ? [{ sure: false, words: text, label: { raw: `${name}：${value.trim()}` }, command }] : [];
  });
const NAMED = /^([一-龥]{2,6}?)[是为在](?=.{2,})(.+)$/s;
const NO_VALUE = /^(?:什么|哪|谁|多少|怎么|否|不是|[一-龥]{0,6}[吗呢?？])/;

const FINDERS: readonly Find[] = [awareness, figures, going, lengths, systems, types, fieldsNamed, unknown];
