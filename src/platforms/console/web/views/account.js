/** Account menu: colours, alerts, access, keys, signing out; the language button is beside it. */
import { act } from '../lib/acts.js';
import { call } from '../lib/api.js';
import { alerts, chooseAlerts, desktopAllowed } from '../lib/attention.js';
import { keepChoice } from '../lib/browser-storage.js';
import { LAST } from '../lib/load.js';
import { state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { canPush, choosePush, loadPush, pushState } from '../lib/push.js';
import { nextTheme, theme } from '../lib/theme.js';
import { forgetAccess } from './access.js';
import { openKeys } from './commands.js';
import { openDialog } from './dialogs.js';
import { button, html, icon, languageButton, menu, option, t } from './elements.js';
import { avatar } from './message.js';

const THEME_ICONS = /** @type {const} */ ({ light: 'sun', dark: 'moon', auto: 'auto' });

/** @param {() => void} switchLanguage */
export function account(switchLanguage) {
  const name = state.session?.name ?? '';
  const summary = html`
    <summary>${avatar(name)}<span class="me">${name}</span><span class="unseen">${t('account')}</span>${icon('more')}</summary>
  `;
  const entries = [
    button([icon('bell'), t('alerts')], openAlerts),
    button([icon(THEME_ICONS[theme()]), t(`theme.${theme()}`)], nextTheme),
    state.session?.administrates && button([icon('key'), t('access')], openAccess),
    button([icon('help'), t('keys')], openKeys),
    button([icon('leave'), t('sign_out')], leave),
  ];
  return html`
    <footer class="side-foot">${menu(summary, entries, 'menu account')}${languageButton(switchLanguage)}</footer>
  `;
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
  keepChoice(LAST, null);
  // The identity provider's session ends too, or it would sign the same person in again at once.
  location.assign(left?.signOut ?? '/');
}

/** Opens the choice of alerts for news in this browser. */
function openAlerts() {
  loadPush().catch(() => {
    // The choice is not offered without a connection.
  });
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
        <div class="dialog-body stack">
          <p class="intro">${t('alerts.text')}</p>
          ${choice('desktop', desktop, allowed === 'denied' || allowed === 'none')}
          ${allowed === 'denied' && html`<p class="hint">${t('alerts.denied')}</p>`}
          ${choice('sound', sound)}
          ${canPush() && pushChoice()}
        </div>
      `;
    },
  });
}

/** Returns the choice of notifications while the page is closed, with its state. */
function pushChoice() {
  const now = pushState();
  const checked = ['on', 'asked', 'silent'].includes(now);
  const onchange = () => choosePush(!checked);
  return html`
    ${option({ type: 'checkbox', checked, disabled: now === 'asked', onchange }, t('push'))}
    <p class="hint" role="status">${t(`push.${now}`)}</p>
  `;
}
