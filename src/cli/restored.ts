import { silenceRestored } from '../storage/postgres/restored.ts';
import { readConfig } from './config.ts';
import { NEXT_START } from './next-start.ts';
import type { Terminal } from './terminal.ts';

/** `jishi restored`: after pg_restore and before the first start, so that the database sends no old reminder again. */
export async function restoredCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  if (args.length > 0) {
    terminal.error('usage: jishi restored');
    return 2;
  }
  const config = readConfig(terminal);
  if (!config) return 2;
  if (config.databaseUrl === null) {
    terminal.error('jishi restored: it is for PostgreSQL, and DATABASE_URL is not set; use jishi restore FILE');
    return 2;
  }
  const { upTo } = await silenceRestored(config.databaseUrl, new Date().toISOString());
  terminal.out(`ok: the record reaches up to ${upTo}`);
  terminal.out(NEXT_START);
  return 0;
}
