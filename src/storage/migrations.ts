import { readFileSync } from 'node:fs';
import { StoreError } from './errors.ts';

/** Statements of the files `1.sql`, `2.sql`, … of a folder, in this order. */
export function readMigrations(folder: URL, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => readFileSync(new URL(`${n + 1}.sql`, folder), 'utf8'));
}

/** Error for a store that a newer version of this program has migrated. */
export function newerSchema(store: string, version: number, known: number): StoreError {
  return new StoreError(
    'newer_schema',
    `${store} has schema ${version}, this version of Jishi knows ${known}. A newer version has used it: start that version, or restore a backup made before the update.`,
  );
}
