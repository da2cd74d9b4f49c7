import type { Cursor } from '../cursor.ts';
import { figureOf } from '../numbers/numerals-zh.ts';
import type { ClockPart } from './time-parts.ts';

/** Readers of clock times: 9点20, 9点半, 21:15, 0920, "half past nine", "9 o'clock", noon, midnight, 零点. */

const ONE_TO_NINE = '一二三四五六七八九';
const HOUR_ZH = `(\\d{1,2}|二十[一二三四]?|十[${ONE_TO_NINE}]?|[零${ONE_TO_NINE}两])`;
// 一 is a minute only before 分 or at the end of the words: 八点一直打不开 names the hour.
const MINUTE_ZH = `(半|[一三13]刻|\\d{1,2}|[二三四五]?十[${ONE_TO_NINE}]?|零[${ONE_TO_NINE}1-9]|一(?=分|$|[^一-龥])|[二三四五六七八九])`;
/** Look-ahead that excludes a word by which the figure after 点 is a quantity, as in 9点20台服务器. */
const NO_COUNT = '(?![\\d%万千百台个名条次人]|小时|分钟)';
const CHINESE = new RegExp(
  `${HOUR_ZH}(?:点|时(?!间|候|长|段))(?:钟|整)?(?:过(?=[^ ]{1,3}分))?(?:${MINUTE_ZH}${NO_COUNT}分?(?:(\\d{1,2})秒)?)?(?:钟|整)?`,
  'y',
);
const COLON = /(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:ish)?(?![\d:])/y;
const FOUR_DIGITS =
  /([01]\d|2[0-4])([0-5]\d)(?:hrs|h)?(?![\d:.\-/%年月日号万千a-z一-龥])(?! ?(?:people|users|人|元|rmb|million|thousand))/y;
const DOTTED = /(\d{1,2})\.(\d{2})(?![\d.%万])/y;
const HOURS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const MINUTES: Readonly<Record<string, number>> = {
  five: 5,
  ten: 10,
  twenty: 20,
  'twenty-five': 25,
  'twenty five': 25,
  quarter: 15,
  half: 30,
};
const PAST = new RegExp(
  `(?:a )?(half|quarter|five|ten|twenty[- ]five|twenty|\\d{1,2}(?= min| past| after))(?: min(?:ute)?s?)? (past|after|to|before) (${HOURS.join('|')}|midnight|noon|\\d{1,2})(?![\\da-z:])`,
  'y',
);
const NO_HOUR = ' (?:minutes?|mins?|hours?|days?|hundred|thousand|million|percent|past|to)(?![a-z])';
const ONES = HOURS.slice(0, 9).join('|');
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = 'twenty thirty forty fifty'.split(' ');
/** Pattern of an hour in words with its minutes: "eight oh five", "nine twenty-two", "eight forty-something"; "two fifty users" counts. */
const WORD_MINUTE = new RegExp(
  `(${HOURS.join('|')}) (?:oh (${ONES})|(${TEENS.join('|')})|(${TENS.join('|')})(?:[- ](${ONES}))?)(?:[- ]?(?:ish|something))?(?![a-z-])(?! (?!this|was|is|as)(?:[a-z]+s|people)(?![a-z])|${NO_HOUR})`,
  'y',
);
/** Pattern of an hour in words, where the line begins or behind a word of time: "two" in "the two boxes" is none. */
const WORD_HOUR = new RegExp(
  `(?<=^|(?<![a-z])(?:at|by|since|from|till|until|to|before|after|around|about|like|roughly|maybe|was|is|at about|past|between|and|morning|night|evening|today|yesterday),? )(${HOURS.join('|')})(?:-?ish)?(?![a-z-])(?: ?o'?clock)?(?!${NO_HOUR})`,
  'y',
);
const HALF_PAST = new RegExp(`half (${HOURS.join('|')}|\\d{1,2})(?![\\da-z:.])`, 'y');
const OCLOCK =
  /(\d{1,2})(?: ?o'?clock(?: (?:and )?([0-5]\d)(?:(?! ?(?:%|\d|people|[a-z]+s(?![a-z])))| min(?:utes)?(?![a-z])))?| sharp)(?![a-z])/y;
const WITH_MERIDIEM = /(\d{1,2})(?= ?(?:[ap]m|[ap]\.m\.?)(?![a-z]))/y;
/** Pattern of a rough hour: "7ish". */
const ISH = /(\d{1,2})ish(?![a-z]| ?(?:min|hour|hr|sec|day|people|users|k(?![a-z])))/y;
/** Pattern of a single figure that can only be an hour. */
const LONE =
  /(\d{1,2})(?= *(?:$|[,;]|-|~|到|至|to |until |till |开始|起|以来|in the |this |yesterday|today|tonight|last |on |and |but |we |i |he |she |they |when ))/y;

function clock(
  hour: number,
  minute: number,
  style: ClockPart['style'],
  precision: ClockPart['precision'],
  second = 0,
): ClockPart | undefined {
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute > 0)) return undefined;
  return { hour, minute, second, style: hour === 0 || hour > 12 ? 'full' : style, precision };
}

