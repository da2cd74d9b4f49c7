import { expect, it, onTestFinished } from 'vitest';
import { run as jishi } from '../../src/cli.ts';
import type { Store } from '../../src/use-cases/ports.ts';
import { AT, commits, declaring, LIN, notice, noting, ROOM, WANG } from '../contract/fixtures.ts';
import { collect } from '../contract/harness.ts';
import { emptyDatabase, giveBack, openOn } from './postgres-harness.ts';
import { type SqliteHarness, sqliteHarness } from './sqlite-harness.ts';

const FILE = Buffer.from(Array.from({ length: 600_000 }, (_, i) => (i * 31) % 251));

/** A store with something in every table. */
async function filled(): Promise<SqliteHarness> {
  const h = await sqliteHarness();
  onTestFinished(() => h.destroy());
  const { store } = h;
  const { sha256 } = await store.blobs.put(FILE);
  const evidence = { file: sha256, name: '日志.txt', size: FILE.length, mediaType: 'text/plain' };
  const extras = {
    timers: [
      { key: 't1', kind: 'reminder', dueAt: AT + 1 },
      { key: 't2', kind: 'reminder', dueAt: AT + 2 },
    ],
    notices: [notice('n1', { incident: 'INC-2026-0001' }), notice('n2', { lane: 'answer' })],
    surfaces: [{ room: ROOM, key: 'status' }],
  };
  await store.change(declaring('k1', { extras, title: '数据泄露 \u0000' }));
  await store.change(
    noting('INC-2026-0001', 'k2', {
      actor: WANG,
      timer: 't1',
      decide: (c) => commits(c, [{ type: 'evidence_added', payload: { evidence } }], extras),
    }),
  );
  await store.change(declaring('k3', { target: { series: 'DRILL', year: 2026 } }));
  const [claimed] = await store.outbox.claim(AT, 1);
  await store.outbox.keepBody('n2', claimed?.fence ?? 0, 'body\u0000 正文');
  await store.inbox.failed({ platform: 'chat', key: 'f', body: '\u0000', error: 'e', at: AT });
  await store.roomLog.append({ address: 'a', thread: null, key: 'm', author: null, body: 'hello', at: AT });
  await store.kept.put('slack:x', '1');
  return h;
}

/** Everything that can be asked of a store about `filled`. */
async function everything(store: Store & Pick<SqliteHarness['store'], 'roomLog' | 'kept' | 'threads'>) {
  const ids = (await store.incidents({ limit: 9 })).map((row) => row.id);
  return {
    rows: (await store.incidents({ limit: 9 })).map((row) => ({
      ...row,
      title: row.title.replace('\u0000', '\ufffd'),
    })),
    records: await Promise.all(ids.map((id) => collect(store.record(id)))),
    timers: await Promise.all(ids.map((id) => store.timers.of(id))),
    notices: [await store.outbox.get('n1'), await store.outbox.get('n2'), await store.outbox.counts()],
    surface: await store.surfaces.get('INC-2026-0001', ROOM, 'status'),
    failed: await store.inbox.listFailed(9),
    log: await store.roomLog.page('a', null, null, 9),
    kept: await store.kept.list('slack:', 9),
    actors: [await store.actorOf(LIN), await store.actorOf(WANG)],
    mine: (await store.incidents({ limit: 9, participant: (await store.actorOf(WANG)) ?? '' })).map((row) => row.id),
  };
}

async function run(args: readonly string[], env = {}): Promise<[number, string]> {
  let said = '';
  const say = (line: string) => {
    said += `${line}\n`;
  };
  const code = await jishi(args, { env, out: say, error: say, stdin: async () => '' });
  return [code, said];
}

