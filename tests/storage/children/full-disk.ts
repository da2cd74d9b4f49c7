import { evolve } from '../../../src/incident/record/evolve.ts';
import { randomIds, systemClock } from '../../../src/ops/system-clock.ts';
import { createSqliteStore } from '../../../src/storage/sqlite/store.ts';
import { commits, note, noting } from '../../contract/fixtures.ts';

/**
 * Writes notes one after the other until ten in a row were refused by the disk (the process runs under a limit of the
 * size of files), then says which were acknowledged and which were not.
 */
process.on('SIGXFSZ', () => undefined);
const [file = ''] = process.argv.slice(2);
const store = await createSqliteStore({ file, evolve, clock: systemClock, ids: randomIds });
const acknowledged: string[] = [];
const rejected: string[] = [];
const filling = 'x'.repeat(2_000);
for (let n = 0, inRow = 0; inRow < 10; n += 1) {
  const text = `${n} ${filling}`;
  try {
    await store.change(noting('INC-2026-0001', text, { decide: (c) => commits(c, [note(text)]) }));
    acknowledged.push(text);
    inRow = 0;
  } catch {
    rejected.push(text);
    inRow += 1;
  }
}
await store.close().catch(() => undefined);
process.stdout.write(JSON.stringify({ acknowledged, rejected }));
