import type { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { z } from 'zod';
import { translate } from '../i18n/translate.ts';
import { peopleCalled } from '../incident/people/find.ts';
import { instant } from './answers.ts';
import { readForm, readJson } from './body.ts';
import { languageOf } from './language.ts';
import type { Entering, Members } from './members.ts';
import { accountOfClaims, type Claims, groupsOfClaims, type IdentityProvider, OIDC_PATH, oidcState } from './oidc.ts';
import { administrates } from './operations/access.ts';
import { type Asked, type Operations, operation } from './operations/operation.ts';
import { plainPage } from './page.ts';
import { problem } from './problems.ts';
import type { HttpContext, HttpEnv, HttpParts } from './routes.ts';
import { consoleName, type Login, logins } from './sessions.ts';
import { expiringTokens } from './signing.ts';

const nameShape = z.strictObject({ name: z.string() });

export const sessionAnswer = z.strictObject({
  name: z.string().nullable(),
  signIn: z.enum(['local', 'link', 'login', 'closed']),
  sendsLinks: z.boolean(),
  single: z.string().nullable(),
  administrates: z.boolean(),
  now: instant,
});

/** Operations on the current console session: read it, sign in on this machine, request a link, sign out. */
export const sessions: Operations = {
  'GET /session': operation(
    { summary: 'Who is signed in, and how one may sign in', gives: sessionAnswer, open: true },
    ({ c, parts }) => ({
      name: c.var.asker.kind === 'person' ? c.var.asker.caller.name : null,
      signIn: parts.access.mode(c),
      sendsLinks: parts.linkSender !== null,
      single: parts.provider?.config.name ?? null,
      administrates: administrates(c, parts),
      now: new Date(parts.clock.now()).toISOString(),
    }),
  ),
  'POST /session': {
    ...operation(
      {
        summary: 'Choose who you are (local mode only, in a browser that came by the printed link)',
        gives: nameShape,
        open: true,
      },
      chooseName,
    ),
    // The handler parses the body itself: other sign-in modes refuse the request whatever its body is.
    body: nameShape,
  },
  'DELETE /session': operation(
    {
      summary: 'Sign out',
      gives: z.strictObject({ name: z.null(), signOut: z.string().nullable() }),
      open: true,
    },
    async ({ c, parts }) => {
      const { asker } = c.var;
      const isSingle = asker.kind === 'person' && asker.session.way === 'oidc';
      await parts.access.end(c);
      // The provider's session must end too, or it would sign the person in again at once. Its failure is ignored.
      const signOut = isSingle ? await parts.provider?.signOutUrl().catch(() => null) : null;
      return { name: null, signOut: signOut ?? null };
    },
  ),
  'POST /session/link': operation(
    {
      summary: 'Have a sign-in link sent by chat or mail; the answer is the same for whom nobody knows',
      /** `who`: name, id, mail address or account of a person of the profile. */
      body: z.strictObject({ who: z.string().trim().min(1).max(256) }),
      gives: z.strictObject({}),
      status: 202,
      open: true,
    },
    ({ body, parts: { linkSender, audit } }) => {
      // The result is not awaited, so that the response time reveals nothing about any account.
      void linkSender?.send(body.who).then(({ result, person }) => {
        const outcome = result === 'sent' ? 'done' : 'refused';
        audit({ audit: 'link_requested', outcome, person, what: result });
      });
      return {};
    },
  ),
};

/** Mounts sign-in pages. `/login`: by a link; `/login/oidc`: by the identity provider. */
export function mountSignIn(http: Hono<HttpEnv>, parts: HttpParts): void {
  http.get('/login', (c) => linkPage(c, parts));
  http.post('/login', (c) => useLink(c, parts));
  const { provider, config } = parts;
  if (!provider || config.consoleSecret === null) return;
  http.get(OIDC_PATH, (c) => leave(c, parts, provider));
  http.get(`${OIDC_PATH}/callback`, (c) => comeBack(c, parts, provider));
}

/** Signs in by a chosen name in local mode; with a profile the name must be one of its people. */
async function chooseName({ c, language, parts }: Asked<unknown, unknown>): Promise<object> {
  const { access, members, audit } = parts;
  const mode = access.mode(c);
  if (mode !== 'local') return problem(c, 403, mode === 'link' ? 'needs_link' : 'not_local');
  const body = await readJson(c, nameShape);
  if (!body.ok) return body.response;
  const name = consoleName.safeParse(body.value.name);
  const refuse = (key: 'http.bad_name' | 'http.no_member') =>
    problem(c, 422, 'invalid', { field: 'name', detail: translate(language, key) });
  if (!name.success) return refuse('http.bad_name');
  const found = await enteringAs(members, name.data);
  if (found === null) {
    audit({ audit: 'sign_in_refused', outcome: 'refused', way: 'local' });
    return refuse('http.no_member');
  }
  await access.begin(c, found, 'local');
  return { name: found.name };
}

/** Returns the person with the typed name; null if the profile lists nobody of that name, or several. */
async function enteringAs(members: Members, typed: string): Promise<Entering | null> {
  if (members.profile === null) return { name: typed, person: null };
  const [person, other] = peopleCalled(members.profile, typed);
  return person && !other ? members.enter(person) : null;
}

/** Returns the person of a login link; null if they may not, or no longer, sign in. */
async function enteringBy(
  { person, name, guest, audits }: Login,
  { members, clock }: HttpParts,
): Promise<Entering | null> {
  if (audits) return audits.until > clock.now() ? members.enterAuditor(name, audits.entity) : null;
  if (guest || members.profile === null) return members.enterGuest(name);
  const listed = members.person(person);
  return listed && members.enter(listed);
}

/**
 * Shows the page of a link; only its button signs in. Chat programs open links before people do, and a foreign page
 * could make a browser open one, so that later acts would be recorded under another name.
 */
function linkPage(c: HttpContext, parts: HttpParts): Response | Promise<Response> {
  const token = c.req.query('token') ?? '';
  const login = opened(token, parts);
  if (login === null) return plainPage(c, 'http.link_used', { status: 403 });
  const text = (key: 'http.signed_in_now' | 'http.sign_in_button', name: string) =>
    translate(languageOf(c), key, { name });
  // The policy makes browsers send Origin with forms; `Origin: null` would be refused.
  c.header('Referrer-Policy', 'same-origin');
  const { asker } = c.var;
  const now = asker.kind === 'person' && asker.caller.name !== login.name ? asker.caller.name : null;
  const swapped = now === null ? '' : html`<p>${text('http.signed_in_now', now)}</p>`;
  const more = html`${swapped}<form method="post" action="/login"><input type="hidden" name="token" value="${token}"><button>${text('http.sign_in_button', login.name)}</button></form>`;
  return plainPage(c, 'http.sign_in_as', { params: { name: login.name }, more });
}

async function useLink(c: HttpContext, parts: HttpParts): Promise<Response> {
  const { access, audit, usedLinks } = parts;
  const { token } = await readForm(c);
  const login = typeof token === 'string' ? opened(token, parts) : null;
  const isFromLeft = login?.sentTo !== undefined && (await parts.isLeft(login.sentTo));
  if (login === null || isFromLeft || !(await usedLinks.use(login.nonce, login.name))) {
    audit({ audit: 'link_refused', outcome: 'refused', person: login?.person ?? null });
    return plainPage(c, 'http.link_used', { status: 403 });
  }
  const found = await enteringBy(login, parts);
  if (found === null) return refused(c, parts, 'http.no_member', 'link', login.person);
  const { audits } = login;
  if (audits) await access.begin(c, found, 'auditor', { audits });
  else await access.begin(c, found, login.guest ? 'guest' : 'link');
  return c.redirect('/', 303);
}

function opened(token: string, { config: { consoleSecret }, clock }: HttpParts): Login | null {
  return consoleSecret === null ? null : logins.open(token, consoleSecret, clock.now());
}

function refused(
  c: HttpContext,
  { audit }: HttpParts,
  key: 'http.oidc_failed' | 'http.oidc_left' | 'http.no_member',
  way: 'link' | 'oidc',
  person: string | null = null,
): Response | Promise<Response> {
  audit({ audit: 'sign_in_refused', outcome: 'refused', person, way });
  return plainPage(c, key, { status: 403 });
}

/** Time (ms) to sign in at the identity provider. */
const STATE_LIFE = 10 * 60_000;
const states = expiringTokens('oidc', oidcState, STATE_LIFE);
const STATE_COOKIE = 'jishi_oidc';

async function leave(c: HttpContext, parts: HttpParts, provider: IdentityProvider): Promise<Response> {
  const { access, clock, log } = parts;
  try {
    const { url, kept } = await provider.begin();
    // Cookie must be Lax: browsers omit a strict one when the provider's page redirects back here.
    const cookie = { path: OIDC_PATH, httpOnly: true, sameSite: 'Lax', secure: access.isHttps } as const;
    const sealed = states.seal(kept, access.secret, clock.now());
    setCookie(c, STATE_COOKIE, sealed, { ...cookie, maxAge: STATE_LIFE / 1_000 });
    return c.redirect(url, 302);
  } catch (error) {
    log.warn({ err: error }, 'the identity provider does not answer');
    return plainPage(c, 'http.oidc_away', { status: 503 });
  }
}

async function comeBack(c: HttpContext, parts: HttpParts, provider: IdentityProvider): Promise<Response> {
  const { members, access, clock, log } = parts;
  const kept = states.open(getCookie(c, STATE_COOKIE) ?? '', access.secret, clock.now());
  deleteCookie(c, STATE_COOKIE, { path: OIDC_PATH });
  if (kept === null) return refused(c, parts, 'http.oidc_failed', 'oidc');
  const [platform = ''] = provider.config.account.split('/');
  if (await parts.isLeft(platform)) return refused(c, parts, 'http.oidc_left', 'oidc');
  try {
    const claims = await provider.finish(new URL(c.req.url).search, kept);
    const person = members.personOfClaims(provider.config, claims);
    const found = person && (await members.enter(person));
    if (!found) return await stranger(c, parts, { config: provider.config, claims, person: person?.id ?? null });
    await access.begin(c, found, 'oidc', { groups: groupsOfClaims(provider.config, claims) });
    return c.redirect('/', 303);
  } catch (error) {
    log.warn({ err: error }, 'a sign-in by the identity provider was refused');
    return refused(c, parts, 'http.oidc_failed', 'oidc');
  }
}

/** Shows a person not listed in the profile their account, so that it can be added there. */
function stranger(
  c: HttpContext,
  { audit }: HttpParts,
  { config, claims, person }: { config: IdentityProvider['config']; claims: Claims; person: string | null },
): Response | Promise<Response> {
  const { filled, unusable } = accountOfClaims(config, claims);
  audit({ audit: 'sign_in_refused', outcome: 'refused', person, way: 'oidc' });
  const key = unusable.length > 0 ? 'http.claims_missing' : 'http.account_came';
  const params = { account: filled, claims: unusable.join(', ') };
  return plainPage(c, 'http.no_member', { status: 403, more: html`<p>${translate(languageOf(c), key, params)}</p>` });
}
