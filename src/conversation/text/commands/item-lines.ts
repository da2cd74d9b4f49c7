import { fold } from '../characters.ts';
import { Cursor } from '../cursor.ts';
import { isDoubt, marksIn } from '../line-reading.ts';
import { interpretNumber } from '../numbers/numbers.ts';
import { readQuantity } from '../numbers/quantity.ts';
import { splitLeadingTime } from '../times/times.ts';
import { type Arguments, argumentsFrom } from './command-arguments.ts';
import { FIELD_WORDS } from './command-words.ts';

/** Readers of lines on one item of the report: "4 …", 第4项 影响：…, "item 2 measures: …". */

const NUMBER_ZH = '一二三四五六七八九十';
const MARKED = new RegExp(
  `^(?:第 ?(\\d{1,2}|[${NUMBER_ZH}]) ?[项条]|(?:item|no\\.?|#|项) ?(\\d{1,2})(?![\\d/.:]))[ :,.)-]*`,
);
const BARE = /^(\d{1,2})(?:[.):,]? +|[.):,](?![\d/]))(?=\S)/;
/** Pattern of an item number right after a verb: 修改 2措施. */
const BEHIND_VERB = /^(\d{1,2})(?![\d:.%/万千百亿])项?[ :,.)-]*/;

export interface ItemNumber {
  readonly n: number;
  readonly rest: Arguments;
}

function numberOf(text: string): number {
  const index = NUMBER_ZH.indexOf(text);
  return index >= 0 ? index + 1 : Number(text);
}

function within(n: number, most: number): boolean {
  return Number.isInteger(n) && n >= 1 && n <= most;
}

/** Reads a marked item number at the beginning: 第4项, "item 4", #4. */
export function readMarkedItem(args: Arguments, most: number): ItemNumber | undefined {
  const match = MARKED.exec(args.folded);
  if (!match) return undefined;
  const n = numberOf(match[1] ?? match[2] ?? '');
  return within(n, most) ? { n, rest: argumentsFrom(args, match[0].length) } : undefined;
}

/** Reads the item after a verb: 修改 2 …, 认领3, "take item 3". */
export function readItemBehindVerb(args: Arguments, most: number): ItemNumber | undefined {
  const marked = readMarkedItem(args, most);
  if (marked) return marked;
  const match = BEHIND_VERB.exec(args.folded);
  const n = Number(match?.[1]);
  return match && within(n, most) ? { n, rest: argumentsFrom(args, match[0].length) } : undefined;
}

/** Returns true for a figure, or a text that begins with a time. */
export function isFigure(text: string): boolean {
  const { kind } = interpretNumber(text);
  return kind === 'value' || kind === 'range' || splitLeadingTime(text) !== undefined;
}

/** Reads "4 text". A quantity ("3 million users", "5 people") or a time is no item. */
export function readBareItem(args: Arguments, most: number, fields: readonly string[]): ItemNumber | undefined {
  const match = BARE.exec(args.folded);
  const n = Number(match?.[1]);
  if (!match || !within(n, most)) return undefined;
  const rest = argumentsFrom(args, match[0].length);
  // "3 to 5 wan?" is a range.
  if (/^(?:to|or)(?![a-z])/.test(rest.folded) || isDoubt({ text: rest.folded, marks: marksIn(rest.folded) }))
    return undefined;
  // "1 用户规模：…" names a field and is no quantity.
  if (splitField(rest, fields).field !== undefined) return { n, rest };
  const head = args.folded.slice(0, 80);
  const quantity = readQuantity(new Cursor(head), false);
  if (
    quantity &&
    (quantity.counted !== undefined || !quantity.bare || quantity.text.length > (match[1] ?? '').length)
  ) {
    return undefined;
  }
  if (isFigure(args.raw)) return undefined;
  return rest.raw === '' ? undefined : { n, rest };
}

export interface FieldText {
  readonly field?: string;
  readonly text: string;
}

/** Splits 影响：… if the word before the colon is a field; any other text stays whole. */
export function splitField(args: Arguments, fields: readonly string[]): FieldText {
  const colon = args.folded.slice(0, 60).indexOf(':');
  if (colon > 0) {
    const name = args.folded.slice(0, colon).trim().replace(/^"|"$/g, '');
    const field = fieldNamed(name, fields);
    if (field !== undefined)
      return {
        field: field === name ? args.raw.slice(0, colon).trim() : field,
        text: args.raw.slice(colon + 1).trim(),
      };
  }
  return { text: args.raw };
}

/** Reads the name of a field without content: 删除 2 措施. */
export function fieldAlone(args: Arguments, fields: readonly string[]): string | undefined {
  return isFieldName(args.folded, fields) ? args.raw : undefined;
}

/** Returns true for a label of the report in force, or a usual short word for one. Takes folded text. */
export function isFieldName(name: string, fields: readonly string[]): boolean {
  return FIELD_WORDS.includes(name) || fields.some((field) => fold(field) === name);
}

/** Maximum length of a Chinese name that counts as the usual word at its end: 处置措施 means 措施. */
const LONGEST_NAME = 8;
const ENDINGS: readonly string[] = ['措施', '原因', '影响', '危害', '效果', '趋势', '线索', '地点'];

function fieldNamed(name: string, fields: readonly string[]): string | undefined {
  if (isFieldName(name, fields)) return name;
  if (name.length > LONGEST_NAME || !/^[一-龥]+$/.test(name)) return undefined;
  return ENDINGS.find((word) => name.endsWith(word));
}
