import type { Database, Statement } from 'better-sqlite3';
import { type Dialect, type Done, placed, type Reading, type Run, type Sql, type Value } from '../sql.ts';
import { namesOf } from '../write-statements.ts';
import type { GroupCommit } from './group-commit.ts';

export const dialect: Dialect = {
  holds: () => '',
  delivers: () => '',
  rowKey: 'rowid',
  entered: 'rowid',
  position: 'instr',
  greatest: 'max',
  lateEvents: 0,
  nextSeq: '(SELECT coalesce(max(seq), 0) + 1 FROM room_messages)',
  // Only one connection of one process writes, so there are no locked rows to skip.
  skipLocked: '',
  oneAtATime: () => [],
  packed: (text) => text,
  unpacked: (stored) => stored,
  announced: (statement) => statement,
  index: (name) => `INDEXED BY ${name}`,
  texts: (json) => `(SELECT value FROM json_each(${json}))`,
  rows: (json, columns) => {
    const values = namesOf(columns).map((name) => `value ->> '${name}' AS ${name}`);
    return `(SELECT ${values.join(', ')} FROM json_each(${json}))`;
  },
};

/** Use of a statement that is prepared at the first one: a start needs few of all. */
function lazily<R, T>(
  db: Database,
  sql: string,
  use: (statement: Statement<Value[], R>, values: readonly Value[]) => T,
  prepare: (text: string) => Statement<Value[], R> = (text) => db.prepare(text),
): (given: readonly Value[]) => T {
  const { text, order } = placed(sql, () => '?', { once: false });
  const isInOrder = order.every((value, place) => value === place);
  let statement: Statement<Value[], R> | undefined;
  return (given) => {
    statement ??= prepare(text);
    return use(statement, isInOrder && given.length === order.length ? given : order.map((n) => given[n] ?? null));
  };
}

const firstRow = <R>(statement: Statement<Value[], R>, values: readonly Value[]): R | null =>
  statement.get(...values) ?? null;

/** Reads through one connection; a read runs synchronously when it is called. */
export function readingOf(db: Database, failed: (error: unknown) => void = () => {}): Reading {
  const reading =
    <T>(read: (given: readonly Value[]) => T): Run<T> =>
    async (...given) => {
      try {
        return read(given);
      } catch (error) {
        failed(error);
        throw error;
      }
    };
  return {
    dialect,
    all: <R extends object>(sql: string, when?: string) => {
      const read = lazily<R, R[]>(db, sql, (statement, values) => statement.all(...values));
      if (when === undefined) return reading(read);
      const isWorthIt = asking(db, when);
      return reading((given) => (isWorthIt(given) ? read(given) : []));
    },
    first: <R extends object>(sql: string) => reading(lazily<R, R | null>(db, sql, firstRow)),
    value: <T extends Value>(sql: string) =>
      reading(lazily<T, T | null>(db, sql, firstRow, (text) => db.prepare<Value[], T>(text).pluck())),
  };
}

/**
 * Returns a check that the cheap query `when` finds a row; without `when`, always true. The check spares the main
 * query, whose temporary table for a sorted or materialised list costs ten times as much as a check without result.
 */
function asking(db: Database, when: string | undefined): (values: readonly Value[]) => boolean {
  if (when === undefined) return () => true;
  return lazily<unknown, boolean>(db, when, (statement, values) => statement.get(...values) !== undefined);
}

/** Reads see committed rows only; writes share the commit of their turn of the event loop. */
export function sqlOf(writer: Database, reader: Database, group: GroupCommit): Sql {
  return {
    ...readingOf(reader, (error) => group.suspect(error)),
    change: <R extends object>(text: string, when?: string) => {
      const run = prepared<R>(writer, text, when);
      return (...values) => group.write(() => run(values));
    },
    note: <R extends object>(text: string) => {
      const run = prepared<R>(writer, text);
      return (...values) => group.note(() => run(values));
    },
    transaction: <R extends object>(texts: readonly string[]) => {
      const steps = texts.map((text) => prepared<R>(writer, text));
      return (...values) => group.write(() => steps.map((run) => run(values)));
    },
  };
}

function prepared<R extends object>(db: Database, sql: string, when?: string): (values: readonly Value[]) => Done<R> {
  const isWorthIt = asking(db, when);
  const run = lazily<R, Done<R>>(db, sql, (statement, values) => {
    if (!statement.reader) return { rows: [], count: statement.run(...values).changes };
    const rows = statement.all(...values);
    return { rows, count: rows.length };
  });
  return (given) => (isWorthIt(given) ? run(given) : { rows: [], count: 0 });
}
