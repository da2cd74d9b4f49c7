/** The frame around every view: where one is, what is running, who one is. */
import { act } from '../lib/acts.js';
import { call } from '../lib/api.js';
import { html } from '../lib/html.js';
import { changed, knowsTime, segmentOf, state } from '../lib/model.js';
import { currentAddress, go } from '../lib/navigate.js';
import { nextTheme, theme } from '../lib/theme.js';
import { language, t } from '../lib/words.js';
import { forgetAccess } from './access.js';
import { replyView, ticking } from './card.js';
import { openDeclare } from './declare.js';
import { openKeys } from './help.js';
import { icon } from './icons.js';
import { link } from './link.js';
import { avatar } from './message.js';
import { brand, iconButton } from './parts.js';
import { roomName } from './room.js';

/** @param {import('preact').ComponentChild} view @param {() => void} switchLanguage */
export function shell(view, switchLanguage) {
  return html`
    <div class="shell${state.sidebar ? ' sidebar-open' : ''}">
      <a class="skip" href="#view" onclick=${skip}>${t('skip')}</a>
      ${topBar()}
      <div class="veil" onclick=${toggleSidebar} aria-hidden="true" />
      ${sidebar(switchLanguage)}
      <div class="view" id="view">
        ${state.connection === 'offline' && html`<p class="offline" role="status">${icon('warn')}${t('offline')}</p>`}
        ${view}
      </div>
    </div>
  `;
}

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  document.querySelector('main')?.focus();
}

function toggleSidebar() {
  state.sidebar = !state.sidebar;
  changed();
}

/** On a phone only. */
function topBar() {
  return html`
    <header class="topbar">
      ${iconButton(t('menu'), 'menu', toggleSidebar, { 'aria-expanded': state.sidebar ? 'true' : 'false' })}
      ${link({ view: 'room', address: null, thread: null }, { class: 'brand' }, ...brand())}
      <button type="button" class="button small${state.route.view === 'incident' ? '' : ' primary'}" onclick=${openDeclare}>
        ${icon('plus')}
        ${t('declare.short')}
      </button>
    </header>
  `;
}

/** @param {() => void} switchLanguage */
function sidebar(switchLanguage) {
  return html`
    <nav class="sidebar" aria-label=${t('navigation')}>
      ${link({ view: 'room', address: null, thread: null }, { class: 'brand' }, ...brand())}
      <button type="button" class="button declare${state.route.view === 'incident' ? '' : ' primary'}" onclick=${openDeclare}>
        ${icon('plus')}
        ${t('declare')}
      </button>
      <h2 class="side-title">${t('running')}</h2>
      ${running()}
      <h2 class="side-title">${t('rooms')}</h2>
      <ul class="side-list">${state.rooms.map(roomLink)}</ul>
      ${replyView('leave')}
      ${foot(switchLanguage)}
    </nav>
  `;
}

const SHOWN = 12;

function running() {
  const here = state.route.view === 'incident' ? state.route.id : null;
  return html`
    <ul class="side-list incidents">
      ${state.openLoaded && state.open.length === 0 && html`<li class="nothing">${t('running.none')}</li>`}
      ${state.open.slice(0, SHOWN).map(
        (row) => html`
        <li key=${row.id}>
          ${link(
            { view: 'incident', id: row.id, tab: 'now' },
            {
              class: 'side-incident',
              'aria-current': row.id === here ? 'page' : null,
              'data-clock': row.nextDue ? 'running' : 'none',
            },
            html`<span class="dot" aria-hidden="true" />`,
            html`<span class="side-name">${row.title}</span>`,
            html`<span class="side-meta">${row.drill ? `${t('drill')} · ${row.id}` : row.id}</span>`,
            row.nextDue && knowsTime(row) && ticking(row.nextDue, segmentOf(row.id), 'side-clock'),
          )}
        </li>
      `,
      )}
      <li>
        ${link(
          { view: 'list' },
          { class: 'side-link', 'aria-current': state.route.view === 'list' ? 'page' : null },
          icon('list'),
          t('list'),
        )}
      </li>
    </ul>
  `;
}

/** @param {import('../lib/model.js').RoomEntry} room */
function roomLink(room) {
  const here = state.route.view === 'room' && currentAddress() === room.address;
  return html`
    <li key=${room.address}>
      ${link(
        { view: 'room', address: room.address, thread: null },
        { class: 'side-link', 'aria-current': here ? 'page' : null },
        icon(room.kind === 'direct' ? 'direct' : 'room'),
        roomName(room.address),
        room.location === 'abroad' && html`<span class="tag">${t('abroad')}</span>`,
      )}
    </li>
  `;
}

const THEME_ICONS = /** @type {const} */ ({ light: 'sun', dark: 'moon', auto: 'auto' });

/** @param {string} label @param {Parameters<typeof icon>[0]} name @param {() => void} act */
const titled = (label, name, act) => iconButton(label, name, act, { title: label });

function openAccess() {
  forgetAccess();
  go({ view: 'access' });
}

/** @param {() => void} switchLanguage */
function foot(switchLanguage) {
  const name = state.session?.name ?? '';
  const leave = async () => {
    /** @type {{ signOut?: string | null } | undefined} */
    let left;
    const isDone = await act('leave', 'leave', async () => {
      left = await call('/session', { method: 'DELETE' });
    });
    if (!isDone) return;
    sessionStorage.clear();
    // At the identity provider as well, which would sign the same person in again at once.
    location.assign(left?.signOut ?? '/');
  };
  return html`
    <footer class="side-foot">
      <p class="me">${avatar(name)}<span>${name}</span></p>
      <button
        type="button"
        class="plain square"
        aria-label=${language() === 'en' ? '中：切换到中文' : 'EN: switch to English'}
        lang=${language() === 'en' ? 'zh-CN' : 'en'}
        onclick=${switchLanguage}
      >
        ${language() === 'en' ? '中' : 'EN'}
      </button>
      ${titled(t(`theme.${theme()}`), THEME_ICONS[theme()], nextTheme)}
      ${state.session?.administrates && titled(t('access'), 'key', openAccess)}
      ${titled(t('keys'), 'help', openKeys)}
      ${titled(t('sign_out'), 'leave', leave)}
    </footer>
  `;
}
