import { Cursor } from '../cursor.ts';
import { readClock } from './clock-times.ts';
import { type DayAndPeriod, readDay, readPeriod } from './days.ts';
import { readDuration } from './durations.ts';
import type { Period, PointParts, TimePhrase, TimeStatement } from './time-parts.ts';
import { leadsWithZone, readZone } from './zones.ts';

/** Grammar of statements about time: one point, "since" a point, or from one point to another. */

const ABOUT =
  /(?:大约|大概|约|差不多|应该是|可能是?|(?:a (?:bit|little)|shortly|just|soon) after|about|around|approximately|approx\.?|roughly|circa|ca\.|like|give or take|~)(?![a-z]) ?/y;
const ABOUT_BEHIND =
  / ?(?:左右|前后|上下|许|来钟|大约|大概|差不多|那会儿?|那阵|那时候|or so|or thereabouts|thereabouts|give or take|approximately|\?|吧)(?![a-z])/y;
const JUST_NOW = /(?:just now|right now|a moment ago|moments ago|now|just|刚才|刚刚|刚|现在|此刻|目前)(?![a-z])/y;
const AGO = / ?(?:之前|以前|前|(?:ago|earlier|back)(?![a-z]))/y;
const AHEAD = / ?(?:之后|以后|后|from now|later)(?![a-z])/y;
const IN = /in (?=[\da-z])/y;
const SINCE = /(?:since|starting(?: at)?|as of|ever since|from|自从?|从|始于|打从) ?/y;
const SINCE_BEHIND =
  / ?(?:开始|起(?![来不床])|以来|至今|到现在|到目前|until now|till now|to now|onwards?|and ongoing)(?:的)?(?![a-z])/y;
const BETWEEN = /(?:between|介于|在) ?/y;
/** Pattern between start and end, possibly with a verb: 从8点10分断到8点55. */
const CONNECTOR =
  / ?(?:(?:一直|中断|宕机?|挂|断|停|打|持续|卡)了?(?=到))?(?:-{1,2}|~|到|至|until|till|to|through|and)(?![a-z]) ?/y;
const LASTING = /(?:已经?)?(?:持续了?|中断了?)|已经|for (?:the (?:last|past) )?/y;
const CONCLUSION = /(?:的时候|时候|的|之间|间|时分|吧|了|\)|o'?clock|[.,!;?]|in between| )*/y;

function setDay(parts: PointParts, found: DayAndPeriod): void {
  const { day } = found;
  if (day?.kind === 'weekday' && day.week === 'nearest' && parts.day) parts.weekday = day.weekday;
  else if (day && parts.day?.kind === 'weekday' && parts.day.week === 'nearest') {
    parts.weekday = parts.day.weekday;
    parts.day = day;
  } else if (day) {
    if (parts.day) parts.contradiction = true;
    parts.day = day;
  }
  if (found.period) setPeriod(parts, found.period);
}

/** Sets the part of the day, keeping the more specific word: 昨晚 names the night, "11 pm" only half of the day. */
function setPeriod(parts: PointParts, period: Period): void {
  if (parts.period === undefined || parts.period === 'am' || parts.period === 'pm') {
    if (parts.period && !agree(parts.period, period)) parts.contradiction = true;
    parts.period = period;
  } else if (parts.period !== period && !agree(parts.period, period)) {
    parts.contradiction = true;
  }
}

function agree(known: Period, period: Period): boolean {
  const late: readonly Period[] = ['pm', 'noon', 'afternoon', 'evening', 'night'];
  const early: readonly Period[] = ['am', 'early', 'morning', 'night'];
  return (late.includes(known) && late.includes(period)) || (early.includes(known) && early.includes(period));
}

/** Reads one part of a point of time into `parts`; false if there is none here. */
function readPart(cursor: Cursor, parts: PointParts, lone: boolean): boolean {
  // "Quarter past eight about odd logins": behind a clock time the word begins something else.
  if ((!parts.clock && cursor.take(ABOUT)) || cursor.take(ABOUT_BEHIND)) {
    parts.approximate = true;
    return true;
  }
  const day = cursor.attempt((here) => readDay(here, parts.clock !== undefined));
  if (day) {
    setDay(parts, day);
    return true;
  }
  if (!parts.clock) {
    const at = cursor.take(/at /y) !== undefined;
    const known = at || parts.day !== undefined || parts.period !== undefined;
    const before = cursor.take(SHORTLY_BEFORE) !== undefined;
    // In "around 8 last night" the words after the figure make it an hour.
    const isHour = parts.approximate === true && cursor.sees(HOUR_BY_DAY);
    const clock = readClock(cursor, known, lone || known || isHour);
    if (clock) {
      parts.clock = clock;
      if (before) Object.assign(parts, { approximate: true, before: true });
      if (cursor.take(/多(?!少)/y)) parts.approximate = true;
      return true;
    }
    if (at) cursor.at -= 3;
  }
  const period = readPeriod(cursor);
  if (period) {
    setPeriod(parts, period);
    return true;
  }
  if (!parts.zone && (parts.clock || leadsWithZone(cursor))) {
    const zone = readZone(cursor);
    if (zone) parts.zone = zone;
    return zone !== undefined;
  }
  return false;
}

