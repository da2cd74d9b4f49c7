/** Main module of the page: loads, renders, handles events. */
import { Offline } from './lib/api.js';
import { forgetWaiting, markSeen, onNotified, paintTitle } from './lib/attention.js';
import { cardOf, focusCard, focusOn, headingOf, showBeginning } from './lib/focus.js';
import { loadFrame, loadSession, showLast } from './lib/load.js';
import { changed, loadedOf, onPaint, state } from './lib/model.js';
import { enter, go } from './lib/navigate.js';
import { render } from './lib/preact.js';
import { readRoute } from './lib/route.js';
import { connect } from './lib/stream.js';
import { startTicking, tickAll } from './lib/tick.js';
import { language, preferredLanguage, t, useLanguage } from './lib/words.js';
import { accessView } from './views/access.js';
import { openKeys } from './views/commands.js';
import { focusComposer } from './views/composer.js';
import { anyDialog, dialogViews } from './views/dialogs.js';
import { reopenForm } from './views/form-dialog.js';
import { homeView } from './views/home.js';
import { incidentKey, incidentView } from './views/incident.js';
import { openPalette } from './views/palette.js';
import { registerView, reloadRegister } from './views/register.js';
import { roomView } from './views/room.js';
import { shell, toastViews } from './views/shell.js';
import { signInView } from './views/sign-in.js';
import { openVisit, visitView } from './views/visit.js';
import { whatIfView } from './views/what-if.js';

const app = /** @type {HTMLElement} */ (document.getElementById('app'));
const toasts = /** @type {HTMLElement} */ (document.getElementById('toasts'));
const dialogs = /** @type {HTMLElement} */ (document.getElementById('dialogs'));

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
  if (route.view === 'visit') return visitView(route, switchLanguage);
  return session?.name ? shell(view(), switchLanguage) : signInView(begin, switchLanguage);
}

/** Keeps the focus on the card when the update removes the pressed button. @param {() => void} update */
function keepingFocus(update) {
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

/** Loads everything after sign-in. */
async function begin() {
  await loadSession();
  await loadAll();
}

async function loadAll() {
  if (state.route.view === 'visit') return openVisit(state.route);
  if (!state.session?.name) return;
  await loadFrame();
  enter();
  connect();
}

/** Switches the language and requests everything localised again. */
async function switchLanguage() {
  await useLanguage(language() === 'en' ? 'zh-CN' : 'en', true);
  for (const kept of [state.messages, state.threads, state.incidents, state.replies]) kept.clear();
  forgetWaiting();
  reloadRegister();
  await loadAll();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = event.target;
  const typing = target instanceof HTMLElement && target.matches('input, textarea, select');
  if (event.key === 'Escape' && !anyDialog()) return onEscape();
  if (event.key === 'k' && (event.metaKey || event.ctrlKey) && state.session?.name) {
    event.preventDefault();
    if (!anyDialog()) openPalette();
    return;
  }
  if (typing || anyDialog() || event.metaKey || event.ctrlKey || event.altKey || !state.session?.name) return;
  /** @type {Record<string, () => void>} */
  const keys = {
    n: () => openPalette(true),
    '/': focusComposer,
    q: () => focusOn('.panel-body button, .panel-body input'),
    h: () => go({ view: 'home' }),
    l: () => go({ view: 'list', query: '' }),
    m: () => state.rooms[0] && go({ view: 'room', address: state.rooms[0].address, thread: null }),
    '?': openKeys,
  };
  const run = keys[event.key];
  if (run) run();
  else if (!incidentKey(event.key)) return;
  event.preventDefault();
}

function onEscape() {
  const { route } = state;
  if (state.sidebar) {
    state.sidebar = false;
    changed();
  } else if (route.view === 'room' && route.thread !== null) {
    go({ ...route, thread: null });
  }
}

/** Removes the printed link's token, now in a cookie, from the address and history. */
function forgetToken() {
  const address = new URL(location.href);
  if (!address.searchParams.has('token')) return;
  address.searchParams.delete('token');
  history.replaceState(null, '', address);
}

const TITLE_EVERY = 15_000;

async function start() {
  onPaint(paint);
  onNotified(go);
  await useLanguage(preferredLanguage());
  forgetToken();
  state.route = readRoute();
  addEventListener('keydown', onKey);
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
      return await begin();
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

/** Keeps the frame of the page in the browser, so that it opens without a connection. */
function keepShell() {
  if (!('serviceWorker' in navigator)) return;
  // The page's policy requires a trusted script address.
  const policy =
    'trustedTypes' in window &&
    /** @type {any} */ (window).trustedTypes.createPolicy('jishi', { createScriptURL: String });
  navigator.serviceWorker.register(policy ? policy.createScriptURL('/sw.js') : '/sw.js').catch(() => {
    // The browser refused the service worker: the page works without it.
  });
}

start();
