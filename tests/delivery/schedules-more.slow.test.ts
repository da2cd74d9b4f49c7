import { expect, it } from 'vitest';
import { IN_A_ROW, playSchedules, seeds } from './schedules.ts';

// @module-tag grows

it.each(seeds('second half'))(
  `two chats that fail and come back show the same in the end: ${IN_A_ROW} schedules from seed %i`,
  async (first) => {
    expect(await playSchedules(first, IN_A_ROW)).toEqual([]);
  },
  300_000,
);