/** Pattern of an hour followed by its part of the day: "8 in the morning", "8 last night". */
const HOUR_BY_DAY =
  /\d{1,2} (?:in the (?:early )?(?:morning|afternoon|evening)|at night|(?:this|yesterday) (?:morning|afternoon|evening)|last (?:night|nite)|tonight|yesterday)(?![a-z])/y;

const SHORTLY_BEFORE =
  /(?:快要?到?|将近|接近|临近)(?=(?:[\d零二两三四五六七八九十]{1,3}|一)[点时])|(?:shortly|just) before (?=[\da-z])/y;

function readPoint(cursor: Cursor, lone: boolean): TimePhrase | undefined {
  return cursor.attempt((here) => {
    const parts: PointParts = {};
    for (let end = here.at; ; end = here.at) {
      here.skipSpaces();
      while (here.take(GLUE_WORDS)) here.skipSpaces();
      if (!readPart(here, parts, lone)) {
        here.at = end;
        break;
      }
    }
    // 快一点 alone means "hurry up": it is a time only after a day or a part of one.
    if (parts.before && parts.clock?.hour === 1 && !parts.day && !parts.period) return undefined;
    return parts.day || parts.clock || parts.period ? { type: 'point', parts } : undefined;
  });
}
const GLUE_WORDS = /(?:[,()]|at (?=about|around|approx|roughly)|on (?=[a-z\d])|的(?!时)|t(?=\d\d:))/y;

function readRelative(cursor: Cursor): TimePhrase | undefined {
  return cursor.attempt((here) => {
    const about = here.take(ABOUT) !== undefined;
    if (here.take(JUST_NOW)) return { type: 'now' };
    const ahead = here.take(IN) !== undefined;
    const duration = readDuration(here);
    if (!duration) return undefined;
    const aboutBehind = here.take(/左右| or so/y) !== undefined;
    if (!ahead && here.take(AGO)) {
      const approximate = about || aboutBehind;
      return { type: 'ago', minutes: duration.minutes, finest: duration.finest, approximate };
    }
    return ahead || here.take(AHEAD) ? { type: 'ahead', minutes: duration.minutes } : undefined;
  });
}

/** Reads a phrase as a point or a distance, whichever consumes more text: 两天前下午3点 names a day, 半小时前 does not. */
function readPhrase(cursor: Cursor, lone: boolean): TimePhrase | undefined {
  const point = new Cursor(cursor.text, cursor.at);
  const asPoint = readPoint(point, lone);
  const relative = new Cursor(cursor.text, cursor.at);
  const asRelative = readRelative(relative);
  if (asRelative && (!asPoint || relative.at >= point.at) && !isDay(asPoint)) {
    cursor.at = relative.at;
    return asRelative;
  }
  if (asPoint) cursor.at = point.at;
  return asPoint;
}

function isDay(phrase: TimePhrase | undefined): boolean {
  return phrase?.type === 'point' && phrase.parts.day !== undefined;
}

function readLasting(cursor: Cursor): TimeStatement | undefined {
  return cursor.attempt((here) => {
    if (!here.take(LASTING)) return undefined;
    here.skipSpaces();
    const about = here.take(ABOUT) !== undefined;
    const duration = readDuration(here);
    if (!duration) return undefined;
    here.take(/(?:左右|了| or so| now)*/y);
    return { type: 'since', phrase: { type: 'ago', ...duration, approximate: about } };
  });
}

/**
 * Reads one statement about time. `lone`: the text is an answer about a time, so that a single figure may be an hour.
 */
export function readTimeStatement(cursor: Cursor, lone: boolean): TimeStatement | undefined {
  cursor.skipSpaces();
  const lasting = readLasting(cursor);
  if (lasting) return lasting;
  return cursor.attempt((here) => {
    // "Yesterday from 9 to 11": the day comes before "from".
    const dayFirst = here.attempt((inner) => {
      const day = readDay(inner, false);
      inner.skipSpaces();
      return day && inner.sees(SINCE_OR_BETWEEN) ? day : undefined;
    });
    const since = here.take(SINCE) !== undefined;
    if (!since) here.take(BETWEEN);
    const read = readPhrase(here, lone || since);
    if (!read) return undefined;
    const phrase = dayFirst ? onDay(read, dayFirst) : read;
    if (here.take(SINCE_BEHIND)) return { type: 'since', phrase };
    const to = here.attempt((inner) => (inner.take(CONNECTOR) ? readPhrase(inner, true) : undefined));
    if (to) return to.type === 'now' ? { type: 'since', phrase } : { type: 'span', from: phrase, to };
    return since ? { type: 'since', phrase } : { type: 'at', phrase };
  });
}
const SINCE_OR_BETWEEN = /(?:since|from|between|从|自)(?![a-z])/y;

function onDay(phrase: TimePhrase, found: DayAndPeriod): TimePhrase {
  if (phrase.type !== 'point') return phrase;
  const parts = { ...phrase.parts };
  setDay(parts, found);
  return { type: 'point', parts };
}

/** Skips words without meaning; returns true if nothing else is left. */
export function concludes(cursor: Cursor): boolean {
  cursor.take(CONCLUSION);
  return cursor.finished;
}
