import { minutesAfter } from './calendar.ts';
import type { Circumstances } from './condition.ts';
import { type Criterion, type FactDefinition, type Regime, thresholdsOf } from './regime.ts';
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
    .flatMap((definition) => nextRise({ ...regime, criteria }, definition, circumstances) ?? [])
    .toSorted((a, b) => instantOf(a) - instantOf(b) || rankOf(a.level) - rankOf(b.level));
}

function instantOf({ at }: Escalation): number {
  return at === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(at);
}

function nextRise(regime: Regime, { id: fact }: FactDefinition, circumstances: Circumstances): Escalation | null {
  const value = circumstances.facts[fact];
  if (isUnknown(value) || hasEnded(value)) return null;
  const { min } = boundsOf(value, circumstances.now);
  const before = rankOf(floorOf(findingsOf(regime.criteria, circumstances)));
  for (const threshold of thresholdsOf(regime, fact)) {
    if (threshold.value <= min) continue;
    const changed = { ...circumstances, facts: { ...circumstances.facts, [fact]: threshold.value } };
    const findings = findingsOf(regime.criteria, changed);
    const level = floorOf(findings);
    if (rankOf(level) <= before) continue;
    const cause = findings.find(({ criterion, evaluation }) => criterion.level === level && evaluation.truth === 'yes');
    return {
      fact,
      criterion: cause?.criterion.id ?? threshold.criterion,
      level,
      threshold: threshold.value,
      ...risesAt(regime, value, threshold.value),
    };
  }
  return null;
}

function hasEnded(value: FactValue): boolean {
  return typeof value === 'object' && 'until' in value && value.until !== undefined;
}

function risesAt(regime: Regime, value: FactValue, minutes: number): { at?: string } {
  if (typeof value !== 'object' || !('since' in value)) return {};
  return { at: minutesAfter(value.since, minutes, regime.zone) };
}
