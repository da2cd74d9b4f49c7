import { expect, it } from 'vitest';
import { playSchedule } from './schedules.ts';

/** In one house a hundred at a time: an incident of the past costs nothing but its row. */
it.each(Array.from({ length: 10 }, (_, n) => n * 100 + 1))(
  'two chats that fail and come back show the same in the end: a hundred schedules from seed %i',
  async (first) => {
    const wrong: string[] = [];
    for (let seed = first; seed < first + 100; seed += 1) wrong.push(...(await playSchedule(seed)));
    expect(wrong).toEqual([]);
  },
  300_000,
);
