import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { Database } from 'better-sqlite3';
import { RESTORED_KEY, type RestoreMark } from '../../use-cases/restored.ts';
import { StoreError } from '../errors.ts';
import { backupTo } from './backup.ts';
import { openConnections, openReader } from './open.ts';
import { firstBroken } from './verify.ts';

/**
 * Puts a backup in the place of a store. What stood there is kept under another name beside it, never thrown away; a
 * running bot or a damaged backup stops it. Nothing the backup still meant to send is sent: it may have been sent since.
 * Answers how far the record reaches, and where the old store went. Throws `StoreError`.
 */
export async function restoreStore(
  backup: string,
  file: string,
  at: string,
): Promise<{ readonly mark: RestoreMark; readonly keptAs: string | null }> {
  const broken = await firstBroken(backup);
  if (broken)
    throw new StoreError('damaged', `${backup} does not verify (${broken.what} ${broken.id}); take another one`);
  const keptAs = existsSync(file) ? await setAside(file, at) : null;
  const reader = openReader(backup);
  try {
    await backupTo(reader, file, ALL_PAGES);
  } finally {
    reader.close();
  }
  const { writer, close } = openConnections(file);
  try {
    const mark = { upTo: lastInstant(writer) ?? at, at };
    writer.transaction(() => {
      writer.exec(
        `UPDATE outbox SET state = 'dead', reason = 'restored' WHERE state IN ('ready', 'sending', 'unknown')`,
      );
      writer.exec('UPDATE surfaces SET dirty = 1');
      writer.prepare('INSERT OR REPLACE INTO kept (key, value) VALUES (?, ?)').run(RESTORED_KEY, JSON.stringify(mark));
    })();
    return { mark, keptAs };
  } finally {
    close();
  }
}
const ALL_PAGES = 0x7fffffff;

/** Fails while a bot runs on it: the lock is taken first. */
async function setAside(file: string, at: string): Promise<string> {
  openConnections(file).close();
  const name = `${file}.before-${at.replace(/[:.]/g, '')}`;
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(file + part)) await rename(file + part, name + part);
  }
  return name;
}

function lastInstant(db: Database): string | null {
  return db.prepare<[], { at: string | null }>('SELECT max(at) AS at FROM events').get()?.at ?? null;
}
