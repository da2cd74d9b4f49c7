import { isMessageKey } from '../i18n/translate.ts';
import { isUnconfirmed } from '../incident/facts/standing.ts';
import type { FactEntry } from '../incident/state.ts';
import type { FactDefinition, FactUnit } from '../law/regime.ts';
import { asOfText, momentOf } from './format.ts';
import type { Run } from './model.ts';
import { asOfRun, estimateRun, factRun } from './runs.ts';
import { law, type Sheet, say } from './sheet.ts';
import {
  type AnyValue,
  asBounds,
  asSpan,
  asSpans,
  lengthText,
  optionsText,
  quantityText,
  spansText,
  totalOf,
} from './values.ts';

/** Facts that the level states: judgements and the kind of site. The class of data is stated with its compromise. */
const OF_THE_LEVEL = new Set(['site_kind', 'data_class']);
const DATA = 'data_compromise';

/** Stated figure of the impact, as the runs of one clause. */
export interface Figure {
  readonly fact: string;
  /** Still going on: no fixed wording can state it. */
  readonly running: boolean;
  /** True if the figure has a stated start. */
  readonly since: boolean;
  /** Unit of the figure; null for spans and options. */
  readonly unit: FactUnit | null;
  readonly runs: readonly Run[];
}

/** Stated figures of the impact, in the order of the regime. Zero, "none" and "don't know" state no impact. */
export function figuresOf(sheet: Sheet): readonly Figure[] {
  return sheet.regime.factDefinitions.flatMap((definition): readonly Figure[] => {
    if (definition.id === DATA) return dataFigure(sheet, definition);
    const entry = sheet.state.facts[definition.id];
    if (!entry || definition.kind === 'judgement' || OF_THE_LEVEL.has(definition.id)) return [];
    const span = asSpan(entry.value);
    const runs = clause(sheet, definition, entry);
    if (!runs) return [];
    const spans = asSpans(entry.value)?.spans ?? [span ?? 0];
    const running = spans.some((one) => typeof one !== 'number' && one.until === undefined);
    return [{ fact: definition.id, running, since: span !== null, unit: definition.unit ?? null, runs }];
  });
}

/**
 * Clause on the effect on core or important data, under the stated class only: core data lead to another level. Null
 * for a class nobody raised; an unknown class is printed as under verification.
 */
function dataFigure(sheet: Sheet, definition: FactDefinition): readonly Figure[] {
  const of = sheet.regime.factDefinitions.find(({ id }) => id === 'data_class');
  const stated = sheet.state.facts['data_class']?.value;
  const befell = sheet.state.facts[DATA]?.value;
  const name = of && stated !== undefined ? optionsText(sheet, of, stated) : null;
  const what = befell === undefined ? null : optionsText(sheet, definition, befell);
  const isNone = stated === 'none' || (Array.isArray(stated) && stated.includes('none'));
  // "Don't know" is said only where somebody said that data are affected.
  const affected = sheet.state.facts['affected']?.value;
  const isOpen = stated === 'unknown' && Array.isArray(affected) && affected.includes('data');
  if (name === null && what === null && !isOpen) return [];
  const text =
    name === null
      ? [
          ...(what === null ? [] : [say(sheet, 'report.data.some', { what })]),
          ...(isNone ? [] : [say(sheet, 'report.data.class_open')]),
        ].join(say(sheet, 'report.comma'))
      : say(sheet, what === null ? 'report.data.open' : 'report.data.of_class', { class: name, what: what ?? '' });
  return [{ fact: DATA, running: false, since: false, unit: null, runs: [factRun(text, DATA)] }];
}

function clause(sheet: Sheet, definition: FactDefinition, { value, at }: FactEntry): readonly Run[] | null {
  const { id } = definition;
  switch (definition.kind) {
    case 'duration':
      return durationClause(sheet, definition, value);
    case 'boolean':
      return value === true ? [factRun(law(sheet, definition.label), id)] : null;
    case 'number': {
      const n = quantityText(sheet, definition, value);
      if (n === null) return null;
      const text = `${say(sheet, 'report.estimate.clause')}${lead(sheet, definition, n)}`;
      const mark = isUnconfirmed(sheet.state, id) ? say(sheet, 'report.unconfirmed') : '';
      return [estimateRun(`${text}${mark}`, id, text), asOfRun(sheet, at, id)];
    }
    default: {
      const chosen = optionsText(sheet, definition, value);
      return chosen === null ? null : [factRun(lead(sheet, definition, chosen), id)];
    }
  }
}

/** A sentence that reads better than "label: value"; a fact without one is written that way. */
function lead(sheet: Sheet, definition: FactDefinition, n: string): string {
  const key = `report.figure.${definition.id}`;
  if (isMessageKey(key)) return say(sheet, key, { n });
  return say(sheet, 'report.figure_other', { label: law(sheet, definition.label), n });
}

function durationClause(sheet: Sheet, definition: FactDefinition, value: AnyValue): readonly Run[] | null {
  const { language, compiledAt } = sheet;
  const { id } = definition;
  const what = law(sheet, definition.running ?? definition.label);
  const several = asSpans(value);
  if (several) {
    const params = { what, n: String(several.spans.length), each: spansText(sheet, several) };
    const total = lengthText(sheet, totalOf(several, compiledAt));
    const stable = say(sheet, 'report.outages', params);
    return [estimateRun(say(sheet, 'report.outages_total', { outages: stable, total }), id, stable)];
  }
  const span = asSpan(value);
  if (!span) {
    // A band from zero does not state an outage.
    if ((asBounds(value)?.min ?? (typeof value === 'number' ? value : 0)) === 0) return null;
    const duration = quantityText(sheet, definition, value);
    return duration === null ? null : [estimateRun(say(sheet, 'report.outage_length', { what, duration }), id)];
  }
  const since = momentOf(span.since, language);
  const duration = lengthText(sheet, (Date.parse(span.until ?? compiledAt) - Date.parse(span.since)) / 60_000);
  if (span.until !== undefined) {
    const until = momentOf(span.until, language);
    return [factRun(say(sheet, 'report.outage_ended', { since, what, until, duration }), id)];
  }
  const now = asOfText(compiledAt, compiledAt, language);
  const stable = say(sheet, 'report.outage_running_stable', { since, what });
  return [estimateRun(say(sheet, 'report.outage_running', { since, what, now, duration }), id, stable)];
}
