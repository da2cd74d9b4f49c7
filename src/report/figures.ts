import { isMessageKey } from '../i18n/translate.ts';
import { onceFor } from '../incident/facts/once.ts';
import { isUnconfirmed, standingValue } from '../incident/facts/standing.ts';
import type { Run } from '../incident/report-document.ts';
import type { FactEntry } from '../incident/state.ts';
import { countedWith, type FactDefinition, type FactUnit } from '../law/regime.ts';
import { asOfText, momentOf } from './format.ts';
import { asOfRun, estimateRun, factRun } from './runs.ts';
import { law, type Sheet, say } from './sheet.ts';
import {
  type AnyValue,
  asBounds,
  asSpan,
  asSpans,
  isList,
  lengthText,
  optionsText,
  quantityText,
  spansText,
  totalOf,
  valueText,
} from './values.ts';

/** Facts that the report states elsewhere: the kind of site with the level, the class of data with its compromise. */
const OF_THE_LEVEL = new Set(['site_kind', 'data_class']);
const DATA = 'data_compromise';

/** Stated figure of the impact, as the runs of one clause. */
export interface Figure {
  readonly fact: string;
  /** True for a figure that is still changing, which a fixed wording cannot state. */
  readonly running: boolean;
  /** True if the figure has a stated start. */
  readonly since: boolean;
  /** Unit of the figure; null for spans and options. */
  readonly unit: FactUnit | null;
  readonly runs: readonly Run[];
}

const once = onceFor<readonly Figure[]>();

/** Stated figures of the impact, in the order of the regime. Zero, "none" and "don't know" state no impact. */
export function figuresOf(sheet: Sheet): readonly Figure[] {
  return once(sheet, `${sheet.role} ${sheet.language}`, () =>
    sheet.regime.factDefinitions.flatMap((definition): readonly Figure[] => {
      if (definition.id === DATA) return dataFigure(sheet, definition);
      if (definition.kind === 'judgement' || OF_THE_LEVEL.has(definition.id) || isDenied(sheet, definition)) return [];
      const entry = entryInForce(sheet, definition.id, (one) => clause(sheet, definition, one) !== null);
      if (!entry) return [];
      const span = asSpan(entry.value);
      const runs = clause(sheet, definition, entry);
      if (!runs) return [];
      const spans = asSpans(entry.value)?.spans ?? [span ?? 0];
      const running = spans.some((one) => typeof one !== 'number' && one.until === undefined);
      const marked = definition.kind === 'number' ? runs : [...runs, ...unconfirmedMark(sheet, definition.id)];
      return [{ fact: definition.id, running, since: span !== null, unit: definition.unit ?? null, runs: marked }];
    }),
  );
}

/** Returns true for a figure of something that did not happen, e.g. forwards of content that was not illegal. */
function isDenied(sheet: Sheet, { id }: FactDefinition): boolean {
  const needed = countedWith(sheet.regime.criteria).get(id) ?? [];
  return needed.some((one) => entryInForce(sheet, one, ({ value }) => value === true)?.value === false);
}

/** Answer that a report prints: an unconfirmed one that states no impact does not remove the earlier one. */
function entryInForce({ state }: Sheet, fact: string, statesImpact: (entry: FactEntry) => boolean): FactEntry | null {
  const entry = state.facts[fact] ?? null;
  const before = state.standing.length === 0 ? null : standingValue(state, fact);
  return before === null || (entry && statesImpact(entry)) ? entry : before;
}

/** Answer in words, as a paper prints it outside the figures; null while nobody stated it. */
export function answerRuns(sheet: Sheet, fact: string): readonly Run[] | null {
  const definition = sheet.regime.factDefinitions.find(({ id }) => id === fact);
  const value = entryInForce(sheet, fact, (one) => !definition || clause(sheet, definition, one) !== null)?.value;
  if (value === undefined || value === 'unknown') return null;
  return [factRun(valueText(sheet, fact, value), fact), ...unconfirmedMark(sheet, fact)];
}

/** Mark of an answer that waits for a second person; agreeing to it is no change of the report. */
export function unconfirmedMark(sheet: Sheet, fact: string): readonly Run[] {
  return isUnconfirmed(sheet.state, fact) ? [estimateRun(say(sheet, 'report.unconfirmed'), fact, '')] : [];
}

/**
 * Clause on the effect on core or important data, with the stated class: core data lead to another level. Null if
 * nobody raised the class; an unknown class is printed as under verification.
 */
function dataFigure(sheet: Sheet, definition: FactDefinition): readonly Figure[] {
  const of = sheet.regime.factDefinitions.find(({ id }) => id === 'data_class');
  const inForce = (one: FactDefinition) =>
    entryInForce(sheet, one.id, ({ value }) => optionsText(sheet, one, value) !== null)?.value;
  const stated = of && inForce(of);
  const befell = inForce(definition);
  const name = of && stated !== undefined ? optionsText(sheet, of, stated) : null;
  const what = befell === undefined ? null : optionsText(sheet, definition, befell);
  const isNone = stated === 'none' || (Array.isArray(stated) && stated.includes('none'));
  // "Don't know" is printed only if somebody said that data are affected.
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
  const marks = [...unconfirmedMark(sheet, DATA), ...unconfirmedMark(sheet, 'data_class')].slice(0, 1);
  return [{ fact: DATA, running: false, since: false, unit: null, runs: [factRun(text, DATA), ...marks] }];
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

const PEOPLE = 'personal_info_people';
const COMPROMISE = 'personal_info_compromise';
const LEAKED = 'leaked_or_stolen';

/** Events that befell personal information, as two people stand by them; null while nobody stated any. */
export function compromiseOf({ state }: Sheet): readonly string[] | null {
  const { value = 'unknown' } = standingValue(state, COMPROMISE) ?? state.facts[COMPROMISE] ?? {};
  return isList(value) ? value : null;
}

/** Introduction of a figure: a sentence of its own, or "label: value" for a fact without one. */
function lead(sheet: Sheet, definition: FactDefinition, n: string): string {
  if (definition.id === PEOPLE && compromiseOf(sheet)?.includes(LEAKED) === false) {
    return say(sheet, 'report.figure.personal_info_affected', { n });
  }
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
    // A range from zero states no outage.
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
