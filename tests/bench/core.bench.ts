import { spawn } from 'node:child_process';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Room } from '../../src/incident/identity.ts';
import { BotProgram, freePort } from '../fakes/program.ts';
import { fill, MINUTE } from './support/full-store.ts';
import { CHAT, countOf, inFolder, ms, open, pause, type Row, sink, sized, spread, timed } from './support/measure.ts';

const ROOT = join(import.meta.dirname, '../..');
const CONSOLE: Room = {
  platform: 'console',
  tenant: 'local',
  address: 'main',
  location: 'home',
  language: 'en',
  open: false,
};
const INCIDENTS = sized(10_000, 300);
const OVERDUE = sized(500, 40);

/** Start-up and memory of the real program, beside node importing the same modules and doing nothing. */
export async function benchStart(): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    const floor: Sample[] = [];
    const bot: Sample[] = [];
    for (let run = 0; run < sized(4, 3); run += 1) {
      const imported = await bareImports();
      const started = await program(join(folder, String(run)));
      // The first run fills the caches of both.
      if (run > 0) floor.push(imported);
      if (run > 0) bot.push(started);
    }
    return [row('floor: node importing the same modules', floor), row('npm start, console, empty store', bot)];
  });
}

interface Sample {
  readonly ms: number;
  readonly megabytes: number;
}

