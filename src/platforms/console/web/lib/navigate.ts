/** Navigation: the address, what must be loaded for it, and where the focus goes. */
import { loadIncident, loadThread, quietly } from './load.ts';
import { afterPaint, changed, state, threadOf } from './model.ts';
import { readRoute } from './route.ts';

/** Address of the shown page. */
let here = '';

export function go(path: string, { replace = false }: { replace?: boolean } = {}) {
  const left = document.querySelector('main');
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  state.route = readRoute();
  document.getElementById('sidebar')?.hidePopover();
  changed();
  enter();
  // A new page gets the focus, unless the user has already focused something on it; a new tab leaves it in place.
  afterPaint(() => {
    const main = document.querySelector('main');
    if (main !== left && !main?.contains(document.activeElement)) main?.focus();
  });
}

export function enter() {
  const { route } = state;
  here = location.href;
  if (!state.session?.name) return;
  if (route.view === 'incident') loadIncident(route.id).catch(quietly);
  if (route.view !== 'room' || !state.rooms.some(({ address }) => address === route.address)) return;
  const { address } = route;
  for (const thread of route.thread === null ? [null] : [null, route.thread]) {
    if (!threadOf(address, thread).loaded) loadThread(address, thread).catch(quietly);
  }
}

/** Handler called first when the user goes back; returns true if it closed something on the page instead. */
let closesInstead: () => boolean = () => false;
export function onBack(handler: () => boolean) {
  closesInstead = handler;
}

addEventListener('popstate', () => {
  if (closesInstead()) {
    history.pushState(null, '', here);
    return;
  }
  state.route = readRoute();
  changed();
  enter();
});
