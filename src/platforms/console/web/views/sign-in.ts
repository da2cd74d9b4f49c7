/** Sign-in page. A visitor with the printed link chooses a name; from elsewhere people need links of their own. */
import { attempt, call } from '../lib/api.ts';
import { state } from '../lib/model.ts';
import { brand, html, kept, labelled, languageButton, submitButton, submitted, t, trouble } from './elements.ts';

const entry: { trouble: string | null; busy: boolean; sent: boolean } = { trouble: null, busy: false, sent: false };

export function signInView(signedIn: () => unknown) {
  return html`
    <main class="sign-in" tabindex="-1">
      <div class="sign-in-box stack">
        <p class="brand">${brand()}</p>
        ${wayIn(signedIn)}
        ${languageButton()}
      </div>
    </main>
  `;
}

function wayIn(signedIn: () => unknown) {
  const { signIn: mode = 'closed', sendsLinks, single } = state.session ?? {};
  if (mode === 'local') return chooser(signedIn);
  if (mode === 'login' && (sendsLinks || single)) return ways();
  return html`
    <div class="field stack">
      <h1>${t(`sign_in.${mode}`)}</h1>
      <p>${t(`sign_in.${mode}_text`)}</p>
      <pre><code>${mode === 'link' ? 'npx jishi login' : 'npx jishi login NAME'}</code></pre>
    </div>
  `;
}

function ways() {
  const { sendsLinks, single } = state.session ?? {};
  return html`
    <div class="field stack">
      <h1>${t('sign_in.title')}</h1>
      ${single && html`<a class="button primary large" href="/login/oidc">${t('sign_in.single', { name: single })}</a>`}
      ${single && sendsLinks && html`<p class="faint">${t('sign_in.or')}</p>`}
      ${sendsLinks && sender(!single)}
    </div>
  `;
}

/** Sends the name to the server, one request at a time. */
function send(run: () => Promise<void>) {
  // The button is not disabled, so that Enter right after the last letter is not lost.
  if (kept('name').value.trim() !== '' && !entry.busy) void attempt(entry, run);
}

const busy = () => ({ 'aria-busy': entry.busy ? 'true' : null });

function sender(first: boolean) {
  const ask = async () => {
    await call('nothing', '/session/link', { json: { who: kept('name').value } });
    entry.sent = true;
  };
  return html`
    <form class="stack" onsubmit=${submitted(() => send(ask))}>
      ${nameField('who', t('sign_in.send_text'))}
      ${submitButton(t('sign_in.send'), `button large${first ? ' primary' : ''}`, busy())}
      <div role="status">${entry.sent && sent()}</div>
    </form>
  `;
}

function sent() {
  return [
    html`<p>${t('sign_in.sent')}</p>`,
    html`<p class="faint">${t('sign_in.again')}</p>`,
    html`<pre><code>npx jishi login NAME</code></pre>`,
  ];
}

function nameField(label: 'who' | 'name', hint?: string) {
  const [autocomplete, maxlength] = label === 'who' ? ['username', '256'] : ['name', '64'];
  const input = html`
    <input id="name" type="text" ...${{ ...kept('name'), autocomplete, maxlength }}
      placeholder=${label === 'who' ? null : t('sign_in.example')} aria-invalid=${entry.trouble ? 'true' : null} />
  `;
  return [labelled('name', t(`sign_in.${label}`), input, hint), trouble(entry.trouble)];
}

function chooser(signedIn: () => unknown) {
  const choose = async () => {
    await call('named', '/session', { json: { name: kept('name').value } });
    signedIn();
  };
  return html`
    <form class="stack" onsubmit=${submitted(() => send(choose))}>
      <h1>${t('sign_in.local')}</h1>
      <p class="faint">${t('sign_in.local_text')}</p>
      ${nameField('name')}
      ${submitButton(t('sign_in.go'), 'button primary large', busy())}
    </form>
  `;
}
