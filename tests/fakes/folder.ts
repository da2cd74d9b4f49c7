import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWriter } from '../../src/storage/sqlite/open.ts';

const MEMORY = '/dev/shm';
/** Less free memory (bytes) there, as in a small container, is kept for browsers. */
const ENOUGH = 512 * 2 ** 20;

function isRoomy(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ENOUGH;
}

/** Folder for what need not outlive the machine: in memory where there is enough, as every commit waits for the disk. */
const QUICK_FOLDER = isRoomy() ? MEMORY : tmpdir();

/** A new folder for the data of a bot, e.g. `jishi-slack-x1Y2z3`; whoever makes it removes it. */
export function newDataFolder(name: string): string {
  return mkdtempSync(join(QUICK_FOLDER, `jishi-${name}-`));
}

let empty: Buffer | undefined;

/** The file of a store, which is made if it is missing, as a copy of an empty one: half the time that a start takes for it. */
export function storeFile(folder: string, name = 'jishi.sqlite'): string {
  const file = join(folder, name);
  if (existsSync(file)) return file;
  empty ??= emptyStore();
  writeFileSync(file, empty, { mode: 0o600 });
  return file;
}

function emptyStore(): Buffer {
  const folder = newDataFolder('empty');
  try {
    const file = join(folder, 'empty.sqlite');
    openWriter(file).close();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
