import { expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/cli.ts';
import { openClient } from '../../src/storage/postgres/connect.ts';
import { MIGRATIONS, migrate } from '../../src/storage/postgres/migrations.ts';
import { lastBackup } from '../../src/wiring/figures.ts';
import { checkForStart } from '../../src/wiring/open-store.ts';
import { declaring } from '../contract/fixtures.ts';
import { command } from '../fakes/postgres.ts';
import { emptyDatabase, newDatabase, openOn } from './postgres-harness.ts';

it('twenty instances that start on an empty database at once all come up, on one schema', async () => {
  const url = await newDatabase();
  const stores = await Promise.all(Array.from({ length: 20 }, () => openOn(url)));
  onTestFinished(async () => {
    await Promise.all(stores.map((store) => store.close()));
  });
  expect(await command(url, 'SELECT count(*)::int AS n FROM jishi_schema')).toEqual([{ n: 1 }]);
  await Promise.all(stores.map((store) => store.probe()));
  const probes = `SELECT trim(value)::int AS n FROM kept WHERE key = 'store:probe'`;
  expect(await command(url, probes)).toEqual([{ n: 1 }]);
});

it('a migration that fails leaves the schema as it was and is done by the next start', async () => {
  const url = await newDatabase();
  const db = await openClient(url);
  onTestFinished(() => db.end());
  const good = ['CREATE TABLE one (x int)', 'CREATE TABLE two (x int)'];
  await expect(migrate(db, ['CREATE TABLE one (x int)', 'CREATE TABLE two (x int); SELECT 1/0'])).rejects.toThrow();
  expect(await command(url, `SELECT version, to_regclass('two') AS two FROM jishi_schema`)).toEqual([
    { version: 1, two: null },
  ]);
  await migrate(db, good);
  await migrate(db, good);
  expect(await command(url, `SELECT version FROM jishi_schema`)).toEqual([{ version: 2 }]);
});

it('a database whose instances divided the work is updated once none of them is connected, without their queues', async () => {
  const url = await newDatabase();
  const old = await openClient(url);
  await migrate(old, MIGRATIONS.slice(0, 4));
  const boss = async () => (await command(url, `SELECT 1 AS there FROM pg_namespace WHERE nspname = 'pgboss'`)).length;
  const queues = `CREATE SCHEMA pgboss; CREATE TABLE pgboss.queue (name text); INSERT INTO pgboss.queue VALUES`;
  await command(url, `${queues} ('jishi'), ('jishi-wecom'), ('__pgboss__send-it')`);
  await old.query('SELECT pg_advisory_lock(1246317386, 1)');
  await expect(openOn(url)).rejects.toMatchObject({ fault: 'locked', message: expect.stringContaining('stop all') });
  expect(await boss()).toBe(1);
  await old.end();
  await (await openOn(url)).close();
  expect(await boss()).toBe(0);
});

it('queues of another program stay', async () => {
  const url = await newDatabase();
  const db = await openClient(url);
  onTestFinished(() => db.end());
  await migrate(db, MIGRATIONS.slice(0, 4));
  await command(url, `CREATE SCHEMA pgboss; CREATE TABLE pgboss.queue AS SELECT 'billing' AS name`);
  await migrate(db);
  expect(await command(url, 'SELECT name FROM pgboss.queue')).toEqual([{ name: 'billing' }]);
});

it('an old binary refuses a newer schema with a sentence, and changes nothing', async () => {
  const url = await newDatabase();
  await (await openOn(url)).close();
  await command(url, 'UPDATE jishi_schema SET version = 99');
  await expect(openOn(url)).rejects.toMatchObject({
    fault: 'newer_schema',
    message: expect.stringMatching(/has schema 99, this version of Jishi knows \d+\. A newer version has used it/),
  });
  expect(await command(url, 'SELECT version FROM jishi_schema')).toEqual([{ version: 99 }]);
});

it('an empty database is refused where a record was kept, and stays empty', async () => {
  const url = await newDatabase();
  await expect(openOn(url, { hasRecord: true })).rejects.toMatchObject({ fault: 'emptied' });
  await (await openOn(url)).close();
  await (await openOn(url, { hasRecord: true })).close();
});

it('an emptied database is refused by an instance that has never seen it, until its mark is removed', async () => {
  const url = await newDatabase();
  await (await openOn(url)).close();
  await command(url, 'DROP SCHEMA public CASCADE; DROP SCHEMA IF EXISTS pgboss CASCADE; CREATE SCHEMA public');
  await expect(openOn(url)).rejects.toMatchObject({ fault: 'emptied' });
  const where = { databaseUrl: url, dataDir: '/nowhere' };
  await expect(checkForStart(where)).rejects.toMatchObject({ fault: 'emptied' });
  await command(url, 'DROP SCHEMA jishi_mark CASCADE');
  await checkForStart(where);
  await (await openOn(url)).close();
});

it('doctor finds events of a newer version as a start does, beside instances that run', async () => {
  const url = await newDatabase();
  const store = await openOn(url);
  onTestFinished(() => store.close());
  await store.change(declaring('k1'));
  const where = { databaseUrl: url, dataDir: '/nowhere' };
  await checkForStart(where);
  await command(url, 'UPDATE events SET v = 99');
  await expect(checkForStart(where)).rejects.toMatchObject({ fault: 'newer_events' });
});

it('the time of a backup by other means is kept in the database, for every instance', async () => {
  const url = await newDatabase();
  const store = await openOn(url);
  onTestFinished(() => store.close());
  const where = { databaseUrl: url, dataDir: '/nowhere' };
  expect(await lastBackup(where, store.kept)).toBeNull();
  const before = Date.now();
  const quiet = (): void => {};
  expect(
    await run(['backup', '--done'], { env: { DATABASE_URL: url }, out: quiet, error: quiet, stdin: async () => '' }),
  ).toBe(0);
  expect(await lastBackup(where, store.kept)).toBeGreaterThanOrEqual(before);
});

it('refuses the database of another program', async () => {
  const url = await newDatabase();
  await command(url, 'CREATE TABLE events (x int)');
  await expect(openOn(url)).rejects.toMatchObject({ fault: 'foreign_file' });
});

it('says so when nobody answers', async () => {
  const url = (await emptyDatabase()).replace(/:\d+\//, ':1/');
  await expect(openOn(url)).rejects.toThrow('ECONNREFUSED');
});
