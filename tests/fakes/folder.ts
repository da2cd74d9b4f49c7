import { existsSync, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
