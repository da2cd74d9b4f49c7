import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { localise, localiseForm } from '../../../conversation/localise.ts';
import { refusalText } from '../../../conversation/refusals.ts';
import { languageOf } from '../../../http/language.ts';
import type { HttpContext, HttpEnv } from '../../../http/routes.ts';
import type { UsedLinks } from '../../../http/sessions.ts';
import type { MessageKey } from '../../../i18n/keys.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Account, Room } from '../../../incident/identity.ts';
import type { App, Caller } from '../../../use-cases/app.ts';
import type { Clock, IdSource } from '../../../use-cases/ports.ts';
import { FIELD, formPage, sentencePage, type Values } from './page.ts';
import {
  allows,
  type FormSession,
  formLink,
  formToken,
  isFormToken,
  type NewSession,
  openLink,
  openSession,
  openState,
  type Ref,
  SESSION_SECONDS,
  sealSession,
  sealState,
} from './session.ts';
import { STYLE } from './style.ts';

/** Who somebody is, as WeCom says: a member of the company, or somebody else. */
export type Identified = { readonly kind: 'member'; readonly account: Account } | { readonly kind: 'outsider' };

export interface OAuth {
  /** The page of WeCom that sends a person back to `redirect` with a code. */
  authorizeUrl(redirect: string, state: string): string;
  /** Rejects if WeCom could not be asked or does not know the code. */
  identify(code: string): Promise<Identified>;
}

export interface FormDependencies {
  readonly app: App;
  readonly publicUrl: string;
  /** Signs sessions and links. */
  readonly secret: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly usedLinks: UsedLinks;
  /** Null without the app: only links of direct messages open forms then. */
  readonly oauth: OAuth | null;
  readonly nameOf: (account: Account) => string;
  /** Where an incident that somebody declares here is shown. */
  readonly roomFor: (account: Account, key: string) => Promise<Room | null>;
  readonly log: { warn(fields: object, message: string): void };
}

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
    if (!session || !allows(session, ref)) return identify(c, deps, ref);
    return showForm(c, deps, { ref, session, values: null, errors: {}, trouble: null });
  });
  http.post('/wecom/form/open/:form', (c) => submitForm(c, deps));
}

// --- who it is -------------------------------------------------------------------------------------------------------

const BROWSER = 'jishi_wecom_browser';
const SESSION = 'jishi_wecom_form';

/** Lax: people come from WeCom's own page. What changes anything needs the form's token as well. */
function keepCookie(c: HttpContext, deps: FormDependencies, name: string, value: string, maxAge: number): void {
  const secure = deps.publicUrl.startsWith('https:');
  setCookie(c, name, value, { path: '/wecom/form', httpOnly: true, sameSite: 'Lax', secure, maxAge });
}

function sessionOf(c: HttpContext, deps: FormDependencies): FormSession | null {
  const token = getCookie(c, SESSION);
  return token === undefined ? null : openSession(token, deps.secret, deps.clock.now());
}

function begin(c: HttpContext, deps: FormDependencies, session: NewSession): void {
  keepCookie(c, deps, SESSION, sealSession(session, deps.secret, deps.clock.now()), SESSION_SECONDS);
}

function identify(c: HttpContext, deps: FormDependencies, ref: Ref): Response | Promise<Response> {
  if (!deps.oauth) return c.html(say(c, 'wecom_app.form.from_wecom'), 401);
  const browser = getCookie(c, BROWSER) ?? deps.ids.next();
  keepCookie(c, deps, BROWSER, browser, SESSION_SECONDS);
  const state = sealState(ref, browser, deps.secret, deps.clock.now());
  return c.redirect(deps.oauth.authorizeUrl(`${deps.publicUrl}/wecom/form/back`, state));
}

/** WeCom takes a code once; the state is good only in the browser it was made for. */
async function backFromOAuth(c: HttpContext, deps: FormDependencies): Promise<Response> {
  const ref = openState(c.req.query('state') ?? '', getCookie(c, BROWSER) ?? '', deps.secret, deps.clock.now());
  const code = c.req.query('code') ?? '';
  if (!ref || !deps.oauth || !/^[\w-]{1,512}$/.test(code)) return c.html(say(c, 'wecom_app.form.no_identity'), 403);
  let who: Identified;
  try {
    who = await deps.oauth.identify(code);
  } catch (error) {
    deps.log.warn({ err: error }, 'WeCom did not say who opened a form');
    return c.html(say(c, 'wecom_app.form.no_identity'), 403);
  }
  if (who.kind === 'outsider') return c.html(say(c, 'wecom_app.form.outsider'), 403);
  begin(c, deps, { account: who.account, id: deps.ids.next(), only: null });
  return c.redirect(formLink(ref, deps.publicUrl));
}

