import { evolve } from '../../../src/incident/record/evolve.ts';
import { openReadOnlyStore } from '../../../src/storage/sqlite/read-only.ts';
import { firstBroken } from '../first-broken.ts';

/** Verifies and reads the store named on the command line, and says what it found. */
const [, , file = ''] = process.argv;
const broken = await firstBroken(file);
const store = await openReadOnlyStore({ file, evolve });
const state = await store.incident('INC-2026-0001');
await store.close();
process.stdout.write(JSON.stringify({ broken, version: state?.version ?? 0 }));
