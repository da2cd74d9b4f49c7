import { isKnownEvent } from '../incident/record/upcast.ts';
import { StoreError } from './errors.ts';
import { stored } from './json.ts';
import type { Reading } from './sql.ts';

/** Key of the kept value that `refuseUnknownEvents` reads; it returns the value to keep next. */
export const EVENT_KINDS_KEY = 'store:event-kinds';

/** Kinds of events (`type@v`) up to an event number. The list only grows. */
interface Seen {
  readonly upTo: number;
  readonly kinds: readonly string[];
}

/**
 * Refuses a store with events of a type or version this program does not know: a newer one wrote them, and their
 * incidents could not be read. Reads only events added since the last start; returns the value to keep for the next
 * one, null if it is kept already. Rejects with `StoreError` `newer_events`.
 */
export async function refuseUnknownEvents(sql: Reading, name: string): Promise<string | null> {
  const kept = await sql.value<string>('SELECT value FROM kept WHERE key = $1')(EVENT_KINDS_KEY);
  const before: Seen = kept === null ? { upTo: 0, kinds: [] } : stored(kept, isSeen);
  const added = await sql.all<{ kind: string; up_to: number | string }>(
    `SELECT type || '@' || v AS kind, max(seq) AS up_to FROM events WHERE seq > $1 GROUP BY type, v`,
  )(before.upTo - sql.dialect.lateEvents);
  const kinds = [...new Set([...before.kinds, ...added.map(({ kind }) => kind)])].toSorted();
  const unknown = kinds.filter((kind) => !isKnownEvent(kind));
  if (unknown.length > 0) {
    throw new StoreError(
      'newer_events',
      `${name} holds events this version of Jishi does not know (${unknown.join(', ')}): a newer version wrote them. Start that version, or restore a backup made before the update.`,
    );
  }
  const upTo = added.reduce((most, row) => Math.max(most, Number(row.up_to)), before.upTo);
  const seen = JSON.stringify({ upTo, kinds } satisfies Seen);
  return seen === kept ? null : seen;
}

function isSeen(value: unknown): value is Seen {
  return typeof value === 'object' && value !== null && 'upTo' in value && 'kinds' in value;
}
