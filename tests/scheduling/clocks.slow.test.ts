import { expect, it } from 'vitest';
import { DAY, Driven, HOUR, iso, MINUTE } from '../case/harness.ts';

const steps = async (driven: Driven): Promise<string[]> =>
  (await driven.heard()).map(({ step, where }) => `${step} ${where}`);

it('a clock set back after a reminder does not say it again; set to and fro ten times neither', async () => {
  const driven = await Driven.start();
  await driven.fourHours();
  await driven.follow(2 * HOUR);
  expect(await steps(driven)).toEqual(['half dm:li']);
  await driven.sleep(-HOUR);
  await driven.follow(70 * MINUTE);
  expect(await steps(driven)).toEqual(['half dm:li']);
  for (let n = 0; n < 10; n += 1) await driven.sleep(n % 2 === 0 ? -30 * MINUTE : 30 * MINUTE);
  expect(await steps(driven)).toEqual(['half dm:li']);
  await driven.follow(HOUR);
  expect(await steps(driven)).toEqual(['half dm:li', 'm60 dm:li']);
});

it('three days asleep: one message to each, about the last step, with what it takes the place of and how late it is', async () => {
  const driven = await Driven.start();
  await driven.fourHours();
  await driven.sleep(3 * DAY);
  await driven.pass(MINUTE);
  const heard = await driven.heard();
  expect(heard.length).toBeGreaterThan(1);
  expect(new Set(heard.map(({ where }) => where)).size).toBe(heard.length);
  expect(new Set(heard.map(({ step }) => step)).size).toBe(1);
  expect(heard.every(({ lateSeconds }) => lateSeconds > 60)).toBe(true);
  const { reminders } = await driven.state();
  expect(reminders.filter(({ collapsed }) => collapsed.some(({ kind }) => kind === 'due'))).toHaveLength(1);
});

it('a corrected awareness time cancels every old timer and arms exactly the new ones; each ends in one state', async () => {
  const driven = await Driven.start();
  await driven.fourHours();
  const dues = async (state: string): Promise<number[]> =>
    (await driven.store.timers.of(driven.incident))
      .filter((timer) => timer.state === state)
      .map((timer) => timer.dueAt);
  const before = await dues('pending');
  const cancelledBefore = await dues('cancelled');
  const { declared } = await driven.state();
  // Minutes nothing falls together in: every old timer differs from every new one.
  const earlier = Date.parse(declared.at) - 37 * MINUTE;
  await driven.say({ type: 'add_awareness', at: iso(earlier), source: 'alert', reachedUs: true });
  const after = await dues('pending');
  expect(after.filter((due) => before.includes(due))).toEqual([]);
  const cancelled = (await dues('cancelled')).filter((due) => !cancelledBefore.includes(due));
  expect(cancelled.toSorted()).toEqual(before.toSorted());
  expect(after.toSorted()).toEqual(before.map((due) => due - 37 * MINUTE).toSorted());
  await driven.follow(5 * HOUR);
  const timers = await driven.store.timers.of(driven.incident);
  const over = timers.filter((timer) => timer.dueAt <= driven.clock.now());
  expect(over.length).toBeGreaterThan(10);
  expect(over.filter((timer) => timer.state === 'pending')).toEqual([]);
  expect(new Set(timers.map((timer) => timer.key)).size).toBe(timers.length);
});
