import type { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { translate } from '../i18n/translate.ts';
import type { Audit } from '../ops/audit.ts';
import type { Clock, Log } from '../use-cases/ports.ts';
import type { Access } from './access.ts';
import { languageOf } from './language.ts';
import type { Members } from './members.ts';
import { groupsOfClaims, type IdentityProvider, OIDC_PATH, oidcState } from './oidc.ts';
import { plainPage } from './page.ts';
import type { HttpContext, HttpEnv } from './routes.ts';
import { expiringTokens } from './signing.ts';

export interface OidcDependencies {
  readonly provider: IdentityProvider;
  readonly access: Access;
  readonly members: Members;
  readonly clock: Clock;
  readonly secret: string;
  readonly isHttps: boolean;
  readonly log: Pick<Log, 'warn'>;
  readonly audit: Audit;
}

/** Time (ms) to sign in at the provider. */
const STATE_LIFE = 10 * 60_000;
const states = expiringTokens('oidc', oidcState, STATE_LIFE);
const COOKIE = 'jishi_oidc';

/** `/login/oidc`: to the identity provider and back. */
export function mountOidc(http: Hono<HttpEnv>, deps: OidcDependencies): void {
  http.get(OIDC_PATH, async (c) => {
    try {
      const { url, kept } = await deps.provider.begin();
      // Lax: the provider's page leads back here, and a strict cookie would stay behind.
      const cookie = { path: OIDC_PATH, httpOnly: true, sameSite: 'Lax', secure: deps.isHttps } as const;
      setCookie(c, COOKIE, states.seal(kept, deps.secret, deps.clock.now()), { ...cookie, maxAge: STATE_LIFE / 1_000 });
      return c.redirect(url, 302);
    } catch (error) {
      deps.log.warn({ err: error }, 'the identity provider does not answer');
      return failed(c, 'http.oidc_away', 503);
    }
  });
  http.get(`${OIDC_PATH}/callback`, (c) => comeBack(c, deps));
}

async function comeBack(c: HttpContext, deps: OidcDependencies): Promise<Response> {
  const { provider, members, access, clock, secret, log, audit } = deps;
  const refuse = (key: 'http.oidc_failed' | 'http.no_member', person: string | null = null) => {
    audit({ audit: 'sign_in_refused', outcome: 'refused', person, way: 'oidc' });
    return failed(c, key, 403);
  };
  const kept = states.open(getCookie(c, COOKIE) ?? '', secret, clock.now());
  deleteCookie(c, COOKIE, { path: OIDC_PATH });
  if (kept === null) return refuse('http.oidc_failed');
  try {
    const claims = await provider.finish(new URL(c.req.url).search, kept);
    const person = members.personOfClaims(provider.config, claims);
    const found = person && (await members.enter(person));
    if (!found) return await refuse('http.no_member', person?.id);
    await access.begin(c, found, 'oidc', groupsOfClaims(provider.config, claims));
    return c.redirect('/', 303);
  } catch (error) {
    log.warn({ err: error }, 'a sign-in by the identity provider was refused');
    return await refuse('http.oidc_failed');
  }
}

function failed(
  c: HttpContext,
  key: 'http.oidc_away' | 'http.oidc_failed' | 'http.no_member',
  status: 403 | 503,
): Response | Promise<Response> {
  const language = languageOf(c);
  return c.html(plainPage(language, translate(language, key)), status);
}
