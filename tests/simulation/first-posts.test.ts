import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Room } from '../../src/incident/identity.ts';
import { newDataFolder } from '../fakes/folder.ts';
import { soaked } from '../fakes/soak.ts';
import { type Bot, startBot, type World } from './bot.ts';
import { roomsAreRight } from './examine-rooms.ts';
import { Ledger } from './ledger.ts';
import { Machine } from './machine.ts';
import { FINE, Peer, readBody, type Traits } from './peer.ts';
import { Power } from './power.ts';
import { Random } from './random.ts';

// @module-tag grows

const START = Date.parse('2026-03-31T09:42:00+08:00');
const SECOND = 1_000;
const SEEDS = soaked(3, 100);

/** Platforms by what they tell of a message whose answer nobody heard. */
const KINDS: Readonly<Record<string, Pick<Traits, 'edits' | 'history'>>> = {
  'finds a message by its key and edits it, as Slack': { edits: 30, history: 'full' },
  'drops a message by its id and edits it, as Feishu and DingTalk': { edits: 30, history: 'drops' },
  'drops a message by its id and never edits, as the WeCom app to people': { edits: 0, history: 'drops' },
  'tells nothing, as a WeCom group': { edits: 0, history: 'none' },
};
const ENDS = ['killed', 'killed with its power', 'stopped'] as const;

/** A bot that ends while its first messages are on their way, and is back within the same call. */
async function endedWhilePosting(kind: string, end: (typeof ENDS)[number], seed: number): Promise<readonly string[]> {
  const traits: Traits = { platform: 'chat', tenant: 'T1', timeout: 10 * SECOND, edits: 30, history: 'full' };
  const random = new Random(seed);
  const thrown: string[] = [];
  const machine = new Machine(new Random(seed), START, (error) => thrown.push(String(error)));
  const peer = new Peer({ ...traits, ...KINDS[kind] }, { machine, random: new Random(seed + 1), saw: () => {} });
  const folder = newDataFolder('first-posts');
  const file = join(folder, 'jishi.sqlite');
  const world: World = {
    ...{ machine, file, seed, peers: [peer], defaultRooms: [], organisation: null, power: new Power(file) },
    failed: (what) => thrown.push(what),
  };
  const pass = async (ms: number): Promise<void> => {
    for (const until = machine.elapsed + ms; machine.elapsed < until; machine.step(until)) await machine.settle(none);
    await machine.settle(none);
  };
  const room: Room = { platform: 'chat', tenant: 'T1', address: 'ops', location: 'home', language: 'en', open: false };
  const caller = {
    account: { platform: 'chat', tenant: 'T1', id: 'li' },
    name: 'li',
    language: 'en',
    room: null,
  } as const;
  const act = async <T>(work: Promise<T>): Promise<T> => {
    await machine.settle(none);
    return work;
  };
  let bot: Bot = await startBot(world, 1);
  // A request takes seconds there, and seconds back; what was sent before the end arrives after it.
  peer.weather = { ...FINE, latency: random.int(300, 3_000) };
  const declared = await act(bot.house.app.declare({ title: 'Payment data', caller, room, delivery: by('declare') }));
  if (declared.kind !== 'done') throw new Error(JSON.stringify(declared));
  const { incident } = declared;
  await pass(random.int(1, 6_000));
  if (end === 'stopped') await bot.stop();
  else await bot.kill(end === 'killed with its power');
  await pass(random.int(1, 2_000));
  bot = await startBot(world, 2);
  const { version: revision } = (await bot.store.incident(incident)) ?? { version: 0 };
  // The card that waits to be posted says something else by now.
  const intent = { type: 'answer', fact: 'operator', value: 'other' } as const;
  if (random.chance(0.5))
    await act(bot.house.app.submit({ incident, intent, revision, caller, delivery: by('answer') }));
  await pass(90 * SECOND);
  const wrong = [...thrown];
  const evidence = { bot, world, ledger: new Ledger(), incidents: [incident], notices: [], undisturbed: false };
  wrong.push(...(await roomsAreRight(evidence)));
  const unmarked = peer.messages.filter(({ body }) => !readBody(body).repeated);
  for (const [key, all] of Map.groupBy(unmarked, (one) => one.key))
    if (all.length > 1) wrong.push(`${key} is there ${all.length} times without a mark`);
  await bot.kill(false);
  rmSync(folder, { recursive: true, force: true });
  return wrong;
}
const none = async (): Promise<void> => {};
const by = (key: string) => ({ platform: 'chat', key, body: key });

it.for(Object.keys(KINDS).flatMap((kind) => ENDS.map((end) => ({ kind, end }))))(
  'a platform that $kind: $end while first messages are on their way, each is there once or marked',
  async ({ kind, end }) => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed += 1)
      for (const flaw of await endedWhilePosting(kind, end, seed)) wrong.push(`seed ${seed}: ${flaw}`);
    expect(wrong).toEqual([]);
  },
);
