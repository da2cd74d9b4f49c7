import { expect, it } from 'vitest';
import { playSchedules } from './schedules.ts';

it('two chats that fail and come back show the same in the end: five schedules', async () => {
  expect(await playSchedules(1, 5)).toEqual([]);
}, 30_000);
