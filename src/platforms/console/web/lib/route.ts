/** Addresses of the page: `/` (what waits for the person), `/rooms/ADDRESS`, `/incidents`, `/incidents/ID`, `/incidents/ID/what-if`, `/access`; `?thread=` and `?tab=` beside them. `/visit/form/NAME` and `/visit/card/NAME`: one form or card, opened from a chat. */

export type Route =
  | { view: 'home' }
  | { view: 'room'; address: string; thread: string | null }
  | { view: 'list'; query: string }
  | { view: 'access' }
  | { view: 'what-if'; id: string }
  | { view: 'visit'; kind: string; name: string; args: Record<string, string> }
  | { view: 'incident'; id: string; tab: Tab };
/** Tabs of an incident; `now`: on a phone without the activity beside it. */
const TABS = ['now', 'all', 'talk', 'timeline', 'files'] as const;
export type Tab = (typeof TABS)[number];
/** Page of an incident. */
export const incidentPage = (id: string, tab: Tab = 'now'): Route => ({ view: 'incident', id, tab });

export function readRoute(): Route {
  const [, head = '', tail = '', name = ''] = location.pathname.split('/');
  const query = new URLSearchParams(location.search);
  if (head === 'incidents' && name === 'what-if')
    return { view: 'what-if', id: decodeURIComponent(tail).toUpperCase() };
  if (head === 'incidents' && tail) {
    const tab = TABS.find((one) => one === query.get('tab')) ?? 'now';
    return { view: 'incident', id: decodeURIComponent(tail).toUpperCase(), tab };
  }
  if (head === 'incidents') return { view: 'list', query: query.toString() };
  if (head === 'visit') {
    const { language: _, ...args } = Object.fromEntries(query);
    return { view: 'visit', kind: tail, name: decodeURIComponent(name), args };
  }
  if (head === 'access') return { view: 'access' };
  if (head === 'rooms') return { view: 'room', address: decodeURIComponent(tail), thread: query.get('thread') };
  return { view: 'home' };
}

export function pathOf(route: Route) {
  if (route.view === 'home') return '/';
  if (route.view === 'list') return route.query === '' ? '/incidents' : `/incidents?${route.query}`;
  if (route.view === 'access') return '/access';
  if (route.view === 'what-if') return `/incidents/${encodeURIComponent(route.id)}/what-if`;
  if (route.view === 'incident')
    return `/incidents/${encodeURIComponent(route.id)}${route.tab === 'now' ? '' : `?tab=${route.tab}`}`;
  if (route.view === 'visit')
    return `/visit/${route.kind}/${encodeURIComponent(route.name)}?${new URLSearchParams(route.args)}`;
  const path = `/rooms/${encodeURIComponent(route.address)}`;
  return route.thread === null ? path : `${path}?thread=${encodeURIComponent(route.thread)}`;
}
