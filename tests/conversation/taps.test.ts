import { describe, expect, it } from 'vitest';
import { SCENARIOS } from './scenarios.ts';
import { median, play } from './taps.ts';

describe('taps to a verdict', () => {
  it.each(SCENARIOS)('$name: reaches the level', (scenario) => {
    const { level, taps, asked } = play(scenario);
    expect(level, asked.join(' → ')).toBe(scenario.level);
    expect(taps, asked.join(' → ')).toBeLessThanOrEqual(9);
  });

  it('is five or fewer in the median of at least twelve scenarios', () => {
    expect(SCENARIOS.length).toBeGreaterThanOrEqual(12);
    expect(median(SCENARIOS.map((scenario) => play(scenario).taps))).toBeLessThanOrEqual(5);
  });
});
