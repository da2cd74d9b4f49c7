import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { localise, localiseCard, localised } from '../../../conversation/cards/localise.ts';
import { refusalText } from '../../../conversation/record/refusals.ts';
import type { HttpContext, HttpEnv } from '../../../http/routes.ts';
import { translate } from '../../../i18n/translate.ts';
import { cardPage } from './card-page.ts';
import { intentOf, showCard, submitted, useCard } from './card-routes.ts';
import {
  backFromOAuth,
  callerOf,
  type FormDependencies,
  goOn,
  identify,
  lateSessionOf,
  linkPage,
  pathOf,
  say,
  sessionOf,
  useLink,
} from './identity.ts';
import { confirmPage, FIELD, formPage, pageLanguage, sentencePage, type Values } from './page.ts';
import { digest, type Sent, text } from './sent.ts';
import { allows, type FormSession, formLink, formToken, isFormToken, type Ref } from './session.ts';
import { STYLE } from './style.ts';
import { forgetUnsent, keepUnsent, type Unsent, unsentOf } from './unsent.ts';

/** Far above the longest form: eight fields of 5,000 characters, percent-encoded. */
const MAX_BYTES = 512 * 1024;

/** The web form: pages without a script, for people whose chat has no text fields in cards. */
export function mountForms(http: Hono<HttpEnv>, deps: FormDependencies): void {
  http.use('/wecom/form/*', async (c, next) => {
    // Without a referrer a browser sends its forms as from nowhere, and they would be refused.
    c.header('Referrer-Policy', 'same-origin');
    await next();
  });
  http.use(
    '/wecom/form/*',
    bodyLimit({ maxSize: MAX_BYTES, onError: (c) => c.html(say(c, 'wecom_app.form.too_large'), 413) }),
  );
  http.get('/wecom/form/form.css', (c) => {
    c.header('Cache-Control', 'public, max-age=3600');
    return c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' });
  });
  http.get('/wecom/form/enter', (c) => linkPage(c, deps));
  http.post('/wecom/form/enter', (c) => useLink(c, deps));
  http.get('/wecom/form/back', (c) => backFromOAuth(c, deps));
  http.get('/wecom/form/open/:form', async (c) => {
    const ref = refOf(c);
    const session = sessionOf(c, deps);
    if (!session || !allows(session, ref)) return identify(c, deps, pathOf(c));
    const unsent = await unsentOf(deps, session.account, ref);
    const trouble = unsent && translate(pageLanguage(c), 'wecom_app.form.restored');
    return showForm(c, deps, { ref, session, values: unsent?.values ?? null, errors: {}, trouble, unsent });
  });
  http.post('/wecom/form/open/:form', (c) => submitForm(c, deps));
  http.get('/wecom/form/card/:view', (c) => {
    const session = sessionOf(c, deps);
    return session && session.only === null ? showCard(c, deps, session) : identify(c, deps, pathOf(c));
  });
  http.post('/wecom/form/card/:view', (c) => useCard(c, deps));
}

// --- the form --------------------------------------------------------------------------------------------------------

interface Shown {
  readonly ref: Ref;
  readonly session: FormSession;
  readonly values: Values | null;
  readonly errors: Readonly<Record<string, string>>;
  readonly trouble: string | null;
  /** Entries that came too late and are shown again. */
  readonly unsent?: Unsent | null;
}

async function showForm(c: HttpContext, deps: FormDependencies, shown: Shown): Promise<Response> {
  const { ref, session } = shown;
  const language = pageLanguage(c);
  const caller = callerOf(c, deps, session);
  const form = await deps.app.form(ref, caller);
  if ('code' in form) return c.html(sentencePage(language, [localise(refusalText(form), language)]), 404);
  const incident = ref.args['incident'];
  const state = incident === undefined ? null : await deps.app.state(incident, caller);
  const page = formPage({
    form: localised(form, language),
    language,
    values: shown.values,
    errors: shown.errors,
    trouble: shown.trouble,
    hidden: {
      token: formToken(session, deps.secret),
      revision: String(shown.unsent?.revision ?? state?.version ?? 0),
      key: deps.ids.next(),
    },
  });
  if (shown.unsent) return c.html(page);
  return c.html(page, Object.keys(shown.errors).length > 0 || shown.trouble !== null ? 422 : 200);
}

