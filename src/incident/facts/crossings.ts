import { type Regime, thresholdsOf } from '../../law/regime.ts';
import type { Assessment, Facts, Iso, Level } from '../../law/types.ts';

/** A running duration reaches a threshold at an instant, whether or not that has come yet. */
export interface Crossing {
  readonly fact: string;
  readonly criterion: string;
  readonly level: Level;
  readonly at: Iso;
}

/** Crossings that have come (their criterion is met) and the next ones if the outage goes on, earliest first. */
export function crossingsOf(regime: Regime, facts: Facts, assessment: Assessment): readonly Crossing[] {
  const met = new Set(assessment.matched.map((m) => m.criterion));
  const passed = Object.entries(facts).flatMap(([fact, value]): Crossing[] => {
    if (typeof value !== 'object' || !('since' in value)) return [];
    return thresholdsOf(regime, fact)
      .filter((threshold) => met.has(threshold.criterion))
      .map(({ criterion, level, value: minutes }) => ({ fact, criterion, level, at: after(value.since, minutes) }));
  });
  const next = assessment.escalations.flatMap((e): Crossing[] =>
    e.at === undefined ? [] : [{ fact: e.fact, criterion: e.criterion, level: e.level, at: after(e.at, 0) }],
  );
  return [...passed, ...next].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function after(instant: Iso, minutes: number): Iso {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}
