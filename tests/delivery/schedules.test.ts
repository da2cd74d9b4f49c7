import { expect, it } from 'vitest';
import { playSchedules } from './schedules.ts';

it('two chats that fail and come back show the same in the end: five schedules', { tags: 'soak' }, async () => {
  expect(await playSchedules(1, 5)).toEqual([]);
});

it('marks a card that is posted again after an unknown send and a refused newer card', async () => {
  expect(await playSchedules(7586, 1)).toEqual([]);
});
