import { DateTime } from 'luxon';
import type { Iso } from '../../../law/types.ts';
import { fold, LONGEST_VALUE_TEXT } from '../characters.ts';
import { meansNoneOrUnknown, meansUnknown } from '../commands/known-words.ts';
import { Cursor } from '../cursor.ts';
import { mayCount } from './clock-times.ts';
import { readDuration } from './durations.ts';
import { resolvePhrase, resolveSpan, unclearTime } from './resolve-statement.ts';
import type { TimeContext } from './resolve-time.ts';
import type { TimePhrase, TimeStatement } from './time-parts.ts';
import { concludes, readTimeStatement } from './time-phrases.ts';
import type { TimeReading } from './time-reading.ts';
import { isOfOtherZone, mayNameZone } from './zones.ts';

export type { TimeAssumption, TimeReading, TimeReason } from './time-reading.ts';

export interface TimeOptions {
  /** Current time, ISO 8601 with offset. */
  readonly now: Iso;
  /** IANA zone of the writer. */
  readonly zone?: string;
  /** True if a future time is expected. */
  readonly ahead?: boolean;
}
export const DEFAULT_ZONE = 'Asia/Shanghai';

const VAGUE =
  /^(?:最近|近期|前几天|前些天|前阵子|前两天|不久前|不久之前|早些时候|之前|以前|recently|lately|earlier|a while ago|some time ago|a few days ago|the other day|not long ago)$/;

function contextOf(options: TimeOptions): TimeContext {
  const zone = options.zone ?? DEFAULT_ZONE;
  const now = DateTime.fromISO(options.now, { setZone: true }).setZone(zone);
  if (!now.isValid) throw new RangeError(`not an instant or not a zone: ${options.now}, ${zone}`);
  return { now, zone, ahead: options.ahead === true };
}

function resolve(statement: TimeStatement, context: TimeContext): TimeReading {
  if (statement.type === 'span') return resolveSpan(statement.from, statement.to, context);
  const reading = resolvePhrase(statement.phrase, context);
  if (statement.type === 'at' || reading.kind !== 'instant') return reading;
  if (reading.precision === 'day') return unclearTime('which_hour', candidatesIn(reading, context), context);
  return { kind: 'since', since: reading.at, ...(reading.assumed ? { assumed: reading.assumed } : {}) };
}

function candidatesIn(reading: TimeReading, context: TimeContext): readonly DateTime[] {
  const found =
    reading.kind === 'instant'
      ? [reading.at]
      : reading.kind === 'since' || reading.kind === 'span'
        ? [reading.since]
        : [];
  return found.map((at) => DateTime.fromISO(at, { zone: context.zone }));
}

/**
 * Reads a time in Chinese or English.
 * @param text one answer, as typed: 昨晚11点, 上午9点20, 半小时前, "since 09:20", 9点半到11点, 不清楚.
 * @returns instants with the offset of the zone; `future` for a time that is still to come, `unclear` with candidates
 * to offer whenever two readings are possible.
 * @throws RangeError if `now` or `zone` are invalid; never because of the text.
 */
export function interpretTime(text: string, options: TimeOptions): TimeReading {
  const context = contextOf(options);
  if (text.length > LONGEST_VALUE_TEXT * 4) return unclearTime('too_long', [], context);
  const folded = fold(text).replace(/ +/g, ' ').trim();
  const bare = folded.replace(/[.!;,?]+$/, '').trim();
  if (bare === '') return unclearTime('empty', [], context);
  if (bare.length > LONGEST_VALUE_TEXT) return unclearTime('too_long', [], context);
  if (meansUnknown(bare)) return { kind: 'unknown' };
  if (VAGUE.test(bare) || meansNoneOrUnknown(bare)) return unclearTime('vague', [], context);
  const cursor = new Cursor(folded);
  const statement = readTimeStatement(cursor, true);
  if (statement && concludes(cursor)) return resolve(statement, context);
  const named = statementNamedIn(folded);
  const reading = named && resolve(named, context);
  if (reading?.kind === 'instant') return { ...reading, assumed: [...(reading.assumed ?? []), 'other_words'] };
  if (!statement) return readBareDuration(folded, context);
  return unclearTime('unread_text', candidatesIn(resolve(statement, context), context), context);
}

