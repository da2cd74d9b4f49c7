import type { App, Caller } from './app.ts';
import type { Kit } from './kit.ts';
import type { IncidentRow } from './ports.ts';

type Filter = Parameters<App['incidents']>[1];

/** The incidents a caller may see: those they take part in and those of rooms they read. */
export async function incidentsSeenBy(
  kit: Pick<Kit, 'engine' | 'readsRoom'>,
  caller: Caller | 'api',
  filter: Filter,
): Promise<readonly IncidentRow[]> {
  const { store } = kit.engine.deps;
  const rows = await store.incidents(filter);
  if (caller === 'api') return rows;
  const actor = await store.actorOf(caller.account);
  return rows.filter(
    (row) =>
      (actor !== null && row.participants.includes(actor)) || row.rooms.some((room) => kit.readsRoom(room, caller)),
  );
}
