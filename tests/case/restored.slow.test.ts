import { join } from 'node:path';
import { expect, it } from 'vitest';
import { restoreStore } from '../../src/storage/sqlite/restore.ts';
import { notifyRestored } from '../../src/use-cases/upkeep/restore-mark.ts';
import { Driven, HOUR, iso, MINUTE, ROOM } from './harness.ts';

it('a restored copy sends no old reminder again: each open incident hears once how far the record reaches', async () => {
  const driven = await Driven.start();
  await driven.fourHours();
  await driven.follow(100 * MINUTE);
  const backup = join(driven.folder, 'backup.sqlite');
  await driven.store.backup(backup);
  // The bot goes on and says the steps at 120, 180 and 210 minutes; then its machine is lost.
  await driven.follow(115 * MINUTE);
  await expect(restoreStore(backup, driven.file, { at: iso(driven.clock.now()) })).rejects.toThrow(/in use/);
  await driven.close();
  await driven.sleepClosed(5 * MINUTE);
  const before = driven.chat.posts.length;

  const known = [
    { id: 'INC-2026-0001', version: 10_000, due: '2026-03-31T13:42:00+08:00' },
    { id: 'INC-2026-0002', version: 3, due: '2026-03-31T14:00:00+08:00' },
  ];
  const { mark, keptAs } = await restoreStore(backup, driven.file, { at: iso(driven.clock.now()), known });
  expect(mark.lost).toMatchObject([
    { id: 'INC-2026-0001', isGone: false },
    { id: 'INC-2026-0002', isGone: true, missing: 3 },
  ]);
  expect(keptAs).toContain('.before-');
  expect(Date.parse(mark.upTo)).toBeLessThanOrEqual(driven.clock.now() - 120 * MINUTE);
  await driven.open({ first: (house, store) => notifyRestored(house.engine, store.kept) });
  await driven.pass(MINUTE);
  const said = driven.chat.posts.slice(before);
  expect(said.map(({ card, place, ring }) => [card.title, place.address, ring])).toEqual([
    ['INC-2026-0001: the record was restored from a backup', ROOM.address, true],
  ]);
  const words = JSON.stringify(said[0]?.card);
  expect(words).toMatch(/report .* by 13:42/i);
  expect(words).toMatch(/The restored record ends at 09:42/);
  expect(words).toMatch(/\d+ entries made after the backup are missing here/);
  // The deadline has not changed, so there is none to compare it with.
  expect(words).not.toContain('Before the restore');

  // From here on everything is as ever: five minutes before, due, late; and no second message about the restore.
  await driven.follow(HOUR);
  expect((await driven.heard()).filter(({ minute }) => minute > 220).map(({ step }) => step)).toEqual(
    expect.arrayContaining(['m15', 'm5', 'due', 'late15']),
  );
  expect(driven.chat.posts.filter(({ card }) => card.title.includes('restored'))).toHaveLength(1);
  expect(await notifyRestored(driven.house.engine, driven.store.kept)).toEqual({ told: 0, gone: [] });
});

it('a damaged backup is refused before anything is touched', async () => {
  const driven = await Driven.start();
  await driven.fourHours();
  const state = await driven.state();
  await driven.close();
  await expect(restoreStore(join(driven.folder, 'none.sqlite'), driven.file, { at: iso(0) })).rejects.toThrow();
  await driven.open();
  expect((await driven.state()).version).toBe(state.version);
});
