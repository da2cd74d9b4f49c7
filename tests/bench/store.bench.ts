import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { evolve } from '../../src/incident/record/evolve.ts';
import { randomIds, systemClock } from '../../src/ops/system-clock.ts';
import { createSqliteStore, type SqliteStore } from '../../src/storage/sqlite/store.ts';
import type { Store } from '../../src/use-cases/ports.ts';
import { commits, declaring, notice, noting, ROOM } from '../contract/fixtures.ts';
import { sized } from './support/measure.ts';

/** One line of the table: a figure, and what it is to be read against. */
export interface BenchRow {
  readonly what: string;
  readonly perSecond?: number;
  readonly p50?: string;
  readonly p99?: string;
  readonly max?: string;
}

const INCIDENTS = sized(10_000, 500);
const ONE_CALLER = sized(2_000, 300);
const MANY_CALLERS = sized(10_000, 1_000);
const LONG = sized(10_000, 500);
const TIMERS_EACH = 8;

/** The store beside a floor of bare durable commits, empty and with 10,000 incidents, 80,000 timers and full queues. */
export async function benchStore(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'jishi-bench-'));
  try {
    const rows: BenchRow[] = [await bareCommits(join(folder, 'bare.sqlite'))];
    const file = join(folder, 'store.sqlite');
    const open = (): Promise<SqliteStore> => createSqliteStore({ file, evolve, clock: systemClock, ids: randomIds });
    let store = await open();
    await declare(store, 200);
    rows.push(await changes('change, 1 caller, empty store', store, 1, ONE_CALLER));
    rows.push(await changes('change, 20 callers, empty store', store, 20, MANY_CALLERS));
    for (let done = 0; done < INCIDENTS; done += 500) await declare(store, 500);
    const long = await longRecord(store, LONG);
    rows.push(await changes('change, 1 caller, full store', store, 1, ONE_CALLER));
    rows.push(await changes('change, 20 callers, full store', store, 20, MANY_CALLERS));
    rows.push(...(await queues(store)));
    await store.close();
    const opening = async (what: string): Promise<void> => {
      const started = performance.now();
      store = await open();
      rows.push(once(what, started));
    };
    // Sends that were under way return to the queue; a stopped program leaves none.
    await opening('open after a kill, up to 5,000 sends under way');
    await store.close();
    await opening('open, full store');
    const first = performance.now();
    await store.incident(long);
    rows.push(once(`first read of a record of ${LONG.toLocaleString('en')} events`, first));
    await store.close();
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The least a durable write can cost here: one row, one commit, nothing else. */
async function bareCommits(file: string): Promise<BenchRow> {
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE t (x)');
  const insert = db.prepare('INSERT INTO t VALUES (?)');
  const row = await timed('floor: bare better-sqlite3 commit', 1, ONE_CALLER, async (n) => {
    insert.run(`row ${n}`);
  });
  db.close();
  return row;
}

let key = 0;
const declared: string[] = [];
/** A change as the bot makes them: an event, a row, eight timers, a notice, two surfaces. */
function change(store: Store, incident: string): Promise<unknown> {
  const n = ++key;
  const at = Date.now();
  return store.change(
    noting(incident, `bench ${n}`, {
      at,
      extras: {
        timers: Array.from({ length: TIMERS_EACH }, (_, i) => ({
          key: `${incident}:${i}`,
          kind: 'reminder',
          dueAt: at + 3_600_000 + i,
        })),
        notices: [notice(`bench notice ${n}`, { dueAt: at })],
        surfaces: [
          { room: ROOM, key: 'status' },
          { room: ROOM, key: 'question' },
        ],
      },
    }),
  );
}

/** Changes that go round all incidents, so that none of them grows large. */
function changes(what: string, store: Store, callers: number, total: number): Promise<BenchRow> {
  return timed(what, callers, total, (n) => change(store, declared[n % declared.length] ?? ''));
}

async function declare(store: Store, count: number): Promise<void> {
  const outcomes = await Promise.all(Array.from({ length: count }, () => store.change(declaring(`bench ${++key}`))));
  declared.push(...outcomes.map((outcome) => outcome.id ?? ''));
  await Promise.all(outcomes.map((outcome) => change(store, outcome.id ?? '')));
}

async function longRecord(store: Store, events: number): Promise<string> {
  const { id } = await store.change(declaring(`bench ${++key}`));
  const fact = (n: number) => ({ type: 'fact_stated', payload: { fact: `fact_${n % 40}`, value: n } }) as const;
  const all = Array.from({ length: events - 1 }, (_, n) => fact(n));
  await store.change(noting(id ?? '', `bench ${++key}`, { decide: (current) => commits(current, all) }));
  return id ?? '';
}

/** What the workers ask for at every wake-up, with every surface stale and more than 10,000 notices waiting. */
async function queues(store: Store): Promise<BenchRow[]> {
  for (let rows = await store.surfaces.wanting(0, 500); rows.length > 0; rows = await store.surfaces.wanting(0, 500)) {
    const shown = { ref: 'm', hash: 'h', at: 1_000, refreshAt: 61_000 };
    await Promise.all(rows.map((row) => store.surfaces.shown(row, shown)));
  }
  const now = Date.now();
  return [
    await timed('timers: due + next', 1, 500, async () => {
      await store.timers.due(now, 200);
      await store.timers.nextDueAt();
    }),
    await timed('outbox: claim 50', 1, 100, () => store.outbox.claim(Date.now(), 50)),
    await timed('outbox: next', 1, 500, () => store.outbox.nextAt()),
    await timed('surfaces: the 500 stalest of 20,000', 1, 50, () => store.surfaces.wanting(now, 500)),
    await timed('list: 20 open ones', 1, 500, () => store.incidents({ limit: 20, open: true })),
    await timed('list: search without a hit', 1, 50, () => store.incidents({ limit: 20, search: 'nowhere' })),
  ];
}

/** Runs `work` `total` times by `callers` callers at a time, each waiting for its own before the next. */
async function timed(
  what: string,
  callers: number,
  total: number,
  work: (n: number) => Promise<unknown>,
): Promise<BenchRow> {
  const times: number[] = [];
  let next = 0;
  const started = performance.now();
  const caller = async (): Promise<void> => {
    while (next < total) {
      const begun = performance.now();
      await work(next++);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): string => ms(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  return { what, perSecond: Math.round(total / seconds), p50: at(0.5), p99: at(0.99), max: at(1) };
}

function once(what: string, started: number): BenchRow {
  return { what, max: ms(performance.now() - started) };
}

function ms(value: number): string {
  return `${value.toFixed(2)} ms`;
}
