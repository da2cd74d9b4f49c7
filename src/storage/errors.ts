import { codeOf } from '../ops/errors.ts';

/**
 * Fault that makes a store unusable. `locked`: another process writes to it · `newer_schema`: a newer Jishi migrated it
 * · `newer_events`: a newer Jishi wrote to it · `foreign_file`: not a store of Jishi · `closed`: used after `close()` ·
 * `damaged`: inconsistent · `emptied`: empty although a bot kept its record there · `behind`: events are missing ·
 * `unreachable`: the server refuses connections.
 */
export type StoreFault =
  | 'locked'
  | 'newer_schema'
  | 'newer_events'
  | 'foreign_file'
  | 'closed'
  | 'damaged'
  | 'emptied'
  | 'behind'
  | 'unreachable';

export class StoreError extends Error {
  readonly fault: StoreFault;

  constructor(fault: StoreFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.fault = fault;
  }
}

/** Error for a store that is gone or empty although a bot kept its record there. `how`: `is gone` or `is empty`. */
export function emptied(where: string, how: string): StoreError {
  return new StoreError('emptied', `${where} ${how}, but a bot has kept its record there`);
}

export function isDamage(error: unknown): boolean {
  return /^SQLITE_(?:CORRUPT|NOTADB)/.test(codeOf(error));
}

/** Remedies for the operator if a store does not commit, by the code of the failure. */
const REMEDIES: readonly (readonly [code: RegExp, remedy: string])[] = [
  [/^(?:SQLITE_FULL|53100|ENOSPC)/, 'the disk is full: make space, then Jishi continues by itself'],
  [/^SQLITE_BUSY/, 'another program holds the file: end it, then Jishi continues by itself'],
  [
    /^SQLITE_(?:IOERR|READONLY|CANTOPEN)/,
    'the disk accepts no writes: it is full, read-only, over a quota or failing; once it accepts writes again, Jishi continues by itself',
  ],
  [
    /^SQLITE_(?:CORRUPT|NOTADB)/,
    'the file is damaged: stop Jishi, retain the file and its -wal, restore the last backup',
  ],
  [
    /^25006/,
    'the database is a standby that accepts no writes: once it is promoted, or another one answers, Jishi continues by itself',
  ],
  [
    /^53300/,
    'the database has no connection left: let it accept more, or end what holds them; then Jishi continues by itself',
  ],
  [
    /^(?:28|3D000|42501)/,
    'the database does not let Jishi in or do its work: check DATABASE_URL, and the rights of its role',
  ],
];

/** Code of a store's failure, e.g. `SQLITE_FULL`; an error without a code gets the system's code. Empty: unknown. */
export function failureCode(error: unknown): string {
  const code = codeOf(error);
  if (code !== '' || !(error instanceof Error)) return code;
  if (error instanceof StoreError) return error.fault;
  if (/timeout|no answer in time/i.test(error.message)) return 'ETIMEDOUT';
  return /^(?:Connection terminated|Client )/.test(error.message) ? 'ECONNRESET' : '';
}

/** Remedy for an error of a store that does not commit. */
export function remedyFor(error: unknown): string {
  return remedyOf(failureCode(error));
}

/** Remedy by the code of the failure, e.g. the `reason` of `/readyz`. */
export function remedyOf(code: string): string {
  return REMEDIES.find(([pattern]) => pattern.test(code))?.[1] ?? 'check that the database can be reached';
}
