import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/cli.ts';
import { noFailpoints } from '../../src/ops/failpoints.ts';
import { openStore } from '../../src/wiring/open-store.ts';
import { declaring, noting } from '../contract/fixtures.ts';
import { command } from '../fakes/postgres.ts';
import { newDatabase } from './postgres-harness.ts';

const ID = 'INC-2026-0001';
const LOST =
  /the database has lost what was on record at .*: 2 of 3 events are missing, and the last known event is not in/;
const TABLES = ['incidents', 'events', 'kept'];

/** An instance with a data folder of its own on the database. */
function instance(databaseUrl: string) {
  const dataDir = mkdtempSync(join(tmpdir(), 'jishi-instance-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return {
    mark: join(dataDir, 'record.mark'),
    open: (url = databaseUrl) => openStore({ databaseUrl: url, dataDir }, noFailpoints),
    jishi: async (name: string) => {
      const said: string[] = [];
      const say = (line: string): void => void said.push(line);
      const env = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PORT: '1' };
      return { code: await run([name], { env, out: say, error: say, stdin: async () => '' }), said: said.join('\n') };
    },
  };
}

/** Two instances that wrote three entries, and a database that was then set back to the first of them. */
async function setBack() {
  const url = await newDatabase();
  const [one, other] = [instance(url), instance(url)];
  const stores = await Promise.all([one.open(), other.open()]);
  const [store] = stores;
  await store?.change(declaring('k1'));
  for (const table of TABLES) await command(url, `CREATE TABLE earlier_${table} AS SELECT * FROM ${table}`);
  for (const key of ['n1', 'n2']) await store?.change(noting(ID, key));
  for (const each of stores) {
    await each.highWater?.note();
    await each.close();
  }
  await command(url, `UPDATE incidents SET next_due = '2026-03-31T13:42:00+08:00'`);
  await command(
    url,
    'SET session_replication_role = replica; DELETE FROM events; DELETE FROM incidents; DELETE FROM kept',
  );
  for (const table of TABLES) await command(url, `INSERT INTO ${table} SELECT * FROM earlier_${table}`);
  return { url, one, other };
}

it('a database that was set back is refused by each instance, and found by verify and doctor', async () => {
  const { one, other } = await setBack();
  for (const each of [one, other]) {
    await expect(each.open()).rejects.toMatchObject({ fault: 'behind', message: expect.stringMatching(LOST) });
    await expect(each.open()).rejects.toThrow(/Stop every instance and run jishi restored/);
    expect(await each.jishi('verify')).toEqual({ code: 1, said: expect.stringMatching(LOST) });
    expect(await each.jishi('doctor')).toEqual({ code: 1, said: expect.stringMatching(LOST) });
  }
});

it('once `restored` ran on one machine, which lists what is missing, every instance starts and keeps a new mark', async () => {
  const { one, other } = await setBack();
  expect(await one.jishi('restored')).toEqual({
    code: 0,
    said: expect.stringContaining(`missing: 2 entries of ${ID} are not in the backup`),
  });
  for (const each of [one, other]) {
    const store = await each.open();
    await store.change(noting(ID, `after ${each.mark}`));
    await store.close();
    expect(await each.jishi('verify')).toMatchObject({ code: 0 });
  }
});

it('a later return to before that `restored` is found again', async () => {
  const { url, one, other } = await setBack();
  await one.jishi('restored');
  const store = await one.open();
  for (const key of ['n3', 'n4']) await store.change(noting(ID, key));
  await store.close();
  await command(
    url,
    'SET session_replication_role = replica; DELETE FROM events; DELETE FROM incidents; DELETE FROM kept',
  );
  for (const table of TABLES) await command(url, `INSERT INTO ${table} SELECT * FROM earlier_${table}`);
  for (const each of [one, other]) await expect(each.open()).rejects.toMatchObject({ fault: 'behind' });
});

it('a mark is compared with its own database only, and the loss is accepted by removing it', async () => {
  const { one } = await setBack();
  const second = await one.open(await newDatabase());
  await second.change(declaring('k1'));
  await second.highWater?.note();
  await second.close();
  await (await one.open()).close();
  expect(existsSync(one.mark)).toBe(true);

  const accepted = (await setBack()).one;
  rmSync(accepted.mark);
  await (await accepted.open()).close();
});
