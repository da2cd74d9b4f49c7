import { expect, it } from 'vitest';
import { clockOver } from '../../src/ops/system-clock.ts';

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
  for (let n = 0; n < 9; n += 1) pass();
  expect(rang).toEqual([1_000 + 60 * DAY]);
  expect(waits).toEqual([]);
});
