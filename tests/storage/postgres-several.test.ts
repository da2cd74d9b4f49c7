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

/** Wants to deliver and tells the story of it. */
function wants(store: OpenStore) {
  const story: string[] = [];
  const standDown = store.exclusive.hold({
    held: () => void story.push('delivers'),
    lost: async () => void story.push('stands by'),
  });
  return { story, standDown };
}

/** Waits until a store delivers. */
async function delivers(store: OpenStore) {
  const wish = wants(store);
  await until(() => store.exclusive.isHeld);
  return wish;
}

/** A store on the database of another behind a proxy that can be cut. */
async function cutOff(url: string) {
  const proxy = new TcpProxy(Number(new URL(url).port));
  const store = await openOn(url.replace(/:\d+\//, `:${await proxy.listen()}/`));
  onTestFinished(async () => {
    await proxy.close();
    await store.close();
    // What the server still takes for connected keeps its lock.
    await terminateAll(url);
  });
  return { proxy, store };
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
  await until(() => heard.length > 0 && own.length > 0);
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
  // It joins with the first who listens: whoever listens later has missed that.
  let joined = 0;
  b.neighbours.onChange(() => (joined += 1));
  const held = await mirror(b);
  await until(() => joined > 0);
  await a.kept.put('a:2', 'one');
  await a.kept.put('b:1', 'elsewhere');
  await until(() => held.size === 2);
  await a.kept.put('a:2', 'two');
  await a.kept.remove('a:1');
  expect(await until(() => held.get('a:2') === 'two' && !held.has('a:1'))).toBeLessThan(60_000);
  await terminateAll(url);
  await a.kept.put('a:3', 'said while nobody listened');
  expect(await until(() => held.has('a:3'))).toBeLessThan(60_000);
  expect(Object.fromEntries(held)).toEqual({ 'a:2': 'two', 'a:3': 'said while nobody listened' });
});

it('one that is cut off without a word knows within 20 seconds what was kept meanwhile', { tags: 'soak' }, async () => {
  const { url, a } = await instances(1, 2);
  const { proxy, store: cut } = await cutOff(url);
  // It joins with the first who listens: whoever listens later has missed that.
  let joined = 0;
  cut.neighbours.onChange(() => (joined += 1));
  const held = await mirror(cut);
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

it('one instance delivers; another does when that one stands down or ends', async () => {
  const { a, b } = await instances(1, 2);
  const first = await delivers(a);
  const second = wants(b);
  await first.standDown();
  await until(() => b.exclusive.isHeld);
  expect(first.story).toEqual(['delivers', 'stands by']);
  const again = wants(a);
  await b.close();
  expect(second.story).toEqual(['delivers', 'stands by']);
  expect(await until(() => again.story.length === 1)).toBeLessThan(60_000);
});

it('one that stands down while the server answers leaves the lock to the others', async () => {
  const { a, b } = await instances(1, 2);
  for (let round = 0; round < 20; round += 1) {
    const given = wants(a);
    // From before the question until after the answer.
    await new Promise((resolve) => setTimeout(resolve, round % 5));
    await given.standDown();
    expect(given.story.length % 2).toBe(0);
  }
  await delivers(b);
});

it('whoever loses the connection stands by, and delivers again when nobody else wants to, once what it did has ended', async () => {
  const { url, a } = await instances(1, 2);
  const story: string[] = [];
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  a.exclusive.hold({
    held: () => void story.push('delivers'),
    lost: () => {
      story.push('ends');
      return ended;
    },
  });
  await until(() => a.exclusive.isHeld);
  await terminateAll(url);
  await until(() => story.includes('ends'));
  // As long as several attempts to take over.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(story).toEqual(['delivers', 'ends']);
  end();
  await until(() => a.exclusive.isHeld);
  expect(story).toEqual(['delivers', 'ends', 'delivers']);
});

it('one that is cut off without a word is replaced within seconds, and what it was sending is looked after', async () => {
  const { url, a } = await instances(1, 2);
  const { proxy, store: cut } = await cutOff(url);
  const first = await delivers(cut);
  await a.outbox.add([notice('n1')]);
  const [claimed] = await cut.outbox.claim(a.clock.now(), 1);
  expect(claimed?.key).toBe('n1');
  wants(a);
  // One that can connect anew may win again.
  expect(proxy.cut()).toBeGreaterThan(1);
  expect(await until(() => a.exclusive.isHeld)).toBeLessThan(60_000);
  await until(() => first.story.includes('stands by'));
  expect((await a.outbox.claim(a.clock.now(), 1))[0]?.key).toBe('n1');
});

it('one that was replaced claims nothing, begins no post and settles nothing, as long as it does not know', async () => {
  const { url, a, b } = await instances(1, 2);
  const id =
    (await a.change(declaring('k0', { extras: { surfaces: [{ room: 'chat/t/r', key: 'status' }] } }))).id ?? '';
  const card = { incident: id, room: 'chat/t/r', key: 'status' };
  const { standDown } = await delivers(a);
  await a.outbox.add([notice('n1')]);
  const [claimed] = await a.outbox.claim(AT, 1);
  expect(await a.surfaces.attempting(card, AT)).toBe(true);
  // As a process finds it that was stopped for a while: its own connections still work.
  await command(url, 'UPDATE deliverers SET number = number + 1000');
  await a.outbox.add([notice('n2')]);
  expect(await a.outbox.claim(AT, 9)).toEqual([]);
  expect(await a.surfaces.attempting(card, AT)).toBe(false);
  await standDown();
  await delivers(b);
  expect((await b.outbox.claim(b.clock.now(), 9)).map(({ key }) => key).toSorted()).toEqual(['n1', 'n2']);
  expect(await a.outbox.settle('n1', claimed?.fence ?? 0, { state: 'sent', ref: 'late' })).toBe(false);
  expect(await b.outbox.settle('n1', (claimed?.fence ?? 0) + 1, { state: 'sent', ref: 'own' })).toBe(true);
});

it('a connection that hears nothing any more holds up a command for some seconds and loses nothing', {
  tags: 'soak',
}, async () => {
  const { url, a } = await instances(1, 2);
  const { proxy, store: cut } = await cutOff(url);
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
  // A timer of Node may run a millisecond early.
  expect(a.clock.now()).toBeGreaterThanOrEqual(before + 49);
});

/** Ends every connection of the stores, as an administrator or a failing server would. */
async function terminateAll(url: string): Promise<void> {
  await command(
    url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'jishi'`,
  );
}
