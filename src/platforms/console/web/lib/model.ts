/** State of the page. Views read it; code that changes it calls `changed()`, which renders once per frame. */
import { options } from 'preact';
import type { LocalCard } from '../../../../conversation/cards/localise.ts';
import type { Desk } from '../../../../use-cases/steps-for-person.ts';
import type { ShownMessage } from '../../body.ts';
import type { Route } from './route.ts';
import type { Loaded, Readers, RoomEntry, Session, Shapes } from './shapes.ts';

export type IncidentRow = Desk['running'][number];
export type Waiting = Desk['waiting'][number];
type Thread = { more: boolean; loaded: boolean };
export type Reply =
  | { kind: 'said'; card: LocalCard | null; incident: string | null; revision: number }
  | { kind: 'trouble'; text: string; problem?: Shapes['problem'] };
export type Place = { address: string; thread: string | null; incident: string | null };
/** Incident, and slot of the reply, that the buttons of a card or a form belong to; `hasKeys`: a digit presses them. */
export interface Bound {
  slot: string;
  incident: string | null;
  revision: number;
  level?: 2 | 3 | 4;
  place?: Place | undefined;
  isReading?: boolean;
  isMessage?: boolean;
  hasKeys?: boolean;
  before?: () => void;
}
/** Target of buttons of an incident; `of`: part of the page, in whose slot the reply is shown. */
export const boundTo = (of: string, { id, revision }: { id: string; revision: number }) => ({
  slot: `${of}:${id}`,
  incident: id,
  revision,
});
export type FormRef = { form: string; args: Readonly<Record<string, string>> };
export type Value = string | readonly string[];
export type Values = Record<string, Value>;

interface State {
  session: Session | null;
  route: Route;
  connection: 'online' | 'offline';
  rooms: RoomEntry[];
  messages: Map<string, ShownMessage>;
  /** Threads by `address|thread`. */
  threads: Map<string, Thread>;
  open: Desk['running'];
  total: number;
  deskLoaded: boolean;
  /** Server time (ms) of the shown state. */
  seenAt: number;
  waiting: Desk['waiting'];
  incidents: Map<string, Loaded | 'missing'>;
  /** Replies of the bot to the person here, by the slot (message or composer) they belong to. */
  replies: Map<string, Reply>;
  /** Running acts, by slot and action. */
  busy: Set<string>;
  /** Others with an open draft, by incident; `until`: on the page's clock. */
  readers: Map<string, { until: number; readers: Readers['readers'] }>;
  /** Page of one card or form that was opened from a chat. */
  visit: { revision: number; card: LocalCard | null };
  labels: Record<string, string>;
}
export const state: State = {
  ...{ session: null, route: { view: 'home' }, connection: 'online', rooms: [], labels: {} },
  ...{ messages: new Map(), threads: new Map(), incidents: new Map(), replies: new Map(), readers: new Map() },
  ...{ open: [], total: 0, waiting: [], deskLoaded: false, seenAt: Date.now() },
  ...{ busy: new Set(), visit: { revision: 0, card: null } },
};

let paint: () => void = () => {};
let wanted = false;
let held = false;

export function onPaint(painter: () => void) {
  paint = painter;
}

/** Requests a render. None happens while a pointer is down; it follows the release. */
export function changed() {
  if (wanted) return;
  wanted = true;
  requestAnimationFrame(() => {
    wanted = false;
    if (held) return;
    paint();
    for (const run of after.splice(0)) requestAnimationFrame(run);
  });
}

const after: (() => void)[] = [];
/** Runs something once the state is rendered, e.g. to focus a field that was refused. */
export function afterPaint(run: () => void) {
  after.push(run);
  changed();
}

// Every event that a view handles may change the state.
options.event = (event) => {
  changed();
  return event;
};
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

export function threadOf(address: string, thread: string | null) {
  const key = `${address}|${thread ?? ''}`;
  const found: Thread = state.threads.get(key) ?? { more: false, loaded: false };
  state.threads.set(key, found);
  return found;
}

/** Keeps the newest version of a message. */
export function keep(message: ShownMessage) {
  const known = state.messages.get(message.ref);
  if (known && known.seq >= message.seq) return 'old';
  state.messages.set(message.ref, message);
  return known ? 'edited' : 'new';
}

/** Returns a thread's messages in the order they were posted. */
export function messagesOf(address: string, thread: string | null) {
  return [...state.messages.values()]
    .filter((message) => message.address === address && message.thread === thread)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.ref.localeCompare(b.ref, 'en', { numeric: true }));
}

/** Returns a loaded incident; null while it is not loaded, or if there is none. */
export function loadedOf(id: string) {
  const loaded = state.incidents.get(id);
  return loaded && loaded !== 'missing' ? loaded : null;
}

export function announce(text: string, how: 'polite' | 'alarm' = 'polite') {
  const place = document.getElementById(how === 'alarm' ? 'alarm' : 'announce');
  if (place) place.textContent = text;
}
