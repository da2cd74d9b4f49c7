/** Live connection: messages and changes as they happen, with catching up after a break. */
import type { ShownMessage } from '../../body.ts';
import { acted, tellMessage } from './attention.ts';
import { loadDesk, loadSession, offlineText, quietly, refresh } from './load.ts';
import { announce, changed, keep, loadedOf, state } from './model.ts';
import { shaped } from './shapes.ts';
import { serverNow, serverSaid } from './time.ts';
import { language, t, tOr } from './words.ts';

let source: EventSource | null = null;
let lastSeq = -1;
let silence: ReturnType<typeof setTimeout> | undefined;
/** Silence (ms) after which the connection counts as lost: two of the server's heartbeats, sent every two seconds. */
const SILENT_FOR = 4_500;
const GONE_FOR = 45_000;

export function connect() {
  source?.close();
  const query = new URLSearchParams({ language: language() });
  if (lastSeq >= 0) query.set('after', String(lastSeq));
  source = new EventSource(`/api/v1/stream?${query}`);
  source.addEventListener('hello', (event: MessageEvent<string>) => {
    refresh();
    alive(event);
  });
  source.addEventListener('beat', alive);
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    listen();
    const message = shaped('message', data);
    lastSeq = Math.max(lastSeq, message.seq);
    receive(message);
  });
  source.addEventListener('incident', ({ data }: MessageEvent<string>) => {
    listen();
    const { incident, revision, what } = shaped('incident', data);
    const known = loadedOf(incident)?.incident.revision;
    // The answer to the user's own act has already brought the new revision.
    if (known !== undefined && known >= revision) return;
    const parts = new Intl.ListFormat(language()).format(what.map((part) => tOr(`part.${part}`, '')).filter(Boolean));
    if (known && parts && state.busy.size === 0 && !acted.has(incident)) announce(t('updated', { parts }));
    state.open = state.open.map((row) => (row.id === incident ? { ...row, version: revision } : row));
    refresh(incident, what);
  });
  source.addEventListener('readers', ({ data }: MessageEvent<string>) => {
    const { incident, readers } = shaped('readers', data);
    state.readers.set(incident, { until: Date.now() + 60_000, readers });
    changed();
  });
  source.onerror = () => {
    lost();
    // The browser retries by itself, unless the answer was an error: then the session may have ended.
    if (source?.readyState === EventSource.CLOSED) setTimeout(again, 3_000);
  };
  listen();
}

function again() {
  const tryAgain = () => setTimeout(again, 3_000);
  loadSession().then(() => state.session?.name && connect(), tryAgain);
}

function alive({ data }: MessageEvent<string>) {
  listen();
  serverSaid(shaped('beat', data).now);
  state.seenAt = serverNow();
}

function listen() {
  clearTimeout(silence);
  silence = setTimeout(() => {
    lost();
    silence = setTimeout(connect, GONE_FOR);
  }, SILENT_FOR);
  if (state.connection !== 'offline' || source?.readyState !== EventSource.OPEN) return;
  // Changes made while the connection was lost may not have arrived.
  state.connection = 'online';
  announce(t('online'));
  refresh();
  changed();
}

function lost() {
  if (state.connection === 'offline') return;
  state.connection = 'offline';
  announce(offlineText(), 'alarm');
  changed();
}

function receive(message: ShownMessage) {
  const what = keep(message);
  if (what === 'old') return;
  // News that needs action is announced, not every step of a countdown.
  if (what === 'new' && message.card)
    announce(`${message.card.title}. ${message.card.summary}`, message.card.tone === 'urgent' ? 'alarm' : 'polite');
  if (what === 'new') tellMessage(message);
  const loaded = loadedOf(message.incident ?? '');
  // A page loaded before the incident's first card does not know its thread yet.
  if (loaded?.place.thread === null) refresh(loaded.incident.id);
  changed();
}

// Polling finds changes without a message here, within half a minute.
setInterval(() => {
  // The background polls too, because the title shows the time.
  if (state.connection === 'online') loadDesk().catch(quietly);
}, 30_000);
addEventListener('online', () => state.session?.name && connect());
addEventListener('offline', () => state.session?.name && lost());