const PART_OF_HOUR: Readonly<Record<string, number>> = { 半: 30, 一刻: 15, 三刻: 45, '1刻': 15, '3刻': 45 };

/** Pattern of minutes before an hour: 差10分9点, 差一刻九点, 9点差10分. */
const SHORT_OF = new RegExp(
  `差${MINUTE_ZH}(?:分钟?|钟)?(?:到)?${HOUR_ZH}(?:点钟?|时)(?![\\d一二三四五六七八九十半])整?`,
  'y',
);
const SHORT_BEHIND = new RegExp(`${HOUR_ZH}(?:点钟?|时)还?差${MINUTE_ZH}(?:分钟?|钟)?`, 'y');

function readShortOf(cursor: Cursor): ClockPart | undefined {
  const [, before, its] = cursor.take(SHORT_OF) ?? [];
  const [, named, behind] = before === undefined ? (cursor.take(SHORT_BEHIND) ?? []) : [];
  const [minute, hour] = [before ?? behind, its ?? named];
  if (minute === undefined || hour === undefined) return undefined;
  const minutes = PART_OF_HOUR[minute] ?? figureOf(minute);
  const full = figureOf(hour);
  if (minutes < 1 || full < 1) return undefined;
  return clock(full === 1 ? 12 : full - 1, 60 - minutes, 'half', 'minute');
}

function readChinese(cursor: Cursor): ClockPart | undefined {
  const short = cursor.attempt(readShortOf);
  if (short) return short;
  if (cursor.take(/(?:正午|午夜)/y)) {
    const noon = cursor.text.charAt(cursor.at - 2) === '正';
    return noon
      ? clock(12, 0, 'full', 'minute')
      : { hour: 0, minute: 0, second: 0, style: 'full', precision: 'minute', midnight: true };
  }
  const match = cursor.take(CHINESE);
  if (!match) return undefined;
  const hour = match[1] ?? '';
  const minute = match[2];
  // 09点 is 24-hour time, like 09:20. 12时08分, as reports print it, is read as 12:08.
  const style = /^0\d/.test(hour) ? 'full' : /^\d+时\d/.test(match[0]) ? 'colon' : 'half';
  const exact = minute !== undefined || match[0].endsWith('整');
  return clock(
    figureOf(hour),
    minute === undefined ? 0 : (PART_OF_HOUR[minute] ?? figureOf(minute)),
    style,
    exact ? 'minute' : 'hour',
    Number(match[3] ?? 0),
  );
}

