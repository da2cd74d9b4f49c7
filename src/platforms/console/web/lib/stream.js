/** The live connection: messages and changes as they happen, catching up after a break. */
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
/** The server gives a sign every two seconds: without two of them the connection is said to be lost. */
const SILENT_FOR = 4_500;
/** Without one for this long the connection is made anew. */
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
    // The language was switched: what comes until the connection is made anew is asked for with the rest.
    if (spoken !== language()) return;
    const message = JSON.parse(event.data);
    lastSeq = Math.max(lastSeq, message.seq);
    receive(message);
  });
  source.addEventListener('incident', (event) => {
    listen();
    const { incident, revision } = JSON.parse(event.data);
    // The answer to one's own act has brought the new revision already.
    if (!((loadedOf(incident)?.incident.revision ?? -1) >= revision)) refresh(incident);
  });
  source.addEventListener('readers', (event) => {
    const { incident, readers } = JSON.parse(event.data);
    state.readers.set(incident, { until: Date.now() + 60_000, readers });
    changed();
  });
  source.onerror = () => {
    lost();
    // The browser tries again by itself, unless the answer was an error: then the session may be over.
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
  // Read out what is new and calls for something, not every tick of a countdown.
  if (what === 'new' && message.card)
    announce(`${message.card.title}. ${message.card.summary}`, message.card.tone === 'urgent' ? 'alarm' : 'polite');
  if (what === 'new') tellMessage(message);
  const loaded = message.incident ? loadedOf(message.incident) : null;
  // A page that was loaded before its first card was posted does not know yet where to write.
  const isPlaced = loaded?.place.thread !== null;
  if (message.incident && (!isPlaced || (message.revision ?? 0) > (loaded?.incident.revision ?? -1)))
    refresh(message.incident);
  changed();
}

// Picks up changes elsewhere that had no message here, within half a minute.
setInterval(() => {
  // Also in the background: the title counts on.
  if (state.connection === 'online') loadDesk().catch(quietly);
}, 30_000);
addEventListener('online', () => state.session?.name && connect());
addEventListener('offline', () => state.session?.name && lost());
