import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the data directory, which is made if missing; readable by this user only. */
export function dataFile(directory: string, name: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return join(directory, name);
}
