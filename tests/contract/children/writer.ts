import { writeSync } from 'node:fs';
import { evolve } from '../../../src/incident/record/evolve.ts';
import { randomIds, systemClock } from '../../../src/ops/system-clock.ts';
import { createPostgresStore } from '../../../src/storage/postgres/store.ts';
import { createSqliteStore } from '../../../src/storage/sqlite/store.ts';
import type { Store } from '../../../src/use-cases/ports.ts';
import { declaring, notice, noting } from '../fixtures.ts';

/**
 * Writes into a store as fast as it can and says each change on standard output once it is acknowledged, until killed.
 * Arguments: the adapter, then whatever it needs.
 */
const OPEN: Readonly<Record<string, (...args: string[]) => Promise<Store>>> = {
  postgres: async (url = '') => createPostgresStore({ url, evolve, ids: randomIds }),
  sqlite: async (file = '') => createSqliteStore({ file, evolve, clock: systemClock, ids: randomIds }),
};

const [adapter = '', ...args] = process.argv.slice(2);
const store = await OPEN[adapter]?.(...args);
if (!store) throw new Error(`no adapter ${adapter}`);

async function one(key: string, incident: string): Promise<void> {
  await store?.change(noting(incident, key, { extras: { notices: [notice(`notice ${key}`)] } }));
  writeSync(1, `${key}\n`);
}

for (let round = 0; ; round += 1) {
  const { id } = await store.change(declaring(`declare ${round}`));
  await Promise.all(['INC-2026-0001', 'INC-2026-0001', id ?? ''].map((to, n) => one(`${round}.${n}`, to)));
}
