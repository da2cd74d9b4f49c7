import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backupStore } from '../storage/sqlite/backup.ts';
import { BACKUP_MARK } from '../wiring/figures.ts';
import { storeFile } from '../wiring/reading.ts';
import { readConfig } from './config.ts';
import { CommandError, type Terminal, UsageError } from './terminal.ts';

/** `jishi backup FILE`: a consistent copy of the record, whether or not the bot is running. */
export async function backupCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [to] = args;
  if (!to || args.length > 1) throw new UsageError('backup');
  const config = readConfig(terminal);
  if (config.databaseUrl !== null) {
    throw new CommandError(
      `jishi backup: the record is in PostgreSQL; copy it with: pg_dump --format=custom --file=${to} "$DATABASE_URL"`,
    );
  }
  const file = storeFile(config);
  if (file === null) throw new CommandError(`jishi backup: there is no record in ${config.dataDir} yet`);
  if (!existsSync(dirname(to)))
    throw new CommandError(`jishi backup: there is no folder ${dirname(to)}; make it first`);
  await backupStore(file, to);
  mark(config.dataDir);
  terminal.out(`ok: ${to}`);
  return 0;
}

/** Notes the time for `jishi_backup_age_seconds`; a user who may only read the folder makes a backup all the same. */
function mark(dataDir: string): void {
  try {
    writeFileSync(join(dataDir, BACKUP_MARK), '');
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
}
