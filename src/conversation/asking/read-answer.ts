import type { StatedValue } from '../../incident/commands/parts.ts';
import type { Command } from '../../incident/commands.ts';
import { definitionOf } from '../../law/pack.ts';
import type { FactDefinition } from '../../law/regime.ts';
import type { Iso } from '../../law/types.ts';
import type { Text } from '../cards/card.ts';
import { valueText } from '../cards/fact-text.ts';
import { type Situation, t } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import { yesOrNoIn } from '../text/commands/command-words.ts';
import { figureOf } from '../text/numbers/numerals-zh.ts';
import { interpretTime, splitLeadingTime } from '../text/times/times.ts';
import { optionsNamed, optionsOf } from './named-options.ts';
import { intentOfChoice, type Question } from './question.ts';
import { fromZone, readNumber, readPast, readSpan, type Understood } from './value-readings.ts';

/** Result of reading words as an answer: commands, or a request to choose from readings; null: no answer. */
export type AnswerReading =
  | { readonly kind: 'commands'; readonly commands: readonly Command[] }
  | {
      readonly kind: 'ask';
      readonly error: Text;
      readonly offers: readonly { readonly label: Text; readonly command: Command }[];
      /** Present if only the end of a span is wrong. */
      readonly field?: 'until';
    }
  | null;

/** Fact of a question; null if the question combines several. */
export function factOf(question: Question): string | null {
  if (question.choice) return question.choice.fact;
  const intents = question.options.map(({ intent }) => intent);
  const answers = intents.find((intent) => intent.type === 'answer');
  return answers?.type === 'answer' ? answers.fact : null;
}

/** Returns true for a question about a length of time. */
export const isDuration = (question: Question, { regime }: Situation): boolean =>
  definitionOf(regime, factOf(question) ?? '')?.kind === 'duration';

const taken = (...commands: readonly Command[]): AnswerReading => ({ kind: 'commands', commands });

/**
 * Reads an answer; the only reader for a line, a field of a form, a line of a form and an entry of the API.
 *
 * @param words a label of an option in either language, yes or no, "not known", a figure, a length or a time, as the
 * question expects; the number of an option is not read, because only the caller knows the numbers it showed.
 * @param until the end of a span that is entered in a field of its own.
 */
export function readAnswer(question: Question, words: string, situation: Situation, until = ''): AnswerReading {
  const isFigure = question.kind === 'number' && BARE_FIGURE.test(words.trim());
  const named = until === '' && !isFigure ? readNamed(question, words) : null;
  if (named) return named;
  const fact = factOf(question);
  if (fact === null || question.choice) return null;
  const definition = definitionOf(situation.regime, fact);
  if (definition?.kind === 'number') return stated(situation, fact, readFigure(definition, words));
  if (definition?.kind === 'duration') return lasted(situation, definition, words, until);
  // "No" means that the incident has ended, so the time of the end is asked for.
  if (fact === 'ongoing' && yesOrNoIn(fold(words)) === null) return spanned(situation, fact, words, until);
  return null;
}

/** Pattern of a figure that no option of a question about a number is named by: 120万, 1,200. */
export const BARE_FIGURE = /^[\d.,]+[百千万亿]*$/;

/** Reads options by their usual names. */
function readNamed(question: Question, words: string): AnswerReading {
  const { choice, options, id } = question;
  const found = optionsNamed(words, optionsOf(question))?.map(({ value }) => value);
  if (found && choice) return taken(intentOfChoice(choice.fact, found));
  // "Yes" to "still going on?" means: since the offered start.
  const goesOn = id === 'ongoing' && yesOrNoIn(fold(words)) === true ? options[0] : undefined;
  const option = options[Number(found?.[0])] ?? goesOn;
  return option ? taken(option.intent) : null;
}

/** Reads a figure as people write it, within the range of its fact. */
export function readFigure(fact: FactDefinition | null, text: string): ReturnType<typeof readNumber> {
  const reading = readNumber(text, fact?.unit);
  const isTooLarge = reading.ok && fact?.max !== undefined && exceeds(reading.value, fact.max);
  return isTooLarge ? { ok: false, error: t('read.number.out_of_range') } : reading;
}

function exceeds(value: StatedValue, max: number): boolean {
  if (typeof value === 'number') return value > max;
  if (typeof value !== 'object' || Array.isArray(value) || !('min' in value || 'max' in value)) return false;
  return (value.min ?? 0) > max || (value.max ?? 0) > max;
}

