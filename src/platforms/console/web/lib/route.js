/** Addresses of the page: `/`, `/rooms/ADDRESS`, `/incidents`, `/incidents/ID`, `/access`; `?thread=` and `?tab=` beside them. */

/**
 * @typedef {{ view: 'room', address: string | null, thread: string | null }
 *   | { view: 'list' }
 *   | { view: 'access' }
 *   | { view: 'incident', id: string, tab: Tab }} Route
 * @typedef {'now' | 'talk' | 'timeline' | 'files' | 'people'} Tab
 */

const TABS = /** @type {const} */ (['now', 'talk', 'timeline', 'files', 'people']);

/** @returns {Route} */
export function readRoute() {
  const [, head = '', tail = ''] = location.pathname.split('/');
  const query = new URLSearchParams(location.search);
  if (head === 'incidents' && tail) {
    const tab = TABS.find((one) => one === query.get('tab')) ?? 'now';
    return { view: 'incident', id: decodeURIComponent(tail), tab };
  }
  if (head === 'incidents') return { view: 'list' };
  if (head === 'access') return { view: 'access' };
  return { view: 'room', address: head === 'rooms' ? decodeURIComponent(tail) : null, thread: query.get('thread') };
}

/** @param {Route} route */
export function pathOf(route) {
  if (route.view === 'list') return '/incidents';
  if (route.view === 'access') return '/access';
  if (route.view === 'incident')
    return `/incidents/${encodeURIComponent(route.id)}${route.tab === 'now' ? '' : `?tab=${route.tab}`}`;
  const path = route.address === null ? '/' : `/rooms/${encodeURIComponent(route.address)}`;
  return route.thread === null ? path : `${path}?thread=${encodeURIComponent(route.thread)}`;
}
