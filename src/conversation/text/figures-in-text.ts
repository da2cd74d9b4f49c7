import { fold } from './characters.ts';
import { Cursor } from './cursor.ts';
import type { Counted } from './numbers/counted.ts';
import { readingOf } from './numbers/number-reading.ts';
import { readQuantity } from './numbers/quantity.ts';

/** A figure somewhere in a text, e.g. 约120万名用户 → {counted: 'people', min: 1200000, max: 1200000}. */
export interface StatedFigure {
  readonly counted: Counted;
  readonly min: number;
  readonly max: number;
  /** As it stands in the text, folded. */
  readonly text: string;
}

/** Lengths of time that say by when, or how long ago, not how long: 2小时前, 预计4小时内恢复. */
const EXPECTED = /(?:预计|预期|计划|力争|within|expected in|in about) ?$/;
const POINT = /^ ?(?:(?:之|以)?[内前后]|ago|later|before|after)/;

const MAY_BEGIN = /[\d零一二两三四五六七八九几数十百千约近超至不a-z¥]/;
const INSIDE = /[\d.]/;

/** Figures in a text that name the thing counted; prose around the figures is skipped. */
export function figuresIn(text: string): readonly StatedFigure[] {
  const cursor = new Cursor(fold(text).replace(/(?<=\d),(?=\d{3}(?!\d))/g, ''));
  const found: StatedFigure[] = [];
  while (cursor.at < cursor.text.length) {
    const start = cursor.at;
    const starts = MAY_BEGIN.test(cursor.text.charAt(start)) && !INSIDE.test(cursor.text.charAt(start - 1));
    const quantity = starts ? readQuantity(cursor, false) : undefined;
    if (quantity?.counted === undefined) {
      cursor.at = start + 1;
      continue;
    }
    const isPoint =
      POINT.test(cursor.text.slice(cursor.at, cursor.at + 8)) || EXPECTED.test(cursor.text.slice(0, start));
    if (quantity.counted === 'minutes' && isPoint) continue;
    const unit = quantity.counted === 'money' ? 'cny' : 'people';
    const reading = readingOf(quantity.interval, quantity.comparing, unit, 'whole');
    const { min = 0, max = Number.POSITIVE_INFINITY } =
      reading.kind === 'value' ? { min: reading.value, max: reading.value } : reading;
    found.push({ counted: quantity.counted, min, max, text: cursor.text.slice(start, cursor.at) });
  }
  return found;
}
