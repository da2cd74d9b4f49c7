import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadInto } from '../storage/postgres/load.ts';
import { verifyDatabase } from '../storage/postgres/verify.ts';
import { openDump } from '../storage/sqlite/dump.ts';
import { verifyStore } from '../storage/sqlite/verify.ts';
import { brokenLine, type Checked, summarised } from '../storage/verify.ts';
import { nameMissing } from './missing-files.ts';
import type { Terminal } from './terminal.ts';

const USAGE =
  'usage: jishi migrate --from sqlite:./data/jishi.sqlite --to postgres://user:password@host/database [--anyway]';

/**
 * `jishi migrate --from sqlite:FILE --to postgres://…`: moves the whole record and everything planned into PostgreSQL. The
 * file is verified first and stays as it is; the database is verified afterwards. A file that a record names and the store
 * does not have ends it unless `--anyway` is given. Can be repeated until a bot has worked in the database.
 */
export async function migrateCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const wanted = parsed(args);
  if (wanted === null) {
    terminal.error(USAGE);
    return 2;
  }
  const { file, url, anyway } = wanted;
  if (!existsSync(file)) {
    terminal.error(`jishi migrate: there is no file ${file}`);
    return 2;
  }
  const missing = await missingIn(verifyStore(file), () => anyway, terminal);
  if (!missing) return 1;
  const dump = openDump(file);
  let rows: number;
  try {
    rows = await loadInto(url, dump);
  } finally {
    dump.close();
  }
  if (!(await missingIn(verifyDatabase(url), (sha256) => missing.includes(sha256), terminal))) return 1;
  terminal.out(`ok: ${rows} rows moved and verified; set DATABASE_URL, and keep ${file} as a backup`);
  return 0;
}

/** Files that are missing; null if anything is broken, or a file is missing that `accepts` does not take. */
async function missingIn(
  checks: AsyncIterable<Checked>,
  accepts: (sha256: string) => boolean,
  terminal: Terminal,
): Promise<readonly string[] | null> {
  const { broken, missing } = await summarised(checks);
  nameMissing({ missing }, terminal);
  if (broken) terminal.error(brokenLine(broken));
  else if (!missing.every(accepts))
    terminal.error('jishi migrate: to move the record without these files, add --anyway');
  return broken === null && missing.every(accepts) ? missing : null;
}

function parsed(
  args: readonly string[],
): { readonly file: string; readonly url: string; readonly anyway: boolean } | null {
  try {
    const string = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { from: string, to: string, anyway: { type: 'boolean' } },
    });
    const file = /^sqlite:(?:\/\/)?(.+)$/.exec(values.from ?? '')?.[1];
    const url = values.to ?? '';
    return file !== undefined && /^postgres(ql)?:\/\//.test(url) && URL.canParse(url)
      ? { file, url, anyway: values.anyway ?? false }
      : null;
  } catch {
    return null;
  }
}
