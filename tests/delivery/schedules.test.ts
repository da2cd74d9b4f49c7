import { expect, it } from 'vitest';
import { playSchedule } from './schedules.ts';

it('two chats that fail and come back show the same in the end: five schedules', async () => {
  const wrong: string[] = [];
  for (let seed = 1; seed <= 5; seed += 1) wrong.push(...(await playSchedule(seed)));
  expect(wrong).toEqual([]);
}, 30_000);
