/** State of the page. Views read it; code that changes it calls `changed()`, which renders once per frame. */

/**
 * @typedef {import('../../body.ts').ShownMessage} Message
 * @typedef {import('../../../../conversation/cards/localise.ts').LocalCard} LocalCard
 * @typedef {import('./route.js').Route} Route
 * @typedef {{ name: string | null, signIn: 'local' | 'link' | 'login' | 'closed', sendsLinks?: boolean,
 *   single?: string | null, administrates?: boolean }} Session
 * @typedef {{ address: string, kind: 'room' | 'direct', location: 'home' | 'abroad' }} RoomEntry
 * @typedef {import('../../../../use-cases/steps-for-person.ts').RunningRow} IncidentRow one that is running
 * @typedef {{ id: string, title: string, drill: boolean, revision: number, due: string | null, steps: { text: string, actions: import('../../../../conversation/cards/localise.ts').LocalAction[] }[] }} Waiting
 * @typedef {import('../../../../conversation/cards/localise.ts').LocalAction} LocalAction
 * @typedef {{ id: string, what: string, conditions: string[], to: string, due: string, dueMinutes: number | null, anchor: string, rank: string | null, state: 'running' | 'met' | 'void', filedAt: string | null }} Face
 * @typedef {{ id: string, what: string, to: string, by: string, owner: string, state: string, mark: 'done' | 'partly' | 'open', group: 'timed' | 'promptly' | 'settled', rule: string | null, marks: string[], actions: LocalAction[] }} Obligation
 * @typedef {{ surface: string, card: LocalCard, folded: boolean }} PageCard
 * @typedef {{ panel: LocalCard | null, foot: LocalCard['blocks'], skip: LocalAction | null, stage: string | null, brief: boolean, why: LocalCard['blocks'], cards: PageCard[], faces: Face[], menu: { id: string, actions: LocalAction[] }[], drill: LocalAction[],
 *   own: { version: number, what: string, actions: LocalAction[] } | null }} Page
 * @typedef {{ at: string, who: string, text: string, type: string, version: number }} TimelineRow
 * @typedef {{ files: FileRow[], drafts: DraftRow[], filings: FilingRow[] }} Files
 * @typedef {{ file: string, name: string, size: number, mediaType: string, by: string, at: string, item: string | null }} FileRow
 * @typedef {{ draft: number, report: string, by: string, at: string }} DraftRow
 * @typedef {{ obligation: string, title?: string, channel: string, filedAt: string, receipt?: string, by: string }} FilingRow
 * @typedef {{ id: string, title: string, drill: boolean, recordedAfterwards: object | null, revision: number, phase: string, level: string,
 *   items: { n: number, id: string, owner: string | null, fields: { id: string }[] }[], rate?: number, lead?: string, people?: { id: string, name: string }[], stopped?: boolean, obligations?: Obligation[], open?: string[] }} Incident
 * @typedef {{ incident: Incident, page: Page, segment: import('./time.js').Segment | null, place: { address: string | null, thread: string | null },
 *   timeline: TimelineRow[], earlier: number, files: Files }} Loaded
 * @typedef {{ refs: Set<string>, more: boolean, loaded: boolean }} Thread
 * @typedef {{ kind: 'said', card: LocalCard | null, incident: string | null, revision: number } | { kind: 'trouble', text: string }} Reply
 */

export const state = {
  /** @type {Session | null} */
  session: null,
  /** @type {Route} */
  route: { view: 'home' },
  /** @type {'connecting' | 'online' | 'offline'} */
  connection: 'connecting',
  /** @type {RoomEntry[]} */
  rooms: [],
  /** @type {Map<string, Message>} */
  messages: new Map(),
  /** Threads by `address|thread`. @type {Map<string, Thread>} */
  threads: new Map(),
  /** Open incidents, most urgent first, and their total number. @type {IncidentRow[]} */
  open: [],
  total: 0,
  deskLoaded: false,
  /** Server time (ms) of the shown state. */
  seenAt: Date.now(),
  /** Steps that wait for the user. @type {Waiting[]} */
  waiting: [],
  /** @type {Map<string, Loaded | 'missing'>} */
  incidents: new Map(),
  /**
   * Replies of the bot to the person here, by the slot (message or composer) they belong to. @type {Map<string, Reply>}
   */
  replies: new Map(),
  /** Running acts, by slot and action. @type {Set<string>} */
  busy: new Set(),
  /** Others with an open draft, by incident; `until`: on the page's clock. @type {Map<string, { until: number, readers: { name: string, draft: number | null }[] }>} */
  readers: new Map(),
  sidebar: false,
  /** Page of one card or form that was opened from a chat. @type {{ revision: number, card: LocalCard | null }} */
  visit: { revision: 0, card: null },
  /** @type {Record<string, string>} */
  labels: {},
};

/** @type {() => void} */
let paint = () => {};
let wanted = false;
let held = false;

/** @param {() => void} painter */
export function onPaint(painter) {
  paint = painter;
}

/** Requests a render. None happens while a pointer is down; it follows the release. */
export function changed() {
  if (wanted) return;
  wanted = true;
  requestAnimationFrame(() => {
    wanted = false;
    if (!held) paint();
  });
}

addEventListener('pointerdown', () => {
  held = true;
});
for (const end of ['pointerup', 'pointercancel', 'blur']) {
  addEventListener(end, () => {
    if (!held) return;
    // The click follows the release and must still find its button.
    setTimeout(() => {
      held = false;
      changed();
    }, 60);
  });
}

/** @param {string} address @param {string | null} thread */
export function threadOf(address, thread) {
  const key = `${address}|${thread ?? ''}`;
  let found = state.threads.get(key);
  if (!found) {
    found = { refs: new Set(), more: false, loaded: false };
    state.threads.set(key, found);
  }
  return found;
}

/** Keeps the newest version of a message. @param {Message} message @returns {'new' | 'edited' | 'old'} */
export function keep(message) {
  const known = state.messages.get(message.ref);
  if (known && known.seq >= message.seq) return 'old';
  state.messages.set(message.ref, message);
  threadOf(message.address, message.thread).refs.add(message.ref);
  return known ? 'edited' : 'new';
}

/** Returns a thread's messages in the order they were posted. @param {string} address @param {string | null} thread @returns {Message[]} */
export function messagesOf(address, thread) {
  return [...threadOf(address, thread).refs]
    .flatMap((ref) => state.messages.get(ref) ?? [])
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.ref.localeCompare(b.ref, 'en', { numeric: true }));
}

/** Returns a loaded incident; null while it is not loaded, or if there is none. @param {string} id */
export function loadedOf(id) {
  const loaded = state.incidents.get(id);
  return loaded && loaded !== 'missing' ? loaded : null;
}

/** Returns an incident's time segment; null outside drills, where incident time is wall time. @param {string} id */
export function segmentOf(id) {
  return loadedOf(id)?.segment ?? state.open.find((row) => row.id === id)?.segment ?? null;
}

/** Returns whether a countdown is possible: a drill's due time needs its time segment. @param {{ id: string, drill: boolean }} row */
export function knowsTime({ id, drill }) {
  return !drill || segmentOf(id) !== null;
}

/** @param {string} text @param {'polite' | 'alarm'} [how] */
export function announce(text, how = 'polite') {
  const place = document.getElementById(how === 'alarm' ? 'alarm' : 'announce');
  if (place) place.textContent = text;
}
