import { expect, it, onTestFinished } from 'vitest';
import { verifyDatabase } from '../../src/storage/postgres/read-only.ts';
import { ChatServer } from '../fakes/chat-server.ts';
import { command } from '../fakes/postgres.ts';
import { soaked } from '../fakes/soak.ts';
import { newDatabase } from '../storage/postgres-harness.ts';
import { Instance } from './instances-program.ts';

/** Kills of the long test; the soak makes more of them. */
const KILLS = soaked(1, 12);
/** Drills run so fast that reminders come due all the time. */
const SPEED = 600;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for something; answers how long it took in ms. */
async function until(what: string, done: () => boolean | Promise<boolean>, within = 180_000): Promise<number> {
  const began = performance.now();
  while (!(await done())) {
    if (performance.now() - began > within) throw new Error(`it did not happen: ${what}`);
    await pause(25);
  }
  return performance.now() - began;
}

/** A database, a chat, and instances between them. */
async function stage() {
  const chat = new ChatServer();
  chat.delayMs = 2;
  const chatUrl = await chat.listen();
  const url = await newDatabase();
  const all: Instance[] = [];
  onTestFinished(async () => {
    await Promise.all(all.map((instance) => instance.kill()));
    await chat.close();
  });
  const start = async (): Promise<Instance> => {
    const instance = await Instance.start(url, chatUrl);
    all.push(instance);
    return instance;
  };
  const count = async (sql: string): Promise<number> =>
    Number((await command(url, `SELECT count(*) AS n FROM ${sql}`))[0]?.['n']);
  return { chat, url, start, count };
}

const doubled = (messages: readonly { readonly key: string; readonly body: string }[]): readonly string[] => {
  const plain = messages.filter((message) => !message.body.includes('possiblyRepeated')).map((message) => message.key);
  return plain.filter((key, n) => plain.indexOf(key) !== n);
};
const drill = (n: number) => ({ type: 'declare', title: `演练 ${n}`, drill: true, speed: SPEED });

async function isWhole(url: string): Promise<void> {
  for await (const checked of verifyDatabase(url)) expect(checked).toMatchObject({ problem: null });
}

it('one that is stopped in the middle of a send loses it to another; its own late answer is refused', async () => {
  const { chat, url, start } = await stage();
  const both = await Promise.all([start(), start()]);
  const { incident = '' } = (await both[1].ask('d1', drill(1))) ?? {};
  await until('the card is there', () => chat.messages.some((message) => message.key.startsWith('surface:')));
  chat.delayMs = 1_500;
  const sending = async () =>
    (await command(url, `SELECT key FROM outbox WHERE state = 'sending'`)).map((row) => String(row['key']));
  const arrived = (one: string): boolean => chat.messages.some((message) => message.key === one);
  // What was about to be written when it was stopped would be written when it goes on: that nobody can help.
  const stopInSend = async (): Promise<string | null> => {
    if ((await sending()).length === 0) return null;
    holder().signal('SIGSTOP');
    await pause(100);
    const keys = await sending();
    if (keys.length > 0 && keys.every(arrived)) return keys[0] ?? null;
    holder().signal('SIGCONT');
    return null;
  };
  const holder = () => (both[0].delivers ? both[0] : both[1]);
  let key: string | null = null;
  await until('it is stopped while a reminder is on its way', async () => {
    key = await stopInSend();
    return key !== null;
  });
  const first = holder();
  const second = first === both[0] ? both[1] : both[0];
  expect([first.delivers, second.delivers]).toEqual([true, false]);
  chat.delayMs = 2;
  await until('the second delivers', () => second.delivers);
  const row = async () => (await command(url, `SELECT state, fence::int, ref FROM outbox WHERE key = '${key}'`))[0];
  await until('the other one settled it', async () => (await row())?.['state'] === 'sent');
  const settled = await row();
  expect(settled).toMatchObject({ state: 'sent', fence: 2 });
  first.signal('SIGCONT');
  await until('the first knows', () => !first.delivers);
  await second.ask('stop', { type: 'set_drill_speed', speed: 0 }, incident);
  await pause(500);
  expect(await row()).toEqual(settled);
  expect(doubled(chat.messages)).toEqual([]);
  expect(first.ended).toBe(false);
  expect(await first.ask('n1', { type: 'add_note', text: 'still taking requests' }, incident)).toMatchObject({
    kind: 'done',
  });
  await isWhole(url);
});

it('three instances, the one that delivers killed again and again: nothing lost, nothing unmarked doubled', {
  tags: 'soak',
}, async () => {
  const { chat, url, start, count } = await stage();
  chat.loseEvery = 9;
  let instances: readonly Instance[] = await Promise.all([start(), start(), start()]);
  const pending = new Map<string, { readonly command: object; readonly incident?: string }>();
  const acknowledged = new Set<string>();
  const incidents: string[] = [];
  const ask = async (key: string): Promise<void> => {
    const asked = pending.get(key);
    const alive = instances.filter((instance) => !instance.ended);
    const answer =
      asked && (await alive[Math.floor(Math.random() * alive.length)]?.ask(key, asked.command, asked.incident));
    if (answer?.kind !== 'done' || !pending.delete(key)) return;
    acknowledged.add(key);
    if (key.startsWith('d') && answer.incident !== undefined) incidents.push(answer.incident);
  };
  for (let n = 0; n < 6; n += 1) {
    pending.set(`d${n}`, { command: drill(n) });
    await ask(`d${n}`);
  }
  for (let kill = 0; kill < KILLS; kill += 1) {
    for (let n = 0; n < 20; n += 1) {
      const incident = incidents[n % incidents.length];
      pending.set(`n${kill}.${n}`, {
        command: { type: 'add_note', text: `note ${kill}.${n}` },
        ...(incident ? { incident } : {}),
      });
      void ask(`n${kill}.${n}`);
      await pause(20);
    }
    await until('somebody delivers', () => instances.some((instance) => instance.delivers));
    const holder = instances.find((instance) => instance.delivers);
    await holder?.kill();
    await until('another delivers', () => instances.some((instance) => instance !== holder && instance.delivers));
    instances = [...instances.filter((instance) => instance !== holder), await start()];
    // The platform delivers again what got no answer.
    await Promise.all([...pending.keys()].map(ask));
  }
  await until('a reminder is sent', async () => (await count(`outbox WHERE state = 'sent'`)) > 0);
  for (const incident of incidents) {
    pending.set(`p${incident}`, { command: { type: 'set_drill_speed', speed: 0 }, incident });
  }
  await until('every command is answered', async () => {
    await Promise.all([...pending.keys()].map(ask));
    return pending.size === 0;
  });
  chat.loseEvery = 0;
  await until('everything is sent', async () => (await count(`outbox WHERE state NOT IN ('sent', 'dead')`)) === 0);
  await until('everything is shown', async () => (await count('surfaces WHERE dirty = 1')) === 0);
  expect(doubled(chat.messages)).toEqual([]);
  const keys = new Set(chat.messages.map((message) => message.key));
  const sent = await command(url, `SELECT key FROM outbox WHERE state = 'sent'`);
  expect(sent.filter(({ key }) => !keys.has(String(key)))).toEqual([]);
  expect(sent.length).toBeGreaterThan(0);
  expect(await count(`events WHERE type = 'note_added'`)).toBe(
    [...acknowledged].filter((key) => key.startsWith('n')).length,
  );
  await isWhole(url);
});
