import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { evolve } from '../incident/evolve.ts';
import { openReadOnlyStore } from '../storage/sqlite/read-only.ts';
import { readConfig } from './config.ts';
import type { Terminal } from './terminal.ts';

/** `jishi export ID`: the record of one incident as JSON lines, with the exact bytes, salts and hashes. */
export async function exportCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [id] = args;
  if (!id) {
    terminal.error('usage: jishi export ID');
    return 2;
  }
  const config = readConfig(terminal);
  if (!config) return 2;
  const file = join(config.dataDir, 'jishi.sqlite');
  const store = existsSync(file) ? await openReadOnlyStore({ file, evolve }) : null;
  let rows = 0;
  for await (const row of store?.record(id) ?? []) {
    terminal.out(JSON.stringify(row));
    rows += 1;
  }
  await store?.close();
  if (rows > 0) return 0;
  terminal.error(`jishi export: there is no incident ${id}`);
  return 1;
}
