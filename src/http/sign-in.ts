import type { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import { translate } from '../i18n/translate.ts';
import { peopleCalled } from '../incident/people/find.ts';
import type { Audit } from '../ops/audit.ts';
import type { Clock } from '../use-cases/ports.ts';
import type { Access } from './access.ts';
import { administrates } from './access-api.ts';
import { readJson } from './body.ts';
import { languageOf } from './language.ts';
import type { LinkSender } from './link-sender.ts';
import type { Entering, Members } from './members.ts';
import type { IdentityProvider } from './oidc.ts';
import { plainPage } from './page.ts';
import { problem } from './problems.ts';
import type { HttpContext, HttpEnv } from './routes.ts';
import { linkBody } from './schemas.ts';
import { consoleName, type Login, logins, type UsedLinks } from './sessions.ts';

export interface SignInDependencies {
  readonly access: Access;
  readonly members: Members;
  readonly clock: Clock;
  readonly usedLinks: UsedLinks;
  readonly consoleSecret: string | null;
  readonly audit: Audit;
  /** Identity provider; null without one. */
  readonly provider: IdentityProvider | null;
  /** Sends people links; null where nobody could be reached. */
  readonly linkSender: LinkSender | null;
}

/** `/api/v1/session` and `/login`: who am I, sign in on this machine, sign in by a link, sign out. */
export function mountSignIn(http: Hono<HttpEnv>, deps: SignInDependencies): void {
  http.get('/api/v1/session', (c) => c.json(sessionJson(c, deps)));
  http.post('/api/v1/session', (c) => chooseName(c, deps));
  http.delete('/api/v1/session', async (c) => {
    const { asker } = c.var;
    const isSingle = asker.kind === 'person' && asker.session.way === 'oidc';
    await deps.access.end(c);
    // A person signed in at the provider would be let in again at once; without the provider that cannot be prevented.
    const signOut = isSingle ? await deps.provider?.signOutUrl().catch(() => null) : null;
    return c.json({ name: null, signOut: signOut ?? null });
  });
  http.post('/api/v1/session/link', (c) => askForLink(c, deps));
  http.get('/login', (c) => linkPage(c, deps));
  http.post('/login', (c) => useLink(c, deps));
}

/** Local mode: somebody on this machine says who they are; with a profile only one of its people. */
async function chooseName(c: HttpContext, { access, members, audit }: SignInDependencies): Promise<Response> {
  const mode = access.mode(c);
  if (mode !== 'local') return problem(c, 403, mode === 'link' ? 'needs_link' : 'not_local');
  const body = await readJson(c, z.strictObject({ name: z.string() }));
  if (!body.ok) return body.response;
  const name = consoleName.safeParse(body.value.name);
  const refuse = (key: 'http.bad_name' | 'http.no_member') =>
    problem(c, 422, 'invalid', { field: 'name', detail: translate(languageOf(c), key) });
  if (!name.success) return refuse('http.bad_name');
  const found = await enteringAs(members, name.data);
  if (found === null) {
    audit({ audit: 'sign_in_refused', outcome: 'refused', way: 'local' });
    return refuse('http.no_member');
  }
  await access.begin(c, found, 'local');
  return c.json({ name: found.name });
}

/** Somebody by the name they typed; null if the profile lists nobody of that name, or several. */
async function enteringAs(members: Members, typed: string): Promise<Entering | null> {
  if (members.profile === null) return { name: typed, person: null };
  const [person, other] = peopleCalled(members.profile, typed);
  return person && !other ? members.enter(person) : null;
}

/** Somebody with a login link; null if they are not, or no longer, let in. */
async function enteringBy({ person, name, guest }: Login, members: Members): Promise<Entering | null> {
  if (guest || members.profile === null) return members.enterGuest(name);
  const listed = members.person(person);
  return listed && members.enter(listed);
}

/** Sends a link to whom the profile lists. The answer is the same at once for everybody, so it tells nothing of anybody. */
async function askForLink(c: HttpContext, { linkSender, audit }: SignInDependencies): Promise<Response> {
  const body = await readJson(c, linkBody);
  if (!body.ok) return body.response;
  // The request id stays with it: the answer does not wait.
  void linkSender?.send(body.value.who).then(({ result, person }) => {
    const outcome = result === 'sent' ? 'done' : 'refused';
    audit({ audit: 'link_requested', outcome, person, what: result });
  });
  return c.json({}, 202);
}

function sessionJson(c: HttpContext, deps: SignInDependencies): object {
  const asker = c.var.asker;
  return {
    name: asker.kind === 'person' ? asker.caller.name : null,
    signIn: deps.access.mode(c),
    sendsLinks: deps.linkSender !== null,
    single: deps.provider?.config.name ?? null,
    administrates: administrates(c, deps.members),
    now: new Date(deps.clock.now()).toISOString(),
  };
}

/**
 * Opening a link signs nobody in: chat programs open links before people do, and a page elsewhere can make a browser open
 * one, which would put what is done next under another name. The button of the page does.
 */
function linkPage(c: HttpContext, deps: SignInDependencies): Response | Promise<Response> {
  const language = languageOf(c);
  const token = c.req.query('token') ?? '';
  const login = opened(token, deps);
  if (login === null) return c.html(plainPage(language, translate(language, 'http.link_used')), 403);
  // Without a referrer a browser sends its forms as from nowhere, and they would be refused.
  c.header('Referrer-Policy', 'same-origin');
  const asker = c.var.asker;
  const now = asker.kind === 'person' && asker.caller.name !== login.name ? asker.caller.name : null;
  const swapped = now === null ? '' : html`<p>${translate(language, 'http.signed_in_now', { name: now })}</p>`;
  const button = html`${swapped}<form method="post" action="/login"><input type="hidden" name="token" value="${token}"><button>${translate(language, 'http.sign_in_button', { name: login.name })}</button></form>`;
  return c.html(plainPage(language, translate(language, 'http.sign_in_as', { name: login.name }), button));
}

async function useLink(c: HttpContext, deps: SignInDependencies): Promise<Response> {
  const { token } = await c.req.parseBody();
  const language = languageOf(c);
  const login = typeof token === 'string' ? opened(token, deps) : null;
  if (login === null || !(await deps.usedLinks.use(login.nonce, login.name))) {
    deps.audit({ audit: 'link_refused', outcome: 'refused', person: login?.person ?? null });
    return c.html(plainPage(language, translate(language, 'http.link_used')), 403);
  }
  const found = await enteringBy(login, deps.members);
  if (found === null) {
    deps.audit({ audit: 'sign_in_refused', outcome: 'refused', person: login.person, way: 'link' });
    return c.html(plainPage(language, translate(language, 'http.no_member')), 403);
  }
  await deps.access.begin(c, found, login.guest ? 'guest' : 'link');
  return c.redirect('/', 303);
}

function opened(token: string, { consoleSecret, clock }: SignInDependencies): Login | null {
  return consoleSecret === null ? null : logins.open(token, consoleSecret, clock.now());
}
