import { expect, it, onTestFinished, vi } from 'vitest';
import { databaseClock } from '../../src/storage/postgres/clock.ts';

const START = 1_790_000_000_000;

it('an answer that took long does not set the time: nothing may fire early', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const began = performance.now();
  const real = (): number => START + performance.now() - began;
  let delay = 0;
  const clock = await databaseClock(async () => {
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    return real();
  });
  onTestFinished(() => clock.stop());
  expect(clock.now()).toBe(START);
  delay = 5_000;
  await vi.advanceTimersByTimeAsync(66_000);
  expect(Math.abs(clock.now() - real())).toBeLessThan(1);
});

it('begins with the quickest of some answers', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'setInterval', 'clearInterval', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const took = [400, 300, 10];
  const opening = databaseClock(async () => {
    await new Promise((resolve) => setTimeout(resolve, took.shift() ?? 0));
    return Date.now();
  });
  await vi.advanceTimersByTimeAsync(2_000);
  const clock = await opening;
  onTestFinished(() => clock.stop());
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(11);
});

it('asks the database again within seconds when the machine has slept, during which its monotonic time stood still', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'setInterval', 'clearInterval', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const clock = await databaseClock(async () => Date.now());
  onTestFinished(() => clock.stop());
  vi.setSystemTime(Date.now() + 3_600_000);
  expect(Math.abs(clock.now() - Date.now())).toBeGreaterThan(3_000_000);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(10);
});
