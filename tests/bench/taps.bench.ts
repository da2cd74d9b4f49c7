import { bestTree } from '../conversation/best-tree.ts';
import { SCENARIOS } from '../conversation/scenarios.ts';
import { median, play } from '../conversation/taps.ts';

/** Taps to a verdict over the worked scenarios, beside the best decision tree that knows them beforehand. */
export function benchTaps(): readonly Readonly<Record<string, string | number>>[] {
  const best = bestTree(SCENARIOS);
  const rows = SCENARIOS.map((scenario, index) => {
    const { taps, asked } = play(scenario);
    return { scenario: scenario.name, taps, best: best[index] ?? 0, asked: asked.join(' ') };
  });
  const taps = rows.map((row) => row.taps);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return [
    ...rows,
    { scenario: 'median', taps: median(taps), best: median(best), asked: '' },
    { scenario: 'all together', taps: sum(taps), best: sum(best), asked: '' },
  ];
}
