/** Palette ⌘K: search over the menu of the shown incident, running incidents, pages. */
import { boundTo, loadedOf, state } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { incidentPage, listPage, whatIfPage } from '../lib/route.ts';
import { actionView } from './card.ts';
import { declareLine, writeLine } from './declare.ts';
import { openDialog } from './dialogs.ts';
import { button, type Child, html, t, textOf } from './elements.ts';

/** Opens the palette; `declares`: with the line of the first page, holding `text`. A command runs at once. */
export function openPalette(declares = false, text = '') {
  if (text) writeLine(text, text.startsWith('/'));
  const entry = { text: '' };
  openDialog({
    title: () => t(declares ? 'declare' : 'palette'),
    body: (close) => {
      const wanted = entry.text.trim().toLowerCase();
      const groups = (declares ? [] : groupsOf(close, entry.text.trim()))
        .map(({ title, entries: all }) => ({
          title,
          found: all.filter(({ name }) => name.toLowerCase().includes(wanted)),
        }))
        .filter(({ found }) => found.length > 0);
      return html`
        <div class="dialog-body palette stack">
          ${declares ? declareLine() : html`<input data-first ...${textOf(entry, 'text')} type="search" placeholder=${t('palette.find')} aria-label=${t('palette.find')} onkeydown=${firstOnEnter} />`}
          ${groups.map(({ title, found }) => html`<section key=${title}><h3 class="fine">${title}</h3><div class="palette-list">${found.map(({ view }) => view)}</div></section>`)}
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

function groupsOf(close: () => void, text: string): { title: string; entries: { name: string; view: Child }[] }[] {
  const { route } = state;
  const loaded = route.view === 'incident' ? loadedOf(route.id) : null;
  const bound = loaded && { ...boundTo('panel', loaded.incident), before: close };
  const menus = (loaded?.page.menu ?? []).map(({ id, actions }) => ({
    title: t(`menu.${id}`),
    entries: actions.map((action) => ({ name: action.label, view: bound && actionView(action, bound) })),
  }));
  const entry = (name: string, run: () => void) => {
    const press = () => {
      close();
      run();
    };
    return { name, view: button(name, press, 'button', { key: name }) };
  };
  const way = (name: string, to: string) => entry(name, () => go(to));
  const pages = [
    ...(loaded ? [way(t('what_if.open'), whatIfPage(loaded.incident.id))] : []),
    entry(text ? t('declare.this', { text }) : t('declare'), () => openPalette(true, text)),
    way(t('home'), '/'),
    way(t('list'), listPage()),
    ...state.open.map(({ id, title }) => way(`${title || id} · ${id}`, incidentPage(id))),
  ];
  return [...menus, { title: t('menu.pages'), entries: pages }];
}
