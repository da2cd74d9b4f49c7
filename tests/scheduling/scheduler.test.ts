import { expect, it } from 'vitest';
import { alarmOfStuck } from '../../src/scheduling/daily.ts';
import { nameOf, schedulerPass } from '../../src/scheduling/scheduler.ts';
import type { Store, StoredTimer } from '../../src/use-cases/ports.ts';
import { declaring } from '../contract/fixtures.ts';
import { ManualClock } from '../fakes/clock.ts';
import { sqliteHarness } from '../storage/sqlite-harness.ts';

/** Timers in memory, with the one part of the store a pass uses. */
function timersOf(count: number, dueAt: number) {
  const pending = new Map<string, StoredTimer>();
  for (let n = 0; n < count; n += 1) {
    const key = `t${n}`;
    pending.set(key, { key, kind: 'reminder', dueAt: dueAt + n, incident: 'i', state: 'pending', fence: 1 });
  }
  const timers: Store['timers'] = {
    due: async (now, limit) => [...pending.values()].filter((timer) => timer.dueAt <= now).slice(0, limit),
    nextDueAt: async () => Math.min(...[...pending.values()].map((timer) => timer.dueAt)),
    of: async () => [],
  };
  return { pending, timers };
}

it('runs everything that is due, however much, and nothing else', async () => {
  const h = await sqliteHarness();
  const clock = new ManualClock(1_000_000);
  const { pending, timers } = timersOf(500, 999_700);
  const fired: string[] = [];
  const store: Store = { ...h.store, timers };
  const next = await schedulerPass({
    store,
    clock,
    fire: async (timer) => {
      pending.delete(timer.key);
      fired.push(timer.key);
    },
    failed: () => {},
  });
  await h.destroy();
  expect(fired).toHaveLength(301);
  expect(new Set(fired).size).toBe(301);
  expect(next).toBe(1_000_001);
});

it('raises one alarm for each reminder that is a minute overdue and cannot be recorded, as on a full disk', async () => {
  const h = await sqliteHarness();
  const clock = new ManualClock(1_000_000);
  const { timers } = timersOf(2, 1_000_000 - 30_000);
  const alarms: object[] = [];
  const lines: object[] = [];
  const metrics = { alarms: { inc: (labels: object) => alarms.push(labels) } };
  const stuck = alarmOfStuck({ clock, metrics, log: { error: (line: object) => lines.push(line) } } as never, nameOf);
  const store: Store = { ...h.store, timers };
  const pass = () =>
    schedulerPass({
      store,
      clock,
      fire: () => h.store.change(declaring('k')).then(() => undefined),
      failed: (_, timer) => stuck(timer),
    });
  h.breakCommits(true);
  await pass();
  expect(alarms).toEqual([]);
  clock.advance(30_001);
  for (let n = 0; n < 3; n += 1) await pass();
  await h.destroy();
  expect(alarms).toEqual([{ kind: 'reminder_stuck' }, { kind: 'reminder_stuck' }]);
  expect(lines[0]).toMatchObject({ alarm: 'reminder_stuck', incident: 'i', since: '1970-01-01T00:16:10.000Z' });
});

it('passes over timers that cannot be run, tells of each once and comes back to them after a pause', async () => {
  const h = await sqliteHarness();
  const clock = new ManualClock(1_000_000);
  const { pending, timers } = timersOf(200, 999_000);
  const store: Store = { ...h.store, timers };
  let failures = 0;
  const next = await schedulerPass({
    store,
    clock,
    fire: async (timer) => {
      if (Number(timer.key.slice(1)) % 4 === 0) throw new Error('damaged');
      // One that claims to have run, and is due all the same.
      if (timer.key !== 't1') pending.delete(timer.key);
    },
    failed: () => {
      failures += 1;
    },
  });
  await h.destroy();
  expect(pending.size).toBe(51);
  expect(failures).toBe(50);
  expect(next).toBe(1_001_000);
});
