import { expect, it } from 'vitest';
import { wantedBackups } from '../../src/use-cases/notices/platform-backups.ts';
import { Driven, HOUR } from './harness.ts';

it('a platform is told of every deadline that is still to come, not only of the next, each with its own words', async () => {
  const driven = await Driven.start();
  await driven.declare();
  const wanted = await wantedBackups(driven.house.engine, 'chat', 10);
  const dues = wanted.map(({ dueAt }) => dueAt - driven.clock.now());
  expect(dues).toEqual([HOUR, 4 * HOUR]);
  expect(new Set(wanted.map(({ summary }) => summary)).size).toBe(2);
  await driven.pass(2 * HOUR);
  const later = await wantedBackups(driven.house.engine, 'chat', 10);
  expect(later.map(({ dueAt }) => dueAt - driven.clock.now())).toEqual([2 * HOUR]);
});
