import { existsSync } from 'node:fs';
import { restoreStore } from '../storage/sqlite/restore.ts';
import { dataFile } from '../wiring/data-file.ts';
import { highWaterOf } from '../wiring/reading.ts';
import { readConfig } from './config.ts';
import { nameMissing } from './missing-files.ts';
import { sayAccess, sayLost, sayReturned } from './restore-texts.ts';
import { CommandError, parsedArgs, say, type Terminal, UsageError } from './terminal.ts';

/**
 * `jishi restore FILE [--anyway]` replaces the record with a backup and keeps the replaced one beside it. `--anyway`
 * accepts a backup whose records name missing files.
 */
export async function restoreCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = { anyway: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'restore');
  const { anyway } = values;
  const [from, ...more] = positionals;
  if (!from || more.length > 0) throw new UsageError('restore');
  const config = readConfig(terminal);
  if (config.databaseUrl !== null) {
    throw new CommandError(
      `jishi restore: the record is in PostgreSQL; bring it back with: pg_restore --clean --if-exists --dbname="$DATABASE_URL" ${from}, then jishi restored`,
    );
  }
  if (!existsSync(from)) throw new CommandError(`jishi restore: ${from} does not exist`);
  const at = new Date().toISOString();
  const highWater = highWaterOf(config);
  const known = highWater.read();
  const { mark, keptAs, missing, returned, revoked } = await restoreStore(
    from,
    dataFile(config.dataDir, 'jishi.sqlite'),
    {
      ...{ at, anyway },
      known: known?.heads ?? [],
    },
  );
  // The high-water mark of the replaced record is dropped: the next start compares with the backup.
  highWater.forget();
  nameMissing({ missing }, terminal);
  say(
    terminal,
    mark.upTo === at ? 'ok: restored; the record is empty' : `ok: restored; the record reaches up to ${mark.upTo}`,
  );
  if (keptAs !== null) say(terminal, `what was there is kept as ${keptAs}`);
  sayReturned(terminal, returned);
  sayAccess(terminal, revoked);
  sayLost(terminal, known && mark.lost);
  return 0;
}
