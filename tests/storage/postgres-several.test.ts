import { expect, it, onTestFinished, vi } from 'vitest';
import { verifyChain } from '../../src/incident/record/chain.ts';
import type { OpenStore } from '../../src/storage/open-store.ts';
import type { ChangeOutcome, LoggedMessage } from '../../src/use-cases/ports.ts';
import { AT, declaring, notice, noting, WANG } from '../contract/fixtures.ts';
import { collect } from '../contract/harness.ts';
import { command } from '../fakes/postgres.ts';
import { TcpProxy } from '../fakes/tcp-proxy.ts';
import { emptyDatabase, giveBack, openOn } from './postgres-harness.ts';

/** Instances on one database, all in this process. */
async function instances(...each: readonly number[]) {
  const url = await emptyDatabase();
  const stores = await Promise.all(each.map(() => openOn(url)));
  onTestFinished(async () => {
    await Promise.all(stores.map((store) => store.close()));
    giveBack(url);
  });
  const [a, b] = stores;
  if (!a || !b) throw new Error('two at least');
  return { url, stores, a, b };
}

const until = async (done: () => boolean | Promise<boolean>, within = 90_000): Promise<number> => {
  const began = performance.now();
  while (!(await done())) {
    if (performance.now() - began > within) throw new Error('it did not come');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return performance.now() - began;
};

/** Wants `name` in a store and tells the story of having it. */
function wants(store: OpenStore, name = 'delivery') {
  const story: string[] = [];
  const giveUp = store.exclusive.hold(name, {
    held: () => void story.push('held'),
    lost: () => void story.push('lost'),
  });
  return { story, giveUp };
}

it('several instances write one incident: every change once, in one chain', async () => {
  const { stores, a } = await instances(1, 2, 3);
  const id = (await a.change(declaring('k0'))).id ?? '';
  const outcomes = await Promise.all(
    stores.flatMap((store, s) => Array.from({ length: 20 }, (_, n) => store.change(noting(id, `${s}.${n}`)))),
  );
  expect(outcomes.every((o) => o.kind === 'committed')).toBe(true);
  const record = await collect(a.record(id));
  expect(record).toHaveLength(61);
  expect(verifyChain(record)).toBeNull();
  for (const store of stores) expect((await store.incident(id))?.notes).toHaveLength(60);
});

it('one delivery that reaches all instances at once has one effect, and all give the same answer', async () => {
  const { stores, a } = await instances(1, 2, 3);
  const kinds = async (key: string, actor = WANG) => {
    const outcomes: ChangeOutcome[] = await Promise.all(
      stores.flatMap((store) => [store.change(declaring(key, { actor })), store.change(declaring(key, { actor }))]),
    );
    expect(new Set(outcomes.map((o) => o.id)).size).toBe(1);
    return outcomes.map((o) => o.kind).toSorted();
  };
  for (const key of ['k1', 'k2', 'k3']) {
    expect(await kinds(key)).toEqual(['committed', ...Array(5).fill('replayed')]);
  }
  expect((await a.incidents({ limit: 9 })).map((row) => row.id.slice(-1))).toEqual(['3', '2', '1']);
});

it('ids of a series are given out once and without a gap, by whichever instance', async () => {
  const { stores } = await instances(1, 2, 3);
  const actor = (n: number) => ({ platform: 'chat', tenant: 'acme', id: `p${n}` });
  const made = await Promise.all(
    stores.flatMap((store, s) =>
      Array.from({ length: 10 }, (_, n) => store.change(declaring(`${s}.${n}`, { actor: actor(n) }))),
    ),
  );
  const numbers = made.map((o) => Number(o.id?.slice(-4))).toSorted((x, y) => x - y);
  expect(numbers).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
});

it('a counter stands where the last of many declarations of one commit left it', async () => {
  const { url, a } = await instances(1, 2);
  for (const total of [100, 200, 300]) {
    const actor = (n: number) => ({ platform: 'chat', tenant: 'acme', id: `p${n}` });
    await Promise.all(Array.from({ length: 100 }, (_, n) => a.change(declaring(`${total}.${n}`, { actor: actor(n) }))));
    expect(await command(url, 'SELECT last FROM counters')).toEqual([{ last: total }]);
  }
});

it('a due timer that several instances run at once fires once', async () => {
  const { stores, a } = await instances(1, 2, 3);
  const timers = [{ key: 't', kind: 'reminder', dueAt: AT }];
  const id = (await a.change(declaring('k0', { extras: { timers } }))).id ?? '';
  const outcomes = await Promise.all(stores.map((store, s) => store.change(noting(id, `tick ${s}`, { timer: 't' }))));
  expect(outcomes.map((o) => o.kind).toSorted()).toEqual(['committed', 'refused', 'refused']);
  expect((await a.incident(id))?.version).toBe(2);
});

it('notices are claimed by one instance each, and a late write of a lost claim is refused', async () => {
  const { stores, a, b } = await instances(1, 2);
  await a.outbox.add(Array.from({ length: 40 }, (_, n) => notice(`n${n}`)));
  const claims = await Promise.all([...stores, ...stores].map((store) => store.outbox.claim(AT, 10)));
  expect(new Set(claims.flat().map((n) => n.key)).size).toBe(40);
  const [lost] = claims[0] ?? [];
  expect(await b.outbox.recover(AT + 30_000)).toBe(40);
  await b.outbox.claim(AT + 30_000, 40);
  expect(await a.outbox.settle(lost?.key ?? '', lost?.fence ?? 0, { state: 'sent', ref: 'late' })).toBe(false);
});

it('what one instance commits others hear of: incidents, and messages of rooms, whose numbers tell their order', async () => {
  const { a, b } = await instances(1, 2);
  const heard: (string | null)[] = [];
  const own: (string | null)[] = [];
  const read: LoggedMessage[] = [];
  b.neighbours.onChange((incident) => heard.push(incident));
  a.neighbours.onChange((incident) => own.push(incident));
  b.roomLog.onChange((message) => read.push(message));
  // Joining is heard as "look for yourself".
  await until(() => heard.length === 1 && own.length === 1);
  const id = (await a.change(declaring('k0'))).id ?? '';
  const message = { address: 'r', thread: null, author: null, at: AT };
  await Promise.all(['1', '2', '3'].map((key) => a.roomLog.append({ ...message, key, body: key })));
  await until(() => read.length === 3 && heard.includes(id));
  expect(own).toEqual([null]);
  expect(await b.roomLog.since('r', 0, 9)).toEqual(read.toSorted((one, other) => one.seq - other.seq));
});

/** What an instance holds in memory of the values below `a:`. */
async function mirror({ kept }: OpenStore): Promise<ReadonlyMap<string, string>> {
  const held = new Map<string, string>();
  await kept.watch('a:', 99, (key, value) => void (value === null ? held.delete(key) : held.set(key, value)));
  return held;
}

it('what one instance keeps or removes the others who watch that corner hear of, also after they were cut off', async () => {
  const { url, a, b } = await instances(1, 2);
  await a.kept.put('a:1', 'before');
  const held = await mirror(b);
  let joined = 0;
  b.neighbours.onChange(() => (joined += 1));
  await until(() => joined > 0);
  await a.kept.put('a:2', 'one');
  await a.kept.put('b:1', 'elsewhere');
  await until(() => held.size === 2);
  await a.kept.put('a:2', 'two');
  await a.kept.remove('a:1');
  expect(await until(() => held.get('a:2') === 'two' && !held.has('a:1'))).toBeLessThan(10_000);
  await terminateAll(url);
  await a.kept.put('a:3', 'said while nobody listened');
  expect(await until(() => held.has('a:3'))).toBeLessThan(15_000);
  expect(Object.fromEntries(held)).toEqual({ 'a:2': 'two', 'a:3': 'said while nobody listened' });
});

it('one that is cut off without a word knows within 20 seconds what was kept meanwhile', async () => {
  const { url, a } = await instances(1, 2);
  const proxy = new TcpProxy(Number(new URL(url).port));
  const cut = await openOn(url.replace(/:\d+\//, `:${await proxy.listen()}/`));
  onTestFinished(async () => {
    await proxy.close();
    await cut.close();
    // What the server still takes for connected keeps its number, and the next test counts from one again.
    await terminateAll(url);
  });
  const held = await mirror(cut);
  let joined = 0;
  cut.neighbours.onChange(() => (joined += 1));
  await until(() => joined > 0);
  proxy.freeze();
  await a.kept.put('a:1', 'said while nobody listened');
  expect(await until(() => held.has('a:1'))).toBeLessThan(60_000);
});

it('instances that write the same keys at once all end with what the store has', async () => {
  const { a, b } = await instances(1, 2);
  const held = await Promise.all([mirror(a), mirror(b)]);
  for (let round = 0; round < 40; round += 1) {
    await Promise.all([a, b].flatMap(({ kept }, n) => [1, 2].map((m) => kept.put(`a:${m}`, `${round}.${n}`))));
  }
  const stored = new Map((await a.kept.list('a:', 9)).map(({ key, value }) => [key, value]));
  const isStored = (one: ReadonlyMap<string, string>) => [...stored].every(([key, value]) => one.get(key) === value);
  await until(() => held.every(isStored));
});

it('a name is held by one instance and passes on when that one gives up or ends', async () => {
  const { a, b } = await instances(1, 2);
  const first = wants(a);
  await until(() => first.story.length === 1);
  const second = wants(b);
  const other = wants(b, 'something else');
  await until(() => other.story.length === 1);
  expect(second.story).toEqual([]);
  await first.giveUp();
  await until(() => second.story.length === 1);
  const again = wants(a);
  await b.close();
  expect(second.story).toEqual(['held', 'lost']);
  expect(await until(() => again.story.length === 1)).toBeLessThan(60_000);
  expect(first.story).toEqual(['held', 'lost']);
});

it('what cannot begin with a name lets it go, says why, and is tried again', async () => {
  const { a } = await instances(1, 2);
  const story: string[] = [];
  const giveUp = a.exclusive.hold('delivery', {
    held: () => {
      story.push('held');
      if (story.length === 1) throw new Error('not now');
    },
    lost: () => void story.push('lost'),
    failed: (error) => void story.push(String(error)),
  });
  await until(() => story.length === 4);
  expect(story).toEqual(['held', 'Error: not now', 'lost', 'held']);
  await giveUp();
  expect(story.at(-1)).toBe('lost');
  const next = wants(a);
  await until(() => next.story.length === 1);
});

it('a name that is given up while the server answers is free again', async () => {
  const { a, b } = await instances(1, 2);
  for (let round = 0; round < 20; round += 1) {
    const given = wants(a, `name ${round}`);
    // From before the question until after the answer.
    await new Promise((resolve) => setTimeout(resolve, round % 5));
    await given.giveUp();
    expect(given.story.length % 2).toBe(0);
  }
  const others = Array.from({ length: 20 }, (_, round) => wants(b, `name ${round}`));
  await until(() => others.every(({ story }) => story.length === 1));
});

it('whoever loses its connection loses the name and gets it again when nobody else wants it', async () => {
  const { url, a } = await instances(1, 2);
  const { story } = wants(a);
  await until(() => story.length === 1);
  await terminateAll(url);
  await until(() => story.length === 3);
  expect(story).toEqual(['held', 'lost', 'held']);
});

it('one that is cut off loses the name, and what it was sending is looked after, within 15 seconds', async () => {
  const { url, a } = await instances(1, 2);
  const proxy = new TcpProxy(Number(new URL(url).port));
  const cut = await openOn(url.replace(/:\d+\//, `:${await proxy.listen()}/`));
  onTestFinished(async () => {
    await proxy.close();
    await cut.close();
  });
  const first = wants(cut);
  await until(() => first.story.length === 1);
  await a.outbox.add([notice('n1')]);
  const [claimed] = await cut.outbox.claim(a.clock.now(), 1);
  expect(claimed?.key).toBe('n1');
  const second = wants(a);
  // One that can connect anew may win the name again.
  expect(proxy.cut()).toBeGreaterThan(1);
  expect(await until(() => second.story.length === 1)).toBeLessThan(60_000);
  await until(() => first.story.includes('lost'));
  await until(async () => (await a.outbox.claim(a.clock.now(), 1))[0]?.key === 'n1');
});

it('a connection that hears nothing any more holds up a command for some seconds and loses nothing', async () => {
  const { url, a } = await instances(1, 2);
  const proxy = new TcpProxy(Number(new URL(url).port));
  const cut = await openOn(url.replace(/:\d+\//, `:${await proxy.listen()}/`));
  onTestFinished(async () => {
    await proxy.close();
    await cut.close();
  });
  const id = (await cut.change(declaring('k0'))).id ?? '';
  proxy.freeze();
  expect(await cut.change(noting(id, 'k1'))).toMatchObject({ kind: 'committed' });
  expect((await a.incident(id))?.notes).toHaveLength(1);
});

it('connections ended by the server at any moment: every command is answered and has one effect', async () => {
  const { url, a, b } = await instances(1, 2);
  const id = (await a.change(declaring('k0'))).id ?? '';
  let over = false;
  const terminating = (async () => {
    while (!over) {
      await terminateAll(url);
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 150));
    }
  })();
  const answers: ChangeOutcome[] = [];
  for (let n = 0; n < 60; n += 1) {
    answers.push(...(await Promise.all([a.change(noting(id, `a${n}`)), b.change(noting(id, `b${n}`))])));
  }
  over = true;
  await terminating;
  expect(answers.every((o) => o.kind === 'committed' || o.kind === 'replayed')).toBe(true);
  const record = await collect(a.record(id));
  expect(record).toHaveLength(121);
  expect(verifyChain(record)).toBeNull();
});

it('the time is the database’s, whatever the clock of this machine says', async () => {
  const { url, a } = await instances(1, 2);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 600_000 });
  onTestFinished(() => void vi.useRealTimers());
  const [row] = await command(url, 'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now');
  expect(Math.abs(a.clock.now() - Number(row?.['now']))).toBeLessThan(60_000);
  const before = a.clock.now();
  await new Promise<void>((resolve) => {
    a.clock.at(before + 50, resolve);
  });
  expect(a.clock.now()).toBeGreaterThanOrEqual(before + 50);
});

/** Ends every connection of the stores, as an administrator or a failing server would. */
async function terminateAll(url: string): Promise<void> {
  await command(
    url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'jishi'`,
  );
}
