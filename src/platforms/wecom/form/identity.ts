import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { HttpContext } from '../../../http/routes.ts';
import type { UsedLinks } from '../../../http/sessions.ts';
import type { MessageKey } from '../../../i18n/keys.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Account, Room } from '../../../incident/identity.ts';
import type { App, Caller } from '../../../use-cases/app.ts';
import type { Clock, IdSource, KeptValues } from '../../../use-cases/ports.ts';
import { pageLanguage, sentencePage } from './page.ts';
import {
  COOKIE_SECONDS,
  type FormSession,
  formLink,
  formLinks,
  LATE_FOR,
  openState,
  SESSION_SECONDS,
  sealState,
  sessions,
} from './session.ts';

/** Identity by WeCom: a member of the company, or somebody else. */
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
  readonly kept: KeptValues;
  readonly usedLinks: UsedLinks;
  /** Null without the app: only links of direct messages open forms then. */
  readonly oauth: OAuth | null;
  readonly nameOf: (account: Account) => string;
  /** Room in which an incident declared here by a person is shown. */
  readonly roomFor: (account: Account, key: string) => Promise<Room | null>;
  readonly log: { warn(fields: object, message: string): void };
}

const BROWSER = 'jishi_wecom_browser';
const SESSION = 'jishi_wecom_form';

/** Lax: people come from WeCom's own page. What changes anything needs the form's token as well. */
function keepCookie(c: HttpContext, deps: FormDependencies, name: string, value: string, maxAge: number): void {
  const secure = deps.publicUrl.startsWith('https:');
  setCookie(c, name, value, { path: '/wecom/form', httpOnly: true, sameSite: 'Lax', secure, maxAge });
}

/** Session of this browser that had not ended at `at` (epoch ms), if any. */
export function sessionOf(c: HttpContext, deps: FormDependencies, at = deps.clock.now()): FormSession | null {
  return sessions.open(getCookie(c, SESSION) ?? '', deps.secret, at);
}

/** Session of this browser that ended not long ago, if any. */
export function lateSessionOf(c: HttpContext, deps: FormDependencies): FormSession | null {
  return sessionOf(c, deps, deps.clock.now() - LATE_FOR);
}

function begin(c: HttpContext, deps: FormDependencies, session: FormSession): void {
  keepCookie(c, deps, SESSION, sessions.seal(session, deps.secret, deps.clock.now()), COOKIE_SECONDS);
}

export function identify(c: HttpContext, deps: FormDependencies, path: string): Response | Promise<Response> {
  if (!deps.oauth) return c.html(say(c, 'wecom_app.form.from_wecom'), 401);
  const browser = getCookie(c, BROWSER) ?? deps.ids.next();
  keepCookie(c, deps, BROWSER, browser, SESSION_SECONDS);
  const state = sealState(path, browser, deps.secret, deps.clock.now());
  return c.redirect(deps.oauth.authorizeUrl(`${deps.publicUrl}/wecom/form/back`, state));
}

/** WeCom takes a code once; the state is good only in the browser it was made for. */
export async function backFromOAuth(c: HttpContext, deps: FormDependencies): Promise<Response> {
  const path = openState(c.req.query('state') ?? '', getCookie(c, BROWSER) ?? '', deps.secret, deps.clock.now());
  const code = c.req.query('code') ?? '';
  if (path === null || !deps.oauth || !/^[\w-]{1,512}$/.test(code))
    return c.html(say(c, 'wecom_app.form.no_identity'), 403);
  let who: Identified;
  try {
    who = await deps.oauth.identify(code);
  } catch (error) {
    deps.log.warn({ err: error }, 'WeCom did not say who opened a form');
    return c.html(say(c, 'wecom_app.form.no_identity'), 403);
  }
  if (who.kind === 'outsider') return c.html(say(c, 'wecom_app.form.outsider'), 403);
  begin(c, deps, { account: who.account, id: deps.ids.next(), only: null });
  return c.redirect(`${deps.publicUrl}${path}`);
}

/** Looking at a link does not use it up: chat programs look at links before people do. */
export function linkPage(c: HttpContext, deps: FormDependencies): Response | Promise<Response> {
  const token = c.req.query('token') ?? '';
  if (!formLinks.open(token, deps.secret, deps.clock.now())) return c.html(say(c, 'wecom_app.form.link_used'), 403);
  const language = pageLanguage(c);
  const button = html`<form method="post" action="/wecom/form/enter"><input type="hidden" name="token" value="${token}"><button type="submit">${translate(language, 'wecom_app.form.enter')}</button></form>`;
  return c.html(sentencePage(language, [translate(language, 'wecom_app.form.enter_about')], button));
}

export async function useLink(c: HttpContext, deps: FormDependencies): Promise<Response> {
  const { token } = await c.req.parseBody();
  const link = typeof token === 'string' ? formLinks.open(token, deps.secret, deps.clock.now()) : null;
  if (!link || !(await deps.usedLinks.use(link.nonce, link.account.id))) {
    return c.html(say(c, 'wecom_app.form.link_used'), 403);
  }
  begin(c, deps, { account: link.account, id: deps.ids.next(), only: link.ref });
  return c.redirect(formLink(link.ref, deps.publicUrl), 303);
}

export function callerOf(c: HttpContext, deps: FormDependencies, { account }: FormSession): Caller {
  return { account, name: deps.nameOf(account), language: pageLanguage(c) };
}

/** A page of one sentence. */
export function say(c: Context, key: MessageKey) {
  return sentencePage(pageLanguage(c), [translate(pageLanguage(c), key)]);
}

/** A page with a way on to itself. A form may not lead to WeCom's page by itself: browsers stop that for its safety. */
export function goOn(c: HttpContext, key: MessageKey, more: ReturnType<typeof html> | '' = '') {
  const language = pageLanguage(c);
  const link = html`${more}<p><a class="button" href="${pathOf(c)}">${translate(language, 'wecom_app.form.again')}</a></p>`;
  return sentencePage(language, [translate(language, key)], link);
}

/** Path to continue with after identification. */
export function pathOf(c: HttpContext): string {
  const { pathname, search } = new URL(c.req.url);
  return `${pathname}${search}`;
}
