/**
 * Why a store cannot be used. `locked`: another process writes it · `newer_schema`: a newer Jishi migrated it ·
 * `foreign_file`: not a store of Jishi · `closed`: used after `close()` · `damaged`: it contradicts itself ·
 * `unreachable`: its server takes no connection.
 */
export type StoreFault = 'locked' | 'newer_schema' | 'foreign_file' | 'closed' | 'damaged' | 'unreachable';

export class StoreError extends Error {
  readonly fault: StoreFault;

  constructor(fault: StoreFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.fault = fault;
  }
}

/** Whether the database says that its file is damaged. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(?:CORRUPT|NOTADB)/.test(codeOf(error));
}

/** What an operator does about a store that does not commit, by the code of the failure. */
const REMEDIES: readonly (readonly [code: RegExp, remedy: string])[] = [
  [/^(?:SQLITE_FULL|53100|ENOSPC)/, 'the disk is full: make space, then it goes on by itself'],
  [/^SQLITE_BUSY/, 'another program holds the file: end it, then it goes on by itself'],
  [
    /^SQLITE_(?:IOERR|READONLY|CANTOPEN)/,
    'the disk takes nothing: it is full, read-only, over a quota or failing; once it takes writes again it goes on by itself',
  ],
  [
    /^SQLITE_(?:CORRUPT|NOTADB)/,
    'the file is damaged: stop Jishi, keep the file and its -wal, restore the last backup',
  ],
];

/** What to do about a store that does not commit. */
export function remedyFor(error: unknown): string {
  const code = codeOf(error);
  return REMEDIES.find(([pattern]) => pattern.test(code))?.[1] ?? 'see whether the database can be reached';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
