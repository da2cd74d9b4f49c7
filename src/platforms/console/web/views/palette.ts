/** Palette ⌘K: search over the menu of the shown incident, running incidents, pages. */
import { loadedOf, state } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { incidentPage, type Route } from '../lib/route.ts';
import { actionView } from './card.ts';
import { declareLine } from './declare.ts';
import { openDialog } from './dialogs.ts';
import { button, type Child, html, t, textOf } from './elements.ts';

export type Entry = { key: string; name: string; view: Child };
export type Group = { title: string; entries: Entry[] };

/** Opens the palette; `declares`: with the declaration line on top. */
export function openPalette(declares: boolean = false) {
  const entry = { text: '' };
  openDialog({
    title: () => t(declares ? 'declare' : 'palette'),
    body: (close) => {
      const wanted = entry.text.trim().toLowerCase();
      const groups = (declares ? [] : groupsOf(close))
        .map(({ title, entries }) => ({
          title,
          entries: entries.filter(({ name }) => name.toLowerCase().includes(wanted)),
        }))
        .filter(({ entries }) => entries.length > 0);
      return html`
        <div class="dialog-body palette stack">
          ${
            declares
              ? declareLine(close)
              : html`<input data-first ...${textOf(entry, 'text')} type="search" aria-label=${t('palette.find')} placeholder=${t('palette.find')} onkeydown=${firstOnEnter} />`
          }
          ${groups.map(
            ({ title, entries }) => html`
            <section key=${title}>
              <h3 class="fine">${title}</h3>
              <div class="palette-list">${entries.map(({ view }) => view)}</div>
            </section>
          `,
          )}
          ${!declares && groups.length === 0 && html`<p class="nothing" role="status">${t('search.none', { text: entry.text })}</p>`}
        </div>
      `;
    },
  });
}

function firstOnEnter(event: KeyboardEvent) {
  if (event.key !== 'Enter' || event.isComposing || !(event.currentTarget instanceof HTMLElement)) return;
  event.preventDefault();
  const first = event.currentTarget.closest('.palette')?.querySelector('.palette-list .button');
  if (first instanceof HTMLElement) first.click();
}

function groupsOf(close: () => void): Group[] {
  const { route } = state;
  const loaded = route.view === 'incident' ? loadedOf(route.id) : null;
  const bound = loaded && {
    slot: `panel:${loaded.incident.id}`,
    incident: loaded.incident.id,
    revision: loaded.incident.revision,
  };
  const menus = (loaded?.page.menu ?? []).map(({ id, actions }) => ({
    title: t(`menu.${id}`),
    entries: actions.map((action) => ({
      key: action.id,
      name: action.label,
      view: bound && actionView(action, { ...bound, before: close }),
    })),
  }));
  const way = (name: string, to: Route) => {
    const follow = () => {
      close();
      go(to);
    };
    return { key: name, name, view: button(name, follow, 'button', { key: name }) };
  };
  const declares = () => {
    close();
    openPalette(true);
  };
  const pages = [
    ...(loaded ? [way(t('what_if.open'), { view: 'what-if', id: loaded.incident.id })] : []),
    { key: 'declare', name: t('declare'), view: button(t('declare'), declares, 'button', { key: 'declare' }) },
    way(t('home'), { view: 'home' }),
    way(t('list'), { view: 'list', query: '' }),
    ...state.open.map(({ id, title }) => way(`${title || id} · ${id}`, incidentPage(id))),
  ];
  return [...menus, { title: t('menu.pages'), entries: pages }];
}
