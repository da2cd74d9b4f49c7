import { readFileSync } from 'node:fs';

/** The statements of the files `1.sql`, `2.sql`, … of a folder, in this order. */
export function readMigrations(folder: URL, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => readFileSync(new URL(`${n + 1}.sql`, folder), 'utf8'));
}
