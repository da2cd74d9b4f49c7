import { expect, it } from 'vitest';
import { playSchedules } from './schedules.ts';

/** The second half of a thousand. */
it.each([501, 601, 701, 801, 901])(
  'two chats that fail and come back show the same in the end: a hundred schedules from seed %i',
  async (first) => {
    expect(await playSchedules(first, 100)).toEqual([]);
  },
  300_000,
);