function readEnglishWords(cursor: Cursor): ClockPart | undefined {
  if (cursor.take(/(?:12 )?(?:noon|midday)(?![a-z])/y)) return clock(12, 0, 'full', 'minute');
  if (cursor.take(/(?:12 )?midnight(?![a-z])/y)) {
    return { hour: 0, minute: 0, second: 0, style: 'full', precision: 'minute', midnight: true };
  }
  // "from five to nine" is a span, "five to nine" is 8:55.
  const past = /(?:from|between) $/.test(cursor.text.slice(Math.max(0, cursor.at - 8), cursor.at))
    ? undefined
    : cursor.take(PAST);
  if (past) {
    const minutes = MINUTES[past[1] ?? ''] ?? Number(past[1]);
    const to = past[2] === 'to' || past[2] === 'before';
    if (past[3] === 'midnight' || past[3] === 'noon') return besideTwelve(past[3], to ? -minutes : minutes);
    const named = HOURS.indexOf(past[3] ?? '') + 1 || Number(past[3]);
    if (minutes < 1 || minutes > 30 || named > 12 || named < 1) return undefined;
    return to
      ? clock(named === 1 ? 12 : named - 1, 60 - minutes, 'half', 'minute')
      : clock(named, minutes, 'half', 'minute');
  }
  // British "half five" is 5:30.
  const halfPast = cursor.take(HALF_PAST);
  if (halfPast) return clock(HOURS.indexOf(halfPast[1] ?? '') + 1 || Number(halfPast[1]), 30, 'half', 'minute');
  const oclock = cursor.take(OCLOCK);
  if (oclock)
    return clock(Number(oclock[1]), Number(oclock[2] ?? 0), 'half', oclock[2] === undefined ? 'hour' : 'minute');
  const [, full, oh = '', teen = '', tens = '', ones = ''] = cursor.take(WORD_MINUTE) ?? [];
  if (full !== undefined) {
    const units = HOURS.indexOf(oh || ones) + 1;
    const minute = teen ? TEENS.indexOf(teen) + 10 : tens ? TENS.indexOf(tens) * 10 + 20 + units : units;
    return clock(HOURS.indexOf(full) + 1, minute, 'half', 'minute');
  }
  const word = cursor.take(WORD_HOUR);
  return word && clock(HOURS.indexOf(word[1] ?? '') + 1, 0, 'half', 'hour');
}

function readDigits(cursor: Cursor, dayKnown: boolean): ClockPart | undefined {
  const colon = cursor.take(COLON);
  if (colon) {
    const hour = colon[1] ?? '';
    return clock(Number(hour), Number(colon[2]), /^0\d/.test(hour) ? 'full' : 'colon', 'minute', Number(colon[3] ?? 0));
  }
  const four = cursor.take(FOUR_DIGITS);
  if (four) {
    const read = clock(Number(four[1]), Number(four[2]), 'full', 'minute');
    const year = four[1] === '20' && !dayKnown && !four[0].includes('h');
    return read && year ? { ...read, doubt: 'year_or_clock' } : read;
  }
  const dotted = cursor.take(DOTTED);
  if (!dotted) return undefined;
  const month = Number(dotted[1]);
  const read = clock(month, Number(dotted[2]), /^0\d/.test(dotted[1] ?? '') ? 'full' : 'colon', 'minute');
  const date = !dayKnown && month >= 1 && month <= 12 && Number(dotted[2]) <= 31 && !cursor.sees(/ ?[ap]\.?m/y);
  return read && date ? { ...read, doubt: 'date_or_clock' } : read;
}

/**
 * Reads one clock time. `dayKnown`: a day or "at" precedes it, so "9.20" is no date. `lone`: a single figure may be an
 * hour.
 */
export function readClock(cursor: Cursor, dayKnown: boolean, lone: boolean): ClockPart | undefined {
  const read =
    cursor.attempt(readChinese) ??
    cursor.attempt((here) => readDigits(here, dayKnown)) ??
    cursor.attempt(readEnglishWords) ??
    cursor.attempt((here) => hourOf(here.take(ISH) ?? here.take(WITH_MERIDIEM)));
  return read ?? (lone ? cursor.attempt((here) => hourOf(here.take(LONE))) : undefined);
}

/** Returns the clock time beside midnight or noon: "half past midnight", "ten to noon". */
function besideTwelve(name: 'midnight' | 'noon', minutes: number): ClockPart | undefined {
  const at = ((name === 'noon' ? 720 : 0) + minutes + 1_440) % 1_440;
  return clock(Math.floor(at / 60), at % 60, 'full', 'minute');
}

const MAY_COUNT = new RegExp(`^(?:on |like )?(?:${HOURS.join('|')})(?: to (?:${HOURS.join('|')}|\\d{1,2}))?$`);
/**
 * Returns true for a clock reading that is a quantity if a noun follows: "two servers", "five to nine servers". Takes
 * folded text.
 */
export const mayCount = (folded: string): boolean => MAY_COUNT.test(folded);

function hourOf(match: RegExpExecArray | undefined): ClockPart | undefined {
  return match && clock(Number(match[1]), 0, /^0\d/.test(match[1] ?? '') ? 'full' : 'half', 'hour');
}
