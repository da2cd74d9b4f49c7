import type { Iso } from '../law/types.ts';
import type { Point } from './completeness.ts';
import { belowFloor } from './derived.ts';
import { momentOf } from './format.ts';
import { isFlagged } from './sections.ts';
import { law, type Sheet } from './sheet.ts';
import { asSpan, isList, quantityText } from './values.ts';

/**
 * Contradictions in the record: statements that cannot both be true, or would make a reader ask. A person resolves
 * them; nothing is changed here.
 */
export function contradictionsOf(sheet: Sheet): readonly Point[] {
  return [
    ...timeContradictions(sheet),
    ...spanContradictions(sheet),
    ...ransomContradictions(sheet),
    ...aspectContradictions(sheet),
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
  return [{ key: 'report.contradiction.awareness_before_occurrence', field: null, params }];
}

/** Durations against the incident's own beginning and end. */
function spanContradictions(sheet: Sheet): readonly Point[] {
  const { state, ia, regime, language } = sheet;
  const moment = (at: Iso): string => momentOf(at, language);
  const ongoing = asSpan(state.facts['ongoing']?.value ?? 'unknown');
  const { occurrence } = ia.anchors;
  return regime.factDefinitions.flatMap(({ id }): readonly Point[] => {
    const span = asSpan(state.facts[id]?.value ?? 'unknown');
    if (!span) return [];
    const { since, until } = span;
    const points: Point[] = [];
    if (until !== undefined && before(until, since)) {
      const params = { first: moment(until), second: moment(since) };
      points.push({ key: 'report.contradiction.end_before_start', field: id, params });
    }
    if (occurrence !== undefined && before(since, occurrence)) {
      const params = { first: moment(since), second: moment(occurrence) };
      points.push({ key: 'report.contradiction.outage_before_occurrence', field: id, params });
    }
    if (until !== undefined) return points;
    if (state.handlingEnded) {
      const params = { first: moment(state.handlingEnded.instant) };
      points.push({ key: 'report.contradiction.ended_but_running', field: id, params });
    } else if (ongoing?.until !== undefined) {
      points.push({
        key: 'report.contradiction.over_but_running',
        field: id,
        params: { first: moment(ongoing.until) },
      });
    }
    return points;
  });
}

function ransomContradictions(sheet: Sheet): readonly Point[] {
  const { state, regime } = sheet;
  const fields = regime.items
    .flatMap((item) => item.fields)
    .filter(({ onlyIf }) => onlyIf !== undefined && isFlagged(sheet, onlyIf));
  if (fields.length === 0) return [];
  const empty = fields.some(({ id }) => {
    const entry = state.fields[id];
    return entry?.current?.state === undefined && !entry?.wording;
  });
  return [
    ...(empty ? [{ key: 'report.contradiction.ransomware_without_amount' as const, field: null, params: {} }] : []),
    ...(state.facts['suspected_crime']?.value === false
      ? [{ key: 'report.contradiction.ransomware_without_crime' as const, field: null, params: {} }]
      : []),
  ];
}

/** A figure of something that "what is affected" leaves out. */
function aspectContradictions(sheet: Sheet): readonly Point[] {
  const affected = sheet.state.facts['affected']?.value;
  if (affected === undefined || !isList(affected)) return [];
  return sheet.regime.factDefinitions.flatMap((definition): readonly Point[] => {
    const value = sheet.state.facts[definition.id]?.value;
    if (value === undefined || definition.aspects.some((aspect) => affected.includes(aspect))) return [];
    const says = value === true || asSpan(value) !== null || quantityText(sheet, definition, value) !== null;
    return says ? [{ key: 'report.contradiction.aspect_not_affected', field: definition.id, params: {} }] : [];
  });
}

function levelContradictions(sheet: Sheet): readonly Point[] {
  if (!belowFloor(sheet)) return [];
  const name = (level: string): string => {
    const found = sheet.regime.levels.find(({ id }) => id === level);
    return found ? law(sheet, found.name) : level;
  };
  const params = { first: name(sheet.ia.level), second: name(sheet.ia.assessment.floor) };
  return [{ key: 'report.contradiction.level_below_floor', field: null, params }];
}

function estimateContradictions(sheet: Sheet): readonly Point[] {
  return Object.entries(sheet.state.fields).flatMap(([id, { current }]): readonly Point[] => {
    const asOf = current?.asOf;
    if (!asOf || !before(sheet.compiledAt, asOf)) return [];
    const params = { first: momentOf(asOf, sheet.language) };
    return [{ key: 'report.contradiction.estimate_in_future', field: id, params }];
  });
}
