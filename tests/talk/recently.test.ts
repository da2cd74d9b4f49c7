import { expect, it } from 'vitest';
import { Recently } from '../../src/talk/recently.ts';
import { ManualClock } from '../fakes/clock.ts';
import { memoryKept } from '../platforms/slack/kept.ts';

const KEPT_FOR = 60_000;

it('tells a key that was seen before, also after a restart, until its time is over', async () => {
  const clock = new ManualClock(1);
  const kept = memoryKept();
  const answered = new Recently({ kept, clock }, 'answered:', KEPT_FOR);
  expect(await answered.markSeen('click:1')).toBe('new');
  expect(await answered.markSeen('click:1')).toBe('known');
  const again = new Recently({ kept, clock }, 'answered:', KEPT_FOR);
  expect(await again.markSeen('click:1')).toBe('known');
  clock.advance(KEPT_FOR);
  expect(await again.markSeen('click:1')).toBe('new');
});

it('removes what is over although thousands of other keys stand before it', async () => {
  const clock = new ManualClock(1);
  const kept = memoryKept();
  const answered = new Recently({ kept, clock }, 'answered:', KEPT_FOR);
  for (let n = 0; n < 3_000; n += 1) await kept.put(`answered:a${n}`, String(KEPT_FOR * 3));
  for (let n = 0; n < 3_000; n += 1) await kept.put(`answered:z${n}`, String(KEPT_FOR));
  clock.advance(KEPT_FOR * 2);
  await answered.prune();
  expect([...kept.values.keys()].filter((key) => key.startsWith('answered:z'))).toEqual([]);
  expect(kept.values.size).toBe(3_000);
});
