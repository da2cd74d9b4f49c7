import { expect, it } from 'vitest';
import { hundreds, playSchedules } from './schedules.ts';

it.each(hundreds('second half'))(
  'two chats that fail and come back show the same in the end: a hundred schedules from seed %i',
  async (first) => {
    expect(await playSchedules(first, 100)).toEqual([]);
  },
  300_000,
);
