import { expect, it, onTestFinished } from 'vitest';
import { commandSchema } from '../../src/incident/commands.ts';
import type { Room } from '../../src/incident/identity.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomIds } from '../../src/ops/system-clock.ts';
import type { OpenStore } from '../../src/storage/open-store.ts';
import type { PostgresStoreOptions } from '../../src/storage/postgres/store.ts';
import type { Assignment, Assignments, Messenger } from '../../src/use-cases/ports.ts';
import { type BotCore, build } from '../../src/wiring.ts';
import { declaring, notice } from '../contract/fixtures.ts';
import { regime } from '../fakes/law.ts';
import { command } from '../fakes/postgres.ts';
import { emptyDatabase, giveBack, openOn } from './postgres-harness.ts';

const NONE: ReadonlySet<string> = new Set();
/** Two rooms of two platforms, so two workspaces. */
const rooms = (['chat', 'forum'] as const).map(
  (platform): Room => ({ platform, tenant: 't', address: 'ops', location: 'home', language: 'en', open: false }),
);

const until = async (what: string, done: () => boolean | Promise<boolean>, within = 20_000): Promise<void> => {
  const began = performance.now();
  while (!(await done())) {
    if (performance.now() - began > within) throw new Error(`it did not come: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** Instances on one database, all in this process. */
async function instances(count: number, options: Partial<PostgresStoreOptions> = {}) {
  const url = await emptyDatabase();
  const stores = await Promise.all(Array.from({ length: count }, () => openOn(url, options)));
  onTestFinished(async () => {
    await Promise.all(stores.map((store) => store.close()));
    giveBack(url);
  });
  const [a, b = a] = stores;
  if (!a || !b) throw new Error('one at least');
  const pointers = () => command(url, `SELECT data ->> 'key' AS key, state::text FROM pgboss.job ORDER BY 1, 2`);
  return { url, stores, a, b, pointers };
}

/** The shares of a store that has joined the others. */
async function joined(store: OpenStore): Promise<Assignments> {
  await new Promise<void>((resolve) => {
    store.exclusive.hold(null, { held: () => resolve(), lost: () => {} });
  });
  if (!store.assignments) throw new Error('shares');
  return store.assignments;
}

const toRoom = (key: string, workspace: string) =>
  notice(key, { to: { kind: 'room', room: `${workspace}/ops`, ring: false } });
const keys = (shares: readonly Assignment[]): readonly string[] => shares.map(({ key }) => key).toSorted();

it('a pointer is made in the transaction of its change, one for each workspace, and goes with it', async () => {
  let broken = false;
  const { a, pointers } = await instances(1, {
    fail: (point) => {
      if (broken && point === 'before-commit') throw new Error('the disk is full');
    },
  });
  const notices = ['1', '2'].flatMap((n) => [toRoom(`c${n}`, 'chat/t'), toRoom(`f${n}`, 'forum/t')]);
  broken = true;
  await expect(a.change(declaring('k0', { extras: { notices } }))).rejects.toThrow('the disk is full');
  await expect(a.outbox.add(notices)).rejects.toThrow('the disk is full');
  expect(await pointers()).toEqual([]);
  broken = false;
  await a.change(declaring('k1', { extras: { notices } }));
  await a.outbox.add([toRoom('c3', 'chat/t')]);
  expect(await pointers()).toEqual(['chat/t', 'forum/t'].map((key) => ({ key, state: 'created' })));
});

it('a notice of an incident that is in no room has a pointer that leads to it', async () => {
  const { a, url, pointers } = await instances(1);
  await a.outbox.add([notice('nowhere', { to: { kind: 'room', room: '', ring: false } })]);
  const [row] = await command(url, 'SELECT workspace FROM outbox');
  expect(await pointers()).toEqual([{ key: row?.['workspace'], state: 'created' }]);
});

it('two workspaces are delivered to by two instances at the same time, one never by two', async () => {
  const { a, b } = await instances(2);
  const [first, second] = [await joined(a), await joined(b)];
  await a.outbox.add([toRoom('c1', 'chat/t')]);
  const chat = await first.take(NONE);
  expect(keys(chat)).toEqual(['chat/t']);
  // Whoever has it hears of what is new; the pointer of another instance leads nowhere.
  await b.outbox.add([toRoom('c2', 'chat/t'), toRoom('f1', 'forum/t')]);
  const forum = await second.take(NONE);
  expect(keys(forum)).toEqual(['forum/t']);
  // Each sees its own rows only.
  expect((await forum[0]?.outbox.claim(a.clock.now(), 9))?.map(({ key }) => key)).toEqual(['f1']);
  expect((await chat[0]?.outbox.claim(a.clock.now(), 9))?.map(({ key }) => key).toSorted()).toEqual(['c1', 'c2']);
  await b.outbox.add([toRoom('c3', 'chat/t')]);
  expect(await second.take(NONE)).toEqual([]);
  await chat[0]?.giveBack(null, true);
  await second.sweep();
  expect(keys(await second.take(NONE))).toEqual(['chat/t']);
});

it('whatever pointers there are, a share has one holder at a time', async () => {
  const { url, stores, a } = await instances(3);
  const all = await Promise.all(stores.map(joined));
  const held = new Set<string>();
  const had = new Map<string, number>();
  const until = performance.now() + 3_000;
  const work = async (shares: Assignments): Promise<void> => {
    while (performance.now() < until) {
      for (const share of await shares.take(NONE)) {
        expect(held.has(share.key)).toBe(false);
        held.add(share.key);
        had.set(share.key, (had.get(share.key) ?? 0) + 1);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
        held.delete(share.key);
        await share.giveBack(null, Math.random() < 0.5);
      }
    }
  };
  const point = async (): Promise<void> => {
    for (let n = 0; performance.now() < until; n += 1) {
      await a.outbox.add(['1', '2', '3'].map((tenant) => toRoom(`${tenant}.${n}`, `chat/${tenant}`)));
      // As after a heartbeat that was not heard: what is being worked on can be taken once more.
      if (n % 10 === 5)
        await command(url, `UPDATE pgboss.job SET state = 'retry' WHERE state = 'active'`).catch(() => []);
    }
  };
  await Promise.all([...all.map(work), point()]);
  expect([...had.keys()].toSorted()).toEqual(['chat/1', 'chat/2', 'chat/3']);
  expect(Math.min(...had.values())).toBeGreaterThan(5);
});

it('a pointer somebody took who has ended since is made again by the sweep', async () => {
  const { url, a, b } = await instances(2);
  const [first, second] = [await joined(a), await joined(b)];
  await a.outbox.add([toRoom('c1', 'chat/t')]);
  expect(keys(await first.take(NONE))).toEqual(['chat/t']);
  expect(await second.sweep()).toBeGreaterThan(a.clock.now());
  expect(await second.take(NONE)).toEqual([]);
  await command(
    url,
    `SELECT pg_terminate_backend(pid) FROM instances WHERE number = (SELECT holder FROM shares WHERE key = 'chat/t')`,
  );
  await until(
    'it is free',
    async () => {
      await second.sweep();
      return (await second.take(NONE)).length === 1;
    },
    5_000,
  );
});

it('a platform with one connection is delivered to by the instance that has it', async () => {
  const { a, b } = await instances(2, { apart: ['forum'] });
  const [without, holder] = [await joined(a), await joined(b)];
  await a.outbox.add([toRoom('c1', 'chat/t'), toRoom('f1', 'forum/t')]);
  expect(keys(await without.take(new Set(['forum'])))).toEqual(['chat/t']);
  expect(keys(await holder.take(NONE))).toEqual(['forum/t']);
});

it('what is left of a budget goes over with the share; of one who died nothing is left', async () => {
  const { url, a, b } = await instances(2);
  const [first, second] = [await joined(a), await joined(b)];
  const point = () => a.outbox.add([toRoom(String(Math.random()), 'chat/t')]);
  await point();
  const [one] = await first.take(NONE);
  expect(one?.budgetLeft.tokens).toBe(Number.POSITIVE_INFINITY);
  const at = a.clock.now() + 30_000;
  await one?.giveBack({ tokens: 1.5, at }, true);
  await point();
  const [two] = await second.take(NONE);
  expect(two?.budgetLeft).toEqual({ tokens: 1.5, at });
  // The connection of `b` ends without a word: it is given up for dead, and the platform's "not before" still holds.
  await command(url, `SELECT pg_terminate_backend(pid) FROM instances WHERE number = (SELECT holder FROM shares)`);
  let three: Assignment | undefined;
  await until('it is free', async () => {
    await first.sweep();
    [three] = await first.take(NONE);
    return three !== undefined;
  });
  expect(three?.budgetLeft).toEqual({ tokens: 0, at });
});

/** A platform that counts: what was posted, and when something was edited. */
function counting(platform: string, posted: string[], edits: number[], perMinute = 600): Messenger {
  return {
    platform,
    render: (message) => JSON.stringify(message),
    post: async (_place, _body, key) => {
      posted.push(key);
      return { kind: 'sent', ref: `m${posted.length}` };
    },
    canEdit: {
      perMinute,
      edit: async (_place, ref) => {
        edits.push(performance.now());
        return { kind: 'sent', ref };
      },
    },
  };
}

async function houses(
  stores: readonly OpenStore[],
  messengers: readonly Messenger[],
  apart: readonly string[] = [],
): Promise<readonly BotCore[]> {
  return stores.map((store) => {
    const house = build({
      store,
      clock: store.clock,
      ids: randomIds,
      regime,
      profile: () => null,
      messengers,
      defaultRooms: rooms,
      renderReport: () => Promise.reject(new Error('not used')),
      log: createLogger('silent'),
      metrics: createMetrics(),
      fail: () => {},
      readsRoom: () => true,
      exclusive: store.exclusive,
      apart,
      ...(store.assignments ? { assignments: store.assignments } : {}),
    });
    store.neighbours.onChange(() => house.wake());
    return house;
  });
}

const declare = async (house: BotCore, n: number): Promise<string> => {
  const [room] = rooms;
  const result = await house.app.declare({
    title: `演练 ${n}`,
    drill: true,
    speed: 600,
    caller: { account: { platform: 'chat', tenant: 't', id: 'li' }, name: 'li', language: 'en' },
    room: room ?? null,
    delivery: { platform: 'chat', key: `d${n}`, body: '' },
    anyway: true,
  });
  return 'incident' in result ? (result.incident ?? '') : '';
};

it('pointers that are lost are made again: everything still goes out, once', async () => {
  const { url, a, b, stores } = await instances(2);
  const posted: string[] = [];
  const all = await houses(stores, [counting('chat', posted, []), counting('forum', posted, [])]);
  for (const house of all) house.start();
  // Whatever the changes point at is lost at once, and now and then everything.
  const lose = `CREATE FUNCTION lose() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM events WHERE xmin = pg_current_xact_id()::xid) THEN RETURN NULL; END IF; RETURN NEW; END $$`;
  await command(url, `${lose}; CREATE TRIGGER lose BEFORE INSERT ON pgboss.job FOR EACH ROW EXECUTE FUNCTION lose()`);
  onTestFinished(async () => {
    await command(url, 'DROP FUNCTION lose CASCADE');
  });
  let over = false;
  const losing = (async () => {
    while (!over) {
      await command(url, 'DELETE FROM pgboss.job');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  })();
  for (const [n, house] of [...all, ...all].entries()) await declare(house, n);
  await a.outbox.add([toRoom('alone', 'forum/t')]);
  const left = async (where: string): Promise<number> =>
    Number((await command(url, `SELECT count(*) AS n FROM ${where}`))[0]?.['n']);
  await until('reminders', async () => (await left(`outbox WHERE state = 'sent' AND lane = 1`)) > 6, 40_000);
  const caller = { account: { platform: 'chat', tenant: 't', id: 'li' }, name: 'li', language: 'en' } as const;
  const intent = commandSchema.parse({ type: 'set_drill_speed', speed: 0 });
  for (const { id: incident } of await b.incidents({ limit: 9 })) {
    const delivery = { platform: 'chat', key: `stop ${incident}`, body: '' };
    await all[0]?.app.submit({ incident, intent, revision: 1, caller, delivery });
  }
  await until('everything is sent', async () => (await left(`outbox WHERE state <> 'sent'`)) === 0, 40_000);
  over = true;
  await losing;
  await Promise.all(all.map((house) => house.stop()));
  expect(posted).toContain('alone');
  const notices = posted.filter((key) => !key.startsWith('surface:'));
  expect(notices.length).toBe(new Set(notices).size);
});

it('what turns out to go to a platform another instance is connected to is handed to that one', async () => {
  const { stores } = await instances(2, { apart: ['forum'] });
  const [inForum, inChat]: [string[], string[]] = [[], []];
  // Nobody can be written to directly, so the room is taken.
  const both = [counting('chat', inChat, []), counting('forum', inForum, [])];
  const [without, holder] = await houses(stores, both, ['forum']);
  without?.start();
  const person = { kind: 'person', account: { platform: 'chat', tenant: 't', id: 'li' }, language: 'en' } as const;
  await stores[0]?.outbox.add([notice('n1', { to: { ...person, otherwise: 'forum/t/ops' } })]);
  const row = async () => (await stores[0]?.outbox.get('n1')) ?? null;
  await until('it is handed on', async () => ((await row())?.attempts ?? 0) > 0);
  await until('it waits', async () => (await row())?.state === 'ready');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await row())?.attempts).toBe(1);
  expect(inForum).toEqual([]);
  holder?.start();
  const unserve = holder?.serve('forum');
  await until('it is sent', async () => (await row())?.state === 'sent');
  expect(inForum).toEqual(['n1']);
  await unserve?.();
  await stores[0]?.outbox.add([toRoom('n2', 'forum/t')]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(inForum).toEqual(['n1']);
  await Promise.all([without?.stop(), holder?.stop()]);
});

it('a budget holds however often the work goes from one instance to the other', async () => {
  const { stores } = await instances(2);
  const [posted, edits]: [string[], number[]] = [[], []];
  // Six at once, then one a second.
  const all = await houses(stores, [counting('chat', posted, edits, 60), counting('forum', posted, [])]);
  const [one] = all;
  if (!one) throw new Error('one');
  for (const house of all) house.start();
  for (const n of [1, 2, 3]) await declare(one, n);
  await until('cards', () => edits.length > 3);
  const began = performance.now();
  for (let n = 0; performance.now() - began < 6_000; n += 1) {
    const house = all[n % 2];
    await house?.stop();
    house?.start();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  await Promise.all(all.map((house) => house.stop()));
  for (const [n, at] of edits.entries()) {
    const within = edits.slice(n).filter((other) => other - at < 5_000).length;
    expect(within).toBeLessThanOrEqual(6 + 5 + 1);
  }
  expect(edits.length).toBeGreaterThan(8);
});
