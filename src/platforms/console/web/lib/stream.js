/** Live connection: messages and changes as they happen, with catching up after a break. */
import { tellMessage } from './attention.js';
import { loadDesk, loadSession, offlineText, quietly, refresh } from './load.js';
import { announce, changed, keep, loadedOf, state } from './model.js';
import { serverNow, serverSaid } from './time.js';
import { language, t } from './words.js';

/** @type {EventSource | null} */
let source = null;
let lastSeq = -1;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;
/** Silence (ms) after which the connection counts as lost: two of the server's heartbeats, sent every two seconds. */
const SILENT_FOR = 4_500;
/** Silence (ms) after which a new connection is opened. */
const GONE_FOR = 45_000;

export function connect() {
  source?.close();
  const spoken = language();
  const query = new URLSearchParams({ language: spoken });
  if (lastSeq >= 0) query.set('after', String(lastSeq));
  source = new EventSource(`/api/v1/stream?${query}`);
  source.addEventListener('hello', (event) => {
    if (state.connection !== 'offline') refresh();
    alive(event);
    state.connection = 'online';
    changed();
  });
  source.addEventListener('beat', alive);
  source.addEventListener('message', (event) => {
    listen();
    // The language changed: everything is requested again with the new connection.
    if (spoken !== language()) return;
    const message = JSON.parse(event.data);
    lastSeq = Math.max(lastSeq, message.seq);
    receive(message);
  });
  source.addEventListener('incident', (event) => {
    listen();
    const { incident, revision } = JSON.parse(event.data);
    // The answer to the user's own act has already brought the new revision.
    if (!((loadedOf(incident)?.incident.revision ?? -1) >= revision)) refresh(incident);
  });
  source.addEventListener('readers', (event) => {
    const { incident, readers } = JSON.parse(event.data);
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

async function again() {
  try {
    await loadSession();
    if (state.session?.name) connect();
  } catch {
    setTimeout(again, 3_000);
  }
}

/** @param {MessageEvent} event */
function alive(event) {
  listen();
  serverSaid(JSON.parse(event.data).now);
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

/** @param {import('./model.js').Message} message */
function receive(message) {
  const what = keep(message);
  if (what === 'old') return;
  // News that needs action is announced, not every step of a countdown.
  if (what === 'new' && message.card)
    announce(`${message.card.title}. ${message.card.summary}`, message.card.tone === 'urgent' ? 'alarm' : 'polite');
  if (what === 'new') tellMessage(message);
  const loaded = message.incident ? loadedOf(message.incident) : null;
  // A page loaded before the incident's first card does not know its thread yet.
  const isPlaced = loaded?.place.thread !== null;
  if (message.incident && (!isPlaced || (message.revision ?? 0) > (loaded?.incident.revision ?? -1)))
    refresh(message.incident);
  changed();
}

// Polling finds changes without a message here, within half a minute.
setInterval(() => {
  // The background polls too, because the title shows the time.
  if (state.connection === 'online') loadDesk().catch(quietly);
}, 30_000);
addEventListener('online', () => state.session?.name && connect());
addEventListener('offline', () => state.session?.name && lost());
