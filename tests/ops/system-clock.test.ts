import { expect, it } from 'vitest';
import { clockOver, randomIds } from '../../src/ops/system-clock.ts';

const DAY = 86_400_000;
/** What Node does with a longer wait: it fires at once. */
const LONGEST = 2 ** 31 - 1;

it('waits longer than a timer of the machine can, and not a moment less', () => {
  let now = 1_000;
  let waits: { readonly until: number; readonly run: () => void }[] = [];
  const clock = clockOver({
    wall: () => now,
    after: (ms, run) => {
      const entry = { until: now + (ms > LONGEST ? 1 : ms), run };
      waits.push(entry);
      return () => {
        waits = waits.filter((other) => other !== entry);
      };
    },
  });
  const rang: number[] = [];
  clock.at(1_000 + 60 * DAY, () => rang.push(now));
  const cancelled = clock.at(1_000 + 40 * DAY, () => rang.push(-1));
  const pass = (): void => {
    const [next] = waits.toSorted((a, b) => a.until - b.until);
    if (!next) return;
    waits = waits.filter((entry) => entry !== next);
    now = next.until;
    next.run();
  };
  pass();
  pass();
  cancelled();
  while (waits.length > 0) pass();
  expect(rang).toEqual([1_000 + 60 * DAY]);
  expect(waits).toEqual([]);
});

it.each([
  ['ahead, such as after the machine has slept', 3_600_000, 2_000],
  ['ahead by half of the wait', 1_800_000, 1_802_000],
  ['back', -3_600_000, 3_602_000],
  ['back by a day', -86_400_000, 3_602_000],
])('a clock that is set %s prolongs no wait', (_how, jump, within) => {
  let monotonic = 0;
  let offset = 1_000_000_000;
  const pending: { readonly until: number; readonly run: () => void }[] = [];
  const clock = clockOver({
    wall: () => monotonic + offset,
    after: (ms, run) => {
      pending.push({ until: monotonic + ms, run });
      return () => undefined;
    },
  });
  let rangAt = Number.NaN;
  const due = clock.now() + 3_600_000;
  clock.at(due, () => {
    rangAt = clock.now();
  });
  offset += jump;
  for (let next = pending.shift(); next && Number.isNaN(rangAt); next = pending.shift()) {
    monotonic = next.until;
    next.run();
  }
  expect(rangAt).toBeGreaterThanOrEqual(due + Math.min(0, jump));
  expect(monotonic).toBeLessThanOrEqual(within);
});

it('gives out ids of 128 bits that are all different, over several blocks', () => {
  const ids = Array.from({ length: 1_000 }, () => randomIds.next());
  expect(new Set(ids).size).toBe(1_000);
  expect(ids.filter((id) => !/^[\w-]{22}$/.test(id))).toEqual([]);
  // No two share a half either, as ids that overlap would.
  expect(new Set(ids.flatMap((id) => [id.slice(0, 10), id.slice(-10)])).size).toBe(2_000);
});
