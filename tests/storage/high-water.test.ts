import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/cli.ts';
import { noFailpoints } from '../../src/ops/failpoints.ts';
import { StoreError } from '../../src/storage/errors.ts';
import type { OpenStore } from '../../src/storage/open-store.ts';
import { openStore } from '../../src/wiring/open-store.ts';
import { watchRecord } from '../../src/wiring/watching.ts';
import { declaring, noting } from '../contract/fixtures.ts';
import { ManualClock } from '../fakes/clock.ts';

const ID = 'INC-2026-0001';
const DAY = 86_400_000;

interface Place {
  readonly folder: string;
  readonly file: string;
  readonly open: () => Promise<OpenStore>;
  readonly jishi: (...args: string[]) => Promise<{ code: number; said: string }>;
}

function place(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-mark-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    file: join(folder, 'jishi.sqlite'),
    open: () => openStore({ databaseUrl: null, dataDir: folder }, noFailpoints),
    jishi: async (...args) => {
      const said: string[] = [];
      const say = (line: string): void => void said.push(line);
      const code = await run(args, {
        env: { DATA_DIR: folder, PORT: '1' },
        out: say,
        error: say,
        stdin: async () => '',
      });
      return { code, said: said.join('\n') };
    },
  };
}

/** What SIGKILL leaves of a bot that acknowledged three notes after its last checkpoint, and a copy from before them. */
async function killed(): Promise<Place & { readonly older: string }> {
  const before = place();
  const after = place();
  const older = join(after.folder, 'older.sqlite');
  const first = await before.open();
  await first.change(declaring('k1'));
  await first.change(declaring('k2'));
  await first.close();
  const store = await before.open();
  expect((await before.jishi('backup', older)).code).toBe(0);
  for (const key of ['n1', 'n2', 'n3']) await store.change(noting(ID, key));
  await store.highWater?.note();
  for (const name of readdirSync(before.folder)) {
    if (!name.endsWith('.lock')) copyFileSync(join(before.folder, name), join(after.folder, name));
  }
  await store.close();
  return { ...after, older };
}

const withoutLog = (file: string): void => {
  for (const part of ['-wal', '-shm']) rmSync(file + part);
};
const inStore = (file: string, sql: string): void => {
  const db = new Sqlite(file);
  db.exec(sql);
  db.close();
};

