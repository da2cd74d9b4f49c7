import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { evolve } from '../../src/incident/evolve.ts';
import { randomIds, systemClock } from '../../src/ops/system-clock.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import { type Checked, firstBroken } from '../../src/storage/sqlite/verify.ts';
import { ChatServer } from '../fakes/chat-server.ts';
import { Program } from './program.ts';

interface Outcome {
  readonly chat: ChatServer;
  readonly file: string;
  /** Keys of commands that were acknowledged, with what was said of them first. */
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly incidents: readonly string[];
}

/** Small and seeded: a failing run can be played again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Drills whose four hours pass in seconds, notes arriving all the time, and the program killed again and again. A command
 * without an answer is sent again under the same key, as chat platforms do.
 */
async function torment(options: { kills: number; seed: number; guard: 'on' | 'off'; loseEvery: number }): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'jishi-kill-'));
  const chat = new ChatServer();
  chat.loseEvery = options.loseEvery;
  chat.delayMs = 2;
  const chatUrl = await chat.listen();
  const file = join(folder, 'jishi.sqlite');
  const program = new Program({ file, chatUrl, guard: options.guard });
  onTestFinished(async () => {
    await program.kill();
    await chat.close();
    await rm(folder, { recursive: true, force: true });
  });
  const next = random(options.seed);
  const acknowledged = new Map<string, number>();
  const incidents: string[] = [];
  await program.start();
  const pending = new Map<string, { command: object; incident?: string }>();
  let count = 0;
  for (let kill = 0; kill <= options.kills; kill += 1) {
    for (const [key, { command, incident }] of pending) ask(key, command, incident);
    const until = Date.now() + 60 + next() * 240;
    while (Date.now() < until) {
      const incident = incidents[Math.floor(next() * incidents.length)];
      const declare = incident === undefined || (incidents.length < 12 && next() < 0.2);
      count += 1;
      if (declare) ask(`d${count}`, { type: 'declare', title: `演练 ${count}`, drill: true, speed: 3_600 });
      else ask(`n${count}`, { type: 'add_note', text: `note ${count}` }, incident);
      await new Promise((resolve) => setTimeout(resolve, 5 + next() * 20));
    }
    if (kill === options.kills) break;
    await program.kill();
    await program.start();
  }
  for (const [key, { command, incident }] of pending) ask(key, command, incident);
  await quiet(file, () => pending.size === 0);
  await program.kill('SIGTERM');
  return { chat, file, acknowledged, incidents };

  function ask(key: string, command: object, incident?: string): void {
    pending.set(key, { command, ...(incident === undefined ? {} : { incident }) });
    void program.send(key, "li", command, incident, 1).then((answer) => {
      if (!pending.delete(key)) return;
      acknowledged.set(key, answer.version);
      if (key.startsWith('d') && answer.incident) incidents.push(answer.incident);
    });
  }
}

/** Waits until everything is sent and nothing is due for a while. */
async function quiet(file: string, answered: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(file, { readonly: true });
  const open = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM outbox WHERE state NOT IN ('sent', 'dead')`);
  const timers = db.prepare<[number], { n: number }>(`SELECT count(*) AS n FROM timers WHERE state = 'pending' AND due_at < ?`);
  const dirty = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM surfaces WHERE dirty = 1');
  try {
    for (;;) {
      const left = (open.get()?.n ?? 0) + (timers.get(Date.now())?.n ?? 0) + (dirty.get()?.n ?? 0);
      if (left === 0 && answered()) return;
      if (Date.now() > deadline) throw new Error(`${left} left after a minute`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    db.close();
  }
}

interface Findings {
  readonly doubled: readonly string[];
  readonly lost: readonly string[];
  readonly reminders: number;
  readonly broken: Checked | null;
}

async function examine({ chat, file, acknowledged, incidents }: Outcome): Promise<Findings> {
  const times = new Map<string, number>();
  for (const message of chat.messages) times.set(message.key, (times.get(message.key) ?? 0) + 1);
  const doubled = [...times].filter(([, n]) => n > 1).map(([key]) => key);
  const lost: string[] = [];
  let reminders = 0;
  const store = await createSqliteStore({ file, evolve, clock: systemClock, ids: randomIds });
  const notes = new Set<string>();
  for (const id of incidents) {
    const state = await store.incident(id);
    for (const note of state?.notes ?? []) {
      if (notes.has(note.text)) doubled.push(note.text);
      notes.add(note.text);
    }
    reminders += state?.reminders.length ?? 0;
  }
  for (const key of acknowledged.keys()) {
    if (key.startsWith('n') && !notes.has(`note ${key.slice(1)}`)) lost.push(key);
  }
  const counts = await store.outbox.counts();
  const sent = [...times.keys()].filter((key) => !key.startsWith('surface:')).length;
  if (counts.sent !== sent) lost.push(`outbox says ${counts.sent} sent, the chat has ${sent}`);
  await store.close();
  return { doubled, lost, reminders, broken: await firstBroken(file) };
}

it('100 random SIGKILLs: nothing lost, nothing doubled, the record verifies', { timeout: 240_000 }, async () => {
  const outcome = await torment({ kills: 100, seed: 20_260_331, guard: 'on', loseEvery: 17 });
  const found = await examine(outcome);
  expect(found.doubled).toEqual([]);
  expect(found.lost).toEqual([]);
  expect(found.broken).toBeNull();
  expect(found.reminders).toBeGreaterThan(10);
  expect(outcome.acknowledged.size).toBeGreaterThan(100);
});

it('the test of the test: without the look into the history the same torment doubles messages', { timeout: 120_000 }, async () => {
  const outcome = await torment({ kills: 15, seed: 7, guard: 'off', loseEvery: 5 });
  expect((await examine(outcome)).doubled.length).toBeGreaterThan(0);
});
