import { fold, LONGEST_VALUE_TEXT } from '../characters.ts';
import { isVague, meansNone, meansNoneOrUnknown, meansUnknown } from '../commands/known-words.ts';
import { Cursor } from '../cursor.ts';
import type { Counted } from './counted.ts';
import { times } from './interval.ts';
import {
  type Grain,
  type NumberCandidate,
  type NumberReading,
  type NumberUnit,
  rangeOf,
  readingOf,
  unclear,
} from './number-reading.ts';
import { type Quantity, readQuantity, shareUnit } from './quantity.ts';

export type { NumberCandidate, NumberReading, NumberReason, NumberUnit } from './number-reading.ts';

export interface NumberOptions {
  /** Unit of the expected figure; a text with another unit is unclear. */
  readonly unit?: NumberUnit;
}

/** Largest possible figures: people on earth, the yearly product of the world in yuan, 100 percent. */
const MOST: Partial<Record<NumberUnit, number>> = { people: 8_300_000_000, cny: 1_000_000_000_000_000, percent: 100 };

const INTRODUCTION =
  /(?:(?:一共|总共|共计|合计|总计|累计|共|涉及|影响|转发|浏览|阅读|点击|访问|受影响的?|人数|泄露了?|泄漏了?|损失|中断了?|持续了?|有|是|为|达|到|在|目前|已经?|直接经济损失|这|那|我们|介于|从|自|(?:it is|it's|there (?:are|were|is)|a total of|total of|total|in total|we have|we lost|it was|it has been|a loss of|loss of|the|from|between|in|for|is|was|lasted|down)(?![a-z]))[ :,]*){1,6}/y;
const CONCLUSION =
  /(?: ?(?:in total|total|altogether|so far|affected|leaked|impacted|each|long|到目前为止|目前|受影响|被泄露|泄露|了|之间|间|的|钟))*[ .,!;]*$/y;
const CONNECTOR = / ?(?:-{1,2}|~|\.{2,3}|到|至|和|与|或者?|(?:up )?to|and|or|through|until)(?![a-z]) ?/y;
const NEGATIVE = /^(?:-|负|minus|negative) ?[\d.一二三四五六七八九十]/;

/**
 * Reads a number in Chinese or English.
 * @param text one answer, as typed: 120万, 三十多万, "between 3 and 5 thousand", 1小时10分, 三成, 不清楚.
 * @returns money in yuan, durations in minutes, shares in percent. Bounds of a range are inclusive: 不到100万 is `{max:
 * 999999}`, 至少10万 `{min: 100000}`. `unclear` whenever two readings are possible. Never throws.
 */
export function interpretNumber(text: string, options: NumberOptions = {}): NumberReading {
  if (text.length > LONGEST_VALUE_TEXT * 4) return unclear('too_long');
  const folded = fold(text).replace(/ +/g, ' ').trim();
  const bare = folded.replace(/[.!;,]+$/, '').trim();
  if (bare === '') return unclear('empty');
  if (bare.length > LONGEST_VALUE_TEXT) return unclear('too_long');
  if (meansUnknown(bare)) return { kind: 'unknown' };
  if (meansNone(bare)) return { kind: 'value', value: 0 };
  if (meansNoneOrUnknown(bare)) return unclear('none_or_unknown', [{ kind: 'value', value: 0 }, { kind: 'unknown' }]);
  if (isVague(bare)) return unclear('vague');
  if (NEGATIVE.test(bare)) return unclear('negative');
  const longhand = bare.replace(SHORTHAND, (_, digits: string, zeros?: string) =>
    String(times(Number(digits), zeros === undefined ? TEN_MILLION : 10 ** Number(zeros))),
  );
  if (longhand !== bare) return unclear('shorthand', usable([readStatement(longhand, options.unit)]));
  const plain = plainDigits(bare);
  if ('text' in plain) return readStatement(plain.text, options.unit);
  const candidates = usable(plain.readings.map((reading) => readStatement(reading, options.unit)));
  return unclear(plain.readings.length === 0 ? 'unreadable' : 'thousands_separator', candidates);
}

const usable = (readings: readonly NumberReading[]): readonly NumberCandidate[] =>
  readings.filter((reading): reading is NumberCandidate => reading.kind !== 'unclear');

/** Pattern of shorthand that few people can read: 1.2kw (千万, ten million), 1.4e6. The bot asks for the figure. */
const SHORTHAND = /(?<![\da-z])(\d+(?:\.\d+)?) ?(?:kw|e\+?(\d{1,2}))(?![a-z\d])/;
const TEN_MILLION = 10_000_000;

function readStatement(text: string, unit: NumberUnit | undefined): NumberReading {
  const cursor = new Cursor(text);
  cursor.take(INTRODUCTION);
  const mLetterIsMinutes = unit === 'minutes';
  const first = readQuantity(cursor, mLetterIsMinutes);
  if (!first) return unclear('unreadable');
  const second =
    cursor.attempt((here) => (here.take(CONNECTOR) ? readQuantity(here, mLetterIsMinutes) : undefined)) ??
    cursor.attempt((here) => readOtherBound(here, first, mLetterIsMinutes));
  const reading = second
    ? readRange(first, second, unit, mLetterIsMinutes)
    : conclude([first], unit, (grain, asked) => [readingOf(first.interval, first.comparing, asked, grain)]);
  if (cursor.sees(CONCLUSION)) return reading;
  // "3 crore" has an unknown unit, so that 3 alone would be wrong.
  const isPart = first.bare && first.counted === undefined && cursor.sees(/ ?[a-z\d一-龥]/y);
  return unclear('unread_text', isPart ? [] : usable([reading]));
}

const BUT = / ?(?:,|but|and|但|且|而)? ?/y;
const LOWER: readonly (string | undefined)[] = ['at_least', 'more_than'];
const UPPER: readonly (string | undefined)[] = ['at_most', 'less_than'];

/** Reads a second bound without "to" before it: 超过1000不到2000, "more than 1,000 but less than 2,000". */
function readOtherBound(cursor: Cursor, first: Quantity, letterM: boolean): Quantity | undefined {
  cursor.take(BUT);
  const second = LOWER.includes(first.comparing.bound) ? readQuantity(cursor, letterM) : undefined;
  return second && UPPER.includes(second.comparing.bound) ? second : undefined;
}

function readRange(first: Quantity, right: Quantity, unit: NumberUnit | undefined, letterM: boolean): NumberReading {
  const lefts = shareUnit(first, right, letterM);
  const [left] = lefts;
  if (left === undefined) return unclear('unreadable');
  // "3万-5": the right side has no unit; it probably has the same one, but only the writer can say so.
  if (!left.bare && right.bare && left.counted === undefined && right.interval.high < left.interval.low) {
    return unclear('shared_unit', sharedCandidates(left, right, unit, letterM));
  }
  return conclude([left, right], unit, (grain, asked) =>
    lefts.flatMap((side) => {
      const range = rangeOf(side, right, asked, grain);
      return range ? [range] : [];
    }),
  );
}

/** Returns the candidates for a side without a unit: "3万-5" as 3万-5万, if that is a range. */
function sharedCandidates(
  left: Quantity,
  right: Quantity,
  unit: NumberUnit | undefined,
  letterM: boolean,
): readonly NumberCandidate[] {
  const unitText = /[^\d.]+$/.exec(left.text)?.[0] ?? '';
  const cursor = new Cursor(right.text + unitText);
  const same = readQuantity(cursor, letterM);
  const fits = same && !same.bare && cursor.finished && same.interval.low > left.interval.high;
  if (!fits) return [];
  const reading = conclude([left, same], unit, (grain, asked) => {
    const range = rangeOf(left, same, asked, grain);
    return range ? [range] : [];
  });
  return reading.kind === 'unclear' ? [] : [reading];
}

/** Checks the counted unit against the expected one, then makes and checks the reading. */
function conclude(
  sides: readonly Quantity[],
  unit: NumberUnit | undefined,
  make: (grain: Grain, unit: NumberUnit | undefined) => readonly NumberCandidate[],
): NumberReading {
  const counted = sides.map((side) => side.counted).find((found) => found !== undefined);
  if (sides.some((side) => side.comparing.contradiction)) return unclear('contradiction');
  const conflict = sides.some((side) => side.counted !== undefined && side.counted !== counted);
  if (conflict) return unclear('unit_mismatch');
  const asked = unit ?? unitOf(counted);
  const grain: Grain = asked === undefined || asked === 'people' || asked === 'count' ? 'whole' : 'continuous';
  const readings = make(grain, asked);
  const [reading, ...others] = readings;
  if (reading === undefined) return unclear('inverted_range', inverted(sides, asked, grain));
  if (others.length > 0) return unclear('shared_unit', readings);
  const bare = sides.every((side) => side.bare);
  return misfit(counted, unit, reading, bare) ?? checkFigures(reading, asked, counted === undefined);
}

function inverted(sides: readonly Quantity[], unit: NumberUnit | undefined, grain: Grain): readonly NumberCandidate[] {
  const [left, right] = sides;
  const range = left && right ? rangeOf(right, left, unit, grain) : undefined;
  return range ? [range] : [];
}

function unitOf(counted: Counted | undefined): NumberUnit | undefined {
  if (counted === 'money') return 'cny';
  if (counted === 'people' || counted === 'minutes' || counted === 'percent') return counted;
  return counted === 'times' || counted === 'records' ? 'count' : undefined;
}

const FITS: Readonly<Record<NumberUnit, readonly Counted[]>> = {
  people: ['people'],
  count: ['times', 'records', 'people'],
  cny: ['money'],
  minutes: ['minutes'],
  percent: ['percent'],
};

function misfit(
  counted: Counted | undefined,
  unit: NumberUnit | undefined,
  reading: NumberCandidate,
  bare: boolean,
): NumberReading | undefined {
  if (counted === 'foreign_money') return unclear('foreign_currency');
  if (unit === undefined) return undefined;
  if (counted === undefined) {
    if (unit !== 'minutes' || (reading.kind === 'value' && reading.value === 0)) return undefined;
    // A number too large for minutes, such as 120万, counts something else and is not offered.
    const meant = [reading, ...(bare ? asHours(reading) : [])].filter(isPlausible);
    return unclear('missing_unit', meant);
  }
  if (FITS[unit].includes(counted)) return undefined;
  if (unit === 'people' && counted === 'records') return unclear('records_not_people', [reading]);
  return unclear(counted === 'percent' ? 'share_without_total' : 'unit_mismatch');
}

/** Longest duration (minutes) accepted from a number without a unit: one week. */
const LONGEST_MINUTES = 7 * 24 * 60;

function isPlausible(reading: NumberCandidate): boolean {
  if (reading.kind === 'unknown') return true;
  return (reading.kind === 'value' ? reading.value : (reading.max ?? reading.min ?? 0)) <= LONGEST_MINUTES;
}

function asHours(reading: NumberCandidate): readonly NumberCandidate[] {
  if (reading.kind === 'unknown') return [];
  if (reading.kind === 'value') return [{ ...reading, value: reading.value * 60 }];
  return [
    {
      ...reading,
      ...(reading.min === undefined ? {} : { min: reading.min * 60 }),
      ...(reading.max === undefined ? {} : { max: reading.max * 60 }),
    },
  ];
}

/** Rejects impossible figures: too large, negative, a fraction of a person, more than the whole. */
function checkFigures(reading: NumberCandidate, asked: NumberUnit | undefined, unitless: boolean): NumberReading {
  if (reading.kind === 'unknown') return reading;
  const figures = reading.kind === 'value' ? [reading.value] : [reading.min ?? 0, reading.max ?? 0];
  const most = (asked && MOST[asked]) ?? Number.MAX_SAFE_INTEGER;
  if (figures.some((figure) => !(figure >= 0 && figure <= most))) return unclear('out_of_range');
  if ((asked === 'people' || asked === 'count') && !figures.every(Number.isInteger)) {
    return unclear(
      'not_whole',
      unitless && reading.kind === 'value' ? [{ ...reading, value: Math.round(reading.value * 10_000) }] : [],
    );
  }
  if (asked === 'percent' && unitless && reading.kind === 'value' && reading.value > 0 && reading.value < 1) {
    return unclear('percent_or_fraction', [reading, { ...reading, value: Math.round(reading.value * 10_000) / 100 }]);
  }
  return reading;
}

/**
 * Result of removing separators. "1,200,000" has one reading; "1.200" has two (1.2 and 1,200), which cannot be told
 * apart, so both are returned.
 */
type PlainDigits = { readonly text: string } | { readonly readings: readonly string[] };

const NUMBER = /\d+(?:[.,'_]\d+)*/g;
const SPACED = /(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,])/g;

function groupsOfThree(parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  return first.length <= 3 && first !== '0' && rest.length > 0 && rest.every((part) => part.length === 3);
}

/** Pattern of Indian groups: 1,04,500. */
const LAKHS = /^\d{1,2}(?:,\d{2})+,\d{3}$/;

/** Returns the possible plain spellings of one number: one if it is clear, none if it is no number ("1.2.3"). */
function readingsOf(number: string): readonly string[] {
  const separators = number.replace(/\d/g, '');
  if (separators === '') return [number];
  const last = separators.charAt(separators.length - 1);
  const parts = number.split(/[.,'_]/);
  const joined = parts.join('');
  const uniform = Array.from(separators).every((separator) => separator === last);
  if (!uniform) {
    const whole = parts.slice(0, -1);
    const others = new Set(separators.slice(0, -1));
    const decimal = last === '.' || last === ',';
    return decimal && others.size === 1 && !others.has(last) && groupsOfThree(whole)
      ? [`${whole.join('')}.${parts[parts.length - 1] ?? ''}`]
      : [];
  }
  const grouped = groupsOfThree(parts);
  if (separators.length > 1) return grouped || LAKHS.test(number) ? [joined] : [];
  const decimal = `${parts[0] ?? ''}.${parts[1] ?? ''}`;
  if (last === '.') return grouped ? [decimal, joined] : [decimal];
  if (grouped) return [joined];
  // A Chinese group of four digits (12,0000) or a decimal comma (1,2) has two readings, so the writer chooses.
  return last === ',' ? [...((parts[1] ?? '').length === 4 ? [joined] : [decimal]), ''] : [];
}

/**
 * Removes the separators from every number of a folded text. `readings`: alternative texts if a number has several
 * readings; an empty list if it has none.
 */
function plainDigits(text: string): PlainDigits {
  let readings: readonly string[] | undefined;
  const plain = text.replace(NUMBER, (number, offset: number) => {
    const found = readingsOf(number);
    const [only] = found;
    if (found.length === 1 && only !== undefined) return only;
    const rest = text.slice(offset + number.length);
    readings ??= found.filter((reading) => reading !== '').map((reading) => text.slice(0, offset) + reading + rest);
    return number;
  });
  if (readings !== undefined) return { readings };
  const joinedSpaces = plain.replace(SPACED, (number) => number.replaceAll(' ', ''));
  if (joinedSpaces === plain) return { text: plain };
  // "1 200" may be two numbers; "1 200 000" is not.
  const single = plain.match(SPACED)?.some((number) => number.indexOf(' ') === number.lastIndexOf(' ')) ?? false;
  return single ? { readings: [joinedSpaces] } : { text: joinedSpaces };
}
