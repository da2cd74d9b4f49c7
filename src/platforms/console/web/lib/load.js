/** Brings what the current view needs from the server into the model. */
import { call, Offline, Problem, pathOfIncident } from './api.js';
import { loadWaiting } from './attention.js';
import { changed, keep, state, threadOf } from './model.js';
import { serverAt, serverSaid } from './time.js';
import { language } from './words.js';

export async function loadSession() {
  const sentAt = Date.now();
  const session = await call('/session');
  serverSaid(session.now, sentAt);
  state.session = session;
  changed();
}

export async function loadFrame() {
  const [rooms, labels] = await Promise.all([call('/rooms'), call('/labels'), loadOpen(), loadWaiting()]);
  state.rooms = rooms.rooms;
  state.labels = labels;
  changed();
  // For the unread marks.
  await Promise.all(state.rooms.map(({ address }) => loadThread(address, null)));
}

export async function loadOpen() {
  const { incidents } = await call('/incidents?open=true&limit=100');
  state.open = incidents.toSorted(byPressure);
  state.openLoaded = true;
  changed();
  await loadSegments(state.open);
}

/** @param {import('./model.js').IncidentRow[]} rows */
export async function loadSegments(rows) {
  const unknown = rows.filter((row) => row.drill && row.nextDue && !state.segments.has(row.id)).slice(0, 20);
  await Promise.all(
    unknown.map(async (row) => {
      const sentAt = Date.now();
      keepSegment(await call(pathOfIncident(row.id)), sentAt);
    }),
  );
  if (unknown.length > 0) changed();
}

/**
 * Sort order of incidents: real ones before drills, earliest deadline first; those without a clock last, the newest above.
 * @param {import('./model.js').IncidentRow} a @param {import('./model.js').IncidentRow} b
 */
function byPressure(a, b) {
  if (a.drill !== b.drill) return a.drill ? 1 : -1;
  if (a.nextDue && b.nextDue) return Date.parse(a.nextDue) - Date.parse(b.nextDue);
  if (a.nextDue || b.nextDue) return a.nextDue ? -1 : 1;
  return Date.parse(b.declaredAt) - Date.parse(a.declaredAt);
}

const PAGE = 60;

/** @param {string} address @param {string | null} thread @param {string} [before] */
export async function loadThread(address, thread, before) {
  const query = new URLSearchParams({ limit: String(PAGE) });
  if (thread !== null) query.set('thread', thread);
  if (before) query.set('before', before);
  const spoken = language();
  const answer = await call(`/rooms/${encodeURIComponent(address)}/messages?${query}`);
  // Asked for before the language was switched: it is asked for anew.
  if (spoken !== language()) return;
  const kept = threadOf(address, thread);
  for (const message of answer.messages) keep(message);
  if (!kept.loaded || before) kept.more = answer.more;
  kept.loaded = true;
  changed();
}

/** Number of requests for each incident: an answer overtaken by a later one is dropped. @type {Map<string, number>} */
const asked = new Map();

/** The whole incident page. @param {string} id */
export async function loadIncident(id) {
  const turn = (asked.get(id) ?? 0) + 1;
  asked.set(id, turn);
  const path = pathOfIncident(id);
  const spoken = language();
  const isOvertaken = () => asked.get(id) !== turn || spoken !== language();
  try {
    const sentAt = Date.now();
    const [incident, place, { timeline }, files] = await Promise.all([
      call(path),
      call(`${path}/thread`),
      call(`${path}/timeline`),
      call(`${path}/files`),
    ]);
    if (isOvertaken()) return;
    keepSegment(incident, sentAt);
    const shownHere = place.address !== null && place.thread !== null;
    const { cards } = shownHere ? { cards: [] } : await call(`${path}/cards`);
    if (isOvertaken()) return;
    state.incidents.set(id, { incident, place, timeline, files, cards });
    const { address, thread } = place;
    if (address !== null && !threadOf(address, thread).loaded) {
      // The status card is a root of its room.
      const root = threadOf(address, null).loaded ? null : loadThread(address, null);
      await Promise.all([loadThread(address, thread), root]);
    }
  } catch (error) {
    if (!(error instanceof Problem && error.status === 404)) throw error;
    state.incidents.set(id, 'missing');
  }
  changed();
}

/**
 * Derives the rate and offset of incident time from one answer of the server.
 * @param {import('./model.js').Incident} incident @param {number} sentAt
 */
function keepSegment(incident, sentAt) {
  if (!incident.drill || !incident.now) return;
  const wall = new Date(serverAt((sentAt + Date.now()) / 2)).toISOString();
  state.segments.set(incident.id, { wall, incidentTime: incident.now, rate: incident.rate ?? 1 });
}

/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const soon = new Map();
/** Several changes at once are asked for once. @param {string} what @param {() => Promise<void>} load */
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

/** Asks anew for everything that an incident that changed may have changed; without one, for all of it. @param {string} [incident] */
export function refresh(incident) {
  loadSoon('open', loadOpen);
  loadSoon('waiting', loadWaiting);
  // Also while its first load is on its way: that one may have been answered before this change.
  const { route } = state;
  const shown = route.view === 'incident' ? [route.id] : [];
  for (const id of new Set([...state.incidents.keys(), ...shown]))
    if (incident === undefined || incident === id) loadSoon(id, () => loadIncident(id));
}

/** A refresh that did not work comes again by itself. @param {unknown} error */
export function quietly(error) {
  if (!(error instanceof Offline) && !(error instanceof Problem)) throw error;
}
