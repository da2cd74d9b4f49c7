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
  /** True if tokens and links that were revoked after the backup stay so: the replaced store could be read. */
  readonly revoked: boolean;
}

/** Content of the replaced store that counts after a restore too. */
interface Replaced {
  /** Ids of erased incidents. */
  readonly erased: readonly string[];
  /** Revoked tokens and links, as rows of `kept`. */
  readonly revoked: readonly { readonly key: string; readonly value: string }[];
}

interface Restoring {
  readonly at: string;
  readonly anyway?: boolean;
  readonly known?: readonly KnownHead[];
}
type Preparing = Required<Restoring> & Pick<Replaced, 'revoked'>;

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
    const replaced = existsSync(path) ? readReplaced(path) : null;
    const revoked = replaced?.revoked ?? [];
    const { mark, missing } = await prepared(partial, backup, { at, anyway, known, revoked });
    const returned = erasedSince(replaced?.erased ?? [], partial);
    await flush(partial);
    takeOwner(partial, dirname(path));
    const keptAs = await setAside(path, at);
    await rename(partial, path);
    await flush(dirname(path));
    return { mark, keptAs, missing, returned, revoked: replaced !== null };
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
  { anyway, ...rest }: Preparing,
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
      const mark = silence(writer, rest);
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

/** Erased incidents of the replaced store that have content in the copy. */
function erasedSince(before: readonly string[], copy: string): readonly string[] {
  if (before.length === 0) return [];
  const again = new Set(readReplaced(copy)?.erased);
  const reader = openReader(copy);
  try {
    const has = reader.prepare<[string], unknown>('SELECT 1 FROM incidents WHERE id = ?');
    return before.filter((id) => !again.has(id) && has.get(id) !== undefined);
  } finally {
    reader.close();
  }
}

/** Quotation marks within a text are escaped in JSON, so only an ended row contains this one. */
const REVOKED = `SELECT key, value FROM kept WHERE value LIKE '%"ended":%'
  AND (key >= 'access:token:' AND key < 'access:token;' OR key >= 'access:outside:' AND key < 'access:outside;')`;

/** Reads what counts after a restore too; null if the store cannot be read. */
function readReplaced(file: string): Replaced | null {
  try {
    const reader = openReader(file);
    try {
      const erased = reader.prepare<[], { id: string }>(
        "SELECT incident AS id FROM events WHERE type = 'erased' ORDER BY id",
      );
      const revoked = reader.prepare<[], Replaced['revoked'][number]>(REVOKED);
      return { erased: erased.all().map(({ id }) => id), revoked: revoked.all() };
    } finally {
      reader.close();
    }
  } catch (error) {
    // A store that is damaged or of a newer version is why people restore.
    if (error instanceof Sqlite.SqliteError || error instanceof StoreError) return null;
    throw error;
  }
}

function silence(writer: Database, { at, known, revoked }: Omit<Preparing, 'anyway'>): RestoreMark {
  const last = writer.prepare<[], { at: string | null }>('SELECT max(at) AS at FROM events').get();
  const version = writer.prepare<[string], { version: number }>('SELECT version FROM incidents WHERE id = ?');
  const lost = [...lostIn(known, (id) => version.get(id)?.version ?? null)];
  const mark = { upTo: last?.at ?? at, at, lost };
  writer.transaction(() => {
    writer.exec(SILENCE);
    const revoke = writer.prepare('UPDATE kept SET value = ? WHERE key = ?');
    for (const { key, value } of revoked) revoke.run(value, key);
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
