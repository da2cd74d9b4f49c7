import { existsSync } from 'node:fs';
import { loadInto } from '../storage/postgres/bulk-load.ts';
import { verifyDatabase } from '../storage/postgres/read-only.ts';
import { openConnections } from '../storage/sqlite/open.ts';
import { verifyStore } from '../storage/sqlite/verify.ts';
import { TABLES, type Table, type TableRow } from '../storage/tables.ts';
import { brokenLine, type Checked, summarised } from '../storage/verify.ts';
import { nameMissing } from './missing-files.ts';
import { CommandError, parsedArgs, say, type Terminal, UsageError } from './terminal.ts';

/**
 * `jishi migrate --from sqlite:FILE --to postgres://…` copies the whole record and all planned work into PostgreSQL. It
 * verifies the file, which stays unchanged, and then the database. A file missing in the store ends it, unless
 * `--anyway` is given. It can be repeated until a bot has used the database.
 */
export async function migrateCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { file, url, anyway } = parsed(args);
  if (!existsSync(file)) throw new CommandError(`jishi migrate: there is no file ${file}`);
  const missing = await missingIn(verifyStore(file), () => anyway, terminal);
  const dump = openDump(file);
  let rows: number;
  try {
    rows = await loadInto(url, dump);
  } finally {
    dump.close();
  }
  await missingIn(verifyDatabase(url), (sha256) => missing.includes(sha256), terminal);
  say(terminal, `ok: ${rows} rows moved and verified; set DATABASE_URL, and keep ${file} as a backup`);
  return 0;
}

/** Returns missing files. Ends the command if a part is broken, or if `accepts` refuses a missing file. */
async function missingIn(
  checks: AsyncIterable<Checked>,
  accepts: (sha256: string) => boolean,
  terminal: Terminal,
): Promise<readonly string[]> {
  const { broken, missing } = await summarised(checks);
  nameMissing({ missing }, terminal);
  if (broken) throw new CommandError(brokenLine(broken), 1);
  if (missing.every(accepts)) return missing;
  throw new CommandError('jishi migrate: to move the record without these files, add --anyway', 1);
}

function parsed(args: readonly string[]): { readonly file: string; readonly url: string; readonly anyway: boolean } {
  const options = { from: { type: 'string' }, to: { type: 'string' }, anyway: { type: 'boolean' } } as const;
  const { values } = parsedArgs({ args: [...args], options }, 'migrate');
  const file = /^sqlite:(?:\/\/)?(.+)$/.exec(values.from ?? '')?.[1];
  const url = values.to ?? '';
  if (file === undefined || !/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) throw new UsageError('migrate');
  return { file, url, anyway: values.anyway ?? false };
}

interface Dump {
  rows(table: Table): Iterable<TableRow>;
  close(): void;
}

/** Opens a store to read all of it while nobody else writes. Throws `StoreError` `locked` while a bot uses it. */
function openDump(file: string): Dump {
  const { reader, close } = openConnections(file);
  reader.exec('BEGIN');
  const sql = (table: Table): string =>
    table === 'blobs' ? 'SELECT * FROM blobs WHERE sha256 IS NOT NULL' : `SELECT * FROM ${table}`;
  const finished = 'SELECT p.* FROM blob_parts p JOIN blobs b ON b.id = p.blob WHERE b.sha256 IS NOT NULL';
  const statements = new Map(
    TABLES.map((table) => [table, reader.prepare<[], TableRow>(table === 'blob_parts' ? finished : sql(table))]),
  );
  return { rows: (table) => statements.get(table)?.iterate() ?? [], close };
}
