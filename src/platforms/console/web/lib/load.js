/** Loads what the current view needs from the server into the model. */
import { call, Offline, Problem, pathOfIncident } from './api.js';
import { noteWaiting, tellOwn } from './attention.js';
import { choiceOf, keepChoice } from './browser-storage.js';
import { changed, keep, state, threadOf } from './model.js';
import { serverNow, serverSaid, shortTime } from './time.js';
import { language, t } from './words.js';

export async function loadSession() {
  const sentAt = Date.now();
  const session = await call('/session');
  serverSaid(session.now, sentAt);
  state.session = session;
  if (!session.name) keepChoice(LAST, null);
  changed();
}

export async function loadFrame() {
  const [rooms, labels] = await Promise.all([call('/rooms'), call('/labels'), loadDesk()]);
  state.rooms = rooms.rooms;
  state.labels = labels;
  changed();
  // Threads are loaded for the unread marks.
  await Promise.all(state.rooms.map(({ address }) => loadThread(address, null)));
}

/** Loads the user's waiting steps and all running incidents, in the server's order. */
export async function loadDesk() {
  showDesk(await call('/desk'));
}

/** @param {{ waiting: import('./model.js').Waiting[], running: import('./model.js').IncidentRow[], total: number }} desk */
function showDesk({ waiting, running, total }) {
  Object.assign(state, { waiting, total, open: running, deskLoaded: true, seenAt: serverNow() });
  const { name } = state.session ?? {};
  keepChoice(LAST, name ? { name, language: language(), at: state.seenAt, waiting, running, total } : null);
  noteWaiting();
  changed();
}

/** Stored choice with the last desk seen, for a page that opens without a connection. */
export const LAST = 'last';
const LAST_FOR = 12 * 3_600_000;

/** Shows the last desk seen; returns whether there is one. */
export function showLast() {
  const last = choiceOf(LAST);
  if (!last?.name || last.language !== language() || Date.now() - last.at > LAST_FOR) return false;
  const { name, at, waiting, running, total } = last;
  Object.assign(state, { waiting, total, open: running, deskLoaded: true, seenAt: at, connection: 'offline' });
  state.session ??= { name, signIn: 'closed' };
  changed();
  return true;
}

/** Returns the sentence on a lost connection, with the age of the shown state. */
export const offlineText = () => t('offline', { time: shortTime(new Date(state.seenAt).toISOString()) });

const PAGE = 60;

/** @param {string} address @param {string | null} thread @param {string} [before] */
export async function loadThread(address, thread, before) {
  const query = new URLSearchParams({ limit: String(PAGE) });
  if (thread !== null) query.set('thread', thread);
  if (before) query.set('before', before);
  const spoken = language();
  const answer = await call(`/rooms/${encodeURIComponent(address)}/messages?${query}`);
  // The language changed since the request, so a new one follows.
  if (spoken !== language()) return;
  const kept = threadOf(address, thread);
  for (const message of answer.messages) keep(message);
  if (!kept.loaded || before) kept.more = answer.more;
  kept.loaded = true;
  changed();
}

/** Number of the last request for each incident: answers overtaken by a later one are dropped. @type {Map<string, number>} */
const asked = new Map();

/** Loads the whole page of an incident. @param {string} id */
export async function loadIncident(id) {
  const turn = (asked.get(id) ?? 0) + 1;
  asked.set(id, turn);
  const spoken = language();
  const lines = allLines.has(id) ? '?lines=100000' : '';
  try {
    const { desk, ...loaded } = await call(pathOfIncident(id, `/page${lines}`));
    if (asked.get(id) !== turn || spoken !== language()) return;
    state.incidents.set(id, loaded);
    showDesk(desk);
    tellOwn(loaded);
    const { address, thread } = loaded.place;
    if (address !== null && thread !== null && !threadOf(address, thread).loaded) await loadThread(address, thread);
  } catch (error) {
    if (!(error instanceof Problem && error.status === 404)) throw error;
    state.incidents.set(id, 'missing');
    changed();
  }
}

/** Incidents whose whole record is shown. @type {Set<string>} */
const allLines = new Set();
/** @param {string} id */
export function loadAllLines(id) {
  allLines.add(id);
  loadIncident(id).catch(quietly);
}

/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const soon = new Map();
/** Loads soon; several changes at once cause one request. @param {string} what @param {() => Promise<void>} load */
export function loadSoon(what, load) {
  if (soon.has(what)) return;
  soon.set(
    what,
    setTimeout(() => {
      soon.delete(what);
      load().catch(quietly);
    }, 120),
  );
}

/** Reloads everything an incident's change may affect; without an incident, everything. @param {string} [incident] */
export function refresh(incident) {
  if (state.route.view === 'visit') return loadSoon('visit', loadVisit);
  // The incident is reloaded even during its first load, which may have been answered before this change.
  const { route } = state;
  const shown = route.view === 'incident' ? route.id : null;
  // Incidents out of view are dropped, and requested when shown again.
  for (const id of [...state.incidents.keys()])
    if (id !== shown && (incident === undefined || incident === id)) state.incidents.delete(id);
  // An incident's page includes the desk.
  if (shown !== null && (incident === undefined || incident === shown)) loadSoon(shown, () => loadIncident(shown));
  else loadSoon('desk', loadDesk);
}

/** Loads the card of a visit, and the revision for its buttons or form. */
export async function loadVisit() {
  const { route } = state;
  if (route.view !== 'visit') return;
  const { incident } = route.args;
  const { revision } = await call(`/visit${incident === undefined ? '' : `?${new URLSearchParams({ incident })}`}`);
  const card = route.kind === 'card' ? await call('/views', { json: { view: route.name, args: route.args } }) : null;
  state.visit = { revision, card };
  changed();
}

/** Ignores a failed refresh, because another one follows. @param {unknown} error */
export function quietly(error) {
  if (!(error instanceof Offline) && !(error instanceof Problem)) throw error;
}