describe('a record that has lost what was acknowledged', () => {
  it.each<[string, (at: { file: string; older: string }) => void, RegExp]>([
    ['its log was removed', ({ file }) => withoutLog(file), /events are missing/],
    [
      'an older copy took its place',
      ({ file, older }) => {
        withoutLog(file);
        copyFileSync(older, file);
      },
      /3 of 5 events are missing, and the last known event is not in INC-2026-0001/,
    ],
    ['the table of events was emptied', ({ file }) => inStore(file, 'DELETE FROM events'), /5 of 5 events are missing/],
    [
      'the table of incidents was emptied',
      ({ file }) => inStore(file, 'PRAGMA foreign_keys = OFF; DELETE FROM incidents'),
      /5 of 5 events/,
    ],
    ['an end was cut off', ({ file }) => inStore(file, 'DELETE FROM events WHERE version = 4'), /1 of 5 events/],
    [
      'another history has as many events',
      ({ file }) => inStore(file, "UPDATE events SET hash = 'other' WHERE version = 4"),
      /the last known event is not in INC-2026-0001/,
    ],
  ])('%s: found at the start, by verify and before a backup', async (_, befallen, lost) => {
    const at = await killed();
    befallen(at);
    await expect(at.open()).rejects.toMatchObject({ fault: 'behind', message: expect.stringMatching(lost) });
    await expect(at.open()).rejects.toThrow(
      /Put the right file back together with its -wal, or restore the last backup/,
    );
    expect(await at.jishi('verify')).toEqual({ code: 1, said: expect.stringMatching(lost) });
    expect(await at.jishi('doctor')).toEqual({ code: 1, said: expect.stringMatching(lost) });
    const backups = join(at.folder, 'backups');
    mkdirSync(backups);
    writeFileSync(join(backups, 'jishi-20260101T020000Z.sqlite'), 'the last good one');
    expect(await at.jishi('backup', backups, '--keep', '1')).toMatchObject({ code: 1 });
    expect(readdirSync(backups)).toEqual(['jishi-20260101T020000Z.sqlite']);
  });

  it('goes on after a restore, or once the operator accepts the loss', async () => {
    const at = await killed();
    copyFileSync(at.older, at.file);
    withoutLog(at.file);
    expect(await at.jishi('restore', at.older)).toMatchObject({ code: 0 });
    await (await at.open()).close();
    expect(await at.jishi('verify')).toMatchObject({ code: 0 });

    const accepted = await killed();
    withoutLog(accepted.file);
    const refusal = await accepted.open().catch((error: unknown) => String(error));
    rmSync(/remove (\S+) first/.exec(String(refusal))?.[1] ?? '');
    await (await accepted.open()).close();
  });

  it('is compared with the backup by a restore, which says what is missing of each open incident', async () => {
    const { jishi, older, file } = await killed();
    inStore(file, `UPDATE incidents SET next_due = '2026-03-31T13:42:00+08:00' WHERE id = '${ID}'`);
    const { code, said } = await jishi('restore', older);
    expect(code).toBe(0);
    expect(said).toContain(`missing: 3 entries of ${ID} are not in the backup`);
    expect(said).not.toContain('INC-2026-0002');
    // Once restored there is nothing to compare with.
    expect((await jishi('restore', older)).said).toContain('nothing here says what was recorded after the backup');
  });

  it('is not seen where nothing was lost: after a kill, a stop, an erased mark or one cut short', async () => {
    const at = await killed();
    await (await at.open()).close();
    const mark = join(at.folder, 'record.mark');
    const { events } = JSON.parse(readFileSync(mark, 'utf8'));
    expect(events).toBe(5);
    writeFileSync(mark, '{"at":');
    await (await at.open()).close();
    rmSync(mark);
    await (await at.open()).close();
    expect(existsSync(mark)).toBe(true);
    expect(await at.jishi('verify')).toMatchObject({ code: 0 });
  });

  it('raises one alarm a day while a bot runs', async () => {
    const at = place();
    const store = await at.open();
    onTestFinished(() => store.close());
    await store.change(declaring('k1'));
    const clock = new ManualClock();
    const { highWater } = store;
    if (!highWater) throw new Error('SQLite has a mark');
    // Nothing is written while the clock runs, so that no disk is waited for.
    await highWater.note();
    const alarms: unknown[] = [];
    const lines: unknown[] = [];
    const stop = watchRecord({
      clock,
      highWater,
      metrics: { alarms: { inc: (labels: unknown) => alarms.push(labels) }, failures: { inc: () => {} } },
      log: { error: (line: object) => lines.push(line) },
    } as never);
    onTestFinished(stop);
    const passes = async (ms: number): Promise<void> => {
      for (let left = ms; left > 0; left -= 60_000) {
        clock.advance(60_000);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await passes(60_000);
    expect(alarms).toEqual([]);
    inStore(at.file, 'DELETE FROM events');
    await passes(DAY);
    expect(alarms).toEqual([{ kind: 'record_lost' }]);
    expect(lines).toEqual([{ alarm: 'record_lost', err: expect.any(StoreError) }]);
    await passes(60_000);
    expect(alarms).toHaveLength(2);
  });
});

it('a probe of the store writes as much as a change does, so that it fails where changes fail', async () => {
  const at = place();
  const store = await at.open();
  onTestFinished(() => store.close());
  const before = await store.size();
  await store.probe();
  expect((await store.size()) - before).toBeGreaterThan(30_000);
});

describe('a version that does not know a kind of event', () => {
  const later = (sql: string) => async (): Promise<Place> => {
    const at = place();
    const store = await at.open();
    await store.change(declaring('k1'));
    await store.change(noting(ID, 'k2'));
    await store.close();
    // Killed, the newer version has noted no kinds.
    inStore(at.file, `DELETE FROM kept WHERE key = 'store:event-kinds'; ${sql}`);
    return at;
  };

  it.each([
    ['a new type', later("UPDATE events SET type = 'prophecy_made' WHERE version = 2"), 'prophecy_made@1'],
    ['a new version of a type', later('UPDATE events SET v = 99 WHERE version = 2'), '@99'],
  ])('refuses the store, also at later starts: %s', async (_, made, kind) => {
    const at = await made();
    for (let start = 0; start < 2; start += 1) {
      await expect(at.open()).rejects.toMatchObject({
        fault: 'newer_events',
        message: expect.stringContaining(kind),
      });
    }
    await expect(at.open()).rejects.toThrow(/Start that version, or restore a backup made before the update/);
    expect(await at.jishi('doctor')).toEqual({ code: 1, said: expect.stringContaining(kind) });
  });

  it.each<[string, (file: string) => void]>([
    ['is gone', (file) => rmSync(file)],
    ['is gone but for its log', (file) => renameSync(file, `${file}-wal`)],
    ['is empty', (file) => writeFileSync(file, '')],
    ['is of another program', (file) => inStore(file, 'PRAGMA user_version = 0; PRAGMA application_id = 7')],
    ['is of a newer version', (file) => inStore(file, 'PRAGMA user_version = 999')],
  ])('doctor says of a store that %s what its start would say', async (_, befall) => {
    const at = await later('SELECT 1')();
    befall(at.file);
    const { code, said } = await at.jishi('doctor');
    const refusal: unknown = await at.open().catch((error: unknown) => error);
    if (!(refusal instanceof StoreError)) throw new Error(`opened, or ${String(refusal)}`);
    expect([code, said.split('\n')]).toEqual([1, expect.arrayContaining([`WRONG   record: ${refusal.message}`])]);
  });

  it('starts on what a newer version only opened', async () => {
    const at = await later('SELECT 1')();
    await (await at.open()).close();
  });
});
