import { holds } from '../conversation/abroad.ts';
import type { App, Caller } from './app.ts';
import type { Kit } from './kit.ts';
import type { IncidentRow } from './ports.ts';

type Filter = Parameters<App['incidents']>[1];

/** The incidents a caller may see: those they take part in and those of rooms they read. */
export async function incidentsSeenBy(
  kit: Pick<Kit, 'engine' | 'readsRoom' | 'visible' | 'sight'>,
  caller: Caller | 'api',
  filter: Filter,
): Promise<readonly IncidentRow[]> {
  const { store } = kit.engine.deps;
  const rows = await store.incidents(filter);
  if (caller === 'api') return rows;
  const actor = await store.actorOf(caller.account);
  const seen = rows.filter(
    (row) =>
      (actor !== null && row.participants.includes(actor)) || row.rooms.some((room) => kit.readsRoom(room, caller)),
  );
  // Who asks in the bot's own rooms at home sees what there is; elsewhere each incident is asked what it shows there.
  const isOwn = kit.engine.deps.defaultRooms.some((room) => room.platform === caller.account.platform);
  const isHome = caller.room?.location !== 'abroad' && !kit.engine.deps.organisation?.people.some((p) => p.location);
  if (isOwn && isHome) return seen;
  const shown = await Promise.all(seen.map((row) => shownTo(kit, row, caller)));
  return shown.filter((row) => row !== null);
}

/** A row without what is not released to where the caller reads; null if the incident is no longer there for them. */
async function shownTo(
  kit: Pick<Kit, 'visible' | 'sight'>,
  row: IncidentRow,
  caller: Caller,
): Promise<IncidentRow | null> {
  const state = await kit.visible(row.id, caller);
  if (!state) return null;
  const sight = kit.sight(state, caller);
  const title = holds(sight, 'title') ? row.title : '';
  if (holds(sight, 'overview')) return { ...row, title };
  return { ...row, title, level: 'undetermined', phase: 'classifying', nextDue: null };
}
