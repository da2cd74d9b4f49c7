import { existsSync } from 'node:fs';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { takeOwner } from '../../config/owner.ts';
import { codeOf } from '../../ops/errors.ts';
import { flush } from '../high-water.ts';
import { openReader } from './open.ts';

/**
 * Copies the store behind `source` into `toFile` as of one instant. The copy is completed on disk under another name
 * first, so an incomplete backup never has the final name. Rejects if that name exists.
 */
export async function backupTo(source: Database, toFile: string, pagesAtOnce: number): Promise<void> {
  if (existsSync(toFile)) throw taken(toFile);
  const partial = `${toFile}.partial`;
  await rm(partial, { force: true });
  await writeFile(partial, '', { mode: 0o600, flag: 'wx' });
  try {
    await source.backup(partial, { progress: () => pagesAtOnce });
    takeOwner(partial, dirname(toFile));
    await flush(partial);
    await nameOnce(partial, toFile);
    await flush(dirname(toFile));
  } finally {
    await rm(partial, { force: true });
  }
}

function taken(file: string, options?: ErrorOptions): Error {
  return new Error(`${file} exists already and is not replaced: name another file, or remove it first`, options);
}

/** Links a file under a second name. Rejects if that name exists, even if it was just created. */
async function nameOnce(file: string, name: string): Promise<void> {
  try {
    await link(file, name);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw taken(name, { cause: error });
    // Without hard links the name is reserved first, then replaced by the complete file.
    await writeFile(name, '', { mode: 0o600, flag: 'wx' });
    await rename(file, name);
  }
}

/** Copies all pages in one step: copying in steps restarts whenever another process writes. */
const ALL_PAGES = 0x7fffffff;

/** Copies a store in a process other than its bot's. `first` runs before and may refuse; `afterwards` runs after. */
export async function backupStore(
  file: string,
  toFile: string,
  {
    first,
    afterwards,
  }: {
    readonly first?: (store: Database) => Promise<void>;
    readonly afterwards?: (store: Database) => Promise<void>;
  } = {},
): Promise<void> {
  const reader = openReader(file);
  try {
    await first?.(reader);
    await backupTo(reader, toFile, ALL_PAGES);
    await afterwards?.(reader);
  } finally {
    reader.close();
  }
}
