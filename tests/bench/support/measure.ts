import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Room } from '../../../src/incident/identity.ts';
import { evolve } from '../../../src/incident/record/evolve.ts';
import { noFailpoints } from '../../../src/ops/failpoints.ts';
import { createLogger } from '../../../src/ops/logger.ts';
import { createMetrics } from '../../../src/ops/metrics.ts';
import { randomIds, systemClock } from '../../../src/ops/system-clock.ts';
import { createSqliteStore } from '../../../src/storage/sqlite/store.ts';
import type { Messenger } from '../../../src/use-cases/ports.ts';
import { type BotCore, build } from '../../../src/wiring.ts';
import { theRegime } from './full-store.ts';

/** A size of a bench: the second in its short form (`BENCH_SHORT=1`), which shows that it runs and roughly how it stands. */
export function sized<T>(whole: T, short: T): T {
  return process.env['BENCH_SHORT'] === '1' ? short : whole;
}

/** One line of a table: a figure, and what it is to be read against. */
export interface Row {
  readonly what: string;
  readonly [column: string]: string | number;
}

export const CHAT: Room = {
  platform: 'chat',
  tenant: 't',
  address: 'ops',
  location: 'home',
  language: 'en',
  open: false,
};

/** A platform that answers at once; `heard` is told of every notice, not of cards. */
export function sink(heard: (key: string) => void): Messenger {
  let posted = 0;
  return {
    platform: 'chat',
    render: (message) => JSON.stringify(message),
    post: async (_place, _body, key) => {
      if (!key.startsWith('surface:')) heard(key);
      posted += 1;
      return { kind: 'sent', ref: `m${posted}` };
    },
    // Slack's own limit is 50 a minute for a workspace.
    canEdit: { perMinute: 30, edit: async (_place, ref) => ({ kind: 'sent', ref }) },
    canMessagePeople: { direct: async (account) => ({ tenant: account.tenant, address: account.id, thread: null }) },
  };
}

export async function open(file: string, messenger: Messenger): Promise<{ house: BotCore; close(): Promise<void> }> {
  const shared = { clock: systemClock, ids: randomIds };
  const store = await createSqliteStore({ file, evolve, ...shared });
  const house = build({
    ...shared,
    store,
    regime: await theRegime(),
    profile: () => null,
    messengers: [messenger],
    defaultRooms: [CHAT],
    renderReport: () => Promise.reject(new Error('not used')),
    log: createLogger('silent'),
    metrics: createMetrics(),
    fail: noFailpoints,
    readsRoom: () => true,
  });
  const close = async (): Promise<void> => {
    await house.stop();
    await store.close();
  };
  return { house, close };
}

export async function timed(
  what: string,
  callers: number,
  total: number,
  work: (n: number) => Promise<void>,
): Promise<Row> {
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
  const perSecond = Math.round((total * 1_000) / (performance.now() - started));
  return { ...spread(what, times), perSecond };
}

export function spread(what: string, times: readonly number[]): Row {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => ms(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { what, p50: at(0.5), p99: at(0.99), max: at(1) };
}

export function countOf(file: string, sql: string): number {
  const db = new Sqlite(file, { readonly: true });
  const count = db.prepare<[], number>(sql).pluck().get() ?? 0;
  db.close();
  return count;
}

export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'jishi-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

export function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
