import { minutesAfter } from './calendar.ts';
import type { Circumstances } from './condition.ts';
import { type Graded, rankOf } from './levels.ts';
import { mentionsOf } from './mentions.ts';
import { type Criterion, type Regime, thresholdsIn } from './regime.ts';
import type { Escalation, FactValue, Level } from './types.ts';
import { boundsOf, isUnknown } from './value.ts';
import { findingsOf, floorOf } from './verdict.ts';

/**
 * For every stated figure the next value that raises the floor if all else stays as it is. A duration that has ended
 * rises no more. What will happen by itself comes first, soonest first; then the lowest level first.
 */
export function escalationsOf(
  regime: Regime,
  criteria: readonly Criterion[],
  circumstances: Circumstances,
  floor: Level,
): readonly Escalation[] {
  return regime.factDefinitions
    .flatMap(({ id }) => {
      const value = circumstances.facts[id];
      if (isUnknown(value) || hasEnded(value)) return [];
      const affected = criteria.filter(({ when }) => mentionsOf(when).facts.has(id));
      const rise = nextRise(regime, affected, { fact: id, value, floor }, circumstances);
      return rise === null ? [] : [{ ...rise, ...risesAt(value, rise.threshold, regime.zone) }];
    })
    .toSorted((a, b) => instantOf(a) - instantOf(b) || rankOf(regime, a.level) - rankOf(regime, b.level));
}

function instantOf({ at }: Escalation): number {
  return at === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(at);
}

function nextRise(
  regime: Graded,
  criteria: readonly Criterion[],
  { fact, value, floor }: { readonly fact: string; readonly value: FactValue; readonly floor: Level },
  circumstances: Circumstances,
): (Escalation & { readonly threshold: number }) | null {
  const { min } = boundsOf(value, circumstances.now);
  for (const { value: threshold } of thresholdsIn(criteria, fact)) {
    if (threshold <= min) continue;
    const facts = { ...circumstances.facts, [fact]: threshold };
    const met = findingsOf(criteria, { ...circumstances, facts }).filter(
      ({ evaluation }) => evaluation.truth === 'yes',
    );
    const cause = met.find(({ criterion }) => criterion.level === floorOf(regime, met));
    if (cause === undefined || rankOf(regime, cause.criterion.level) <= rankOf(regime, floor)) continue;
    return { fact, criterion: cause.criterion.id, level: cause.criterion.level, threshold };
  }
  return null;
}

function hasEnded(value: FactValue): boolean {
  return typeof value === 'object' && 'until' in value;
}

function risesAt(value: FactValue, minutes: number, zone: string): { at?: string } {
  if (typeof value !== 'object' || !('since' in value)) return {};
  return { at: minutesAfter(value.since, minutes, zone) };
}
