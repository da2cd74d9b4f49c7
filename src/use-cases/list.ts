import { mayBeCalled } from '../incident/people/called.ts';
import { reveals, revealsClocks } from '../incident/visibility.ts';
import { onFirstUse } from '../law/kept-for.ts';
import type { App, Caller } from './app.ts';
import { keepsRegister } from './directory/access.ts';
import { actorsOf } from './directory/accounts.ts';
import { personBehind } from './directory/links.ts';
import { searchable } from './list-row.ts';
import type { IncidentFilter, IncidentRow } from './ports.ts';
import type { Seen, UseCaseContext } from './use-case-context.ts';

type Needs = Pick<UseCaseContext, 'engine' | 'visibility' | 'links'>;

/** Number of rows read at a time; those visible to the caller are selected from them. */
const PAGE = 500;

/** Row of an incident as a caller may see it. */
export interface SeenRow {
  readonly row: IncidentRow;
  /** Returns the incident itself; for a caller whose visibility depends on it, it was read for the row already. */
  readonly read: () => Promise<Seen | null>;
}

/** Incidents that a caller may see, newest first: own ones, those in rooms the caller reads, open ones to act on. */
export async function* seenBy(
  context: Needs,
  caller: Caller | 'api',
  filter: Omit<IncidentFilter, 'limit'>,
): AsyncGenerator<SeenRow> {
  const see = await seer(context, caller);
  for await (const rows of pages(context, filter)) {
    for (const row of rows) {
      const seen = see.concerns(row) ? await see.shown(row) : null;
      if (seen && isFound(seen.row, filter.search)) yield seen;
    }
  }
}

/** Rows of the newest incidents that a caller may see. */
export async function incidentsSeenBy(
  context: Needs,
  caller: Caller | 'api',
  filter: Parameters<App['incidents']>[1],
): Promise<readonly IncidentRow[]> {
  if (caller === 'api') return context.engine.deps.store.incidents(filter);
  const rows: IncidentRow[] = [];
  for await (const { row } of seenBy(context, caller, filter)) if (rows.push(row) === filter.limit) break;
  return rows;
}

/**
 * Open incidents visible to a caller, real ones before drills, the next due first, and the number beyond the limit.
 * Hidden incidents do not count, and the most urgent one is never dropped.
 */
export async function openSeenBy(
  context: Needs,
  caller: Caller | 'api',
  limit: number,
): ReturnType<App['openIncidents']> {
  const see = await seer(context, caller);
  const found: IncidentRow[] = [];
  for await (const rows of pages(context, { open: true })) found.push(...rows.filter(see.concerns));
  const due = ({ nextDue }: IncidentRow): number => (nextDue === null ? Number.POSITIVE_INFINITY : Date.parse(nextDue));
  // A drill is never listed above a real incident.
  const byDue = found.toSorted((a, b) => Number(a.drill) - Number(b.drill) || due(a) - due(b));
  const seen: IncidentRow[] = [];
  for (const [index, row] of byDue.entries()) {
    if (seen.length === limit) return { rows: seen, more: byDue.length - index };
    const shown = await see.shown(row);
    if (shown) seen.push(shown.row);
  }
  return { rows: seen, more: 0 };
}

/** Returns true for a row that a search may return. A row with a hidden title matches by id only. */
function isFound({ id, title }: IncidentRow, search: string | undefined): boolean {
  return title !== '' || searchable(id).includes(searchable(search?.trim() ?? ''));
}

async function* pages(
  { engine }: Needs,
  filter: Omit<IncidentFilter, 'limit'>,
): AsyncGenerator<readonly IncidentRow[]> {
  let { before } = filter;
  for (;;) {
    const rows = await engine.deps.store.incidents({
      ...filter,
      limit: PAGE,
      ...(before === undefined ? {} : { before }),
    });
    yield rows;
    if (rows.length < PAGE) return;
    before = rows.at(-1)?.id;
  }
}

/** Sight of a caller over many rows. */
interface Seer {
  /** Returns true if the caller might see the row, judged without reading the incident. */
  readonly concerns: (row: IncidentRow) => boolean;
  /** Row as visible to the caller; null if the incident turns out to be hidden. */
  readonly shown: (row: IncidentRow) => Promise<SeenRow | null>;
}

export async function seer(context: Needs, caller: Caller | 'api'): Promise<Seer> {
  const { store, profile } = context.engine.deps;
  const read = async ({ id }: IncidentRow): Promise<Seen | null> => {
    const state = await store.incident(id);
    return state && { state, shown: context.visibility(state, caller) };
  };
  if (caller === 'api') return { concerns: () => true, shown: async (row) => ({ row, read: () => read(row) }) };
  const shown = async (row: IncidentRow): Promise<SeenRow | null> => {
    const seen = await read(row);
    return seen && rowShown(row, seen);
  };
  if (caller.outside) return { concerns: () => false, shown };
  if (caller.audits !== undefined) return { concerns: () => true, shown };
  const actors = await actorsOf(store, caller.account, context.links);
  // An erased incident has no rooms, and no people but the one who erased it.
  const isKeeper = onFirstUse(() => keepsRegister({ profile, ...context }, caller));
  const isCalled = onFirstUse(() => {
    const organisation = profile();
    const person = personBehind({ profile, ...context }, caller.account);
    return organisation !== null && person !== null && mayBeCalled(organisation, person);
  });
  const concerns = ({ participants, rooms, phase }: IncidentRow): boolean =>
    participants.some((actor) => actors.includes(actor)) ||
    (phase === 'closed' ? rooms.length === 0 && isKeeper() : isCalled()) ||
    rooms.some((room) => context.engine.deps.readsRoom(room, caller));
  return { concerns, shown };
}

/** Row without parts that are hidden from the caller's place; null if the caller no longer sees the incident. */
function rowShown(row: IncidentRow, seen: Seen): SeenRow | null {
  const { shown } = seen;
  const read = async (): Promise<Seen> => seen;
  if (shown.show === 'nothing') return null;
  if (shown.show !== 'head') return { row: { ...row, title: reveals(shown, 'title') ? row.title : '' }, read };
  const nextDue = revealsClocks(shown) ? row.nextDue : null;
  return { row: { ...row, title: '', level: 'undetermined', phase: 'classifying', nextDue }, read };
}
