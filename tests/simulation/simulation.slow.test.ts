import { expect, it } from 'vitest';
import { simulate } from './simulate.ts';

/** Processor time for new seeds, in ms, and the seed to begin with; the soak draws another one in every round. */
const BUDGET = 12_000;
const FIRST = Number(process.env['SOAK_SEED'] ?? 1) * 1_000;
const used = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1_000;

it('the same seed is the same run', async () => {
  const lines: [string[], string[]] = [[], []];
  const first = await simulate(13, (line) => lines[0].push(line));
  const second = await simulate(13, (line) => lines[1].push(line));
  expect(lines[1]).toEqual(lines[0]);
  expect(second.hash).toBe(first.hash);
  expect(first.figures['messages']).toBeGreaterThan(20);
  expect((await simulate(14)).hash).not.toBe(first.hash);
});

it('nothing is lost, doubled, early or wrong in days of crashes, outages and jumping clocks', async () => {
  const until = used() + BUDGET;
  let seed = FIRST;
  for (; used() < until; seed += 1) {
    const { wrong } = await simulate(seed);
    expect(wrong, `again: node tests/simulation/replay.ts ${seed}`).toEqual([]);
  }
  expect(seed).toBeGreaterThan(FIRST);
});
