import { describe, expect, it } from 'vitest';
import { Budget, Budgets } from '../../src/delivery/budgets.ts';
import { ManualClock } from '../fakes/clock.ts';
import { MemoryChat } from '../fakes/memory-chat.ts';

const NOW = Date.parse('2026-03-31T10:00:00+08:00');
const SECOND = 1_000;
const HOUR = 3_600_000;
/** How many permits are taken in a row. */
function takeAll(budget: Budget, now: number): number {
  let taken = 0;
  while (budget.take(now)) taken += 1;
  return taken;
}

it('spreads what it has over the minute', () => {
  const budget = new Budget(30, NOW);
  expect(takeAll(budget, NOW)).toBe(6);
  expect(budget.nextAt(NOW)).toBe(NOW + 2 * SECOND);
  expect(budget.nextAt(NOW, 4)).toBe(NOW + 8 * SECOND);
  expect(takeAll(budget, NOW + 4 * SECOND)).toBe(2);
});

it('nobody waits for the old time when the clock is set back', () => {
  const budget = new Budget(30, NOW);
  takeAll(budget, NOW + SECOND);
  const back = NOW - HOUR;
  expect(takeAll(budget, back)).toBe(0);
  expect(takeAll(budget, back + 4 * SECOND)).toBe(2);
});

it('a pause is as long as it was told, over a clock that is set back as well', () => {
  const budget = new Budget(30, NOW);
  budget.pauseUntil(NOW + 60 * SECOND);
  expect(takeAll(budget, NOW + 59 * SECOND)).toBe(0);
  expect(takeAll(budget, NOW + 59 * SECOND - HOUR)).toBe(0);
  expect(takeAll(budget, NOW + 63 * SECOND - HOUR)).toBe(1);
});

describe.each([
  ['changed', true],
  ['ticking', false],
])('drills whose cards are %s', (_, dirty) => {
  const PER_MINUTE = 30;
  const room = 'slack/T1/C1';
  const budgets = (): Budgets => {
    const { messenger } = new MemoryChat('slack');
    const canEdit = { perMinute: PER_MINUTE, edit: async () => ({ kind: 'unknown', detail: '' }) as const };
    return new Budgets(new Map([['slack', { ...messenger, canEdit }]]), new ManualClock(NOW));
  };
  const drill = { incident: 'DRILL-2026-0001', room, dirty };

  it('get a third of the edits at most, however fast they run', () => {
    const all = budgets();
    let taken = 0;
    for (let second = 0; second < 600; second += 1) while (all.take(drill, NOW + second * SECOND)) taken += 1;
    expect(taken).toBeGreaterThan(90);
    expect(taken).toBeLessThanOrEqual((10 * PER_MINUTE) / 3 + 2);
  });

  it('leave the reserve to the changed cards of real incidents', () => {
    const all = budgets();
    while (all.take(drill, NOW)) expect(true).toBe(true);
    const real = { incident: 'INC-2026-0001', room, dirty: true };
    let left = 0;
    while (all.take(real, NOW)) left += 1;
    expect(left).toBeGreaterThanOrEqual(4);
  });
});
