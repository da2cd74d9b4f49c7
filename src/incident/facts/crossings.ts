import { areAdded } from '../../law/circumstances.ts';
import { type Regime, thresholdsOf } from '../../law/regime.ts';
import type { Assessment, Facts, Iso, Level } from '../../law/types.ts';
import { reachedAt, timesOf } from '../../law/value.ts';

/** A running duration reaches a threshold at an instant, in the past or the future. */
export interface Crossing {
  readonly fact: string;
  readonly criterion: string;
  readonly level: Level;
  readonly at: Iso;
}

/** Past crossings (their criterion is met) and the next ones if the outage continues, earliest first. */
export function crossingsOf(
  regime: Regime,
  facts: Facts,
  assessment: Assessment,
  readings: Readonly<Record<string, string>>,
): readonly Crossing[] {
  const met = new Set(assessment.matched.map((m) => m.criterion));
  const passed = regime.factDefinitions.flatMap((definition): Crossing[] => {
    const { id: fact } = definition;
    const value = facts[fact];
    if (value === undefined || timesOf(value).length === 0) return [];
    return thresholdsOf(regime, fact)
      .filter((threshold) => met.has(threshold.criterion))
      .flatMap(({ criterion, level, value: minutes }) => {
        const at = reachedAt(value, minutes, areAdded(definition, readings));
        return at === null ? [] : { fact, criterion, level, at: new Date(at).toISOString() };
      });
  });
  const next = assessment.escalations.flatMap((e): Crossing[] =>
    e.at === undefined
      ? []
      : [{ fact: e.fact, criterion: e.criterion, level: e.level, at: new Date(Date.parse(e.at)).toISOString() }],
  );
  return [...passed, ...next].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
