/**
 * Sign-in page. A visitor with the printed link chooses a name; from elsewhere each person needs a link of their own.
 */
import { wordsFor } from '../lib/acts.js';
import { call } from '../lib/api.js';
import { changed, state } from '../lib/model.js';
import { h } from '../lib/vdom.js';
import { language, t } from '../lib/words.js';
import { brand, submitted } from './parts.js';

const KEPT = 'jishi.names';
const entry = { name: '', trouble: '', busy: false };

/** Names chosen on this browser before. @returns {string[]} */
function before() {
  try {
    const names = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string').slice(0, 5) : [];
  } catch {
    return [];
  }
}

/** @param {() => void} signedIn @param {() => void} switchLanguage */
export function signInView(signedIn, switchLanguage) {
  const mode = state.session?.signIn ?? 'closed';
  return h(
    'main',
    { class: 'sign-in', tabindex: '-1' },
    h(
      'div',
      { class: 'sign-in-box' },
      h('p', { class: 'brand' }, ...brand()),
      mode === 'local'
        ? chooser(signedIn)
        : h(
            'div',
            { class: 'field' },
            h('h1', null, t(`sign_in.${mode}`)),
            h('p', null, t(`sign_in.${mode}_text`)),
            h('pre', null, h('code', null, mode === 'link' ? 'npx jishi login' : 'npx jishi login NAME')),
          ),
      h(
        'button',
        { type: 'button', class: 'plain', lang: language() === 'en' ? 'zh-CN' : 'en', onclick: switchLanguage },
        language() === 'en' ? '中文' : 'English',
      ),
    ),
  );
}

/** @param {() => void} signedIn */
function chooser(signedIn) {
  /** @param {string} name */
  const choose = async (name) => {
    // Not by a disabled button: Enter right after the last letter must not be lost.
    if (name.trim() === '' || entry.busy) return;
    entry.busy = true;
    entry.trouble = '';
    changed();
    try {
      const chosen = await call('/session', { json: { name } });
      localStorage.setItem(KEPT, JSON.stringify([...new Set([chosen.name, ...before()])].slice(0, 5)));
      signedIn();
    } catch (error) {
      entry.trouble = wordsFor(error);
    }
    entry.busy = false;
    changed();
  };
  const known = before();
  return h(
    'form',
    { onsubmit: submitted(() => choose(entry.name)) },
    h('h1', null, t('sign_in.local')),
    h('p', { class: 'faint' }, t('sign_in.local_text')),
    known.length > 0 &&
      h(
        'div',
        { class: 'actions' },
        known.map((name) =>
          h('button', { key: name, type: 'button', class: 'button', onclick: () => choose(name) }, name),
        ),
      ),
    h(
      'div',
      { class: `field${entry.trouble ? ' wrong' : ''}` },
      h('label', { class: 'label', for: 'name' }, t('sign_in.name')),
      h('input', {
        id: 'name',
        type: 'text',
        autocomplete: 'name',
        maxlength: '64',
        value: entry.name,
        placeholder: t('sign_in.example'),
        'aria-invalid': entry.trouble ? 'true' : null,
        oninput: (/** @type {{ currentTarget: HTMLInputElement }} */ event) => {
          entry.name = event.currentTarget.value;
          changed();
        },
      }),
      h('p', { class: 'error', role: 'alert', hidden: !entry.trouble }, entry.trouble),
    ),
    h(
      'button',
      { type: 'submit', class: 'button primary large', 'aria-busy': entry.busy ? 'true' : null },
      t('sign_in.go'),
    ),
  );
}
