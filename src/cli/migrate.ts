import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadInto } from '../storage/postgres/load.ts';
import { verifyDatabase } from '../storage/postgres/verify.ts';
import { openDump } from '../storage/sqlite/dump.ts';
import { verifyStore } from '../storage/sqlite/verify.ts';
import type { Checked } from '../storage/verify.ts';
import type { Terminal } from './terminal.ts';

const USAGE = 'usage: jishi migrate --from sqlite:./data/jishi.sqlite --to postgres://user:password@host/database';

/**
 * `jishi migrate --from sqlite:FILE --to postgres://…`: moves the whole record and everything planned into PostgreSQL. The
 * file is verified first and stays as it is; the database is verified afterwards. Can be repeated until a bot has worked
 * in the database.
 */
export async function migrateCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const wanted = parsed(args);
  if (wanted === null) {
    terminal.error(USAGE);
    return 2;
  }
  const { file, url } = wanted;
  if (!existsSync(file)) {
    terminal.error(`jishi migrate: there is no file ${file}`);
    return 2;
  }
  if (!(await isWhole(verifyStore(file), terminal))) return 1;
  const dump = openDump(file);
  let rows: number;
  try {
    rows = await loadInto(url, dump);
  } finally {
    dump.close();
  }
  if (!(await isWhole(verifyDatabase(url), terminal))) return 1;
  terminal.out(`ok: ${rows} rows moved and verified; set DATABASE_URL, and keep ${file} as a backup`);
  return 0;
}

async function isWhole(checks: AsyncIterable<Checked>, terminal: Terminal): Promise<boolean> {
  for await (const { what, id, problem } of checks) {
    if (problem) {
      terminal.error(`broken: ${what} ${id}: ${problem.flaw}${problem.detail ? ` (${problem.detail})` : ''}`);
      return false;
    }
  }
  return true;
}

function parsed(args: readonly string[]): { readonly file: string; readonly url: string } | null {
  try {
    const string = { type: 'string' } as const;
    const { values } = parseArgs({ args: [...args], options: { from: string, to: string } });
    const file = /^sqlite:(?:\/\/)?(.+)$/.exec(values.from ?? '')?.[1];
    const url = values.to ?? '';
    return file !== undefined && /^postgres(ql)?:\/\//.test(url) && URL.canParse(url) ? { file, url } : null;
  } catch {
    return null;
  }
}
