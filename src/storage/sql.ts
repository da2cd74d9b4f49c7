/** Channel on which instances announce their commits (`Signal`). */
export const CHANNEL = 'jishi';

/** A value of a statement. */
export type Value = string | number | null | Uint8Array;
/** A prepared statement; its values take the places `$1`, `$2`, … */
export type Run<T> = (...values: readonly Value[]) => Promise<T>;

/** Outcome of a changing statement: the rows it returned, and the number of rows it changed. */
export interface Done<R> {
  readonly rows: R[];
  readonly count: number;
}

/** Differences between the SQL of the two databases. */
export interface Dialect {
  /** Assignment that notes which instance claimed a notice; `number`: place of its number. Empty where there is one only. */
  readonly holds: (number: string) => string;
  /** Condition of a write that only the instance that delivers may make; it fences one that was replaced. */
  readonly delivers: (number: string) => string;
  /** Place of a row of the outbox among those that were entered. */
  readonly entered: string;
  /** Position of a text (second argument) in another one, 0 if it is not in there. */
  readonly position: string;
  /** The greatest of some values. */
  readonly greatest: string;
  /** The next `seq` of the log of rooms. */
  readonly nextSeq: string;
  /** End of a claiming query: rows that somebody else claims at the same time are passed over. */
  readonly skipLocked: string;
  /** Names the index to use, where the planner prefers another one. */
  readonly index: (name: string) => string;
  /** Texts of a list in JSON. */
  readonly texts: (json: string) => string;
  /** Rows of a list of objects in JSON, by the names and types of their columns. */
  readonly rows: (json: string, columns: string) => string;
  /** First statements of a transaction that only one at a time may be in. `key`: SQL of a number. */
  readonly oneAtATime: (key: string) => readonly string[];
  /** Text of any characters in its stored form, and back; PostgreSQL stores no NUL. */
  readonly packed: (text: string) => string;
  readonly unpacked: (stored: string) => string;
  /** Announces a statement's returned rows to other instances. `payload`: SQL over the returned columns. */
  readonly announced: (statement: string, channel: string, payload: string) => string;
}

/** Prepared reads of a database. */
export interface Reading {
  readonly dialect: Dialect;
  /**
   * One reading statement. `when`: a cheaper statement with the same values, which finds no row if the main one finds
   * none. A database in this process runs it first; for a remote one it would be one more round trip.
   */
  all<R extends object>(text: string, when?: string): Run<readonly R[]>;
}

/** Database interface of the tables, the same for both databases. Every statement is prepared once. */
export interface Sql extends Reading {
  /** One writing statement, on disk when the promise resolves. `when`: as of `all`. */
  change<R extends object>(text: string, when?: string): Run<Done<R>>;
  /** Runs a statement that need not be on disk: its data would be restored after a power cut. */
  note<R extends object>(text: string): Run<Done<R>>;
  /** Several statements in one transaction, all with the same values. */
  transaction<R extends object>(texts: readonly string[]): Run<readonly Done<R>[]>;
}

/** Reads the first row, or null. */
export function first<R extends object>(on: Reading, text: string): Run<R | null> {
  const all = on.all<R>(text);
  return async (...values) => (await all(...values))[0] ?? null;
}

/** Reads the column `value` of the first row; null without a row. */
export function oneValue<T extends Value>(on: Reading, text: string): Run<T | null> {
  const row = first<{ readonly value: T | null }>(on, text);
  return async (...values) => (await row(...values))?.value ?? null;
}

/** The number of rows a statement changed. */
export function countOf(run: Run<Done<object>>): Run<number> {
  return async (...values) => (await run(...values)).count;
}

/** Replaces `$1`, `$2`, … by the places of a database; returns also which value takes which place. */
export function placed(
  text: string,
  place: (n: number) => string,
  { once }: { readonly once: boolean },
): { readonly text: string; readonly order: readonly number[] } {
  const order: number[] = [];
  const done = text.replace(/\$(\d+)/g, (_, digits: string) => {
    const value = Number(digits) - 1;
    const known = once ? order.indexOf(value) : -1;
    return place(known < 0 ? order.push(value) : known + 1);
  });
  return { text: done, order };
}
