import type { Client } from 'pg';
import { type Dialect, type Done, placed, type Reading, type Sql, type Value } from '../sql.ts';
import { clean, type Database, rowsOf, sent } from './connect.ts';

export const dialect: Dialect = {
  holds: (number) => `, holder = ${number}`,
  delivers: (number) => `AND (${number}::int IS NULL OR EXISTS (SELECT 1 FROM deliverers WHERE number = ${number}))`,
  rowKey: 'key',
  entered: '0',
  position: 'strpos',
  greatest: 'greatest',
  lateEvents: 1_000,
  nextSeq: `nextval('room_seq')`,
  skipLocked: 'FOR UPDATE SKIP LOCKED',
  oneAtATime: (key) => [`SELECT pg_advisory_xact_lock(${key})`],
  packed: (text) => JSON.stringify(text),
  unpacked: (stored) => String(JSON.parse(stored)),
  announced: (statement, channel, payload) =>
    `WITH done AS (${statement}) SELECT done.* FROM done, pg_notify('${channel}', ${payload})`,
  index: () => '',
  texts: (json) => `(SELECT json_array_elements_text(${json}))`,
  rows: (json, columns) => `(SELECT * FROM json_to_recordset(${json}) AS one (${columns}))`,
};

/** Reads through one connection, e.g. in its snapshot. */
export function readingOf(client: Client): Reading {
  return reading((text, values) => rowsOf(client, text, values));
}

export function sqlOf(db: Database): Sql {
  const change = <R extends object>(sql: string) => {
    const { text, values } = dense(sql);
    return (...given: readonly Value[]): Promise<Done<R>> => db.change<R>(text, values(given));
  };
  return {
    ...reading((text, values) => db.rows(text, values)),
    change,
    note: change,
    transaction: <R extends object>(texts: readonly string[]) => {
      const steps = texts.map(dense);
      return (...given) =>
        db.write((tx) => Promise.all(steps.map(({ text, values }) => sent<R>(tx, text, values(given)))));
    },
  };
}

function reading(rows: <R extends object>(text: string, values: readonly unknown[]) => Promise<readonly R[]>): Reading {
  return {
    dialect,
    all: <R extends object>(sql: string) => {
      const { text, values } = dense(sql);
      return (...given) => rows<R>(text, values(given));
    },
    first: <R extends object>(sql: string) => {
      const { text, values } = dense(sql);
      return async (...given) => (await rows<R>(text, values(given)))[0] ?? null;
    },
    value: <T extends Value>(sql: string) => {
      const { text, values } = dense(sql);
      return async (...given) => (await rows<{ value: T | null }>(text, values(given)))[0]?.value ?? null;
    },
  };
}

/** Statement with only those values of its transaction that it uses: PostgreSQL needs the type of every value. */
function dense(sql: string) {
  const { text, order } = placed(sql, (n) => `$${n}`, { once: true });
  const values = (given: readonly Value[]): Value[] =>
    order.map((n) => {
      const value = given[n] ?? null;
      return typeof value === 'string' ? clean(value) : value;
    });
  return { text, values };
}
