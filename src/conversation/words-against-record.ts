import { spansIn } from '../incident/facts/context-facts.ts';
import type { Draft } from '../incident/state.ts';
import type { FactDefinition, FactUnit } from '../law/regime.ts';
import { nameOfField } from '../law/regime.ts';
import type { Iso } from '../law/types.ts';
import { contradictionsOf, type Point } from '../report/contradictions.ts';
import { wordingOf } from '../report/fields.ts';
import { momentOf } from '../report/format.ts';
import { type Sheet, sheetFor, sheetNow, type Written } from '../report/sheet.ts';
import { asBounds, asSpan, asSpans, lengthsOf, lengthText, quantityText, totalOf } from '../report/values.ts';
import { fold } from './text/characters.ts';
import { Cursor } from './text/cursor.ts';
import type { Counted } from './text/numbers/counted.ts';
import { readingOf } from './text/numbers/number-reading.ts';
import { readQuantity } from './text/numbers/quantity.ts';
import { interpretTime, type LeadingTime, splitLeadingTime } from './text/times/times.ts';

/** Contradictions between people's words and the record, then within the record. `statement`: text of a correction. */
export function contradictionsIn(sheet: Sheet, statement?: string): readonly Point[] {
  return [...wordsAgainstRecord(sheet, statement), ...contradictionsOf(sheet)];
}

/** Contradictions that need a reason before filing: a wrong figure or time, a level below the rules. */
export function toSettle(sheet: Sheet, statement?: string): readonly Point[] {
  const below = contradictionsOf(sheet).filter(({ key }) => key === 'report.contradiction.level_below_floor');
  return [...wordsAgainstRecord(sheet, statement), ...below];
}

/** Contradictions to settle in a draft in view of the current record; without a draft, in a report compiled now. */
export function toSettleNow(written: Written, draft: Draft | null): readonly Point[] {
  return toSettle(sheetOfDraft(written, draft, 'zh'), draft?.statement);
}

/** Sheet of a draft; without a draft, the sheet of the next report. */
export function sheetOfDraft(written: Written, draft: Draft | null, language: Sheet['language']): Sheet {
  return draft ? sheetFor(written, draft, language) : sheetNow(written, language);
}

/** Field on the extent of the incident; a summary part derived from it repeats its text. */
const EXTENT = 'impact';

function wordsAgainstRecord(sheet: Sheet, statement: string | undefined): readonly Point[] {
  const { items, parts } = sheet.regime;
  const points = [...items.flatMap(({ fields }) => fields), ...parts].flatMap((field) => {
    const words = wordingOf(sheet, field.id);
    if (words === null) return [];
    const made = 'required' in field ? [field.id] : (field.from ?? []);
    if (made.some((id) => nameOfField(id) === EXTENT)) return figurePoints(sheet, words, field.id);
    return 'required' in field ? timePoints(sheet, words, field) : [];
  });
  return statement === undefined ? points : [...points, ...figurePoints(sheet, statement, null)];
}

/** Unit of facts by counted unit; a figure below `atLeast` counts actors, not the extent: 1名员工. */
const UNITS: Partial<Record<Counted, { readonly unit: FactUnit; readonly atLeast: number }>> = {
  people: { unit: 'people', atLeast: 10 },
  money: { unit: 'cny', atLeast: 10 },
  minutes: { unit: 'minutes', atLeast: 1 },
};
/** Share by which a rounded figure may differ without a contradiction. */
const ROUNDED = 0.1;

/** Contradictions of a text, one for each unit in which it has figures but none that fits a stated fact. */
function figurePoints(sheet: Sheet, words: string, field: string | null): readonly Point[] {
  const figures = figuresIn(words);
  return Object.entries(UNITS).flatMap(([counted, { unit, atLeast }]): readonly Point[] => {
    const named = figures.filter((figure) => figure.counted === counted && figure.max >= atLeast);
    const stated = sheet.regime.factDefinitions
      .filter((fact) => fact.unit === unit)
      .flatMap((fact) => statedBounds(sheet, fact) ?? []);
    const [first] = named;
    const fits = named.some((figure) =>
      stated.some(
        ({ min = 0, max = Number.POSITIVE_INFINITY }) =>
          figure.min * (1 - ROUNDED) <= max && figure.max * (1 + ROUNDED) >= min,
      ),
    );
    if (!first || stated.length === 0 || fits) return [];
    const second = stated.flatMap(({ text }) => text ?? []).join(', ');
    const key = field === null ? 'report.contradiction.statement_figure' : 'report.contradiction.figure';
    return [{ key, field, params: { first: first.text, second: second === '' ? '0' : second } }];
  });
}

