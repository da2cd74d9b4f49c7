import { expect, it } from 'vitest';
import { IN_A_ROW, playSchedules, seeds } from './schedules.ts';

// @module-tag grows

/** Half of them; the others are in a file of their own, so that two workers share them. */
it.each(seeds('first half'))(
  `two chats that fail and come back show the same in the end: ${IN_A_ROW} schedules from seed %i`,
  async (first) => {
    expect(await playSchedules(first, IN_A_ROW)).toEqual([]);
  },
  300_000,
);
