import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Returns a path in the data directory, which is created readable by this user only. */
export function dataFile(directory: string, name: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return join(directory, name);
}