it('moves everything, verified, as often as wanted; the next id goes on', async () => {
  const h = await filled();
  const url = await emptyDatabase();
  onTestFinished(() => giveBack(url));
  // What was being sent is taken back by the next process.
  await h.reopen();
  const before = await everything(h.store);
  for (const _ of [1, 2]) {
    await h.whileClosed(async () => {
      expect(await run(['migrate', '--from', `sqlite:${h.file}`, '--to', url])).toEqual([
        0,
        expect.stringMatching(/^ok: \d+ rows moved and verified/),
      ]);
    });
  }
  expect(await run(['verify'], { DATABASE_URL: url })).toEqual([0, 'ok: 2 incidents and 1 files verified\n']);
  const store = await openOn(url);
  expect(await everything(store)).toEqual(before);
  const [evidence] = (await store.incident('INC-2026-0001'))?.evidence ?? [];
  const content = await store.blobs.get(evidence?.file ?? '');
  expect(Buffer.concat(await collect(content ?? [])).equals(FILE)).toBe(true);
  expect((await store.change(declaring('k1'))).kind).toBe('replayed');
  expect((await store.change(declaring('new'))).id).toBe('INC-2026-0002');
  const message = { address: 'a', thread: null, key: 'm2', author: null, body: 'b', at: AT };
  expect((await store.roomLog.append(message)).seq).toBeGreaterThan(1);
  await store.blobs.put(new Uint8Array(5));
  await store.close();
});

it('refuses while a bot runs on either side, and what would be lost', async () => {
  const h = await filled();
  const url = await emptyDatabase();
  onTestFinished(() => giveBack(url));
  const migrating = () => run(['migrate', '--from', `sqlite:${h.file}`, '--to', url]);
  expect(await migrating()).toEqual([1, expect.stringContaining('in use by another process')]);
  await h.whileClosed(async () => {
    const store = await openOn(url);
    expect(await migrating()).toEqual([1, expect.stringContaining('in use by a running bot')]);
    await store.change(declaring('own'));
    await store.close();
    expect(await migrating()).toEqual([1, expect.stringContaining('INC-2026-0001 was changed in the database')]);
  });
});

it('moves a record that names a file nobody has only with --anyway, and names the file', async () => {
  const h = await filled();
  const url = await emptyDatabase();
  onTestFinished(() => giveBack(url));
  const ghost = 'f'.repeat(64);
  const evidence = { file: ghost, name: 'ghost', size: 5, mediaType: 'text/plain' };
  await h.store.change(
    noting('INC-2026-0001', 'evidence', {
      decide: (c) => commits(c, [{ type: 'evidence_added', payload: { evidence } }]),
    }),
  );
  await h.whileClosed(async () => {
    const migrating = ['migrate', '--from', `sqlite:${h.file}`, '--to', url];
    expect(await run(migrating)).toEqual([1, expect.stringMatching(/missing: file f{64}.*\n.*add --anyway/)]);
    expect(await run([...migrating, '--anyway'])).toEqual([
      0,
      expect.stringMatching(/ok: \d+ rows moved and verified/),
    ]);
  });
  expect(await run(['verify'], { DATABASE_URL: url })).toEqual([
    1,
    expect.stringContaining('every chain is unchanged'),
  ]);
});

it('refuses once a bot has worked in the database, whatever it recorded there', async () => {
  const h = await filled();
  const url = await emptyDatabase();
  onTestFinished(() => giveBack(url));
  await h.whileClosed(async () => {
    const migrating = () => run(['migrate', '--from', `sqlite:${h.file}`, '--to', url]);
    expect((await migrating())[0]).toBe(0);
    const store = await openOn(url);
    // As the program does when it starts.
    await new Promise<void>((resolve) => void store.exclusive.hold({ held: resolve, lost: async () => undefined }));
    const message = { address: 'a', thread: null, key: 'own', author: null, body: 'b', at: AT };
    await store.roomLog.append(message);
    await store.close();
    expect(await migrating()).toEqual([1, expect.stringContaining('name an empty database')]);
  });
});

it.each([
  [[]],
  [['--from', 'x', '--to', 'postgres://h/d']],
  [['--from', 'sqlite:x', '--to', 'mysql://h/d']],
  // There is no way back; docs/postgres.md says so before the move.
  [['--from', 'postgres://h/d', '--to', 'sqlite:x']],
])('says how it is used: %j', async (args) => {
  expect(await run(['migrate', ...args])).toEqual([2, expect.stringContaining('usage: jishi migrate')]);
});