async function bareImports(): Promise<Sample> {
  const code = `import module from 'node:module'; module.enableCompileCache();
    await import('./src/cli.ts'); await import('./src/main.ts'); console.log('up'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: ROOT });
  const started = performance.now();
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const ms = performance.now() - started;
  await pause(300);
  const megabytes = await memoryOf(child.pid ?? 0);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
  return { ms, megabytes };
}

async function program(folder: string): Promise<Sample> {
  const bot = new BotProgram(folder, await freePort());
  const started = performance.now();
  await bot.start();
  const ms = performance.now() - started;
  await pause(300);
  const metrics = await (await fetch(`${bot.url}/metrics`)).text();
  const resident = Number(/^jishi_process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1] ?? Number.NaN);
  await bot.end('SIGTERM');
  return { ms, megabytes: resident / 2 ** 20 };
}

function memoryOf(pid: number): Promise<number> {
  return new Promise((resolve) => {
    const ps = spawn('ps', ['-o', 'rss=', '-p', String(pid)]);
    let out = '';
    ps.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    ps.once('close', () => resolve(Number(out) / 1024));
  });
}

function row(what: string, samples: readonly Sample[]): Row {
  const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  return {
    what,
    median: ms(middle(samples.map((s) => s.ms))),
    worst: ms(Math.max(...samples.map((s) => s.ms))),
    memory: `${middle(samples.map((s) => s.megabytes)).toFixed(0)} MB`,
  };
}

/** Commands through the front door, durable when answered, beside bare durable commits of one row. */
export async function benchCommands(): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    const db = new Sqlite(join(folder, 'bare.sqlite'));
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.exec('CREATE TABLE t (x)');
    const insert = db.prepare('INSERT INTO t VALUES (?)');
    const floor = await timed('floor: bare better-sqlite3 commit', 1, sized(2_000, 400), async (n) => {
      insert.run(`row ${n}`);
    });
    db.close();
    const { house, close } = await open(
      join(folder, 'jishi.sqlite'),
      sink(() => {}),
    );
    const caller = { account: { platform: 'chat', tenant: 't', id: 'li' }, name: 'li', language: 'en' } as const;
    const delivery = (key: string) => ({ platform: 'chat', key, body: key });
    const ids: string[] = [];
    for (let n = 0; n < 40; n += 1) {
      const done = await house.app.declare({
        title: `Incident ${n}`,
        caller,
        room: CHAT,
        delivery: delivery(`d${n}`),
        anyway: true,
      });
      ids.push(done.incident ?? '');
    }
    let key = 0;
    const note = async (n: number): Promise<void> => {
      key += 1;
      const result = await house.app.submit({
        incident: ids[n % ids.length] ?? '',
        intent: { type: 'add_note', text: `note ${n}` },
        revision: 0,
        caller,
        delivery: delivery(`n${key}`),
      });
      if (result.kind !== 'done') throw new Error(JSON.stringify(result));
    };
    await timed('warm-up', 1, sized(200, 50), note);
    const rows = [
      floor,
      await timed('command, 1 caller', 1, sized(1_000, 200), note),
      await timed('command, 20 callers', 20, sized(4_000, 800), note),
    ];
    await close();
    return rows;
  });
}

/** From due to the platform's door with 10,000 incidents and 80,000 timers, beside a timer and one durable commit. */
export async function benchDue(): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    const floor = await bareTimers(folder, sized(100, 30));
    const idle = await due(join(folder, 'idle.sqlite'), 0);
    const full = await due(join(folder, 'full.sqlite'), INCIDENTS);
    return [
      spread('floor: a timer, then one bare durable commit', floor),
      spread('due → request, nothing else', idle.late),
      spread(`due → request, ${full.timers.toLocaleString('en')} timers`, full.late),
    ];
  });
}

const DUE = sized(30, 12);
/** Between two reminders, in ms: they are not in each other's way. */
const APART = 200;
/** The first ones find a program that has done nothing yet. */
const COLD = sized(10, 2);

/** From the last incident in the store to the first reminder. */
const AHEAD = sized(10_000, 6_000);

/** Epoch milliseconds with fractions: the floor of whole ones is 1 or 2. */
const exactly = (): number => performance.timeOrigin + performance.now();

/** Reminders that come due one after the other, beginning when everything is filled. */
async function due(file: string, others: number): Promise<{ late: readonly number[]; timers: number }> {
  const filled = Date.now();
  await fill(file, CHAT, [{ count: others, declaredAt: filled - 5 * MINUTE, awareAt: () => filled - 5 * MINUTE }]);
  const now = Date.now();
  // Half of four hours has passed then.
  const first = now + AHEAD;
  await fill(file, CHAT, [{ count: DUE, declaredAt: now - MINUTE, awareAt: (n) => first + n * APART - 120 * MINUTE }]);
  const arrived = new Map<string, number>();
  const { house, close } = await open(
    file,
    sink((key) => {
      const [incident = ''] = key.split(':');
      if (!arrived.has(incident)) arrived.set(incident, exactly());
    }),
  );
  const timers = countOf(file, `SELECT count(*) FROM timers WHERE state = 'pending'`);
  if (Date.now() > first - 2_000) throw new Error('the machine is too slow to fill the store in time');
  house.start();
  await pause(first + DUE * APART + 3_000 - Date.now());
  await close();
  const year = new Date(now + 8 * 3_600_000).getUTCFullYear();
  const late = Array.from({ length: DUE }, (_, n) => {
    const at = arrived.get(`INC-${year}-${String(others + n + 1).padStart(4, '0')}`);
    return (at ?? Number.POSITIVE_INFINITY) - (first + n * APART);
  });
  return { late: late.slice(COLD), timers };
}

async function bareTimers(folder: string, count: number): Promise<readonly number[]> {
  const db = new Sqlite(join(folder, 'timers.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE t (x)');
  const insert = db.prepare('INSERT INTO t VALUES (?)');
  const first = Date.now() + 100;
  const late = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const due = first + n * 50;
      await pause(due - Date.now());
      insert.run(n);
      return exactly() - due;
    }),
  );
  db.close();
  return late;
}

/** The real program after SIGKILL, with 10,000 open incidents, 80,000 timers and 500 overdue, beside an empty store. */
export async function benchRestart(): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    const full = join(folder, 'full');
    const bot = new BotProgram(full, await freePort());
    await bot.start();
    await bot.end('SIGTERM');
    const file = join(full, 'jishi.sqlite');
    const now = Date.now();
    await fill(file, CONSOLE, [
      { count: INCIDENTS - OVERDUE, declaredAt: now - MINUTE, awareAt: () => now - MINUTE },
      { count: OVERDUE, declaredAt: now - 122 * MINUTE, awareAt: () => now - 122 * MINUTE },
    ]);
    const empty = new BotProgram(join(folder, 'empty'), await freePort());
    const floor = await untilReady(empty);
    await empty.end('SIGTERM');
    const reader = new Sqlite(file, { readonly: true });
    const wire = reader.prepare<[], number>(`SELECT count(*) FROM room_messages WHERE key LIKE 'INC-%'`).pluck();
    const started = performance.now();
    const reached = async (n: number): Promise<number> => {
      while ((wire.get() ?? 0) < n) await pause(5);
      return performance.now() - started;
    };
    const ready = untilReady(bot);
    const first = await reached(1);
    const rows: Row[] = [
      { what: 'floor: ready, empty store', time: ms(floor) },
      { what: 'ready, full store', time: ms(await ready) },
      { what: 'first overdue reminder on the wire', time: ms(first) },
    ];
    // Killed in the middle of them, and started again.
    await reached(OVERDUE / 5);
    await bot.end('SIGKILL');
    const again = performance.now();
    await bot.start();
    await finished(reader, OVERDUE);
    rows.push({ what: 'all overdue sent, after SIGKILL in the middle', time: ms(performance.now() - again) });
    await bot.end('SIGTERM');
    const reminders = reader
      .prepare<[], number>(`SELECT count(*) FROM (SELECT incident FROM events WHERE type = 'reminder_due' GROUP BY 1)`)
      .pluck()
      .get();
    const notices = reader.prepare<[], number>(`SELECT count(*) FROM outbox`).pluck().get() ?? 0;
    const told = reader
      .prepare<[], number>(
        `SELECT count(*) FROM room_messages WHERE key IN (SELECT key FROM outbox WHERE state = 'sent')`,
      )
      .pluck()
      .get();
    reader.close();
    rows.push({ what: `lost of ${OVERDUE}`, time: OVERDUE - (reminders ?? 0) });
    rows.push({ what: `doubled or missing of ${notices} messages`, time: Math.abs(notices - (told ?? 0)) });
    return rows;
  });
}

async function untilReady(bot: BotProgram): Promise<number> {
  const started = performance.now();
  await bot.start();
  const response = await fetch(`${bot.url}/readyz`);
  if (response.status !== 200) throw new Error(`not ready: ${response.status}`);
  return performance.now() - started;
}

async function finished(reader: Sqlite.Database, overdue: number): Promise<void> {
  const reminders = reader
    .prepare<[], number>(`SELECT count(DISTINCT incident) FROM events WHERE type = 'reminder_due'`)
    .pluck();
  const open = reader
    .prepare<[], number>(`SELECT count(*) FROM outbox WHERE state IN ('ready', 'sending', 'unknown')`)
    .pluck();
  for (const deadline = Date.now() + 120_000; (reminders.get() ?? 0) < overdue || (open.get() ?? 0) > 0; ) {
    if (Date.now() > deadline) throw new Error('not everything was sent');
    await pause(20);
  }
}
