/** Menu of the person who is signed in: colours, alerts, access, keys, signing out; beside it the language. */
import { act } from '../lib/acts.js';
import { call } from '../lib/api.js';
import { alerts, chooseAlerts, desktopAllowed } from '../lib/attention.js';
import { html } from '../lib/html.js';
import { state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { nextTheme, theme } from '../lib/theme.js';
import { language, t } from '../lib/words.js';
import { forgetAccess } from './access.js';
import { openDialog } from './dialogs.js';
import { openKeys } from './help.js';
import { icon } from './icons.js';
import { closeAfter, closeOutside } from './menu.js';
import { avatar } from './message.js';
import { option } from './parts.js';

const THEME_ICONS = /** @type {const} */ ({ light: 'sun', dark: 'moon', auto: 'auto' });

/** @param {() => void} switchLanguage */
export function account(switchLanguage) {
  const name = state.session?.name ?? '';
  return html`
    <footer class="side-foot">
      <details class="menu account" onfocusout=${closeOutside} onclick=${closeAfter}>
        <summary>${avatar(name)}<span class="me">${name}</span><span class="unseen">${t('account')}</span>${icon('more')}</summary>
        <div class="menu-list">
          ${entry(t('alerts'), 'bell', openAlerts)}
          ${entry(t(`theme.${theme()}`), THEME_ICONS[theme()], nextTheme)}
          ${state.session?.administrates && entry(t('access'), 'key', openAccess)}
          ${entry(t('keys'), 'help', openKeys)}
          ${entry(t('sign_out'), 'leave', leave)}
        </div>
      </details>
      <button type="button" class="plain" lang=${language() === 'en' ? 'zh-CN' : 'en'} onclick=${switchLanguage}>
        ${language() === 'en' ? '中文' : 'English'}
      </button>
    </footer>
  `;
}

/** @param {string} label @param {string} name of the icon @param {() => void} onclick */
function entry(label, name, onclick) {
  return html`<button type="button" class="button" onclick=${onclick}>${icon(name)}${label}</button>`;
}

function openAccess() {
  forgetAccess();
  go({ view: 'access' });
}

async function leave() {
  /** @type {{ signOut?: string | null } | undefined} */
  let left;
  const isDone = await act('leave', 'leave', async () => {
    left = await call('/session', { method: 'DELETE' });
  });
  if (!isDone) return;
  sessionStorage.clear();
  // At the identity provider as well, which would sign the same person in again at once.
  location.assign(left?.signOut ?? '/');
}

/** Alerts of this browser when something new is theirs. */
function openAlerts() {
  openDialog({
    title: () => t('alerts'),
    body: () => {
      const { desktop, sound } = alerts();
      const allowed = desktopAllowed();
      /** @param {'desktop' | 'sound'} which @param {boolean} checked @param {boolean} [disabled] */
      const choice = (which, checked, disabled = false) => {
        const onchange = (/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) =>
          chooseAlerts({ [which]: currentTarget.checked });
        return option({ type: 'checkbox', checked, disabled, onchange }, t(`alerts.${which}`));
      };
      return html`
        <div class="dialog-body">
          <p class="intro">${t('alerts.text')}</p>
          ${choice('desktop', desktop, allowed === 'denied' || allowed === 'none')}
          ${allowed === 'denied' && html`<p class="hint">${t('alerts.denied')}</p>`}
          ${choice('sound', sound)}
        </div>
      `;
    },
  });
}
