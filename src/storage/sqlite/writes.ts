import type { Database } from 'better-sqlite3';
import { dropOthers, namesOf, WRITE_STATEMENTS, type WriteStatement } from '../write-statements.ts';
import type { Row, Writes } from '../writes.ts';
import { dialect } from './sql.ts';

type Write = (rows: readonly Row[]) => void;

/** A statement of one row at a time; its parameters are bound by their place, which takes half as long as by their names. */
function prepared(db: Database, { columns, exact, list, sql, one: single }: WriteStatement): Write {
  const row = `(SELECT ${namesOf(columns)
    .map((name) => `@${name} AS ${name}`)
    .join(', ')})`;
  const places: string[] = [];
  const named = single ?? sql(row, { random: 'abs(random() / 4096)', at: '@at' });
  const text = named.replace(/@(\w+)/g, (_, name: string) => {
    places.push(name);
    return '?';
  });
  const statement = db.prepare<Row[string][]>(text);
  return (rows) => {
    for (const one of rows) {
      const { changes } = statement.run(...places.map((name) => one[name] ?? null));
      if (exact && changes === 0) throw new Error(`a row was there already: ${list}`);
    }
  };
}

/** A statement of all rows at once: a new incident has a dozen timers. */
function together(db: Database, { columns, sql }: WriteStatement): Write {
  const statement = db.prepare<[string]>(sql(dialect.rows('?', columns), { random: '', at: '' }));
  return (rows) => {
    if (rows.length > 0) statement.run(JSON.stringify(rows));
  };
}

/** Writes what a change wants; runs inside its savepoint. */
export function writing(db: Database): (writes: Writes) => void {
  const all = WRITE_STATEMENTS.map((one) => {
    const write = one.list === 'armed' ? together(db, one) : prepared(db, one);
    return [one.list, write] as const;
  });
  const drop = db.prepare<[string, string]>(
    dropOthers(dialect.rows('?', 'incident text, room text, key text'), dialect.texts('?')),
  );
  const count = db.prepare<[string], number>('SELECT count(*) FROM surfaces WHERE incident = ?').pluck();
  return (writes) => {
    for (const [list, write] of all) write(writes[list]);
    // Every wanted one is there now: with as many rows there are no others.
    const wanted = new Set(writes.wanted.map(({ incident, room, key }) => `${incident} ${room} ${key}`));
    const stored = writes.incidents.reduce((sum, incident) => sum + (count.get(incident) ?? 0), 0);
    if (stored > wanted.size) drop.run(JSON.stringify(writes.incidents), JSON.stringify(writes.wanted));
  };
}
