/** Account menu: alerts, access, keys, signing out; the language button is beside it. */
import { act } from '../lib/acts.ts';
import { call } from '../lib/api.ts';
import { alerts, chooseAlerts, desktopAllowed } from '../lib/attention.ts';
import { lastDesk, quietly } from '../lib/load.ts';
import { state } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { canPush, choosePush, loadPush, pushState, switchOff } from '../lib/push.ts';
import { forgetAccess } from './access.ts';
import { openDialog } from './dialogs.ts';
import { button, html, icon, languageButton, menu, option, t } from './elements.ts';
import { openKeys } from './keys.ts';
import { avatar } from './room.ts';

export function account() {
  const name = state.session?.name ?? '';
  const summary = html`
    <summary>${avatar(name)}<span class="me">${name}</span><span class="unseen">${t('account')}</span>${icon('more')}</summary>
  `;
  const entries = [
    button([icon('bell'), t('alerts')], openAlerts),
    state.session?.administrates && button([icon('key'), t('access')], openAccess),
    button([icon('help'), t('keys')], openKeys),
    button([icon('leave'), t('sign_out')], leave),
  ];
  return html`
    <footer class="side-foot">${menu(summary, entries, 'menu account')}${languageButton()}</footer>
  `;
}

function openAccess() {
  forgetAccess();
  go('/access');
}

async function leave() {
  let next = '/';
  const left = await act('leave', 'leave', async () => {
    await switchOff().catch(quietly);
    next = (await call('signedOut', '/session', { method: 'DELETE' })).signOut ?? '/';
    return null;
  });
  if (!left) return;
  sessionStorage.clear();
  lastDesk.delete();
  // The identity provider's session ends too, or it would sign the same person in again at once.
  location.assign(next);
}

function openAlerts() {
  loadPush().catch(quietly);
  openDialog({
    title: () => t('alerts'),
    body: () => {
      const allowed = desktopAllowed();
      const onchange = ({ currentTarget }: { currentTarget: HTMLInputElement }) => chooseAlerts(currentTarget.checked);
      const desktop = { checked: alerts(), disabled: allowed === 'denied' || allowed === 'none', onchange };
      return html`
        <div class="dialog-body stack">
          <p class="intro">${t('alerts.text')}</p>
          ${option({ type: 'checkbox', ...desktop }, t('alerts.desktop'))}
          ${allowed === 'denied' && html`<p class="hint">${t('alerts.denied')}</p>`}
          ${canPush() && pushChoice()}
        </div>
      `;
    },
  });
}

function pushChoice() {
  const now = pushState();
  const checked = ['on', 'asked', 'silent'].includes(now);
  const onchange = () => choosePush(!checked);
  return html`
    ${option({ type: 'checkbox', checked, disabled: now === 'asked', onchange }, t('push'))}
    <p class="hint" role="status">${t(`push.${now}`)}</p>
  `;
}
