import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { readForm } from '../../../http/body.ts';
import { languageOf } from '../../../http/language.ts';
import type { HttpContext } from '../../../http/routes.ts';
import type { UsedLinks } from '../../../http/sessions.ts';
import { equalInConstantTime } from '../../../http/signing.ts';
import type { MessageKey } from '../../../i18n/keys.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Account, Language, Room } from '../../../incident/identity.ts';
import type { PageIntake } from '../../../talk/page-intake.ts';
import type { App, Caller } from '../../../use-cases/app.ts';
import type { Clock, IdSource, KeptValues } from '../../../use-cases/ports.ts';
import { type Markup, type PageContext, sentencePage } from './page.ts';
import {
  COOKIE_SECONDS,
  type FormSession,
  formLink,
  formLinks,
  formToken,
  hashed,
  SESSION_SECONDS,
  sessions,
  states,
} from './session.ts';

export interface OAuth {
  /** The page of WeCom that sends a person back to `redirect` with a code. */
  authorizeUrl(redirect: string, state: string): string;
  /** Account of a member of the company; null for somebody else. Rejects if WeCom could not be asked or does not know the code. */
  identify(code: string): Promise<Account | null>;
}

export interface FormDependencies {
  readonly app: App;
  readonly acts: PageIntake;
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

/** Language of a page for whoever opened it: WeCom's browser may not say, and then its readers read Chinese. */
export function pageLanguage(c: HttpContext): Language {
  return languageOf(c, 'zh-CN');
}

/** Lax: people come from WeCom's own page. What changes anything needs the form's token as well. */
function keepCookie(c: HttpContext, deps: FormDependencies, name: string, value: string, maxAge: number): void {
  const secure = deps.publicUrl.startsWith('https:');
  setCookie(c, name, value, { path: '/wecom/form', httpOnly: true, sameSite: 'Lax', secure, maxAge });
}

/** A person who opened a page, identified by the session of this browser. */
export interface Visit {
  readonly session: FormSession;
  readonly caller: Caller;
  /** Inputs and texts of the next page; `revision`: of the record it shows. */
  page(revision: number): PageContext;
}

/** The visit of a session that had not ended at `at` (epoch ms), if any. */
export function visitOf(c: HttpContext, deps: FormDependencies, at = deps.clock.now()): Visit | null {
  const { secret, publicUrl, ids } = deps;
  const session = sessions.open(getCookie(c, SESSION) ?? '', secret, at);
  if (!session) return null;
  const { account } = session;
  const language = pageLanguage(c);
  return {
    session,
    caller: { account, name: deps.nameOf(account), language },
    page: (revision) => ({
      language,
      publicUrl,
      hidden: { token: formToken(session, secret), revision: String(revision), key: ids.next() },
    }),
  };
}

function begin(c: HttpContext, deps: FormDependencies, session: FormSession): void {
  keepCookie(c, deps, SESSION, sessions.seal(session, deps.secret, deps.clock.now()), COOKIE_SECONDS);
}

/** Sends a browser to WeCom and back to this page. */
export function identify(c: HttpContext, deps: FormDependencies): Response | Promise<Response> {
  if (!deps.oauth) return say(c, 'wecom_app.form.from_wecom', 401);
  const browser = getCookie(c, BROWSER) ?? deps.ids.next();
  keepCookie(c, deps, BROWSER, browser, SESSION_SECONDS);
  const state = states.seal({ path: pathOf(c), browser: hashed(browser) }, deps.secret, deps.clock.now());
  return c.redirect(deps.oauth.authorizeUrl(`${deps.publicUrl}/wecom/form/back`, state));
}

/** WeCom takes a code once; the state is good only in the browser it was made for. */
export async function backFromOAuth(c: HttpContext, deps: FormDependencies): Promise<Response> {
  const state = states.open(c.req.query('state') ?? '', deps.secret, deps.clock.now());
  const isOwn = state !== null && equalInConstantTime(state.browser, hashed(getCookie(c, BROWSER) ?? ''));
  const code = c.req.query('code') ?? '';
  if (!isOwn || !deps.oauth || !/^[\w-]{1,512}$/.test(code)) return say(c, 'wecom_app.form.no_identity', 403);
  const account = await deps.oauth.identify(code).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'WeCom did not say who opened a form');
  });
  if (account === undefined) return say(c, 'wecom_app.form.no_identity', 403);
  if (account === null) return say(c, 'wecom_app.form.outsider', 403);
  begin(c, deps, { account, id: deps.ids.next(), only: null });
  return c.redirect(`${deps.publicUrl}${state.path}`);
}

/** Looking at a link does not use it up: chat programs look at links before people do. */
export function linkPage(c: HttpContext, deps: FormDependencies): Response | Promise<Response> {
  const token = c.req.query('token') ?? '';
  if (!formLinks.open(token, deps.secret, deps.clock.now())) return say(c, 'wecom_app.form.link_used', 403);
  const button = html`<form method="post" action="/wecom/form/enter"><input type="hidden" name="token" value="${token}"><button type="submit">${translate(pageLanguage(c), 'wecom_app.form.enter')}</button></form>`;
  return say(c, 'wecom_app.form.enter_about', 200, button);
}

export async function useLink(c: HttpContext, deps: FormDependencies): Promise<Response> {
  const { token } = await readForm(c);
  const link = typeof token === 'string' ? formLinks.open(token, deps.secret, deps.clock.now()) : null;
  if (!link || !(await deps.usedLinks.use(link.nonce, link.account.id))) return say(c, 'wecom_app.form.link_used', 403);
  begin(c, deps, { account: link.account, id: deps.ids.next(), only: link.ref });
  return c.redirect(formLink(link.ref, deps.publicUrl), 303);
}

type Status = 200 | 401 | 403 | 413;

/** A page of one sentence. */
export function say(c: HttpContext, key: MessageKey, status: Status, more: Markup | '' = '') {
  const language = pageLanguage(c);
  return c.html(sentencePage(language, [translate(language, key)], more), status);
}

/** A page with a way on to itself. A form may not lead to WeCom's page by itself: browsers stop that for its safety. */
export function goOn(c: HttpContext, key: MessageKey, more: Markup | '' = '') {
  const again = translate(pageLanguage(c), 'wecom_app.form.again');
  return say(c, key, 401, html`${more}<p><a class="button" href="${pathOf(c)}">${again}</a></p>`);
}

/** Path of a page, to go on with it after identification. */
function pathOf(c: HttpContext): string {
  const { pathname, search } = new URL(c.req.url);
  return `${pathname}${search}`;
}
