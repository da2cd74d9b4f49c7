import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evolve } from '../../src/incident/record/evolve.ts';
import { FAILPOINTS, type Failpoint } from '../../src/ops/failpoints.ts';
import { randomIds, systemClock } from '../../src/ops/system-clock.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import { ChatServer } from '../fakes/chat-server.ts';
import { newDataFolder } from '../fakes/folder.ts';
import { SOAK_SEED } from '../fakes/soak.ts';
import { firstBroken } from '../storage/first-broken.ts';
import { type Answer, type Orders, Programs } from './program.ts';

// @module-tag grows

const START = Date.parse('2026-03-31T09:42:00+08:00');
const MINUTE = 60_000;
/** A restart finds leases and graces run out, and still no reminder is late. */
const NAP = 35_000;

/** Declared, then stepped to where reminders are said: to a person, to a thread, ringing the room. */
const SCRIPT = [
  { command: { type: 'declare', title: '支付系统数据泄露' } },
  { command: { type: 'answer', fact: 'operator', value: 'other' } },
  { command: { type: 'answer', fact: 'personal_info_people', value: 1_200_000 } },
  { until: 120 },
  { command: { type: 'add_note', text: '已通知法务' } },
  { until: 210 },
  { until: 240 },
  { until: 242 },
] as const;

/** Played in `npm test`: between a send and what is noted of it. */
const REAL: readonly Failpoint[] = ['after-send'];

interface Seen {
  /** What readers of the chat see in the end, without the minutes that a restart takes. */
  readonly messages: readonly string[];
  readonly events: Readonly<Record<string, number>>;
  readonly keys: number;
  readonly broken: unknown;
}

let programs: Programs<Orders>;
let plain: Seen;
beforeAll(async () => {
  programs = Programs.held();
  plain = await play(undefined);
});
afterAll(() => programs.close());

/** Plays the script; dies at the failpoint if there is one, starts again and goes on where nothing was answered. */
async function play(failpoint: string | undefined): Promise<Seen> {
  const folder = newDataFolder('fail');
  const chat = new ChatServer();
  const orders = { file: join(folder, 'jishi.sqlite'), chatUrl: await chat.listen() };
  try {
    let now = START;
    let deaths = 0;
    let incident = '';
    let revision = 0;
    const again = async (): Promise<void> => {
      await programs.kill();
      deaths += 1;
      now += NAP;
      await programs.start({ ...orders, heldAt: now });
    };
    await programs.start({ ...orders, heldAt: now, ...(failpoint === undefined ? {} : { failpoint }) });
    const step = async (key: string, ask: () => Promise<Answer>): Promise<void> => {
      const answer = await Promise.race([ask(), programs.ended().then(() => null)]);
      if (answer === null) {
        await again();
        return step(`${key}'`, ask);
      }
      if (answer.kind !== 'done') throw new Error(`${key} was ${answer.kind}`);
      incident = answer.incident ?? incident;
      revision = Math.max(revision, answer.version);
    };
    for (const [n, line] of SCRIPT.entries()) {
      if ('command' in line) {
        await step(`c${n}`, () => programs.send(`c${n}`, 'li', line.command, incident, revision));
        await step(`s${n}`, () => programs.advance(`s${n}-${deaths}`, 0));
      } else {
        const target = START + line.until * MINUTE;
        await step(`a${n}`, async () => {
          const answer = await programs.advance(`a${n}-${deaths}`, Math.max(0, target - now));
          now = Math.max(now, target);
          return answer;
        });
      }
    }
    if (failpoint !== undefined && deaths !== 1) throw new Error(`${failpoint} was passed in ${deaths} deaths`);
    await programs.kill('SIGTERM');
    return await see(chat, orders.file);
  } finally {
    await programs.kill();
    await chat.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function see(chat: ChatServer, file: string): Promise<Seen> {
  const store = await createSqliteStore({ file, evolve, clock: systemClock, ids: randomIds });
  const events: Record<string, number> = {};
  for (const { event } of await store.events('INC-2026-0001')) events[event.type] = (events[event.type] ?? 0) + 1;
  const { sent, ...other } = await store.outbox.counts();
  await store.close();
  const messages = chat.messages.map((message) => {
    const { card, late } = JSON.parse(message.body);
    const text = `${card.title} ${card.summary}`.replace(/\d+/g, '#');
    return `${message.address} ${message.thread === null ? 'root' : 'thread'} ${text}${late ? ' late' : ''}`;
  });
  return {
    messages: messages.sort(),
    events: { ...events, sent, ...other },
    keys: new Set(chat.messages.map((message) => message.key)).size,
    broken: await firstBroken(file),
  };
}

describe('SIGKILL at a named point, restart, and everything is as without a crash', () => {
  it('plays without a crash: surfaces, reminders to a person, a thread and the room', () => {
    expect(plain.broken).toBeNull();
    expect(plain.messages.length).toBe(plain.keys);
    expect(plain.events).toMatchObject({ declared: 1, note_added: 1, ready: 0, sending: 0, unknown: 0, dead: 0 });
    expect(plain.events['reminder_due']).toBe(6);
    expect(plain.events['notice_delivered']).toBe(plain.events['sent']);
  });

  // The simulation dies at all of them in one process; here it is a real process, at a later passing of the point, while
  // other work is under way. A soak dies at all of them, at the first passing as well.
  for (const point of SOAK_SEED === undefined ? REAL : FAILPOINTS) {
    const [first, later] = point.endsWith('commit') ? [2, 12] : [1, 3];
    for (const nth of SOAK_SEED === undefined ? [later] : [first, later]) {
      it(`${point}:${nth}`, async () => {
        expect(await play(`${point}:${nth}`)).toEqual(plain);
      });
    }
  }
});
