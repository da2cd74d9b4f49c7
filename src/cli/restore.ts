import { existsSync } from 'node:fs';
import { restoreStore } from '../storage/sqlite/restore.ts';
import { dataFile } from '../wiring/data-file.ts';
import { readConfig } from './config.ts';
import { NEXT_START } from './next-start.ts';
import type { Terminal } from './terminal.ts';

/** `jishi restore FILE`: puts a backup in the place of the record; what stood there is kept beside it. */
export async function restoreCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [from] = args;
  if (!from || args.length > 1) {
    terminal.error('usage: jishi restore FILE');
    return 2;
  }
  const config = readConfig(terminal);
  if (!config) return 2;
  if (config.databaseUrl !== null) {
    terminal.error(
      `jishi restore: the record is in PostgreSQL; bring it back with: pg_restore --clean --if-exists --dbname="$DATABASE_URL" ${from}, then jishi restored`,
    );
    return 2;
  }
  if (!existsSync(from)) {
    terminal.error(`jishi restore: ${from} does not exist`);
    return 2;
  }
  const { mark, keptAs } = await restoreStore(from, dataFile(config.dataDir, 'jishi.sqlite'), new Date().toISOString());
  terminal.out(`ok: restored; the record reaches up to ${mark.upTo}`);
  if (keptAs !== null) terminal.out(`what was there is kept as ${keptAs}`);
  terminal.out(NEXT_START);
  return 0;
}