/** Pattern of words that may change the meaning of a time, so that the bot asks. */
const ALTERING =
  /\d|\b(?:time|not|no|never|before|after|until|till|between|or|next|every|daily|minutes?|hours?)\b|[不没非未前后或每至]|时间|以来|小时|分钟/;

/** Reads the only time of a sentence: "我是9点20收到告警的" → 9点20; undefined if other words may change it. */
function statementNamedIn(folded: string): TimeStatement | undefined {
  const [time, other] = timesIn(folded);
  if (time === undefined || other !== undefined) return undefined;
  const rest = time.split(' ').reduce((left, word) => left.replace(word, ' '), folded);
  if (ALTERING.test(rest)) return undefined;
  const cursor = new Cursor(time);
  const statement = readTimeStatement(cursor, true);
  return statement && concludes(cursor) ? statement : undefined;
}

/** Returns the reading of a bare length: "2 hours" may mean how long ago or how long, so it is only offered. */
function readBareDuration(folded: string, context: TimeContext): TimeReading {
  const cursor = new Cursor(folded);
  const duration = readDuration(cursor);
  if (!duration || !concludes(cursor)) return unclearTime('unreadable', [], context);
  return resolvePhrase(
    { type: 'ago', minutes: { ...duration.minutes, open: true }, finest: duration.finest, approximate: false },
    context,
  );
}

export interface LeadingTime {
  /** Words of the time as written. */
  readonly time: string;
  readonly rest: string;
  /** True if the phrase has a clock time or a distance from now, not only a day. */
  readonly exact: boolean;
}

const SEPARATOR = /[ ,:;-]*/y;

/**
 * Splits a time from the front of a line: "09:50 已隔离两台服务器" → 09:50 and the rest. Undefined if the line does not begin
 * with a time. The current time is not needed; pass `time` to `interpretTime`.
 */
export function splitLeadingTime(line: string): LeadingTime | undefined {
  const head = fold(line.slice(0, LONGEST_VALUE_TEXT));
  const cursor = new Cursor(head);
  const statement = readTimeStatement(cursor, false);
  if (!statement || isDoubtful(statement)) return undefined;
  const end = cursor.at;
  cursor.take(SEPARATOR);
  const exact = isExact(statement);
  // 昨晚11点供应商来电 continues without a space; 周五的会议 is about a meeting.
  const runsOn = exact && /[^ -~]/.test(head.charAt(end));
  const separated = cursor.at > end || cursor.at === head.length || runsOn;
  const time = line.slice(0, end).trim();
  if (mayCount(head.slice(0, end).trim()) && /^\s*[a-z]/.test(head.slice(end))) return undefined;
  return separated && time !== '' ? { time, rest: line.slice(cursor.at).trim(), exact } : undefined;
}

/**
 * Finds the times in a sentence: 运维9点20收到告警 → 9点20, "昨天运维9点20收到告警" → 昨天 9点20. A separate day belongs to a clock time
 * without a day. Empty if no time is exact; pass the texts to `interpretTime`.
 */
export function timesIn(sentence: string): readonly string[] {
  return timesFoundIn(sentence).map(({ text }) => text);
}

/** Returns the times of other zones in a sentence, as written but without a date: "8:55 SGT", 东京时间9点. */
export function zonedTimesIn(sentence: string): readonly string[] {
  if (!mayNameZone(fold(sentence.slice(0, LONGEST_VALUE_TEXT)))) return [];
  const found = timesFoundIn(sentence, true).filter((one) => one.isOfOtherZone);
  return found.map(({ own }) => own.replace(BEFORE_CLOCK, ''));
}
const BEFORE_CLOCK = /^(?:(?:at|since|from) |.*(?:\d{4} |\dT|, )(?=\d{1,2}:\d{2}))/i;

/**
 * Returns the times in a sentence with their positions: `from` and `to` are indexes into it. `lone`: the sentence is about a
 * time, so that a single figure may be an hour: "around 9 I heard", 0841.
 */
export function timesFoundIn(sentence: string, lone = false): readonly FoundTime[] {
  const head = fold(sentence.slice(0, LONGEST_VALUE_TEXT));
  const exact: (FoundTime & { readonly needsDay: boolean })[] = [];
  const days: string[] = [];
  for (let at = 0; at < head.length; ) {
    const end = mayBegin(head, at) ? timeAt(head, at, exact, days, sentence, lone) : undefined;
    at = end ?? at + 1;
  }
  const [day, other] = days;
  return exact.map(({ needsDay, ...time }) => ({
    ...time,
    text: needsDay && day !== undefined && other === undefined ? `${day} ${time.own}` : time.own,
  }));
}