/** Looking at a link does not use it up: chat programs look at links before people do. */
function linkPage(c: HttpContext, deps: FormDependencies): Response | Promise<Response> {
  const token = c.req.query('token') ?? '';
  if (!openLink(token, deps.secret, deps.clock.now())) return c.html(say(c, 'wecom_app.form.link_used'), 403);
  const language = languageOf(c);
  const button = html`<form method="post" action="/wecom/form/enter"><input type="hidden" name="token" value="${token}"><button type="submit">${translate(language, 'wecom_app.form.enter')}</button></form>`;
  return c.html(sentencePage(language, [translate(language, 'wecom_app.form.enter_about')], button));
}

async function useLink(c: HttpContext, deps: FormDependencies): Promise<Response> {
  const { token } = await c.req.parseBody();
  const link = typeof token === 'string' ? openLink(token, deps.secret, deps.clock.now()) : null;
  if (!link || !(await deps.usedLinks.use(link.nonce, link.account.id))) {
    return c.html(say(c, 'wecom_app.form.link_used'), 403);
  }
  begin(c, deps, { account: link.account, id: deps.ids.next(), only: link.ref });
  return c.redirect(formLink(link.ref, deps.publicUrl), 303);
}

// --- the form --------------------------------------------------------------------------------------------------------

interface Shown {
  readonly ref: Ref;
  readonly session: FormSession;
  readonly values: Values | null;
  readonly errors: Readonly<Record<string, string>>;
  readonly trouble: string | null;
}

async function showForm(c: HttpContext, deps: FormDependencies, shown: Shown): Promise<Response> {
  const { ref, session } = shown;
  const language = languageOf(c);
  const caller = callerOf(c, deps, session);
  const form = await deps.app.form(ref, caller);
  if ('code' in form) return c.html(sentencePage(language, [localise(refusalText(form), language)]), 404);
  const incident = ref.args['incident'];
  const state = incident === undefined ? null : await deps.app.state(incident, caller);
  const page = formPage({
    form: localiseForm(form, language),
    language,
    values: shown.values,
    errors: shown.errors,
    trouble: shown.trouble,
    hidden: {
      token: formToken(session, deps.secret),
      revision: String(state?.version ?? 0),
      key: deps.ids.next(),
    },
  });
  return c.html(page, Object.keys(shown.errors).length > 0 || shown.trouble !== null ? 422 : 200);
}

async function submitForm(c: HttpContext, deps: FormDependencies): Promise<Response> {
  const ref = refOf(c);
  const sent = await c.req.parseBody({ all: true });
  const values = valuesOf(sent);
  const session = sessionOf(c, deps);
  if (!session || !allows(session, ref)) return c.html(say(c, 'wecom_app.form.from_wecom'), 401);
  const language = languageOf(c);
  if (!isFormToken(text(sent['token']), session, deps.secret)) {
    return showForm(c, deps, {
      ref,
      session,
      values,
      errors: {},
      trouble: translate(language, 'wecom_app.form.expired'),
    });
  }
  const body = JSON.stringify([session.account, ref, values]);
  // The same entries of the same page are the same act, however often they are sent; changed ones are another.
  const key = digest(`${text(sent['key'])}\n${body}`);
  const room = ref.args['incident'] === undefined ? await deps.roomFor(session.account, key) : null;
  const result = await deps.app.submitForm({
    ref,
    revision: Number(text(sent['revision'])) || 0,
    values,
    caller: callerOf(c, deps, session),
    delivery: { platform: 'wecom-form', key, body },
    ...(room ? { room } : {}),
  });
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
  const said = result.said ? localise(result.said.title, language) : translate(language, 'wecom_app.form.done');
  const again = html`<p><a class="button" href="${formLink(ref, deps.publicUrl)}">${translate(language, 'wecom_app.form.again')}</a></p>`;
  return c.html(sentencePage(language, [said, translate(language, 'wecom_app.form.close')], again));
}

function callerOf(c: HttpContext, deps: FormDependencies, { account }: FormSession): Caller {
  return { account, name: deps.nameOf(account), language: languageOf(c) };
}

function refOf(c: HttpContext): Ref {
  const args = Object.fromEntries(Object.entries(c.req.query()).filter(([name]) => name !== 'language'));
  return { form: c.req.param('form') ?? '', args };
}

type Sent = Readonly<Record<string, string | File | (string | File)[]>>;

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

function text(value: Sent[string] | undefined): string {
  return typeof value === 'string' ? value : '';
}

function digest(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

function say(c: HttpContext, key: MessageKey) {
  return sentencePage(languageOf(c), [translate(languageOf(c), key)]);
}
