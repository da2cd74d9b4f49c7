/** Main module of the page: loads, renders, handles events. */
import { render } from 'preact';
import { Offline } from './lib/api.ts';
import { markSeen, paintTitle } from './lib/attention.ts';
import { cardOf, focusCard, headingOf, showBeginning } from './lib/focus.ts';
import { loadFrame, loadSession, showLast } from './lib/load.ts';
import { loadedOf, onPaint, state } from './lib/model.ts';
import { enter, go } from './lib/navigate.ts';
import { readRoute, roomPage } from './lib/route.ts';
import { connect } from './lib/stream.ts';
import { startTicking, tickAll } from './lib/time.ts';
import { preferredLanguage, t, useLanguage } from './lib/words.ts';
import { accessView } from './views/access.ts';
import { anyDialog, dialogViews } from './views/dialogs.ts';
import { reopenForm } from './views/form-dialog.ts';
import { homeView } from './views/home.ts';
import { incidentKey, incidentView } from './views/incident.ts';
import { pressKey } from './views/keys.ts';
import { openPalette } from './views/palette.ts';
import { registerView } from './views/register.ts';
import { roomView } from './views/room.ts';
import { shell, toastViews } from './views/shell.ts';
import { signInView } from './views/sign-in.ts';
import { openVisit, visitView } from './views/visit.ts';
import { whatIfView } from './views/what-if.ts';

/** Returns a place of the frame, as `index.html` has it. */
function placeOf(id: string) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id}`);
  return found;
}
const [app, dialogs, toasts] = [placeOf('app'), placeOf('dialogs'), placeOf('toasts')];

function paint() {
  if (!state.session && state.route.view !== 'visit') return;
  keepingFocus(() => {
    render(page(), app);
    render(dialogViews(), dialogs);
    render(toastViews(), toasts);
  });
  markSeen();
  paintTitle(pageName());
  tickAll();
}

function page() {
  const { route, session } = state;
  if (route.view === 'visit') return visitView(route);
  return session?.name ? shell(view()) : signInView(begin);
}

/** Keeps the focus on the card when the update removes the pressed button. */
function keepingFocus(update: () => void) {
  const before = document.activeElement;
  const card = cardOf(before);
  const heading = headingOf(card);
  update();
  if (!before || before.isConnected) return;
  focusCard(card);
  if (headingOf(card) !== heading) showBeginning(card);
}

function view() {
  const { route } = state;
  if (route.view === 'incident') return incidentView(route);
  if (route.view === 'access') return accessView();
  if (route.view === 'what-if') return whatIfView(route);
  if (route.view === 'list') return registerView(route);
  return route.view === 'room' ? roomView(route) : homeView();
}

function pageName() {
  const { route } = state;
  if (route.view !== 'incident') return 'Jishi · 计时';
  const title = loadedOf(route.id)?.incident.title;
  return title === undefined ? route.id : `${route.id} ${title}`;
}

async function begin() {
  await loadSession();
  if (!state.session?.name) return;
  // An incident is requested before the fonts of the frame take the connections; a room needs the list of rooms.
  if (state.route.view === 'incident') enter();
  await loadFrame();
  if (state.route.view !== 'incident') enter();
  connect();
}

function onKey(event: KeyboardEvent) {
  const target = event.target;
  const typing = target instanceof HTMLElement && target.matches('input, textarea, select');
  const { route } = state;
  if (event.key === 'Escape' && !anyDialog() && route.view === 'room' && route.thread !== null)
    go(roomPage(route.address));
  if (event.key === 'k' && (event.metaKey || event.ctrlKey) && state.session?.name) {
    event.preventDefault();
    if (!anyDialog()) openPalette();
    return;
  }
  if (typing || anyDialog() || event.metaKey || event.ctrlKey || event.altKey || !state.session?.name) return;
  if (pressKey(event.key) || incidentKey(event.key)) event.preventDefault();
}

const TITLE_EVERY = 15_000;

async function start() {
  onPaint(paint);
  await useLanguage(preferredLanguage());
  // The token of the printed link, now in a cookie, leaves the address and the history.
  const address = new URL(location.href);
  address.searchParams.delete('token');
  history.replaceState(null, '', address);
  state.route = readRoute();
  addEventListener('keydown', onKey);
  // A file dropped beside a place for files would replace the page.
  for (const type of ['dragover', 'drop']) addEventListener(type, (event) => event.preventDefault());
  startTicking();
  setInterval(() => paintTitle(pageName()), TITLE_EVERY);
  if (state.route.view === 'visit') return openVisit(state.route);
  await beginOnceThere();
  if (state.session?.name) reopenForm();
  setTimeout(keepShell, KEPT_AFTER);
}

/** Starts the page; without a connection shows the last state seen, and tries again. */
async function beginOnceThere() {
  for (;;) {
    try {
      await begin();
      return;
    } catch (error) {
      const isOffline = error instanceof Offline;
      if (!isOffline || !showLast()) app.textContent = t('trouble.offline');
      if (!isOffline) setTimeout(() => location.reload(), AGAIN_AFTER);
      if (!isOffline) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
    }
  }
}
const AGAIN_AFTER = 5_000;
const KEPT_AFTER = 4_000;

declare global {
  interface Window {
    /** Trusted Types, which only some browsers have. */
    trustedTypes?: { createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): typeof rules };
  }
}

/** Keeps the frame of the page in the browser, so that it opens without a connection. */
function keepShell() {
  if (!('serviceWorker' in navigator)) return;
  // The page's policy requires a trusted script address.
  const policy = window.trustedTypes?.createPolicy('jishi', { createScriptURL: String });
  navigator.serviceWorker.register(policy?.createScriptURL('/sw.js') ?? '/sw.js').catch(() => {
    // The browser refused the service worker: the page works without it.
  });
}

void start();
