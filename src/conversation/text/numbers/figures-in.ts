import { fold, LONGEST_VALUE_TEXT } from '../characters.ts';
import { Cursor } from '../cursor.ts';
import type { Counted } from './counted.ts';
import { readQuantity } from './quantity.ts';

/** Figure with its unit in a sentence: 泄露了120万人 → 120万人. `from` and `to` are indexes into the sentence. */
export interface FoundFigure {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Counted unit; undefined if no word beside the figure names it. */
  readonly counted: Counted | undefined;
}

/**
 * Finds figures in a sentence that have a unit or are written as a magnitude: 5人, 30万, "1.2 million". `withBare`: also
 * figures without one, and those before another noun.
 */
export function figuresIn(sentence: string, withBare = false): readonly FoundFigure[] {
  const head = fold(sentence.slice(0, LONGEST_VALUE_TEXT)).replace(GROUPED, (figure) =>
    figure.replace(/[, ]/g, '').padStart(figure.length, '0'),
  );
  const found: FoundFigure[] = [];
  for (let at = 0; at < head.length; ) {
    const cursor = new Cursor(head, at);
    const first = mayBegin(head, at) ? readQuantity(cursor, false) : undefined;
    const to = BETWEEN.test(head.slice(0, at)) ? AND : TO;
    const last = first && cursor.attempt((here) => (here.take(to) ? readQuantity(here, false) : undefined));
    const read = last && !last.bare ? last : first;
    if (!read || cursor.at <= at || /[a-z\d]/.test(head.charAt(cursor.at))) {
      at += 1;
      continue;
    }
    const isWhole = withBare || read.counted !== undefined || (!read.bare && !isNoun(head, cursor.at));
    if (isWhole)
      found.push({ text: sentence.slice(at, cursor.at).trim(), from: at, to: cursor.at, counted: read.counted });
    at = cursor.at;
  }
  return found;
}

/** Pattern of a figure with separated thousands: 48,210, "1 203 877"; Indian ones too: 1,04,500. */
const GROUPED = /(?<![\w.:]|\d[, ])[1-9](?:\d{0,2}(?:(?:,\d{3})+|(?: \d{3})+)|\d?(?:,\d{2})+,\d{3})(?!\d|[,.:]\d| \d)/g;

/** Pattern between the ends of a range, which is one figure: 一百万到一百五十万. */
const TO = / ?(?:-|~|\.{2,3}|到|至|(?:up )?to )/y;

/** Words in front of a range whose ends are joined by "and", and those between them. */
const BETWEEN = /(?:between|btwn?|介于) ?$/;
const AND = / ?(?:-|~|到|至|和|to|and|n(?= )) ?/y;

/** Returns true if a figure may begin here, i.e. not within a word or another figure. */
function mayBegin(head: string, at: number): boolean {
  return (
    head.charAt(at) !== ' ' &&
    // 后四位 names digits of a number, not four people; 那一刻 is a moment, not a quarter of an hour.
    !/^[那这此]一刻/.test(head.slice(Math.max(0, at - 1), at + 2)) &&
    !/^[前后末][\d一二三四五六七八]{1,2}位/.test(head.slice(Math.max(0, at - 1), at + 3)) &&
    !/^\d,\d{3}(?!\d)/.test(head.slice(Math.max(0, at - 2), at + 4)) &&
    !/[a-z\d零一二三四五六七八九十百千万亿./_-]$|\d:$/.test(head.slice(Math.max(0, at - 2), at))
  );
}

/** Returns true for a noun directly after a figure, which names the counted unit: 30多个电话. */
function isNoun(head: string, at: number): boolean {
  return /^(?:[个台次封张条项种家]|(?!左右|上下|多|吧|了|的|还|以|到|至|之间|算|计)[一-龥]| ?(?!(?:including|incl|with|without|by|from|as|per|or|but|who|that|have|had|were|was|are|is|got|of (?:them|those|these|which|whom|it)|confirmed|so far|now|today|plus|and|or|leaked|affected|exposed|stolen|in total|lol|haha|tops|max|maybe|probably|i think|i guess|at first|for now)(?![a-z]))[a-z])/.test(
    head.slice(at),
  );
}
