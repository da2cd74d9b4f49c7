import { expect, it } from 'vitest';
import { bestTree } from './best-tree.ts';
import { SCENARIOS } from './scenarios.ts';
import { median, play } from './taps.ts';

it('takes at most a tenth more taps to a verdict than the best decision tree that knows the scenarios', () => {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const best = bestTree(SCENARIOS);
  const ours = SCENARIOS.map((scenario) => play(scenario).taps);
  expect(sum(ours)).toBeLessThanOrEqual(sum(best) * 1.1);
  expect(median(ours)).toBeLessThanOrEqual(median(best) * 1.1);
});
