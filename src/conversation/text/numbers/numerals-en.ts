import type { Cursor } from '../cursor.ts';
import { add, andMore, exactly, type Interval, scale } from './interval.ts';

/**
 * Reads English numerals in digits, words and mixtures: 1.2 million, 20k, two hundred thousand, half a million, a
 * couple of thousand, hundreds of thousands.
 */

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const WORD_VALUES: ReadonlyMap<string, number> = new Map([
  ...ONES.map((word, value): [string, number] => [word, value]),
  ...TENS.map((word, index): [string, number] => [word, 20 + 10 * index]),
  ['fourty', 40],
  ['ninty', 90],
]);

const WORD = new RegExp(`(?:${[...ONES].reverse().concat(TENS, 'fourty', 'ninty').join('|')})(?![a-z])`, 'y');
const POINT = new RegExp(` ?point((?: (?:${ONES.slice(0, 10).join('|')}))+)(?![a-z])`, 'y');
const LONE_POINT = new RegExp(`point (?:${ONES.slice(0, 10).join('|')})(?![a-z])`, 'y');
const SCALE = /[ -]?(thousands?|lakhs?|crores?|millions?|billions?|mill|mil|mn|mio|bn|k|m|b)(?![a-z0-9])/y;
const HUNDRED = / ?hundreds?(?![a-z])/y;
const ARTICLE = /an? (?=hundred|thousand|million|billion|dozen|couple|few)/y;
const AND = /(?: and |[ -])/y;
const DIGITS = /\d+(?:\.\d+)?/y;
const HALF_A = /(half|(?:a )?quarter) (?:of )?an? (?=thousand|mill?(?![a-z])|million|billion)/y;
const AND_A_HALF = / and a (half|quarter)(?![a-z])/y;
const FEW = /(?:a )?(few|several|couple)(?: of)?(?= |$)/y;
const TENS_OF = /(tens|hundreds|dozens) of (?=thousand|million|billion)/y;
const PLURAL = /(dozens|hundreds|thousands|millions|billions)(?![a-z])/y;
/** Words for a little more: "3000 odd", "forty-odd". */
const ODD = /(?:[ -]odd| and (?:change|counting|a bit))(?![a-z])/y;
const DOZEN = / ?dozen(?![a-z])/y;

function factor(word: string | undefined): number {
  if (word === undefined) return 1;
  if (word.startsWith('lakh')) return 100_000;
  if (word.startsWith('crore')) return 10_000_000;
  if (word === 'k' || word.startsWith('thousand')) return 1_000;
  return word.startsWith('m') ? 1_000_000 : 1_000_000_000;
}

const some = (low: number, high: number): Interval => ({ low, high, open: true, approximate: true });
const PLURALS: Readonly<Record<string, Interval>> = {
  tens: some(20, 100),
  dozens: some(24, 100),
  hundreds: some(200, 1_000),
  thousands: some(2_000, 10_000),
  millions: some(2_000_000, 10_000_000),
  billions: some(2_000_000_000, 10_000_000_000),
};

/** Reads a number below one thousand in words ("two hundred and five", "twenty-one"), or any number in digits. */
function readSmall(cursor: Cursor): Interval | undefined {
  const digits = cursor.take(DIGITS);
  if (digits) return exactly(Number(digits[0]));
  const few = cursor.take(FEW);
  if (few) {
    if (few[1] === 'couple') return { ...exactly(2), approximate: true };
    return some(2, 10);
  }
  if (cursor.sees(LONE_POINT)) return exactly(decimals(cursor));
  cursor.take(ARTICLE);
  const word = cursor.take(WORD);
  let value = word
    ? WORD_VALUES.get(word[0])
    : cursor.sees(/(?:hundred|thousand|million|billion|dozen)(?![a-z])/y)
      ? 1
      : undefined;
  if (value === undefined) return undefined;
  if (value >= 20) value += unitsBehind(cursor, 9);
  return exactly(value + decimals(cursor));
}

/** Reads decimals in words: "point two five" → 0.25; 0 if there are none. */
function decimals(cursor: Cursor): number {
  const words = cursor.take(POINT)?.[1]?.trim().split(' ') ?? [];
  return Number(`0.${words.map((word) => ONES.indexOf(word)).join('')}`);
}

function unitsBehind(cursor: Cursor, most: number): number {
  const value = cursor.attempt((here) => {
    if (!here.take(AND)) return undefined;
    const word = here.take(WORD);
    let found = word ? WORD_VALUES.get(word[0]) : undefined;
    if (found === undefined || found === 0 || found > most) return undefined;
    if (found >= 20) found += unitsBehind(here, 9);
    // In "between one hundred and two hundred" the second hundred belongs to another number.
    return here.sees(/ hundred/y) ? undefined : found;
  });
  return value ?? 0;
}

function readHundreds(cursor: Cursor): Interval | undefined {
  const small = readSmall(cursor);
  if (!small) return undefined;
  if (cursor.take(DOZEN)) return scale(small, 12);
  if (!cursor.take(HUNDRED)) return small;
  return add(scale(small, 100), exactly(unitsBehind(cursor, 99)));
}

export interface EnglishNumeral {
  readonly interval: Interval;
  /** True without a scale word: in "3 to 5 thousand" the left side takes the right side's "thousand". */
  readonly bare: boolean;
}

export function readEnglishNumeral(cursor: Cursor): EnglishNumeral | undefined {
  return cursor.attempt((here) => {
    const part = here.take(HALF_A);
    if (part) {
      const unit = here.take(SCALE)?.[1];
      return unit === undefined ? undefined : { interval: scale(partOf(part), factor(unit)), bare: false };
    }
    const tens = here.take(TENS_OF);
    const plural = tens ? undefined : here.take(PLURAL);
    const coefficient = tens?.[1] ?? plural?.[1];
    const first = coefficient === undefined ? readHundreds(here) : PLURALS[coefficient];
    if (first === undefined) return undefined;
    const read = plural ? { interval: first, bare: true } : scaled(here, first);
    return here.take(ODD) ? { interval: andMore(read.interval), bare: false } : read;
  });
}

const partOf = (match: RegExpExecArray): Interval => exactly(match[1] === 'half' ? 0.5 : 0.25);

/** Reads groups in descending order, then "and a half": "two million three hundred thousand". */
function scaled(cursor: Cursor, first: Interval): EnglishNumeral {
  const fraction = cursor.sees(/ and a (?:half|quarter) (?=thousand|million|billion)/y)
    ? cursor.take(AND_A_HALF)
    : undefined;
  const word = cursor.take(SCALE)?.[1];
  if (word === undefined) return { interval: first, bare: true };
  const unit = factor(word);
  let total = scale(fraction ? add(first, partOf(fraction)) : first, unit);
  const half = cursor.take(AND_A_HALF);
  if (half) total = add(total, scale(partOf(half), unit));
  let floor = unit;
  while (floor > 1) {
    const group = cursor.attempt((here) => {
      if (!here.take(/(?: and | |, ?)/y)) return undefined;
      const next = readHundreds(here);
      if (!next) return undefined;
      const below = factor(here.take(/ (thousand|million)(?![a-z])/y)?.[1]);
      // In "between 8k and 11k" the eleven has a scale of its own.
      if (here.sees(/ ?(?:k|m|mn|bn|thousand|million|billion)(?![a-z])/y)) return undefined;
      return below < floor && next.high < 1_000 ? { total: scale(next, below), below } : undefined;
    });
    if (!group) break;
    total = add(total, group.total);
    floor = group.below;
  }
  return { interval: total, bare: false };
}
