/** Channel on which instances announce their commits (`Signal`). */
export const CHANNEL = 'jishi';

export type Value = string | number | null | Uint8Array;
/** Prepared statement; its values replace `$1`, `$2`, … */
export type Run<T> = (...values: readonly Value[]) => Promise<T>;

/** Outcome of a changing statement: the rows it returned, and the number of rows it changed. */
export interface Done<R> {
  readonly rows: R[];
  readonly count: number;
}

/** Differences between the SQL of the two databases. */
export interface Dialect {
  /** SQL that assigns a notice to the claiming instance; `number`: parameter of its number. Empty for one instance. */
  readonly holds: (number: string) => string;
  /** Condition by which only the delivering instance writes; it excludes an instance that was replaced. */
  readonly delivers: (number: string) => string;
  /** Column by which a row of the outbox is found fastest. */
  readonly rowKey: string;
  /** SQL of the insertion order of an outbox row. */
  readonly entered: string;
  /** Function for the position of a text (second argument) in another, 0 if absent. */
  readonly position: string;
  /** Function for the greatest of several values. */
  readonly greatest: string;
  /** Number of events that may be committed after one with a higher `seq`, by other instances. */
  readonly lateEvents: number;
  /** SQL of the next `seq` of the room log. */
  readonly nextSeq: string;
  /** End of a claiming query that skips rows which another instance is claiming. */
  readonly skipLocked: string;
  /** Hint to use an index that the planner would not choose. */
  readonly index: (name: string) => string;
  /** Texts of a JSON list, for use after IN or FROM. */
  readonly texts: (json: string) => string;
  /** Rows of a JSON list of objects, by names and types of columns. */
  readonly rows: (json: string, columns: string) => string;
  /** First statements of a transaction that waits for others with the same `key` (SQL of a number). */
  readonly oneAtATime: (key: string) => readonly string[];
  /** Stored form of a text with any characters, as PostgreSQL stores no NUL. */
  readonly packed: (text: string) => string;
  readonly unpacked: (stored: string) => string;
  /** Statement that also announces its returned rows to other instances. `payload`: SQL over the returned columns. */
  readonly announced: (statement: string, channel: string, payload: string) => string;
}

export interface Reading {
  readonly dialect: Dialect;
  /**
   * Prepares a read. `when`: cheaper statement with the same values; if it finds no row, neither does the main one. A
   * database in this process runs it first; for a remote one it would be another round trip.
   */
  all<R extends object>(text: string, when?: string): Run<readonly R[]>;
  /** Prepares a read of the first row; null without one. */
  first<R extends object>(text: string): Run<R | null>;
  /** Prepares a read of the only column, `value`, of the first row; null without a row. */
  value<T extends Value>(text: string): Run<T | null>;
}

/** Access to the tables, the same for both databases. Every statement is prepared once. */
export interface Sql extends Reading {
  /** Prepares a write; it is on disk when the promise resolves. `when`: as for `all`. */
  change<R extends object>(text: string, when?: string): Run<Done<R>>;
  /** Prepares a write that need not be on disk, because its data can be recovered after a power cut. */
  note<R extends object>(text: string): Run<Done<R>>;
  /** Prepares several statements in one transaction, all with the same values. */
  transaction<R extends object>(texts: readonly string[]): Run<readonly Done<R>[]>;
}

export function countOf(run: Run<Done<object>>): Run<number> {
  return async (...values) => (await run(...values)).count;
}

/** Replaces `$1`, `$2`, … by the database's placeholders; `order`: index of the value for each placeholder. */
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
