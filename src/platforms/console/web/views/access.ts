/** Sessions of people and tokens of programs, for administrators. */
import { act } from '../lib/acts.ts';
import { call } from '../lib/api.ts';
import { lines, ticks } from '../lib/browser-storage.ts';
import { quietly } from '../lib/load.ts';
import { changed, state } from '../lib/model.ts';
import type { Shapes } from '../lib/shapes.ts';
import { dayTime } from '../lib/time.ts';
import { wordsBelow } from '../lib/words.ts';
import { replyView } from './card.ts';
import { confirmFirst } from './dialogs.ts';
import { boxes, button, type Child, copyButton, html, kept, labelled, submitButton, submitted, t } from './elements.ts';
import { type Row, table } from './tables.ts';

const nobody: Shapes['sessions'] & Shapes['tokens'] = { sessions: [], tokens: [] };
const access: typeof nobody & { loaded: boolean; made: Shapes['token'] | null } = {
  ...nobody,
  loaded: false,
  made: null,
};

async function load() {
  access.loaded = true;
  const all = [call('sessions', '/access/sessions'), call('tokens', '/access/tokens')] as const;
  Object.assign(access, ...(await Promise.all(all)));
  changed();
}

export function forgetAccess() {
  Object.assign(access, { loaded: false, made: null });
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

function section(name: string, ...content: Child[]) {
  return html`
    <section key=${name} aria-labelledby="access-${name}">
      <h2 id="access-${name}">${t(`access.${name}`)}</h2>
      <p class="faint">${t(`access.${name}_text`)}</p>
      ${content}
    </section>
  `;
}

const listOf = (names: string[], rows: Row[]) =>
  table(
    [...names.map((name, nth) => ({ label: t(`access.${name}`), look: nth > 1 ? 'faint' : '' })), { label: '' }],
    rows,
  );

/** Returns the button that ends a row's session or token for good. */
function ending(path: 'tokens' | 'sessions', { id, name }: { id: string; name: string }, label: string) {
  const address = `/access/${path}/${encodeURIComponent(id)}`;
  const end = async () =>
    (await act('access', id, () => call('nothing', address, { method: 'DELETE' }))) && (await load());
  return button(label, () => confirmFirst(t(`access.${path}_end`, { name }), label, end), 'button small');
}

function sessions() {
  const rows = access.sessions.map(({ id, who, name, way, since, until, own }) => ({
    key: id,
    cells: [
      who,
      t(`access.way_${way}`),
      dayTime(since),
      dayTime(until),
      own ? html`<span class="tag">${t('access.own')}</span>` : ending('sessions', { id, name: who }, t('access.end')),
    ],
    under: who !== name && name,
  }));
  return section('sessions', listOf(['person', 'way', 'since', 'until'], rows));
}

function tokens() {
  const rows = access.tokens.map((one) => ({
    key: one.id,
    cells: [one.name, one.scopes.join(', '), one.by, dayTime(one.until), ending('tokens', one, t('access.revoke'))],
    under: one.id,
  }));
  const list =
    rows.length > 0
      ? listOf(['name', 'scopes', 'by', 'until'], rows)
      : html`<p class="faint">${t('access.no_tokens')}</p>`;
  return section('tokens', access.made ? made(access.made) : form(), list);
}

function made({ name, token }: { name: string; token: string }) {
  const done = () => (access.made = null);
  return html`
    <div class="made" role="status">
      <p><strong>${t('access.made', { name })}</strong></p>
      <pre><code>${token}</code></pre>
      <p class="actions">${copyButton(token)}${button(t('access.kept'), done, 'button primary')}</p>
    </div>
  `;
}

function form() {
  const scopes = () => ticks.get('scopes') ?? ['read'];
  const [name, days] = [() => kept('token-name'), () => kept('token-days', '90')];
  const make = async () => {
    const json = { name: name().value, scopes: scopes(), days: Number(days().value) };
    const isMade = await act('access', 'make', async () => {
      access.made = await call('token', '/access/tokens', { json });
      return null;
    });
    if (!isMade) return;
    lines.delete('token-name');
    await load();
  };
  const all = wordsBelow('access.scope_').map(([value, label]) => ({ value, label }));
  return html`
    <form class="token-form" onsubmit=${submitted(make)}>
      ${labelled('token-name', t('access.name'), html`<input id="token-name" ...${name()} required maxlength="64" placeholder=${t('access.example')} />`)}
      <fieldset class="field stack"><legend class="label">${t('access.scopes')}</legend>${boxes(all, scopes(), (chosen) => ticks.set(chosen, 'scopes'))}</fieldset>
      ${labelled('token-days', t('access.days'), html`<input id="token-days" ...${days()} inputmode="numeric" pattern="[0-9]{1,3}" required />`)}
      ${submitButton(t('access.make'))}
    </form>
  `;
}
