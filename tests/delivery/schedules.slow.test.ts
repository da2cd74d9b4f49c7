import { expect, it } from 'vitest';
import { hundreds, playSchedules } from './schedules.ts';

/** Half of them; the others are in a file of their own, so that two workers share them. */
it.each(hundreds('first half'))(
  'two chats that fail and come back show the same in the end: a hundred schedules from seed %i',
  async (first) => {
    expect(await playSchedules(first, 100)).toEqual([]);
  },
  300_000,
);
