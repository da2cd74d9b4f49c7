import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { takeOwner } from '../config/owner.ts';
import { backupStore } from '../storage/sqlite/backup.ts';
import { readingOf } from '../storage/sqlite/sql.ts';
import { BACKUP_KEY, BACKUP_MARK } from '../wiring/figures.ts';
import { highWaterOf, storeFile, type Where } from '../wiring/reading.ts';
import { readConfig } from './config.ts';
import { CommandError, parsedArgs, say, type Terminal, UsageError } from './terminal.ts';

/**
 * `jishi backup FILE` or `jishi backup FOLDER [--keep N]` makes a consistent copy of the record, even while the bot runs.
 * Copies in a folder are named by their time; with N only the newest N are kept. `jishi backup --done` only notes a backup
 * made by other means.
 */
export async function backupCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = { keep: { type: 'string' }, done: { type: 'boolean' } } as const;
  const { positionals, values } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'backup');
  const [given] = positionals;
  if (values.done && args.length === 1) return noteBackup(terminal);
  const keep = values.keep === undefined ? null : Number(values.keep);
  if (!given || values.done || positionals.length > 1 || (keep !== null && !(Number.isInteger(keep) && keep > 0)))
    throw new UsageError('backup');
  const isFolder = keep !== null || statSync(given, { throwIfNoEntry: false })?.isDirectory() === true;
  const to = isFolder ? join(given, nameAt(new Date())) : given;
  const config = readConfig(terminal);
  if (config.databaseUrl !== null) {
    throw new CommandError(
      `jishi backup: the record is in PostgreSQL; copy it with: pg_dump --format=custom --file=${to} "$DATABASE_URL" && npx jishi backup --done`,
    );
  }
  const file = storeFile(config);
  if (file === null) throw new CommandError(`jishi backup: there is no record in ${config.dataDir} yet`);
  if (!existsSync(dirname(to)))
    throw new CommandError(`jishi backup: there is no folder ${dirname(to)}; make it first`);
  await backupWithMark(config, file, to);
  mark(config.dataDir);
  if (keep !== null) dropOlder(given, keep);
  say(terminal, `ok: ${to}`);
  return 0;
}

/** Notes the time of a backup by `pg_dump` or a snapshot for `jishi_backup_age_seconds`. */
async function noteBackup(terminal: Terminal): Promise<number> {
  const { databaseUrl, dataDir } = readConfig(terminal);
  const at = new Date().toISOString();
  if (databaseUrl === null) mark(dataDir);
  else await (await import('../storage/postgres/kept.ts')).putKept(databaseUrl, BACKUP_KEY, at);
  say(terminal, `ok: backed up at ${at}`);
  return 0;
}

const NAME = /^jishi-\d{8}T\d{6}Z\.sqlite$/;
function nameAt(now: Date): string {
  return `jishi-${now.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z.sqlite`;
}

/** Removes all but the `keep` newest of the copies that this command named; other files of the folder stay. */
function dropOlder(folder: string, keep: number): void {
  const copies = readdirSync(folder).filter((name) => NAME.test(name));
  for (const name of copies.toSorted().toReversed().slice(keep)) rmSync(join(folder, name));
}

/** Backs up a record unless it has lost events: with `--keep` such copies would displace the last good ones. */
async function backupWithMark(config: Where, file: string, to: string): Promise<void> {
  const highWater = highWaterOf(config);
  const known = highWater.read();
  await backupStore(file, to, {
    first: (store) => highWater.check(readingOf(store), file, known),
    afterwards: (store) => highWater.note(readingOf(store), file, Date.now()).catch(unlessOfSystem),
  });
}

/** Notes now as the time of the backup, for `jishi_backup_age_seconds`; ignored if the user may not write there. */
function mark(dataDir: string): void {
  try {
    const file = join(dataDir, BACKUP_MARK);
    writeFileSync(file, '');
    takeOwner(file, dataDir);
  } catch (error) {
    unlessOfSystem(error);
  }
}

function unlessOfSystem(error: unknown): void {
  if (!(error instanceof Error && 'syscall' in error)) throw error;
}
