import { expect, it } from 'vitest';
import { inEverySoak, SOAK_SEED, soaked } from '../fakes/soak.ts';
import { simulate } from './simulate.ts';

/**
 * Processor time for seeds, in ms, the seed to begin with, and the most hours of a run: many short ones find more in little
 * time than a few long ones. A soak plays longer, whole runs, and others in every round.
 */
const BUDGET = soaked(1_000, 120_000);
const [FIRST, LONGEST] = SOAK_SEED === undefined ? [1, 2] : [SOAK_SEED * 1_000, 10_000];
const PATIENCE = { timeout: 1_800_000 };
/** Of the run that is played twice; two are enough for crashes and outages. */
const HOURS = inEverySoak(1, 2);
const used = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1_000;

// The recorded run of seed 1 (`seeds.slow.test.ts`) is compared in `npm test`.
it('the same seed is the same run', { ...PATIENCE, tags: 'soak' }, async () => {
  const lines: [string[], string[]] = [[], []];
  const first = await simulate(32, (line) => lines[0].push(line), { hours: HOURS });
  const second = await simulate(32, (line) => lines[1].push(line), { hours: HOURS });
  expect(lines[1]).toEqual(lines[0]);
  expect(second.hash).toBe(first.hash);
  expect(first.figures['messages']).toBeGreaterThan(5);
});

it('nothing is lost, doubled, early or wrong in days of crashes, outages and jumping clocks', {
  ...PATIENCE,
  tags: 'grows',
}, async () => {
  const until = used() + BUDGET;
  let seed = FIRST;
  for (; used() < until; seed += 1) {
    const { wrong } = await simulate(seed, () => {}, { hours: LONGEST });
    expect(wrong, `again: node tests/simulation/replay.ts ${seed} ${LONGEST}`).toEqual([]);
  }
  expect(seed).toBeGreaterThan(FIRST);
});
