/** Loads what the current view needs from the server into the model. */
import type { Desk } from '../../../../use-cases/steps-for-person.ts';
import { call, Offline, Problem, pathOfIncident } from './api.ts';
import { noteWaiting, tellOwn } from './attention.ts';
import { keptIn } from './browser-storage.ts';
import { changed, keep, state, threadOf } from './model.ts';
import { serverNow, serverSaid, shortTime } from './time.ts';
import { t } from './words.ts';

/** Last desk seen by the person here. */
export const lastDesk = keptIn('last', localStorage);

export async function loadSession() {
  const sentAt = Date.now();
  const session = await call('session', '/session');
  serverSaid(session.now, sentAt);
  state.session = session;
  if (!session.name) lastDesk.delete();
  changed();
}

export async function loadFrame() {
  const [rooms, labels] = await Promise.all([call('rooms', '/rooms'), call('labels', '/labels'), loadDesk()]);
  state.rooms = rooms.rooms;
  state.labels = labels;
  changed();
  // Threads are loaded for the unread marks.
  await Promise.all(state.rooms.map(({ address }) => loadThread(address, null)));
}

/** Loads the user's waiting steps and all running incidents, in the server's order. */
export async function loadDesk() {
  showDesk(await call('desk', '/desk'));
}

function showDesk({ waiting, running, total }: Desk, at = serverNow()) {
  Object.assign(state, { waiting, total, open: running, deskLoaded: true, seenAt: at });
  const { name } = state.session ?? {};
  if (name) lastDesk.set({ name, at, waiting, running, total });
  noteWaiting();
  changed();
}

/** Age (ms) up to which the last desk seen is shown, by a page that opens without a connection. */
const LAST_FOR = 12 * 3_600_000;

/** Shows the last desk seen; returns whether there is one. */
export function showLast() {
  const last = lastDesk.get();
  if (!last || Date.now() - last.at > LAST_FOR) return false;
  state.session ??= { name: last.name, signIn: 'closed' };
  state.connection = 'offline';
  showDesk(last, last.at);
  return true;
}

/** Returns the sentence on a lost connection, with the age of the shown state. */
export const offlineText = () => t('offline', { time: shortTime(new Date(state.seenAt).toISOString()) });

export async function loadThread(address: string, thread: string | null, before?: string) {
  const query = new URLSearchParams();
  if (thread !== null) query.set('thread', thread);
  if (before) query.set('before', before);
  const answer = await call('messages', `/rooms/${encodeURIComponent(address)}/messages?${query}`);
  const kept = threadOf(address, thread);
  for (const message of answer.messages) keep(message);
  if (!kept.loaded || before) kept.more = answer.more;
  kept.loaded = true;
  changed();
}

/** Number of the last request for each incident: answers overtaken by a later one are dropped. */
const asked = new Map<string, number>();

export async function loadIncident(id: string) {
  const turn = (asked.get(id) ?? 0) + 1;
  asked.set(id, turn);
  const lines = allLines.has(id) ? '?lines=100000' : '';
  try {
    const { desk, ...loaded } = await call('page', pathOfIncident(id, `/page${lines}`));
    if (asked.get(id) !== turn) return;
    state.incidents.set(id, loaded);
    showDesk(desk);
    tellOwn(loaded);
    const { address, thread } = loaded.place;
    if (address !== null && thread !== null && !threadOf(address, thread).loaded) await loadThread(address, thread);
  } catch (error) {
    if (!(error instanceof Problem && error.body.status === 404)) throw error;
    state.incidents.set(id, 'missing');
    changed();
  }
}

const allLines = new Set<string>();
export function loadAllLines(id: string) {
  allLines.add(id);
  loadIncident(id).catch(quietly);
}

const soon = new Set<string>();
/** Loads soon; several changes at once cause one request. */
export function loadSoon(what: string, load: () => Promise<void>) {
  if (soon.has(what)) return;
  soon.add(what);
  setTimeout(() => {
    soon.delete(what);
    load().catch(quietly);
  }, 120);
}

/** Reloads what the change of parts of an incident may affect; without an incident, everything. */
export function refresh(incident?: string, what: readonly string[] = ['desk']) {
  const { route } = state;
  // The incident is reloaded even during its first load, which may have been answered before this change.
  const shown = route.view === 'incident' ? route.id : null;
  // Incidents out of view are dropped, and requested when shown again.
  for (const id of [...state.incidents.keys()])
    if (id !== shown && (incident === undefined || incident === id)) state.incidents.delete(id);
  // An incident's page includes the desk.
  if (route.view === 'visit') loadSoon('visit', loadVisit);
  else if (shown !== null && (incident === undefined || incident === shown)) loadSoon(shown, () => loadIncident(shown));
  else if (what.includes('desk')) loadSoon('desk', loadDesk);
  else changed();
}

/** Loads the card of a visit, and the revision for its buttons or form. */
export async function loadVisit() {
  const { route } = state;
  if (route.view !== 'visit') return;
  const { kind, name: view, args } = route;
  const query = args['incident'] === undefined ? '' : `?incident=${encodeURIComponent(args['incident'])}`;
  const { revision } = await call('visit', `/visit${query}`);
  state.visit = { revision, card: kind === 'card' ? await call('view', '/views', { json: { view, args } }) : null };
  changed();
}

/** Ignores a failed refresh, because another one follows. */
export function quietly(error: unknown) {
  if (!(error instanceof Offline) && !(error instanceof Problem)) throw error;
}
