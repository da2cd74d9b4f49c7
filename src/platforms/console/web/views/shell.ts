/** Frame around every view: navigation, running incidents, account. */
import { dismissToast, isUnread, shownToasts, unreadIn } from '../lib/attention.ts';
import { focusOn } from '../lib/focus.ts';
import { offlineText } from '../lib/load.ts';
import { type IncidentRow, state } from '../lib/model.ts';
import { incidentPage, listPage, roomPage } from '../lib/route.ts';
import type { RoomEntry } from '../lib/shapes.ts';
import { unbroken } from '../lib/words.ts';
import { account } from './account.ts';
import { actionViews, plain, replyView, ticking } from './card.ts';
import { brand, button, type Child, html, icon, iconButton, link, submitted, t } from './elements.ts';
import { openPalette } from './palette.ts';
import { roomName } from './room.ts';

export function shell(view: Child) {
  return html`
    <div class="shell">
      <a class="skip" href="#view" onclick=${submitted(() => focusOn('main'))}>${t('skip')}</a>
      <header class="topbar">
        <button type="button" class="plain square" popovertarget="sidebar" aria-label=${t('menu')}>${icon('menu')}</button>
        ${link('/', { class: 'brand' }, ...brand())}
        ${declareButton('button small')}
      </header>
      ${sidebar()}
      <div class="view" id="view">
        ${state.connection === 'offline' && html`<p class="offline" role="status">${icon('warn')}${offlineText()}</p>`}
        ${view}
      </div>
    </div>
  `;
}

const declareButton = (look: string) => button([icon('plus'), t('declare.short')], () => openPalette(true), look);

const SHOWN = 12;

function sidebar() {
  const { route, open, total, rooms, waiting } = state;
  return html`
    <nav id="sidebar" popover="auto" class="sidebar" aria-label=${t('navigation')} aria-busy=${state.deskLoaded ? null : 'true'}>
      <div class="side-head">
        ${link('/', { class: 'brand' }, ...brand())}
        ${button([html`<span class="unseen">${t('palette')}</span>`, '⌘K'], () => openPalette(), 'plain fine')}
      </div>
      ${declareButton('button declare')}
      ${sideLink('/', route.view === 'home', 'home', t('home'), waiting.length > 0 && html`<span class="count">${waiting.length}</span>`)}
      ${open.length > 0 && html`<h2 class="side-title fine">${t('running')}</h2>`}
      <ul class="side-list incidents">
        ${open.slice(0, SHOWN).map((row) => runningLink(row, route.view === 'incident' && row.id === route.id))}
        ${total > SHOWN && html`<li>${link(listPage('open=true'), { class: 'side-link' }, t('running.all', { n: total }))}</li>`}
        <li>${sideLink(listPage(), route.view === 'list', 'list', t('list'))}</li>
      </ul>
      <h2 class="side-title fine">${t('rooms')}</h2>
      <ul class="side-list">${rooms.map(roomLink)}</ul>
      ${replyView('leave')}
      ${account()}
    </nav>
  `;
}

function sideLink(path: string, here: boolean, name: string, label: string, more?: Child) {
  const attributes = { class: 'side-link', 'aria-current': here ? 'page' : null };
  return link(path, attributes, icon(name), label, more);
}

function runningLink(row: IncidentRow, here: boolean) {
  const unread = isUnread(row) && !here;
  const [look, clock] = [unread ? 'side-incident unread' : 'side-incident', row.nextDue ? 'running' : 'none'];
  const attributes = { class: look, 'aria-current': here ? 'page' : null, 'data-clock': clock };
  const content = [
    html`<span class="dot" aria-hidden="true" />`,
    html`<span class="side-name cut">${row.title}${unread && html`<span class="unseen">${t('unread')}</span>`}</span>`,
    html`<span class="cut fine">${row.drill ? `${t('drill')} · ${row.id}` : row.id}</span>`,
    row.nextDue && ticking(row.nextDue, row.segment, 'side-clock'),
  ];
  return html`<li key=${row.id}>${link(incidentPage(row.id), attributes, ...content)}</li>`;
}

function roomLink(room: RoomEntry) {
  const here = state.route.view === 'room' && state.route.address === room.address;
  const unread = here ? 0 : unreadIn(room.address);
  const more = [
    room.location === 'abroad' && html`<span class="tag">${t('abroad')}</span>`,
    unread > 0 && html`<span class="count" aria-label=${t('unread.n', { n: unread })}>${unread}</span>`,
  ];
  const name = room.kind === 'direct' ? 'direct' : 'room';
  return html`<li key=${room.address}>${sideLink(roomPage(room.address), here, name, roomName(room.address), more)}</li>`;
}

export function toastViews() {
  return shownToasts().map(
    ({ id, title, text, path, tone, own }) => html`
      <div key=${id} class="toast float ${tone}" role="status">
        ${link(path, { class: 'toast-link' }, html`<strong>${unbroken(title)}</strong>`, text && html`<span class="faint">${text}</span>`)}
        ${own && actionViews(own.actions.slice(0, 1).map(plain), { ...own, slot: `panel:${own.incident}`, before: () => dismissToast(id) })}
        ${iconButton(t('close'), 'close', () => dismissToast(id))}
      </div>
    `,
  );
}
