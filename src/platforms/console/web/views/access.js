/** Sessions of people and tokens of programs, for administrators. */

import { act } from '../lib/acts.js';
import { call } from '../lib/api.js';
import { quietly } from '../lib/load.js';
import { changed, state } from '../lib/model.js';
import { clockTime, day } from '../lib/time.js';
import { replyView } from './card.js';
import { confirmFirst } from './dialogs.js';
import { copyButton, html, option, submitted, t } from './elements.js';

/**
 * @typedef {{ id: string, name: string, who: string, way: string, since: string, until: string, own: boolean }} SessionRow
 * @typedef {{ id: string, name: string, scopes: string[], by: string, until: string }} TokenRow
 */

const SCOPES = ['read', 'declare', 'answer', 'export', 'metrics', 'alert'];
/** @type {{ loaded: boolean, sessions: SessionRow[], tokens: TokenRow[], made: { name: string, token: string } | null }} */
const access = { loaded: false, sessions: [], tokens: [], made: null };
const wanted = { name: '', scopes: ['read'], days: '90' };

async function load() {
  access.loaded = true;
  const [{ sessions }, { tokens }] = await Promise.all([call('/access/sessions'), call('/access/tokens')]);
  access.sessions = sessions;
  access.tokens = tokens;
  changed();
}

/** Asks anew when the page is opened the next time. */
export function forgetAccess() {
  access.loaded = false;
  access.made = null;
}

export function accessView() {
  if (!access.loaded) load().catch(quietly);
  return html`
    <main key="access" class="main list access" tabindex="-1" aria-label=${t('access')}>
      <header class="bar"><h1>${t('access')}</h1></header>
      ${state.session?.administrates ? [tokens(), sessions()] : html`<p class="nothing">${t('access.only')}</p>`}
      ${replyView('access')}
    </main>
  `;
}

/** @param {string} name @param {string} text @param {import('preact').ComponentChild} [form] @param {import('preact').ComponentChild} [rows] */
function section(name, text, form, rows) {
  return html`
    <section key=${name} aria-labelledby="access-${name}">
      <h2 id="access-${name}">${t(`access.${name}`)}</h2>
      <p class="faint">${text}</p>
      ${form} ${rows}
    </section>
  `;
}

/** @param {string[]} columns @param {import('preact').ComponentChild[]} rows */
function table(columns, rows) {
  return html`
    <table class="incident-table">
      <thead><tr>${columns.map((name) => html`<th scope="col">${t(`access.${name}`)}</th>`)}<th scope="col" /></tr></thead>
      <tbody>${rows}</tbody>
    </table>
  `;
}

/** @param {string} iso */
const when = (iso) => `${day(iso)} ${clockTime(iso)}`;

/** Ends a row for good. @param {'tokens' | 'sessions'} path @param {{ id: string, name: string }} one @param {string} label */
function ending(path, { id, name }, label) {
  const end = async () => {
    if (await act('access', id, () => call(`/access/${path}/${encodeURIComponent(id)}`, { method: 'DELETE' })))
      await load();
  };
  return html`
    <button type="button" class="button small" onclick=${() => confirmFirst(t(`access.${path}_end`, { name }), label, end)}>
      ${label}
    </button>
  `;
}

function sessions() {
  const rows = access.sessions.map(
    (one) => html`
    <tr key=${one.id}>
      <td class="cell-title">${one.who}${one.who !== one.name && html`<span class="id">${one.name}</span>`}</td>
      <td data-label=${t('access.way')}>${t(`access.way_${one.way}`)}</td>
      <td class="faint" data-label=${t('access.since')}>${when(one.since)}</td>
      <td class="faint" data-label=${t('access.until')}>${when(one.until)}</td>
      <td>${one.own ? html`<span class="tag">${t('access.own')}</span>` : ending('sessions', { id: one.id, name: one.who }, t('access.end'))}</td>
    </tr>
  `,
  );
  return section('sessions', t('access.sessions_text'), null, table(['person', 'way', 'since', 'until'], rows));
}

function tokens() {
  const rows = access.tokens.map(
    (one) => html`
    <tr key=${one.id}>
      <td class="cell-title">${one.name}<span class="id">${one.id}</span></td>
      <td data-label=${t('access.scopes')}>${one.scopes.join(', ')}</td>
      <td class="faint" data-label=${t('access.by')}>${one.by}</td>
      <td class="faint" data-label=${t('access.until')}>${when(one.until)}</td>
      <td>${ending('tokens', one, t('access.revoke'))}</td>
    </tr>
  `,
  );
  const list =
    rows.length > 0
      ? table(['name', 'scopes', 'by', 'until'], rows)
      : html`<p class="faint">${t('access.no_tokens')}</p>`;
  return section('tokens', t('access.tokens_text'), access.made ? made(access.made) : form(), list);
}

/** The token, which is shown this once. @param {{ name: string, token: string }} one */
function made({ name, token }) {
  const done = () => {
    access.made = null;
    changed();
  };
  return html`
    <div class="made" role="status">
      <p><strong>${t('access.made', { name })}</strong></p>
      <pre><code>${token}</code></pre>
      <p class="actions">
        ${copyButton(token)}
        <button type="button" class="button primary" onclick=${done}>${t('access.kept')}</button>
      </p>
    </div>
  `;
}

function form() {
  const make = async () => {
    const body = { name: wanted.name, scopes: wanted.scopes, days: Number(wanted.days) };
    const token = await act('access', 'make', async () => {
      const { token } = await call('/access/tokens', { json: body });
      return { token };
    });
    if (!token) return;
    access.made = { name: wanted.name, token: token.token };
    wanted.name = '';
    await load();
  };
  /** @param {string} scope */
  const toggle = (scope) => {
    wanted.scopes = wanted.scopes.includes(scope)
      ? wanted.scopes.filter((one) => one !== scope)
      : [...wanted.scopes, scope];
    changed();
  };
  /** @param {'name' | 'days'} field */
  const typed =
    (field) =>
    (/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) => {
      wanted[field] = currentTarget.value;
      changed();
    };
  return html`
    <form class="token-form" onsubmit=${submitted(make)}>
      <div class="field">
        <label class="label" for="token-name">${t('access.name')}</label>
        <input id="token-name" type="text" required maxlength="64" value=${wanted.name} placeholder=${t('access.example')} oninput=${typed('name')} />
      </div>
      <fieldset class="field">
        <legend class="label">${t('access.scopes')}</legend>
        ${SCOPES.map((scope) =>
          option(
            { type: 'checkbox', checked: wanted.scopes.includes(scope), onchange: () => toggle(scope) },
            t(`access.scope_${scope}`),
            scope,
          ),
        )}
      </fieldset>
      <div class="field">
        <label class="label" for="token-days">${t('access.days')}</label>
        <input id="token-days" type="text" inputmode="numeric" pattern="[0-9]{1,3}" required value=${wanted.days} oninput=${typed('days')} />
      </div>
      <button type="submit" class="button primary" disabled=${wanted.scopes.length === 0}>${t('access.make')}</button>
    </form>
  `;
}
