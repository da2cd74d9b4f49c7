import type { MessageKey } from '../i18n/keys.ts';
import { CRIME } from '../incident/facts/circumstances.ts';
import { spansIn } from '../incident/facts/context-facts.ts';
import type { Iso } from '../law/types.ts';
import { belowFloor } from './derived.ts';
import { compromiseOf } from './figures.ts';
import { momentOf } from './format.ts';
import { isFlagged } from './sections.ts';
import { levelName, type Sheet } from './sheet.ts';
import { amountText, asBounds, asSpan, asSpans, isList, quantityText } from './values.ts';

/** Gap or contradiction; `field` is a field of the report or a fact. */
export interface Point {
  readonly key: MessageKey;
  readonly field: string | null;
  readonly params: Readonly<Record<string, string>>;
}
export function pointOf(key: MessageKey, field: string | null = null, params: Point['params'] = {}): Point {
  return { key, field, params };
}

/** Contradictions in the record: statements that cannot both be true, or are implausible. A person resolves them. */
export function contradictionsOf(sheet: Sheet): readonly Point[] {
  return [
    ...timeContradictions(sheet),
    ...spanContradictions(sheet),
    ...ransomContradictions(sheet),
    ...aspectContradictions(sheet),
    ...peopleContradictions(sheet),
    ...levelContradictions(sheet),
    ...estimateContradictions(sheet),
  ];
}

function before(a: Iso, b: Iso): boolean {
  return Date.parse(a) < Date.parse(b);
}

function timeContradictions(sheet: Sheet): readonly Point[] {
  const { awareness, occurrence } = sheet.ia.anchors;
  if (awareness === undefined || occurrence === undefined || !before(awareness, occurrence)) return [];
  const params = { first: momentOf(awareness, sheet.language), second: momentOf(occurrence, sheet.language) };
  return [pointOf('report.contradiction.awareness_before_occurrence', null, params)];
}

/** Contradictions between durations and the incident's own beginning and end. */
function spanContradictions(sheet: Sheet): readonly Point[] {
  const { state, ia, regime, language } = sheet;
  const moment = (at: Iso): string => momentOf(at, language);
  const ongoing = asSpan(state.facts['ongoing']?.value ?? 'unknown');
  const { occurrence } = ia.anchors;
  const spans = regime.factDefinitions.flatMap(({ id }) =>
    spansIn(state.facts[id]?.value ?? 'unknown').map((span) => ({ id, ...span })),
  );
  return spans.flatMap(({ id, since, until }): readonly Point[] => {
    const points: Point[] = [];
    const add = (name: SpanContradiction, first: Iso, second?: Iso): void => {
      const params = { first: moment(first), ...(second === undefined ? {} : { second: moment(second) }) };
      points.push(pointOf(`report.contradiction.${name}`, id, params));
    };
    if (until !== undefined && before(until, since)) add('end_before_start', until, since);
    if (occurrence !== undefined && before(since, occurrence)) add('outage_before_occurrence', since, occurrence);
    if (until !== undefined) return points;
    if (state.handlingEnded) add('ended_but_running', state.handlingEnded.instant);
    else if (ongoing?.until !== undefined) add('over_but_running', ongoing.until);
    return points;
  });
}

type SpanContradiction = 'end_before_start' | 'outage_before_occurrence' | 'ended_but_running' | 'over_but_running';

function ransomContradictions(sheet: Sheet): readonly Point[] {
  const { state, regime } = sheet;
  const fields = regime.items
    .flatMap((item) => item.fields)
    .filter(({ onlyIf, required }) => onlyIf !== undefined && required !== 'optional' && isFlagged(sheet, onlyIf));
  if (fields.length === 0) return [];
  const empty = fields.some(({ id }) => {
    const entry = state.fields[id];
    return entry?.current?.state === undefined && !entry?.wording;
  });
  return [
    ...(empty ? [pointOf('report.contradiction.ransomware_without_amount')] : []),
    ...(state.facts[CRIME]?.value === false ? [pointOf('report.contradiction.ransomware_without_crime')] : []),
  ];
}

/** Contradictions: figures for a kind of damage that the answer to "what is affected" does not name. */
function aspectContradictions(sheet: Sheet): readonly Point[] {
  const affected = sheet.state.facts['affected']?.value;
  if (affected === undefined || !isList(affected)) return [];
  return sheet.regime.factDefinitions.flatMap((definition): readonly Point[] => {
    const value = sheet.state.facts[definition.id]?.value;
    if (value === undefined || definition.aspects.some((aspect) => affected.includes(aspect))) return [];
    const says =
      value === true ||
      spansIn(value).length > 0 ||
      asSpans(value) !== null ||
      quantityText(sheet, definition, value) !== null;
    return says ? [pointOf('report.contradiction.aspect_not_affected', definition.id)] : [];
  });
}

/**
 * Contradictions: more people than the system has users by the profile; or people whose information was affected,
 * although nothing happened to it. A reader of the report sees both statements.
 */
function peopleContradictions(sheet: Sheet): readonly Point[] {
  const users = sheet.system?.expectedUsers ?? Number.POSITIVE_INFINITY;
  const id = 'personal_info_people';
  const value = sheet.state.facts[id]?.value;
  if (value === undefined) return [];
  const people = typeof value === 'number' ? value : (asBounds(value)?.min ?? 0);
  const amount = (n: number) => amountText(sheet, 'people', n);
  const params = { first: amount(people), second: amount(users) };
  return [
    ...(people > users ? [pointOf('report.contradiction.more_than_users', id, params)] : []),
    ...(people > 0 && compromiseOf(sheet)?.includes('none')
      ? [pointOf('report.contradiction.nothing_happened', id)]
      : []),
  ];
}

function levelContradictions(sheet: Sheet): readonly Point[] {
  if (!belowFloor(sheet)) return [];
  const { ia } = sheet;
  const params = { first: levelName(sheet, ia.level), second: levelName(sheet, ia.assessment.floor) };
  return [pointOf('report.contradiction.level_below_floor', null, params)];
}

function estimateContradictions(sheet: Sheet): readonly Point[] {
  return Object.entries(sheet.state.fields).flatMap(([id, { current }]): readonly Point[] => {
    const asOf = current?.asOf;
    if (!asOf || !before(sheet.compiledAt, asOf)) return [];
    return [pointOf('report.contradiction.estimate_in_future', id, { first: momentOf(asOf, sheet.language) })];
  });
}
