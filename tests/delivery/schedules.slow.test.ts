import { expect, it } from 'vitest';
import { playSchedules } from './schedules.ts';

/** The first half of a thousand; the other is in a file of its own, so that two workers share them. */
it.each([1, 101, 201, 301, 401])(
  'two chats that fail and come back show the same in the end: a hundred schedules from seed %i',
  async (first) => {
    expect(await playSchedules(first, 100)).toEqual([]);
  },
  300_000,
);