/** Reads a duration: a length, a start and an end, or several durations. */
function lasted(situation: Situation, fact: FactDefinition, words: string, until: string): AnswerReading {
  const several = until === '' ? readSeveral(words, situation.ia.now) : null;
  if (several) return taken({ type: 'answer', fact: fact.id, value: several });
  const length = until === '' ? readFigure(fact, words) : null;
  const isLength = length !== null && (length.ok || !splitLeadingTime(words));
  if (!isLength) return spanned(situation, fact.id, words, until);
  // Words that are no length may state a start: "since 8", 从8点到现在.
  const span = length.ok ? null : readSpan(words, '', situation.ia.now);
  return span?.ok && span.value !== 'unknown'
    ? spanned(situation, fact.id, words, '')
    : stated(situation, fact.id, length);
}

/** Reads a duration given by its start, and by its end unless it still runs. */
function spanned(situation: Situation, fact: string, words: string, until: string): AnswerReading {
  const span = readSpan(words, until, situation.ia.now);
  if (span.ok) return taken({ type: 'answer', fact, value: span.value === 'unknown' ? 'unknown' : { ...span.value } });
  const { field } = span;
  return {
    ...offered(span, labelFrom(words), (since): Command => ({ type: 'answer', fact, value: { since } })),
    ...(field === undefined ? {} : { field }),
  };
}

function stated(situation: Situation, fact: string, reading: Understood<StatedValue>): AnswerReading {
  const command = (value: StatedValue): Command => ({ type: 'answer', fact, value });
  if (reading.ok) return taken(command(reading.value));
  return offered(reading, (value) => valueText(situation, fact, value), command);
}

/** Reads a past instant as an answer. */
export function readInstant(
  words: string,
  now: Iso,
  command: (at: Iso | 'unknown') => Command,
): NonNullable<AnswerReading> {
  const reading = readPast(words, now);
  if (reading.ok) return { kind: 'commands', commands: [command(reading.value)] };
  return offered(reading, labelFrom(words), command);
}

const labelFrom =
  (words: string) =>
  (at: Iso): Text =>
    fromZone(words, t('read.time.ok', { at: { instant: at, style: 'short' } }));

function offered<T extends StatedValue>(
  { error, offers = [] }: Extract<Understood<unknown, T>, { ok: false }>,
  label: (value: T) => Text,
  command: (value: T) => Command,
): Extract<AnswerReading, { kind: 'ask' }> {
  return { kind: 'ask', error, offers: offers.map((value) => ({ label: label(value), command: command(value) })) };
}

type Duration = Extract<StatedValue, { readonly spans: unknown }>['spans'][number];

/** Separators between outages. A comma is not one: after a span it may introduce the length. */
const BETWEEN = /[;；\n、]|和|以及|\s+and\s+/iu;
const TIMES =
  /^(?:一共|总共|先后|分)?(?:断了|中断了?)?(?:(\d{1,2}|[两二三四五六七八九十])次|(twice)|(\d{1,2}|two|three|four|five) times)[,，:：]?\s*(?:每次|各|都是|均为|for\s|of\s)?\s*(.+?)(?:\s+each)?[.。]?$/iu;
const COUNTS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5, 两: 2 };
const MOST = 20;

/**
 * Reads several outages in one answer, e.g. "9:00至9:06；10:00至10:06", "6 minutes and 7 minutes", 两次各6分钟. Null unless
 * each is a length with its unit or a span; only the last may be ongoing.
 */
function readSeveral(text: string, now: Iso): Extract<StatedValue, { readonly spans: unknown }> | null {
  const times = TIMES.exec(text.trim());
  const words = times?.[4] ?? text;
  const pieces = words
    .split(BETWEEN)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  const read = pieces.map((piece, index) => durationOf(piece, now, index === pieces.length - 1));
  const spans = read.filter((one) => one !== null);
  if (spans.length !== read.length || spans.length > MOST) return null;
  const count = times ? countOf(times) : spans.length;
  const [only] = spans;
  if (spans.length === 1 && typeof only === 'number' && count > 1 && count <= MOST)
    return { spans: Array.from({ length: count }, () => only) };
  return spans.length > 1 && spans.length === count ? { spans } : null;
}

function countOf([, chinese, twice, english]: RegExpExecArray): number {
  const word = chinese ?? english?.toLowerCase() ?? '';
  return twice === undefined ? (COUNTS[word] ?? figureOf(word)) : 2;
}

function durationOf(piece: string, now: Iso, isLast: boolean): Duration | null {
  const length = /\p{L}/u.test(piece) ? readNumber(piece, 'minutes') : null;
  if (length?.ok && typeof length.value === 'number') return length.value;
  const time = interpretTime(piece, { now });
  if (time.kind === 'span') return { since: time.since, until: time.until };
  return time.kind === 'since' && isLast ? { since: time.since } : null;
}
