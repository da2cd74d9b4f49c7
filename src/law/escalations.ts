import { minutesAfter } from './calendar.ts';
import { areAdded, type Circumstances } from './condition.ts';
import { type Graded, rankOf } from './levels.ts';
import { mentionedBy, mentionsOf } from './mentions.ts';
import { type Criterion, type Regime, type Threshold, thresholdsIn } from './regime.ts';
import type { Escalation, FactValue, Level } from './types.ts';
import { boundsOf, isRunning, isUnknown, reachedAt, timesOf } from './value.ts';
import { findingsOf, floorOf } from './verdict.ts';

/**
 * Next value of every stated figure that raises the floor if all else stays as it is. A duration that has ended
 * rises no more. What will happen by itself comes first, soonest first; then the lowest level first.
 */
export function escalationsOf(
  regime: Regime,
  criteria: readonly Criterion[],
  circumstances: Circumstances,
  floor: Level,
): readonly Escalation[] {
  const thresholds = thresholdsIn(criteria);
  const higher = criteria.filter(({ level }) => rankOf(regime, level) > rankOf(regime, floor));
  const affected = mentionedBy(higher, 'facts', ({ when }) => when);
  return regime.factDefinitions
    .flatMap((definition) => {
      const { id } = definition;
      const value = circumstances.facts[id];
      const [figures, above] = [thresholds.get(id), affected.get(id)];
      if (!figures || !above || isUnknown(value) || hasEnded(value)) return [];
      const added = areAdded(definition, circumstances.readings);
      const rise = nextRise(regime, above, { fact: id, value, added, figures }, circumstances);
      return rise === null ? [] : [{ ...rise, ...risesAt(value, rise.threshold, regime.zone, added) }];
    })
    .toSorted((a, b) => instantOf(a) - instantOf(b) || rankOf(regime, a.level) - rankOf(regime, b.level));
}

function instantOf({ at }: Escalation): number {
  return at === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(at);
}

interface Figure {
  readonly fact: string;
  readonly value: FactValue;
  /** Several durations are added up. */
  readonly added: boolean;
}

/** `criteria`: those above the floor that the fact decides. */
function nextRise(
  regime: Graded,
  criteria: readonly Criterion[],
  of: Figure & { readonly figures: readonly Threshold[] },
  circumstances: Circumstances,
): (Escalation & { readonly threshold: number }) | null {
  const { fact } = of;
  const { min } = boundsOf(of.value, circumstances.now, false, of.added);
  const thresholds = [...new Set(of.figures.map(({ value }) => value))].filter((value) => value > min);
  for (const [index, threshold] of thresholds.entries()) {
    const facts = { ...circumstances.facts, [fact]: threshold };
    // A criterion that does not name this figure is as it was at the one before.
    const touched =
      index === 0 ? criteria : criteria.filter(({ when }) => mentionsOf(when).figures.get(fact)?.includes(threshold));
    const met = findingsOf(touched, { ...circumstances, facts }).filter(({ evaluation }) => evaluation.truth === 'yes');
    const cause = met.find(({ criterion }) => criterion.level === floorOf(regime, met));
    if (cause) return { fact, criterion: cause.criterion.id, level: cause.criterion.level, threshold };
  }
  return null;
}

function hasEnded(value: FactValue): boolean {
  const isOver = timesOf(value).length > 0 || (typeof value === 'object' && 'spans' in value);
  return isOver && !isRunning(value);
}

function risesAt(value: FactValue, minutes: number, zone: string, added: boolean): { at?: string } {
  const at = reachedAt(value, minutes, added);
  return at === null ? {} : { at: minutesAfter(new Date(at).toISOString(), 0, zone) };
}
