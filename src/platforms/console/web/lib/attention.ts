/** Notices for the user: unread marks, toasts, title and icon of the page, and optional alerts. */
import type { LocalAction } from '../../../../conversation/cards/localise.ts';
import type { ShownMessage } from '../../body.ts';
import { keptIn } from './browser-storage.ts';
import type { IncidentRow } from './model.ts';
import { changed, messagesOf, state, threadOf } from './model.ts';
import { incidentPage, roomPage } from './route.ts';
import type { Loaded } from './shapes.ts';
import { countdown, serverNow, URGENT } from './time.ts';

/** `own`: buttons that take back what the person here did */
export type Toast = {
  id: string;
  title: string;
  text: string;
  path: string;
  tone: 'plain' | 'urgent';
  own?: { incident: string; revision: number; actions: readonly LocalAction[] };
};
export type Seen = { rooms: Record<string, string>; incidents: Record<string, number> };

const SHOWN_FOR = 12_000;
const UNDO_FOR = 10_000;
const MOST_TOASTS = 3;

let toasts: Toast[] = [];
/** Known waiting steps, by incident and sentence; null before the first answer. */
let known: Set<string> | null = null;

const seenBy = keptIn('seen', localStorage);
const choice = keptIn('alerts', localStorage);

export const shownToasts = () => toasts;

export function dismissToast(id: string) {
  toasts = toasts.filter((one) => one.id !== id);
  changed();
}

/** Shows a toast; a later one with the same id replaces it. */
function show(toast: Toast, ms: number) {
  toasts = [...toasts.filter(({ id }) => id !== toast.id), toast].slice(-MOST_TOASTS);
  setTimeout(() => {
    if (toasts.includes(toast)) dismissToast(toast.id);
  }, ms);
  changed();
}

/** Revisions before the user's own acts, by incident. */
export const acted = new Map<string, number>();

export function expectOwn(incident: string, revision: number) {
  acted.set(incident, Math.min(revision, acted.get(incident) ?? revision));
}

/** Offers to undo the user's last act, as far as the server allows it. */
export function tellOwn({ incident: { id, revision }, page: { own } }: Loaded) {
  const before = acted.get(id);
  if (before === undefined || revision <= before) return;
  acted.delete(id);
  dismissToast('own');
  if (!own || own.version <= before) return;
  const { what, actions } = own;
  const path = incidentPage(id);
  show({ id: 'own', title: what, text: '', path, tone: 'plain', own: { incident: id, revision, actions } }, UNDO_FOR);
}

export function tell(toast: Toast) {
  show(toast, SHOWN_FOR);
  if (alerts() && document.hidden) void notify(toast);
}

/** Tells the user about steps that were not waiting at the last request. */
export function noteWaiting() {
  const steps = state.waiting.flatMap((row) => row.steps.map(({ text }) => ({ row, text, key: `${row.id}|${text}` })));
  for (const { row, text, key } of known ? steps : []) {
    const { route } = state;
    const isInView = !document.hidden && (route.view === 'home' || (route.view === 'incident' && route.id === row.id));
    if (!known?.has(key) && !isInView)
      tell({ id: row.id, title: text, text: row.title, path: incidentPage(row.id), tone: 'plain' });
  }
  known = new Set(steps.map(({ key }) => key));
}

export function tellMessage({ card, incident, address }: ShownMessage) {
  if (!card || !address.startsWith('dm:')) return;
  tell({
    id: incident ?? address,
    title: card.title,
    text: card.summary === card.title ? '' : card.summary,
    path: incident ? incidentPage(incident) : roomPage(address),
    tone: card.tone === 'urgent' ? 'urgent' : 'plain',
  });
}

const seen = (): Seen => ({ rooms: {}, incidents: {}, ...seenBy.get(state.session?.name ?? '') });

export function markSeen() {
  const { route } = state;
  if (document.hidden || !state.session?.name) return;
  const before = seen();
  const now = structuredClone(before);
  if (route.view === 'incident') {
    const row = state.open.find(({ id }) => id === route.id);
    if (row) now.incidents[row.id] = row.version;
  }
  for (const { address } of state.rooms) {
    const isInView = route.view === 'room' && route.address === address;
    const last = messagesOf(address, null).at(-1)?.at ?? new Date(serverNow()).toISOString();
    // Messages from before the first visit are not new.
    const isFirst = !(address in now.rooms) && threadOf(address, null).loaded;
    if (isInView || isFirst) now.rooms[address] = last;
  }
  if (JSON.stringify(before) !== JSON.stringify(now)) seenBy.set(now, state.session.name);
}

/** Returns the number of others' messages in a room since it was last viewed. */
export function unreadIn(address: string) {
  const since = seen().rooms[address];
  if (since === undefined) return 0;
  return messagesOf(address, null).filter(({ at, author }) => at > since && author !== state.session?.name).length;
}

export const isUnread = ({ id, version }: IncidentRow) => version > (seen().incidents[id] ?? 0);

/** Returns whether this browser shows a notification of what is new while its page is out of view. */
export const alerts = () => choice.get()?.desktop === true && desktopAllowed() === 'granted';
/** Returns the notification permission; `none` if the browser cannot show any. */
export const desktopAllowed = () => ('Notification' in window ? Notification.permission : 'none');

export async function chooseAlerts(desktop: boolean) {
  if (desktop && desktopAllowed() === 'default') await Notification.requestPermission();
  choice.set({ desktop });
  changed();
}

/** Shows a notification of the service worker, which opens its page when it is pressed. */
async function notify({ id, title, text, path }: Toast) {
  const worker = await navigator.serviceWorker.getRegistration();
  await worker?.showNotification(title, { body: text, tag: id, data: path, icon: iconLink()?.href ?? '' });
}

/** Shows the number of waiting steps and the time left in the title, and whether there are any in the icon. */
export function paintTitle(name: string) {
  const waiting = state.waiting.length;
  const [next] = state.open.filter(({ drill, nextDue }) => !drill && nextDue !== null);
  const left = next?.nextDue ? Date.parse(next.nextDue) - serverNow() : null;
  const clock = left === null ? '' : `${left < 0 ? '+' : ''}${countdown(left).replace(/:\d\d$/, '')} · `;
  document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${clock}${name}`;
  const look = left !== null && left < URGENT ? '-urgent' : waiting > 0 ? '-waiting' : '';
  const link = iconLink();
  const { href } = new URL(`../icon${look}.svg`, import.meta.url);
  if (link && link.href !== href) link.href = href;
  if ('setAppBadge' in navigator) navigator.setAppBadge(waiting).catch(() => {});
}

const iconLink = () => document.querySelector<HTMLLinkElement>('link[rel="icon"]');
