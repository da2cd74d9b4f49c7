import { createReadStream, createWriteStream, existsSync, realpathSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Sqlite, { type Database } from 'better-sqlite3';
import { takeOwner } from '../../config/owner.ts';
import { type KnownHead, lostIn, RESTORED_KEY, type RestoreMark } from '../../use-cases/upkeep/restore-mark.ts';
import { StoreError } from '../errors.ts';
import { flush } from '../high-water.ts';
import { SILENCE } from '../outbox.ts';
import { summarised } from '../verify.ts';
import { openReader, openWriter, realPath, takeLock } from './open.ts';
import { verifyStore } from './verify.ts';

/** Files of a store: the database, its write-ahead log, and the index of that log. */
const PARTS = ['', '-wal', '-shm'] as const;

export interface Restored {
  readonly mark: RestoreMark;
  /** New name of the replaced store; null if there was none. */
  readonly keptAs: string | null;
  /** Files that the backup's records name but the backup lacks. */
  readonly missing: readonly string[];
  /** Ids of incidents that were erased after the backup: their content is back. */
  readonly returned: readonly string[];
}

interface Restoring {
  readonly at: string;
  readonly anyway?: boolean;
  readonly known?: readonly KnownHead[];
}

/**
 * Replaces a store by a backup. The old store, whatever its state, is kept beside it under another name; a running bot
 * or a damaged backup stops the command. Pending messages of the backup are not sent, because they may have been sent
 * since. A copy beside the store is prepared first, so that the store's name never belongs to an incomplete copy or one
 * that would send. A backup that lacks files named in its records is refused unless `anyway`. `at`: ISO instant;
 * `known`: incidents open before, to compare with. Throws `StoreError`.
 */
export async function restoreStore(
  backup: string,
  file: string,
  { at, anyway = false, known = [] }: Restoring,
): Promise<Restored> {
  const path = realPath(file);
  const partial = `${path}.partial`;
  if (realpathSync(backup) === partial)
    throw new StoreError('foreign_file', `${backup} was left by a restore that did not end; take the backup itself`);
  const lock = takeLock(path);
  try {
    await removeStore(partial);
    await copyStore(backup, partial);
    const { mark, missing } = await prepared(partial, backup, { at, anyway, known });
    const returned = existsSync(path) ? erasedSince(path, partial) : [];
    await flush(partial);
    takeOwner(partial, dirname(path));
    const keptAs = await setAside(path, at);
    await rename(partial, path);
    await flush(dirname(path));
    return { mark, keptAs, missing, returned };
  } finally {
    await removeStore(partial);
    lock.close();
  }
}

async function removeStore(path: string): Promise<void> {
  for (const part of PARTS) await rm(path + part, { force: true });
}

/** Copies bytes only: SQLite would write files beside the backup, which may be in a read-only folder. */
async function copyStore(from: string, to: string): Promise<void> {
  for (const part of ['', '-wal'] as const) {
    if (part === '' || existsSync(from + part))
      await pipeline(createReadStream(from + part), createWriteStream(to + part, { mode: 0o600 }));
  }
}

/** Verifies the copy and makes it safe to start; afterwards it is a single file. */
async function prepared(
  copy: string,
  backup: string,
  { at, anyway, known }: Required<Restoring>,
): Promise<Pick<Restored, 'mark' | 'missing'>> {
  try {
    const { broken, missing } = await summarised(verifyStore(copy));
    if (broken)
      throw new StoreError('damaged', `${copy} does not verify (${broken.what} ${broken.id}); take another backup`);
    if (missing.length > 0 && !anyway)
      throw new StoreError(
        'damaged',
        `${copy} does not hold files that its records name (${missing.join(', ')}); every chain is unchanged. Take another backup, or restore it without them: add --anyway`,
      );
    const writer = openWriter(copy);
    try {
      const mark = silence(writer, at, known);
      writer.pragma('journal_mode = DELETE');
      return { mark, missing };
    } finally {
      writer.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // Errors name the backup instead of its copy, because people know the backup.
    throw new StoreError(error.fault, error.message.replaceAll(copy, backup), { cause: error });
  }
}

/** Incidents erased in the replaced store that have content in the copy; none if the store cannot be read. */
function erasedSince(replaced: string, copy: string): readonly string[] {
  const before = erasedIn(replaced);
  if (before.length === 0) return [];
  const again = new Set(erasedIn(copy));
  const reader = openReader(copy);
  try {
    const has = reader.prepare<[string], unknown>('SELECT 1 FROM incidents WHERE id = ?');
    return before.filter((id) => !again.has(id) && has.get(id) !== undefined);
  } finally {
    reader.close();
  }
}

function erasedIn(file: string): readonly string[] {
  try {
    const reader = openReader(file);
    try {
      const rows = reader.prepare<[], { id: string }>(
        "SELECT incident AS id FROM events WHERE type = 'erased' ORDER BY id",
      );
      return rows.all().map(({ id }) => id);
    } finally {
      reader.close();
    }
  } catch (error) {
    // A store that is damaged or of a newer version is why people restore.
    if (error instanceof Sqlite.SqliteError || error instanceof StoreError) return [];
    throw error;
  }
}

function silence(writer: Database, at: string, known: readonly KnownHead[]): RestoreMark {
  const last = writer.prepare<[], { at: string | null }>('SELECT max(at) AS at FROM events').get();
  const version = writer.prepare<[string], { version: number }>('SELECT version FROM incidents WHERE id = ?');
  const lost = [...lostIn(known, (id) => version.get(id)?.version ?? null)];
  const mark = { upTo: last?.at ?? at, at, lost };
  writer.transaction(() => {
    writer.exec(SILENCE);
    writer.prepare('INSERT OR REPLACE INTO kept (key, value) VALUES (?, ?)').run(RESTORED_KEY, JSON.stringify(mark));
  })();
  return mark;
}

/** Renames all parts of a store; returns the new name of the first one that exists. */
async function setAside(path: string, at: string): Promise<string | null> {
  const name = `${path}.before-${at.replace(/[:.]/g, '')}`;
  const there = PARTS.filter((part) => existsSync(path + part));
  for (const part of there) await rename(path + part, name + part);
  return there[0] === undefined ? null : name + there[0];
}