export interface FoundTime {
  /** Words of the time, with a day that the sentence names apart. */
  readonly text: string;
  /** Words of the time alone, without a day that the sentence names elsewhere. */
  readonly own: string;
  /** False for a start or a span: since 9点, 8点到9点. */
  readonly isPoint: boolean;
  /** True for a time that names another zone, which a person confirms after it is converted: "8:55 SGT". */
  readonly isOfOtherZone: boolean;
  readonly from: number;
  readonly to: number;
}

/** Words with 一点 that are no time: 快一点 means "hurry up", 早一点 "earlier". */
const COMPARED = /[快慢早晚有差好多少迟]一点(?!\d|钟|半|[一二三四五]?十|[一三]刻)/;

/** Returns true if a time may begin here, i.e. not within a word or a figure. */
function mayBegin(head: string, at: number): boolean {
  if (COMPARED.test(head.slice(Math.max(0, at - 1), at + 5)) && head.startsWith('一点', at)) return false;
  return !/[ 的]/.test(head.charAt(at)) && !WITHIN.test(head.slice(Math.max(0, at - 2), at));
}

/** Pattern of characters that continue into a time; a colon behind a word introduces it: 得知时间：8点20. */
const WITHIN = /[a-z\d零一二三四五六七八九十./_-]$|\d:$/;

/** Adds the time that begins at an index; returns the index after it, or undefined without one. */
function timeAt(
  head: string,
  at: number,
  exact: (FoundTime & { readonly needsDay: boolean })[],
  days: string[],
  sentence: string,
  lone: boolean,
): number | undefined {
  const cursor = new Cursor(head, at);
  const statement = readTimeStatement(cursor, lone);
  if (!statement || cursor.at <= at || (!lone && isDoubtful(statement)) || RUNS_ON.test(head.slice(cursor.at - 1)))
    return undefined;
  const text = sentence
    .slice(at, cursor.at)
    .replace(/^[\s,，]+/, '')
    .trim();
  const phrases = phrasesOf(statement);
  // "For half an hour" is a length.
  if (statement.type === 'since' && phrases.some(({ type }) => type === 'ago') && LASTS.test(text)) return undefined;
  if (phrases.some(({ type }) => type === 'now')) return undefined;
  // "One request" is a count, not a time.
  if (mayCount(fold(text)) && /^ ?[a-z]/.test(head.slice(cursor.at))) return undefined;
  if (!isExact(statement)) {
    if (mayCount(text)) return undefined;
    days.push(text);
  } else if (lone || !/^\d{1,4}$/.test(text) || (/^0\d{3}$/.test(text) && !NUMBERED.test(head.slice(0, at)))) {
    exact.push({
      text,
      own: text,
      isPoint: statement.type === 'at',
      isOfOtherZone: phrases.some((one) => one.type === 'point' && isOfOtherZone(one.parts)),
      from: at + sentence.slice(at).indexOf(text),
      to: cursor.at,
      needsDay: phrases.every((one) => one.type === 'point' && one.parts.day === undefined),
    });
  }
  return cursor.at;
}

/** Pattern of words before figures that are no time: "ticket 0855", 工号0855. */
const NUMBERED =
  /(?:[号码第#:/-]|(?<![a-z])(?:no\.?|nos?|numbers?|ref|reference|receipt|ticket|case|code|port|room|ext|extension|id|pin|badge|cve|inc)) ?$/;
const LASTS = /^(?:for |已|持续|中断)/i;

/** Pattern of a character that continues a word or figure: 9:20am2 is no time, but 半小时前SIEM告警 begins with one. */
const RUNS_ON = /^(?:[ -~][a-z\d]|.\d)/;

function phrasesOf(statement: TimeStatement): readonly TimePhrase[] {
  return statement.type === 'span' ? [statement.from, statement.to] : [statement.phrase];
}

/** Returns true for figures that need not be a time, as in "2026 plan" and "9.20 is out". */
function isDoubtful(statement: TimeStatement): boolean {
  return phrasesOf(statement).some((phrase) => phrase.type === 'point' && phrase.parts.clock?.doubt !== undefined);
}

function isExact(statement: TimeStatement): boolean {
  return phrasesOf(statement).every((phrase) => phrase.type !== 'point' || phrase.parts.clock !== undefined);
}