async function submitForm(c: HttpContext, deps: FormDependencies): Promise<Response> {
  const ref = refOf(c);
  const sent = await c.req.parseBody({ all: true });
  const values = valuesOf(sent);
  const session = sessionOf(c, deps);
  if (!session || !allows(session, ref)) return sentTooLate(c, deps, ref, { sent, values });
  const language = pageLanguage(c);
  if (!isFormToken(text(sent['token']), session, deps.secret)) {
    return showForm(c, deps, {
      ref,
      session,
      values,
      errors: {},
      trouble: translate(language, 'wecom_app.form.expired'),
    });
  }
  const incident = ref.args['incident'];
  const restored = intentOf(sent);
  // Only what the page itself offers after a form: to restore what it replaced.
  if (incident !== undefined && restored && (restored.type === 'choose_version' || restored.type === 'answer')) {
    const { text: said, good } = await submitted(c, deps, session, { incident, intent: restored, sent });
    return c.html(sentencePage(language, [said, translate(language, 'wecom_app.form.close')]), good ? 200 : 422);
  }
  if (text(sent['edit']) !== '') return showForm(c, deps, { ref, session, values, errors: {}, trouble: null });
  const body = JSON.stringify([session.account, ref, values]);
  // The same entries of the same page are the same act, however often they are sent; changed ones are another.
  const key = digest(`${text(sent['key'])}\n${body}`);
  const room = incident === undefined ? await deps.roomFor(session.account, key) : null;
  const revision = Number(text(sent['revision'])) || 0;
  const delivery = { platform: 'wecom-form', key, body };
  const input = { ref, revision, values, caller: callerOf(c, deps, session), delivery, room };
  const hidden = { token: text(sent['token']), revision: String(revision), key: text(sent['key']) };
  const back = text(sent['confirmed']) === '' ? await deps.app.readBack(input) : null;
  if (back && 'card' in back)
    return c.html(confirmPage({ card: localiseCard(back.card, language), language, values, hidden }));
  const result = await deps.app.submitForm(input);
  if (result.kind === 'invalid') {
    const errors = Object.fromEntries(
      Object.entries(result.errors).map(([field, error]) => [field, localise(error, language)]),
    );
    return showForm(c, deps, { ref, session, values, errors, trouble: null });
  }
  if (result.kind === 'refused') {
    const trouble = localise(refusalText(result.refusal), language);
    return showForm(c, deps, { ref, session, values, errors: {}, trouble });
  }
  await forgetUnsent(deps, session.account, ref);
  if (result.said && result.said.blocks.length > 0) {
    const card = localiseCard(result.said, language);
    const { version } = result.state;
    const page = { card, language, publicUrl: deps.publicUrl, said: null };
    return c.html(cardPage({ ...page, hidden: { ...hidden, revision: String(version), key: deps.ids.next() } }));
  }
  const said = result.said ? localise(result.said.title, language) : translate(language, 'wecom_app.form.done');
  const again = html`<p><a class="button" href="${formLink(ref, deps.publicUrl)}">${translate(language, 'wecom_app.form.again')}</a></p>`;
  return c.html(sentencePage(language, [said, translate(language, 'wecom_app.form.close')], again));
}

/** The session is over: what was entered is kept, and comes back once it is known again who somebody is. */
async function sentTooLate(
  c: HttpContext,
  deps: FormDependencies,
  ref: Ref,
  { sent, values }: { readonly sent: Sent; readonly values: Values },
): Promise<Response> {
  const language = pageLanguage(c);
  const late = lateSessionOf(c, deps);
  if (!late || !allows(late, ref) || !isFormToken(text(sent['token']), late, deps.secret)) {
    const entered = html`<textarea rows="12" readonly>${`\n${Object.values(values).flat().join('\n')}`}</textarea>`;
    return c.html(goOn(c, 'wecom_app.form.copy', entered), 401);
  }
  await keepUnsent(deps, late.account, ref, { revision: Number(text(sent['revision'])) || 0, values });
  if (late.only === null) return c.html(goOn(c, 'wecom_app.form.kept'), 401);
  return c.html(sentencePage(language, [translate(language, 'wecom_app.form.kept_link')]), 401);
}

function refOf(c: HttpContext): Ref {
  const args = Object.fromEntries(Object.entries(c.req.query()).filter(([name]) => name !== 'language'));
  return { form: c.req.param('form') ?? '', args };
}

/** Text fields come as text, ticks as lists; nothing ticked is not sent at all. */
function valuesOf(sent: Sent): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    Object.entries(sent).flatMap(([name, value]) => {
      if (!name.startsWith(FIELD)) return [];
      const all = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
      // Browsers send line breaks as CR LF.
      const lines = all.map((one) => one.replaceAll('\r\n', '\n'));
      const [first = ''] = lines;
      return [[name.slice(FIELD.length), lines.length === 1 ? first : lines] as const];
    }),
  );
}
