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
/** Addresses of pages; `tab` of an incident, `thread` of a room, and `query` of the register are beside them. */
export const incidentPage = (id: string, tab: Tab = 'now') => `/incidents/${id}${tab === 'now' ? '' : `?tab=${tab}`}`;
export const whatIfPage = (id: string) => `/incidents/${id}/what-if`;
export const listPage = (query = '') => (query === '' ? '/incidents' : `/incidents?${query}`);
export function roomPage(address: string, thread: string | null = null) {
  const path = `/rooms/${encodeURIComponent(address)}`;
  return thread === null ? path : `${path}?thread=${encodeURIComponent(thread)}`;
}

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
