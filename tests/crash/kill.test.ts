import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { evolve } from '../../src/incident/evolve.ts';
import { randomIds, systemClock } from '../../src/ops/system-clock.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import { firstBroken } from '../../src/storage/sqlite/verify.ts';
import type { Checked } from '../../src/storage/verify.ts';
import { ChatServer } from '../fakes/chat-server.ts';
import { Programs } from './program.ts';

/** Longer than a lease: each restart finds the machine this much later, as after a nap. */
const NAP = 31_000;

interface Torment {
  readonly kills: number;
  readonly seed: number;
  readonly guard: 'on' | 'off';
  readonly loseEvery: number;
}
interface Outcome {
  readonly chat: ChatServer;
  readonly file: string;
  /** Keys of commands that were answered. */
  readonly acknowledged: ReadonlySet<string>;
  readonly incidents: readonly string[];
}

/** Small and seeded: the moments of a failing run can be played again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Drills at sixty times the speed, notes arriving all the time, and the program killed again and again: now while it opens
 * its store, now in the middle of its work. A command without an answer is sent again under its key, as chat platforms do.
 */
async function torment({ kills, seed, guard, loseEvery }: Torment): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'jishi-kill-'));
  const chat = new ChatServer();
  chat.loseEvery = loseEvery;
  chat.delayMs = 2;
  const orders = { file: join(folder, 'jishi.sqlite'), chatUrl: await chat.listen(), guard };
  const programs = await Programs.prepare();
  onTestFinished(async () => {
    await programs.close();
    await chat.close();
    await rm(folder, { recursive: true, force: true });
  });
  const next = random(seed);
  const acknowledged = new Set<string>();
  const incidents: string[] = [];
  const pending = new Map<string, { command: object; incident?: string }>();
  let count = 0;
  const ask = (key: string, command: object, incident?: string): void => {
    pending.set(key, { command, ...(incident === undefined ? {} : { incident }) });
    void programs.send(key, 'li', command, incident, 1).then((answer) => {
      if (!pending.delete(key) || answer.kind !== 'done') return;
      acknowledged.add(key);
      if (key.startsWith('d') && answer.incident) incidents.push(answer.incident);
    });
  };
  /** Until so many more commands were answered; a slow machine gets its time, but not for ever. */
  const work = async (answers: number): Promise<void> => {
    for (const [key, { command, incident }] of [...pending]) ask(key, command, incident);
    const enough = acknowledged.size + answers;
    for (const until = Date.now() + 3_000; Date.now() < until && acknowledged.size < enough; ) {
      if (pending.size >= 20) {
        await pause(2);
        continue;
      }
      const incident = incidents[Math.floor(next() * incidents.length)];
      count += 1;
      if (incident === undefined || (incidents.length < 12 && next() < 0.2)) {
        ask(`d${count}`, { type: 'declare', title: `演练 ${count}`, drill: true, speed: 60 });
      } else ask(`n${count}`, { type: 'add_note', text: `note ${count}` }, incident);
      await pause(2 + next() * 10);
    }
  };
  let aheadMs = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const early = kill > 0 && next() < 0.25;
    await programs.start({ ...orders, aheadMs }, early ? 'ordered' : 'ready');
    if (early) await pause(next() * 40);
    else {
      await work(1 + next() * 12);
      await pause(next() * 40);
    }
    await programs.kill();
    aheadMs += NAP;
  }
  await programs.start({ ...orders, aheadMs });
  await work(10);
  const delivered = (): number => chat.messages.filter((m) => !m.key.startsWith('surface:')).length;
  for (const until = Date.now() + 10_000; Date.now() < until && delivered() < 30; ) await pause(50);
  // The drills stand still, nothing new comes up; what is left has to be found and finished.
  for (const incident of incidents) ask(`p${incident}`, { type: 'set_drill_speed', speed: 0 }, incident);
  for (let nap = 0; !(await isQuiet(orders.file, () => pending.size === 0)); nap += 1) {
    if (nap === 10) throw new Error('something is left after ten clean restarts');
    await programs.kill('SIGTERM');
    aheadMs += NAP;
    if (nap === 1) chat.loseEvery = 0;
    await programs.start({ ...orders, aheadMs });
    for (const [key, { command, incident }] of [...pending]) ask(key, command, incident);
  }
  await programs.kill('SIGTERM');
  return { chat, file: orders.file, acknowledged, incidents };
}

/** Whether everything is answered, shown and sent within a few seconds. */
async function isQuiet(file: string, answered: () => boolean): Promise<boolean> {
  const db = new Database(file, { readonly: true });
  const left = db.prepare<[], { n: number }>(
    `SELECT (SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'dead'))
          + (SELECT count(*) FROM timers WHERE state = 'pending')
          + (SELECT count(*) FROM surfaces WHERE ref IS NULL) AS n`,
  );
  try {
    for (const until = Date.now() + 5_000; Date.now() < until; await pause(50)) {
      if (answered() && left.get()?.n === 0) return true;
    }
    return false;
  } finally {
    db.close();
  }
}

interface Findings {
  readonly doubled: readonly string[];
  readonly lost: readonly string[];
  readonly reminders: number;
  readonly unsent: number;
  readonly broken: Checked | null;
}

async function examine({ chat, file, acknowledged, incidents }: Outcome): Promise<Findings> {
  const times = new Map<string, number>();
  const once = (name: string): void => void times.set(name, (times.get(name) ?? 0) + 1);
  for (const message of chat.messages) once(message.key);
  const store = await createSqliteStore({ file, evolve, clock: systemClock, ids: randomIds });
  const all = await store.incidents({ limit: 1_000 });
  const notes = new Set<string>();
  let reminders = 0;
  for (const { id } of all) {
    const state = await store.incident(id);
    once(`declared ${state?.title}`);
    for (const note of state?.notes ?? []) once(note.text);
    for (const note of state?.notes ?? []) notes.add(note.text);
    for (const reminder of state?.reminders ?? []) once(`${id} ${reminder.step} ${reminder.dueAt}`);
    reminders += state?.reminders.length ?? 0;
  }
  const lost = [...acknowledged].filter((key) => key.startsWith('n') && !notes.has(`note ${key.slice(1)}`));
  lost.push(...incidents.filter((id) => !all.some((row) => row.id === id)));
  const { sent, ...other } = await store.outbox.counts();
  const arrived = new Set(chat.messages.map((m) => m.key).filter((key) => !key.startsWith('surface:'))).size;
  if (sent !== arrived) lost.push(`outbox says ${sent} sent, the chat has ${arrived}`);
  await store.close();
  return {
    doubled: [...times].filter(([, n]) => n > 1).map(([name]) => name),
    lost,
    reminders,
    unsent: Object.values(other).reduce((a, b) => a + b, 0),
    broken: await firstBroken(file),
  };
}

it('100 random SIGKILLs: nothing lost, nothing doubled, the record verifies', { timeout: 200_000 }, async () => {
  const outcome = await torment({ kills: 100, seed: 20_260_331, guard: 'on', loseEvery: 17 });
  const found = await examine(outcome);
  expect(found).toMatchObject({ doubled: [], lost: [], unsent: 0, broken: null });
  expect(found.reminders).toBeGreaterThan(50);
  expect(outcome.acknowledged.size).toBeGreaterThan(100);
});

it('the test of the test: without the look into the history the same torment doubles', {
  timeout: 100_000,
}, async () => {
  const outcome = await torment({ kills: 15, seed: 7, guard: 'off', loseEvery: 3 });
  expect((await examine(outcome)).doubled.length).toBeGreaterThan(0);
});
