/**
 * Sign-in page. A visitor with the printed link chooses a name; from elsewhere each person needs a link of their own.
 */
import { wordsFor } from '../lib/acts.js';
import { call } from '../lib/api.js';
import { html } from '../lib/html.js';
import { changed, state } from '../lib/model.js';
import { language, t } from '../lib/words.js';
import { brand, submitted } from './parts.js';

const KEPT = 'jishi.names';
const entry = { name: '', trouble: '', busy: false, sent: false };

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
  return html`
    <main class="sign-in" tabindex="-1">
      <div class="sign-in-box">
        <p class="brand">${brand()}</p>
        ${
          mode === 'local'
            ? chooser(signedIn)
            : mode === 'login' && (state.session?.sendsLinks || state.session?.single)
              ? ways()
              : html`
          <div class="field">
            <h1>${t(`sign_in.${mode}`)}</h1>
            <p>${t(`sign_in.${mode}_text`)}</p>
            <pre><code>${mode === 'link' ? 'npx jishi login' : 'npx jishi login NAME'}</code></pre>
          </div>
        `
        }
        <button type="button" class="plain" lang=${language() === 'en' ? 'zh-CN' : 'en'} onclick=${switchLanguage}>
          ${language() === 'en' ? '中文' : 'English'}
        </button>
      </div>
    </main>
  `;
}

/** Ways in from elsewhere: by the identity provider, by a link that is sent. */
function ways() {
  const { sendsLinks, single } = state.session ?? {};
  return html`
    <div class="field">
      <h1>${t('sign_in.title')}</h1>
      ${single && html`<a class="button primary large" href="/login/oidc">${t('sign_in.single', { name: single })}</a>`}
      ${single && sendsLinks && html`<p class="faint">${t('sign_in.or')}</p>`}
      ${sendsLinks && sender(!single)}
    </div>
  `;
}

/** @param {boolean} first The only way, so the button stands out. */
function sender(first) {
  const send = async () => {
    if (entry.name.trim() === '' || entry.busy) return;
    entry.busy = true;
    entry.trouble = '';
    changed();
    try {
      await call('/session/link', { json: { who: entry.name } });
      entry.sent = true;
    } catch (error) {
      entry.trouble = wordsFor(error);
    }
    entry.busy = false;
    changed();
  };
  return html`
    <form onsubmit=${submitted(send)}>
      ${nameField('who', t('sign_in.send_text'))}
      <button type="submit" class="button large${first ? ' primary' : ''}" aria-busy=${entry.busy ? 'true' : null}>
        ${t('sign_in.send')}
      </button>
      <div role="status">
        ${
          entry.sent &&
          html`
          <p>${t('sign_in.sent')}</p>
          <p class="faint">${t('sign_in.again')}</p>
          <pre><code>npx jishi login NAME</code></pre>
        `
        }
      </div>
    </form>
  `;
}

/** @param {'who' | 'name'} label @param {string} [hint] */
function nameField(label, hint) {
  /** @param {{ currentTarget: HTMLInputElement }} event */
  const typed = ({ currentTarget }) => {
    entry.name = currentTarget.value;
    changed();
  };
  return html`
    <div class="field${entry.trouble ? ' wrong' : ''}">
      <label class="label" for="name">${t(`sign_in.${label}`)}</label>
      ${hint && html`<p class="faint">${hint}</p>`}
      <input
        id="name"
        type="text"
        autocomplete=${label === 'who' ? 'username' : 'name'}
        maxlength=${label === 'who' ? '256' : '64'}
        value=${entry.name}
        placeholder=${label === 'who' ? null : t('sign_in.example')}
        aria-invalid=${entry.trouble ? 'true' : null}
        oninput=${typed}
      />
      <p class="error" role="alert" hidden=${!entry.trouble}>${entry.trouble}</p>
    </div>
  `;
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
  return html`
    <form onsubmit=${submitted(() => choose(entry.name))}>
      <h1>${t('sign_in.local')}</h1>
      <p class="faint">${t('sign_in.local_text')}</p>
      ${
        known.length > 0 &&
        html`
        <div class="actions">
          ${known.map(
            (name) => html`
            <button key=${name} type="button" class="button" onclick=${() => choose(name)}>${name}</button>
          `,
          )}
        </div>
      `
      }
      ${nameField('name')}
      <button type="submit" class="button primary large" aria-busy=${entry.busy ? 'true' : null}>
        ${t('sign_in.go')}
      </button>
    </form>
  `;
}
