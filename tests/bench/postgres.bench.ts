import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evolve } from '../../src/incident/record/evolve.ts';
import { noFailpoints } from '../../src/ops/failpoints.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomIds, systemClock } from '../../src/ops/system-clock.ts';
import type { OpenStore } from '../../src/storage/open-store.ts';
import { createPostgresStore } from '../../src/storage/postgres/store.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import type { Store } from '../../src/use-cases/ports.ts';
import { build } from '../../src/wiring.ts';
import { commits, declaring, note, notice, noting, ROOM } from '../contract/fixtures.ts';
import { command, type PostgresServer, startPostgres } from '../fakes/postgres.ts';
import { TcpProxy } from '../fakes/tcp-proxy.ts';
import { theRegime } from './support/full-store.ts';
import { CHAT, ms, pause, type Row, sink, sized, spread, timed } from './support/measure.ts';

/** A server that waits for the disk, as in production. */
async function withServer<T>(work: (server: PostgresServer) => Promise<T>): Promise<T> {
  const server = await startPostgres({ durable: true });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

const openOn = (url: string) => createPostgresStore({ url, evolve, ids: randomIds });

/** Changes as the bot makes them, beside bare commits of one row on the same server. */
export async function benchPostgresChanges(): Promise<readonly Row[]> {
  return withServer(async (server) => {
    const url = await server.createDatabase();
    const store = await openOn(url);
    const floor = async (callers: number): Promise<Row> =>
      timed(`floor: bare commit of one row, ${callers} callers`, callers, sized(1_000, 150), () =>
        store.kept.put('one', 'row'),
      );
    const ids = await Promise.all(Array.from({ length: 200 }, (_, n) => declare(store, n)));
    const change = (what: string, callers: number, total: number): Promise<Row> =>
      timed(what, callers, total, (n) => touch(store, ids[n % ids.length] ?? ''));
    await change('warm-up', 20, sized(400, 60));
    const rows = [
      await floor(1),
      await change('change, 1 caller', 1, sized(500, 100)),
      await floor(20),
      await change('change, 20 callers', 20, sized(4_000, 400)),
    ];
    const second = await openOn(url);
    const stores = [store, second];
    rows.push(
      await timed('change, 20 callers on two instances', 20, sized(4_000, 400), (n) =>
        touch(stores[n % 2] ?? store, ids[n % ids.length] ?? ''),
      ),
    );
    await Promise.all(stores.map((one) => one.close()));
    return rows;
  });
}

/** What touches one incident, with ever more others stored. Nothing of it may grow with their number. */
export async function benchGrowth(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-growth-'));
  try {
    return await withServer(async (server) => {
      const sqlite = await createSqliteStore({
        file: join(folder, 'jishi.sqlite'),
        evolve,
        clock: systemClock,
        ids: randomIds,
      });
      const url = await server.createDatabase();
      const postgres = await openOn(url);
      const rows: Row[] = [];
      for (const [name, store] of [
        ['SQLite', sqlite],
        ['PostgreSQL', postgres],
      ] as const) {
        let stored = 0;
        for (const wanted of sized([10, 1_000, 10_000], [10, 200])) {
          while (stored < wanted) {
            const some = Math.min(100, wanted - stored);
            await Promise.all(Array.from({ length: some }, () => declare(store, ++stored)));
          }
          // As the server does by itself within a minute; so many at once are no case for it.
          if (name === 'PostgreSQL') await command(url, 'ANALYZE');
          rows.push(await grown(`${name}, ${wanted.toLocaleString('en')} incidents`, store));
        }
        await store.close();
      }
      return rows;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function grown(what: string, store: Store): Promise<Row> {
  const year = new Date().getUTCFullYear();
  const id = `INC-${year}-0005`;
  const median = async (work: () => Promise<unknown>): Promise<string> => {
    const times: number[] = [];
    for (let n = 0; n < 120; n += 1) {
      const begun = performance.now();
      await work();
      if (n >= 20) times.push(performance.now() - begun);
    }
    return ms(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0);
  };
  return {
    what,
    change: await median(() => touch(store, id)),
    read: await median(() => store.incident(id)),
    list: await median(() => store.incidents({ limit: 20, open: true })),
    'due timers': await median(() => store.timers.due(Date.now(), 50)),
    claim: await median(() => store.outbox.claim(Date.now(), 1)),
  };
}

/** Between two reminders, in ms: they are not in each other's way. */
const APART = 200;
const REMINDERS = sized(30, 12);
/** The first ones find a program that has done nothing yet. */
const COLD = sized(10, 2);

/** From due to the platform's door, with the commits in between, one reminder after the other. */
export async function benchPostgresDue(): Promise<readonly Row[]> {
  return withServer(async (server) => {
    const rows: Row[] = [];
    for (const others of sized([0, 3_000], [0]))
      rows.push(await due(await openOn(await server.createDatabase()), others));
    return rows;
  });
}

async function due(store: OpenStore, others: number): Promise<Row> {
  const { clock } = store;
  const arrived = new Map<string, number>();
  const house = build({
    store,
    clock,
    ids: randomIds,
    regime: await theRegime(),
    profile: () => null,
    messengers: [
      sink((sent) => {
        const [incident = ''] = sent.split(':');
        if (!arrived.has(incident)) arrived.set(incident, clock.now());
      }),
    ],
    defaultRooms: [CHAT],
    renderReport: () => Promise.reject(new Error('not used')),
    log: createLogger('silent'),
    metrics: createMetrics(),
    fail: noFailpoints,
    readsRoom: () => true,
  });
  for (let n = 0; n < others; n += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, i) => declare(store, n + i, { notices: [], surfaces: [] })));
  }
  // Half of four hours has passed then.
  const first = clock.now() + 6_000;
  const incidents = await Promise.all(
    Array.from({ length: REMINDERS }, async (_, n) => {
      const outcome = await house.engine.run({
        target: { series: 'INC' },
        commands: [
          { type: 'declare', title: `${n}`, awareness: new Date(first + n * APART - 7_200_000).toISOString() },
        ],
        who: { account: { platform: 'chat', tenant: 't', id: `due${n}` }, name: 'li', language: 'en' },
        revision: null,
        delivery: { platform: 'bench', key: `due ${n}`, body: '' },
        room: CHAT,
      });
      return outcome.id ?? '';
    }),
  );
  const standDown = store.exclusive.hold({ held: () => house.start(), lost: () => house.stop() });
  await pause(first + REMINDERS * APART + 3_000 - clock.now());
  await standDown();
  await store.close();
  const late = incidents.map((id, n) => (arrived.get(id) ?? Number.POSITIVE_INFINITY) - (first + n * APART));
  return spread(`due → request, ${(others * 8).toLocaleString('en')} other timers`, late.slice(COLD));
}

let key = 0;

/** Somebody new each time, so that nobody is asked whether it is the same incident. */
async function declare(store: Store, n: number, less: Partial<ReturnType<typeof extras>> = {}): Promise<string> {
  key += 1;
  const year = new Date().getUTCFullYear();
  const request = declaring(`declare ${key}`, {
    target: { series: 'INC', year },
    at: Date.now(),
    actor: { platform: 'chat', tenant: 'acme', id: `p${n % 500}` },
    extras: { ...extras(`${key}`, Date.now() + 86_400_000), ...less },
  });
  return (await store.change(request)).id ?? '';
}

function touch(store: Store, incident: string): Promise<void> {
  key += 1;
  const text = `note ${key}`;
  const decide: ReturnType<typeof noting>['decide'] = (current) =>
    commits(current, [note(text)], extras(incident, Date.now() + 3_600_000));
  return store.change(noting(incident, text, { at: Date.now(), decide })).then(() => undefined);
}

/** Eight timers, a notice and two surfaces. */
function extras(name: string, dueAt: number) {
  return {
    timers: Array.from({ length: 8 }, (_, i) => ({ key: `${name}:${i}`, kind: 'reminder', dueAt: dueAt + i * 60_000 })),
    notices: [notice(`${name}:n`, { dueAt })],
    surfaces: ['status', 'question'].map((surface) => ({ room: ROOM, key: surface })),
  };
}

/** Resolves when a store delivers. */
function delivers(store: OpenStore): Promise<void> {
  return new Promise((resolve) => void store.exclusive.hold({ held: resolve, lost: async () => undefined }));
}

/** How long until another instance delivers when the one that did is gone: its connection ends, or falls silent. */
export async function benchPostgresTakeover(): Promise<readonly Row[]> {
  return withServer(async (server) => {
    const url = await server.createDatabase();
    const rows: Row[] = [];
    for (const [what, times, end] of [
      ['connection of the deliverer ended', sized(6, 2), endOf],
      ['deliverer cut off without a word', sized(4, 2), (_: string, { cut }: Deliverer) => cut()],
    ] as const) {
      const taken: number[] = [];
      let holder = await proxied(url);
      await delivers(holder.store);
      for (let n = 0; n < times; n += 1) {
        const next = await proxied(url);
        const won = delivers(next.store);
        await pause(1_000 + Math.random() * 2_000);
        const begun = performance.now();
        await end(url, holder);
        await won;
        taken.push(performance.now() - begun);
        await holder.close();
        holder = next;
      }
      await holder.close();
      rows.push(spread(`${what} → another delivers`, taken));
    }
    return rows;
  });
}

interface Deliverer {
  readonly store: OpenStore;
  cut(): void;
  close(): Promise<void>;
}

/** A store behind a proxy. */
async function proxied(url: string): Promise<Deliverer> {
  const proxy = new TcpProxy(Number(new URL(url).port));
  const store = await openOn(url.replace(/:\d+\//, `:${await proxy.listen()}/`));
  return {
    store,
    cut: () => void proxy.cut(),
    close: async () => {
      await Promise.all([store.close(), proxy.close()]);
    },
  };
}

async function endOf(url: string, gone: Deliverer): Promise<void> {
  await command(url, 'SELECT pg_terminate_backend(pid) FROM deliverers');
  void gone.store.close();
}
