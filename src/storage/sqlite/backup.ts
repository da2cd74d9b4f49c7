import { existsSync, realpathSync } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { openReader } from './open.ts';

/**
 * Copies the store behind `source` into `toFile` as of one instant: first beside it, then, complete and on disk, under its
 * name, so there is never half a backup under that name. An older backup of that name is replaced, the store itself never.
 */
export async function backupTo(source: Database, toFile: string, pagesAtOnce: number): Promise<void> {
  if (existsSync(toFile) && realpathSync(toFile) === realpathSync(source.name)) {
    throw new Error(`${toFile} is the store itself; name another file for the backup`);
  }
  const partial = `${toFile}.partial`;
  await rm(partial, { force: true });
  await writeFile(partial, '', { mode: 0o600 });
  try {
    await source.backup(partial, { progress: () => pagesAtOnce });
    await flush(partial);
    await rename(partial, toFile);
    await flush(dirname(toFile));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** All pages in one step: with another process writing, a copy in several steps would have to start over again and again. */
const ALL_PAGES = 0x7fffffff;

/** Copies a store that a bot may be running on, from another process. */
export async function backupStore(file: string, toFile: string): Promise<void> {
  const reader = openReader(file);
  try {
    await backupTo(reader, toFile, ALL_PAGES);
  } finally {
    reader.close();
  }
}

/** Waits until a file, or what a folder lists, is on disk. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
