import { minutesAfter } from './calendar.ts';
import type { Circumstances } from './condition.ts';
import { type Criterion, type FactDefinition, type Regime, thresholdsIn } from './regime.ts';
import type { Escalation, FactValue } from './types.ts';
import { boundsOf, isUnknown } from './value.ts';
import { findingsOf, floorOf, rankOf } from './verdict.ts';

/**
 * For every stated figure the next value that raises the floor if all else stays as it is. A duration that has ended
 * rises no more. What will happen by itself comes first, soonest first; then the lowest level first.
 */
export function escalationsOf(
  regime: Regime,
  criteria: readonly Criterion[],
  circumstances: Circumstances,
): readonly Escalation[] {
  return regime.factDefinitions
    .flatMap((definition) => nextRise(criteria, definition, circumstances, regime.zone) ?? [])
    .toSorted((a, b) => instantOf(a) - instantOf(b) || rankOf(a.level) - rankOf(b.level));
}

function instantOf({ at }: Escalation): number {
  return at === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(at);
}

function nextRise(
  criteria: readonly Criterion[],
  { id: fact }: FactDefinition,
  circumstances: Circumstances,
  zone: string,
): Escalation | null {
  const value = circumstances.facts[fact];
  if (isUnknown(value) || hasEnded(value)) return null;
  const { min } = boundsOf(value, circumstances.now);
  const before = rankOf(floorOf(findingsOf(criteria, circumstances)));
  for (const threshold of thresholdsIn(criteria, fact)) {
    if (threshold.value <= min) continue;
    const changed = { ...circumstances, facts: { ...circumstances.facts, [fact]: threshold.value } };
    const findings = findingsOf(criteria, changed);
    const level = floorOf(findings);
    if (rankOf(level) <= before) continue;
    const cause = findings.find(({ criterion, evaluation }) => criterion.level === level && evaluation.truth === 'yes');
    return {
      fact,
      criterion: cause?.criterion.id ?? threshold.criterion,
      level,
      threshold: threshold.value,
      ...risesAt(value, threshold.value, zone),
    };
  }
  return null;
}

function hasEnded(value: FactValue): boolean {
  return typeof value === 'object' && 'until' in value && value.until !== undefined;
}

function risesAt(value: FactValue, minutes: number, zone: string): { at?: string } {
  if (typeof value !== 'object' || !('since' in value)) return {};
  return { at: minutesAfter(value.since, minutes, zone) };
}
