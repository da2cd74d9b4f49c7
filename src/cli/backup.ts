import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { backupStore } from '../storage/sqlite/backup.ts';
import { storeFile } from '../wiring/reading.ts';
import { readConfig } from './config.ts';
import type { Terminal } from './terminal.ts';

/** `jishi backup FILE`: a consistent copy of the record, whether or not the bot is running. */
export async function backupCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [to] = args;
  if (!to || args.length > 1) {
    terminal.error('usage: jishi backup FILE');
    return 2;
  }
  const config = readConfig(terminal);
  if (!config) return 2;
  if (config.databaseUrl !== null) {
    terminal.error(
      `jishi backup: the record is in PostgreSQL; copy it with: pg_dump --format=custom --file=${to} "$DATABASE_URL"`,
    );
    return 2;
  }
  const file = storeFile(config);
  if (file === null) {
    terminal.error(`jishi backup: there is no record in ${config.dataDir} yet`);
    return 2;
  }
  if (!existsSync(dirname(to))) {
    terminal.error(`jishi backup: there is no folder ${dirname(to)}; make it first`);
    return 2;
  }
  await backupStore(file, to);
  terminal.out(`ok: ${to}`);
  return 0;
}
