import { silenceRestored } from '../storage/postgres/silence-restored.ts';
import { highWaterOf } from '../wiring/reading.ts';
import { readConfig } from './config.ts';
import { sayAccess, sayLost } from './restore-texts.ts';
import { CommandError, say, type Terminal, UsageError } from './terminal.ts';

/** `jishi restored` runs after pg_restore and before the first start, so that no old reminder is sent again. */
export async function restoredCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  if (args.length > 0) throw new UsageError('restored');
  const config = readConfig(terminal);
  if (config.databaseUrl === null) {
    throw new CommandError('jishi restored: it is for PostgreSQL, and DATABASE_URL is not set; use jishi restore FILE');
  }
  const known = highWaterOf(config).read()?.heads ?? null;
  const { upTo, lost } = await silenceRestored(config.databaseUrl, new Date().toISOString(), known ?? []);
  say(terminal, `ok: the record reaches up to ${upTo}`);
  sayAccess(terminal, false);
  sayLost(terminal, known && lost);
  return 0;
}