interface StatedBounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly text: string | null;
}
/** Bounds of a stated fact, in its unit; a running duration accepts every length up to now. */
function statedBounds(sheet: Sheet, fact: FactDefinition): StatedBounds | null {
  const value = sheet.state.facts[fact.id]?.value;
  if (value === undefined) return null;
  const span = asSpan(value);
  if (span) {
    const minutes = (Date.parse(span.until ?? sheet.compiledAt) - Date.parse(span.since)) / 60_000;
    return { min: span.until === undefined ? 0 : minutes, max: minutes, text: lengthText(sheet, minutes) };
  }
  const several = asSpans(value);
  if (several) {
    const total = totalOf(several, sheet.compiledAt);
    return {
      min: Math.min(...lengthsOf(several, sheet.compiledAt)),
      max: total,
      text: lengthText(sheet, total),
    };
  }
  const bounds = typeof value === 'number' ? { min: value, max: value } : asBounds(value);
  return bounds && { ...bounds, text: quantityText(sheet, fact, value) };
}

/** Contradictions between times in the occurrence or discovery field and the times of the record. */
function timePoints(
  sheet: Sheet,
  words: string,
  { id, from }: { readonly id: string; readonly from?: string },
): readonly Point[] {
  if (from !== 'awareness' && from !== 'occurrence') return [];
  const told = timeIn(words, sheet.compiledAt);
  if (told === null) return [];
  const { at, margin } = told;
  const known = sheet.ia.anchors[from];
  const first = momentOf(at, sheet.language);
  if (Date.parse(at) > Date.parse(sheet.compiledAt)) {
    return [{ key: 'report.contradiction.time_in_future', field: id, params: { first } }];
  }
  if (known !== undefined && Math.abs(Date.parse(at) - Date.parse(known)) > margin) {
    return [
      { key: 'report.contradiction.other_time', field: id, params: { first, second: momentOf(known, sheet.language) } },
    ];
  }
  return from === 'occurrence' ? outagesBefore(sheet, at) : [];
}

function outagesBefore(sheet: Sheet, occurrence: Iso): readonly Point[] {
  return sheet.regime.factDefinitions.flatMap((fact): readonly Point[] => {
    const starts = spansIn(sheet.state.facts[fact.id]?.value ?? 'unknown').map(({ since }) => since);
    const since = starts.find((one) => Date.parse(one) < Date.parse(occurrence));
    if (since === undefined) return [];
    const params = { first: momentOf(since, sheet.language), second: momentOf(occurrence, sheet.language) };
    return [{ key: 'report.contradiction.outage_before_occurrence', field: fact.id, params }];
  });
}

export interface ToldTime {
  readonly at: Iso;
  /** Tolerance in milliseconds: an hour for "about" or an hour without minutes, otherwise a minute. */
  readonly margin: number;
}
const [MINUTE, HOUR] = [60_000, 3_600_000];

/** Clock time at the beginning of the words, past or future; null for a vaguer time. */
export function timeIn(words: string, now: Iso): ToldTime | null {
  const whole = interpretTime(words, { now });
  const lead = whole.kind === 'unclear' ? leadingTime(words) : undefined;
  const reading = lead?.exact ? interpretTime(lead.time, { now }) : whole;
  if (reading.kind === 'future') return { at: reading.at, margin: MINUTE };
  if (reading.kind !== 'instant' || reading.precision === 'day') return null;
  const isRough = reading.precision === 'hour' || reading.assumed?.includes('approximate') === true;
  return { at: reading.at, margin: isRough ? HOUR : MINUTE };
}

/** Leading time of the words, and the rest; a bracket ends a time: 约01时10分（依据日志）. */
export function leadingTime(words: string): LeadingTime | undefined {
  const bracket = /[（(]/.exec(words)?.index ?? words.length;
  const lead = splitLeadingTime(words.slice(0, bracket));
  return lead && { ...lead, rest: `${lead.rest}${words.slice(bracket)}` };
}

/** Figure in a text, e.g. 约120万名用户 → {counted: 'people', min: 1200000, max: 1200000}. */
interface StatedFigure {
  readonly counted: Counted;
  readonly min: number;
  readonly max: number;
  /** Words of the figure, folded. */
  readonly text: string;
}

/** Pattern before a length that is a deadline or a distance in time, not a duration: 预计4小时内恢复. */
const EXPECTED = /(?:预计|预期|计划|力争|within|expected in|in about) ?$/;
const POINT = /^ ?(?:(?:之|以)?[内前后]|ago|later|before|after)/;

const MAY_BEGIN = /[\d零一二两三四五六七八九几数十百千约近超至不a-z¥]/;
const INSIDE = /[\d.]/;

/** Figures in a text with a counted unit; the words between them are skipped. */
function figuresIn(text: string): readonly StatedFigure[] {
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
