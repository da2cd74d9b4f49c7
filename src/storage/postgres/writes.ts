import type { PoolClient } from 'pg';
import { CHANNEL } from '../sql.ts';
import { dropOthers, WRITE_STATEMENTS } from '../write-statements.ts';
import type { Row, WriteList, Writes } from '../writes.ts';
import { seriesKey } from './change-reads.ts';
import { Conflict, clean, sent as send } from './connect.ts';
import { type Signal, say } from './signals.ts';
import { dialect } from './sql.ts';

/** The statements for the rows of several changes at once; `$2` is the instant of the latest. */
const STATEMENTS = WRITE_STATEMENTS.map(({ list, columns, key, exact, sql }) => {
  const ordered = key === undefined ? '' : ` ORDER BY ${key}`;
  const rows = `(SELECT * FROM json_to_recordset($1) AS one (${columns})${ordered})`;
  return { list, exact, sql: sql(rows, { random: '(random() * 2251799813685248)::bigint', at: '$2::bigint' }) };
});
/** Announces all signals of a group in one statement: one for each incident took as long as all the rest. */
const ANNOUNCE = `SELECT pg_notify($1, signal) FROM ${dialect.texts('$2')} AS one (signal)`;
const DROP = dropOthers(dialect.rows('$1', 'incident text, room text, key text'), dialect.texts('$2'));

/** Sends all writes at once and waits for them. Rejects with `Conflict` if another instance was faster. */
export async function writeAll(tx: PoolClient, writes: Writes, { origin }: { readonly origin: string }): Promise<void> {
  const sent: Promise<unknown>[] = STATEMENTS.map(async ({ list, exact, sql }) => {
    const rows = rowsOf(writes, list);
    if (rows.length === 0) return;
    const at = sql.includes('$2') ? [Math.max(...rows.map((row) => Number(row['at'])))] : [];
    const { count } = await send(tx, sql, [JSON.stringify(rows), ...at]);
    if (exact && count !== rows.length) throw new Conflict(`another instance was faster: ${list}`);
  });
  if (writes.incidents.length > 0)
    sent.push(send(tx, DROP, [JSON.stringify(writes.wanted), JSON.stringify(writes.incidents)]));
  const signals = signalsOf(writes, origin).map(say);
  if (signals.length > 0) sent.push(send(tx, ANNOUNCE, [CHANNEL, JSON.stringify(signals)]));
  await Promise.all(sent);
}

function signalsOf({ incidents, notices }: Writes, origin: string): readonly Signal[] {
  if (incidents.length === 0 && notices.length > 0) return [{ kind: 'work', origin }];
  return incidents.map((incident) => ({ kind: 'incident', origin, incident }));
}

/** Rows as they are sent: of the numbers of a series the last, for a statement changes a row only once. */
function rowsOf(writes: Writes, list: WriteList): readonly Row[] {
  if (list !== 'counted') return writes[list].map(cleaned);
  return [...new Map(writes.counted.map((row) => [seriesKey(`${row['series']}`, Number(row['year'])), row])).values()];
}

/** Removes NUL characters from titles, which PostgreSQL rejects; all other texts of people are stored as JSON. */
function cleaned(row: Row): Row {
  const { title, search } = row;
  if (typeof title !== 'string' || typeof search !== 'string') return row;
  return { ...row, title: clean(title), search: clean(search) };
}
