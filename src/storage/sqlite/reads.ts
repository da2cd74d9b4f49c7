import type { Database } from 'better-sqlite3';
import type { ActorId } from '../../incident/identity.ts';
import type { RecordRow, Store } from '../../use-cases/ports.ts';
import { OPEN_DUES } from '../incident-rows.ts';
import type { Evolve, Folded } from '../record-rows.ts';
import { FIND_ACTOR } from './before.ts';
import { IncidentList } from './incidents.ts';
import { RecordReader } from './record.ts';
import type { StateCache } from './state-cache.ts';

/** Every read of incidents outside a change, through the read-only connection. */
export function storeReads(
  reader: Database,
  cache: StateCache,
  evolve: Evolve,
): Pick<Store, 'incident' | 'events' | 'firstNaming' | 'record' | 'incidents' | 'openDues' | 'actorOf'> {
  const record = new RecordReader(reader);
  const list = new IncidentList(reader);
  const actor = reader.prepare<[string, string, string], { id: ActorId }>(FIND_ACTOR);
  const naming = reader.prepare<[string], { incident: string }>(
    'SELECT incident FROM events WHERE instr(bytes, ?) > 0 ORDER BY seq LIMIT 1',
  );
  const dues = reader.prepare<[], { id: string; nextDue: string | null }>(OPEN_DUES);
  const load = (id: string): Folded | null => {
    const cached = cache.get(id);
    if (cached) return cached;
    const folded = record.fold(id, evolve);
    if (folded) cache.remember(id, folded);
    return folded;
  };
  return {
    incident: async (id) => load(id)?.state ?? null,
    events: async (id, from = 1) => record.events(id, from),
    firstNaming: async (sha256) => naming.get(sha256)?.incident ?? null,
    record: (id): AsyncIterable<RecordRow> => eachLater(record.rows(id)),
    incidents: async (filter) => list.list(filter),
    openDues: async () => dues.all(),
    actorOf: async ({ platform, tenant, id }) => actor.get(platform, tenant, id)?.id ?? null,
  };
}

/** The rows of a page come at once, the pages one by one: nobody has to hold a long record in memory. */
async function* eachLater<T>(rows: Iterable<T>): AsyncGenerator<T> {
  yield* rows;
}
