import { expect, it } from 'vitest';
import { simulate } from './simulate.ts';

/** Processor time for seeds, in ms, and the seed to begin with; a soak plays longer, and others in every round. */
const SOAK = process.env['SOAK_SEED'];
const BUDGET = SOAK === undefined ? 10_000 : 120_000;
const FIRST = SOAK === undefined ? 1 : Number(SOAK) * 1_000;
const PATIENCE = { timeout: 1_800_000 };
const used = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1_000;

it('the same seed is the same run', PATIENCE, async () => {
  const lines: [string[], string[]] = [[], []];
  const first = await simulate(13, (line) => lines[0].push(line));
  const second = await simulate(13, (line) => lines[1].push(line));
  expect(lines[1]).toEqual(lines[0]);
  expect(second.hash).toBe(first.hash);
  expect(first.figures['messages']).toBeGreaterThan(20);
  expect((await simulate(14)).hash).not.toBe(first.hash);
});

it('nothing is lost, doubled, early or wrong in days of crashes, outages and jumping clocks', PATIENCE, async () => {
  const until = used() + BUDGET;
  let seed = FIRST;
  for (; used() < until; seed += 1) {
    const { wrong } = await simulate(seed);
    expect(wrong, `again: node tests/simulation/replay.ts ${seed}`).toEqual([]);
  }
  expect(seed).toBeGreaterThan(FIRST);
});
