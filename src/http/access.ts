import type { BlockList } from 'node:net';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Room } from '../incident/identity.ts';
import type { Caller } from '../use-cases/app.ts';
import { languageOf } from './language.ts';
import { consoleAccount, type Entering, versionOf } from './members.ts';
import { problem } from './problems.ts';
import { noteClient } from './request-context.ts';
import type { Asker, HttpContext, HttpEnv, HttpParts } from './routes.ts';
import { type Login, operatorTokens, sessionCookies, sessionLife } from './sessions.ts';
import { equalInConstantTime } from './signing.ts';
import { type NamedSession, SCOPES, type Scope, type SignInWay, tokenOf } from './token-store.ts';

export interface AccessConfig {
  readonly host: string;
  /** Public address, e.g. `https://jishi.example.com`; null if only this machine uses the console. */
  readonly publicUrl: string | null;
  /** Reverse proxies whose `X-Forwarded-For` header is trusted; none by default. */
  readonly trustedProxies?: BlockList;
  /** Bearer token of the API; null means no bearer access. */
  readonly apiToken: string | null;
  readonly metricsNeedToken?: boolean;
  /** Key that signs login links and sessions; null leaves only local mode. */
  readonly consoleSecret: string | null;
  /** Key that signs local mode sessions, kept across restarts. */
  readonly localSecret: string;
  /** Token in the link that `start` prints: in local mode a browser must open that link once. */
  readonly localToken: string;
}

export const API_TOKEN = 'API_TOKEN';

/** Ways to sign in; `link`: the browser has not opened the printed link yet. */
type SignInMode = 'local' | 'link' | 'login' | 'closed';

/** Returns true if people choose their own name: only this machine can reach the address, and no secret is set. */
export function isLocalMode(config: Pick<AccessConfig, 'host' | 'publicUrl' | 'consoleSecret'>): boolean {
  return config.consoleSecret === null && config.publicUrl === null && isLoopback(config.host);
}

/** Returns the address of the server itself, e.g. `http://[::1]:3000`. */
export function addressOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Returns the local mode link, e.g. `http://127.0.0.1:3000/?token=…`. Its holder may act under any name. */
export function localLink(address: string, token: string): string {
  return `${address}/?token=${token}`;
}

const LOCAL_COOKIE = 'jishi_local';
/** Lifetime of a cookie in seconds: 400 days, the longest that browsers keep one. */
const LOCAL_COOKIE_SECONDS = 400 * 86_400;

type AccessNeeds = Pick<HttpParts, 'config' | 'clock' | 'sessions' | 'tokens' | 'members' | 'audit'>;

/** Identifies the caller of each request. A server has one object of this class. */
export class Access {
  readonly #parts: AccessNeeds;
  /** Key that signs sessions and links: CONSOLE_SECRET if set, otherwise the stored local secret. */
  readonly secret: string;
  readonly isHttps: boolean;
  /** Ended sessions already in the audit log: an open page repeats its requests, which need no second entry. */
  readonly #told = new Set<string>();

  constructor(parts: AccessNeeds) {
    this.#parts = parts;
    this.secret = parts.config.consoleSecret ?? parts.config.localSecret;
    this.isHttps = parts.config.publicUrl?.startsWith('https:') ?? false;
  }

  /**
   * Returns the sign-in mode of this request. A loopback address alone proves nothing: a proxy or another user on this
   * machine has it too, but not the link. The Host check stops domain names that resolve to this machine.
   */
  mode(c: Context): SignInMode {
    if (this.#parts.config.consoleSecret !== null) return 'login';
    if (!isLocalMode(this.#parts.config) || !isLoopback(hostname(c.req.header('host')))) return 'closed';
    return equalInConstantTime(getCookie(c, LOCAL_COOKIE) ?? '', this.#parts.config.localToken) ? 'local' : 'link';
  }

  /** Stores the token of the printed link in a cookie, so that the link has to be opened only once. */
  admit(c: Context): void {
    const token = c.req.query('token');
    if (token === undefined || this.mode(c) !== 'link' || !equalInConstantTime(token, this.#parts.config.localToken))
      return;
    setCookie(c, LOCAL_COOKIE, token, { ...this.#cookie(), maxAge: LOCAL_COOKIE_SECONDS });
  }

  async identify(c: Context): Promise<Asker> {
    const header = c.req.header('authorization');
    if (header !== undefined) {
      const asker = await this.#bearer(header);
      if (asker.kind === 'nobody') this.#parts.audit({ audit: 'token_refused', outcome: 'refused' });
      return asker;
    }
    const session = await this.#session(c);
    if (session === null) return { kind: 'nobody' };
    const account = consoleAccount(session.name);
    const person = this.#parts.members.person(session.person);
    const isListed = person === null || person.accounts.some(({ id }) => id === account.id);
    const name = isListed ? session.name : person.name;
    const roles = this.#parts.members.groupRoles(session);
    const caller = {
      account,
      name,
      language: languageOf(c),
      ...(roles.length > 0 ? { roles } : {}),
      ...(session.way === 'local' ? { isLocal: true as const } : {}),
      ...(session.entity === undefined ? {} : { audits: session.entity, by: session.way }),
    };
    return { kind: 'person', session, caller };
  }

  async #bearer(header: string): Promise<Asker> {
    const { apiToken } = this.#parts.config;
    const given = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? '';
    if (apiToken !== null && equalInConstantTime(given, apiToken))
      return { kind: 'token', token: API_TOKEN, scopes: SCOPES };
    const token = await tokenOf(this.#parts.tokens, given);
    if (token) return { kind: 'token', token: token.id, scopes: token.scopes };
    const isOperator = operatorTokens.open(given, this.secret, this.#parts.clock.now()) !== null;
    return { kind: isOperator ? 'operator' : 'nobody' };
  }

  async reads(c: Context, scope: Scope): Promise<boolean> {
    const asker = await this.#bearer(c.req.header('authorization') ?? '');
    return asker.kind === 'token' && asker.scopes.includes(scope);
  }

  /** Returns the session of a request while it is valid; null without one. */
  async #session(c: Context): Promise<NamedSession | null> {
    const mode = this.mode(c);
    const token = getCookie(c, this.#cookieName());
    if (!token || mode === 'closed') return null;
    const named = sessionCookies.open(token, this.secret, this.#parts.clock.now());
    const session = named && (await this.#parts.sessions.find(named.id));
    const isOfMode = session !== null && (session.way === 'local') === (mode !== 'login');
    if (isOfMode && this.#parts.members.stands(session)) return session;
    if (named && !this.#told.has(named.id)) {
      this.#told.add(named.id);
      this.#parts.audit({ audit: 'session_refused', outcome: 'refused', person: session?.person ?? null });
    }
    return null;
  }

  /** Signs a person in on this browser and ends the previous session of the browser. */
  async begin(
    c: Context,
    { name, person }: Entering,
    way: SignInWay,
    { groups = [], audits }: { readonly groups?: readonly string[]; readonly audits?: Login['audits'] } = {},
  ): Promise<void> {
    await this.#finish(c);
    const now = this.#parts.clock.now();
    const life = audits ? audits.until - now : sessionLife(way);
    const session = { name, way, person: person?.id ?? null, version: versionOf(person), groups: [...groups] };
    const entity = audits ? { entity: audits.entity } : {};
    const id = await this.#parts.sessions.add({ ...session, ...entity, since: now, until: now + life });
    const token = sessionCookies.seal({ id }, this.secret, now, life);
    setCookie(c, this.#cookieName(), token, { ...this.#cookie(), maxAge: Math.floor(life / 1_000) });
    const what = audits ? { what: audits.entity } : {};
    this.#parts.audit({ audit: 'sign_in', outcome: 'done', person: session.person, way, ...what });
  }

  /** Ends the session of this browser, also for a copy of its cookie. */
  async end(c: Context): Promise<void> {
    await this.#finish(c);
    setCookie(c, this.#cookieName(), '', { ...this.#cookie(), maxAge: 0 });
  }

  async #finish(c: Context): Promise<void> {
    const session = await this.#session(c);
    if (session === null) return;
    this.#told.add(session.id);
    await this.#parts.sessions.end(session.id);
    this.#parts.audit({ audit: 'sign_out', outcome: 'done', person: session.person, way: session.way });
  }

  /** Calls `run` once when the session of a request ends; returns the function that stops watching. */
  onSessionEnd(asker: Asker, run: () => void): () => void {
    if (asker.kind !== 'person') return () => {};
    const { id, until } = asker.session;
    const look = async (): Promise<void> => {
      const session = await this.#parts.sessions.find(id).catch(() => asker.session);
      if (session === null || !this.#parts.members.stands(session)) run();
    };
    const stops = [
      this.#parts.sessions.onChange((changed) => {
        if (changed === id) void look();
      }),
      this.#parts.clock.at(until, run),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Cookies ignore the port: an http and an https console on one machine need different names. */
  #cookieName(): string {
    return this.isHttps ? '__Host-jishi' : 'jishi_session';
  }

  #cookie(): { path: '/'; httpOnly: true; sameSite: 'Strict'; secure: boolean } {
    return { path: '/', httpOnly: true, sameSite: 'Strict', secure: this.isHttps };
  }

  /**
   * Returns true for a request that another site made the browser send. Browsers put Origin on every state change; a
   * program without Origin has no cookie to abuse, and SameSite=Strict is a second protection.
   */
  isForeign(headers: Headers): boolean {
    const site = headers.get('sec-fetch-site');
    if (site !== null && site !== 'same-origin' && site !== 'none') return true;
    const origin = headers.get('origin');
    return origin !== null && !this.#ownOrigins(headers.get('host')).includes(origin.toLowerCase());
  }

  #ownOrigins(host: string | null): readonly string[] {
    if (this.#parts.config.publicUrl !== null) return [new URL(this.#parts.config.publicUrl).origin.toLowerCase()];
    return host === null ? [] : [`http://${host}`.toLowerCase(), `https://${host}`.toLowerCase()];
  }
}

function isProgram({ kind }: Asker): boolean {
  return kind === 'token' || kind === 'operator';
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Sets `asker` in the context and refuses forged requests. */
export function identification(access: Access, rooms: readonly Room[] = []): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    access.admit(c);
    const asker = inRoom(await access.identify(c), c.req.header(ROOM_HEADER), rooms);
    c.set('asker', asker);
    noteClient(asker);
    // Browsers never add a bearer token by themselves, so no other site can forge a request with one.
    if (!SAFE_METHODS.includes(c.req.method) && !isProgram(asker) && access.isForeign(c.req.raw.headers)) {
      return problem(c, 403, 'foreign_origin');
    }
    return next();
  };
}

/** Header in which the page names its room; a room abroad shows only what may be shown there. */
const ROOM_HEADER = 'x-jishi-room';
function inRoom(asker: Asker, address: string | undefined, rooms: readonly Room[]): Asker {
  const room = rooms.find((one) => encodeURIComponent(one.address) === address);
  return asker.kind === 'person' && room ? { ...asker, caller: { ...asker.caller, room } } : asker;
}

/** POST requests that change nothing; an auditor may send them. */
const READING: ReadonlySet<string> = new Set(['/api/v1/views', '/api/v1/classify']);

function isAuditor(asker: Asker): boolean {
  return asker.kind === 'person' && asker.caller.audits !== undefined;
}

/** Passes only signed-in people and programs with a token; auditors only for reading. */
export const signedIn: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const { kind } = c.var.asker;
  if (kind === 'operator' && !c.req.path.startsWith('/api/v1/access/')) return problem(c, 403, 'forbidden');
  if (isAuditor(c.var.asker) && !SAFE_METHODS.includes(c.req.method) && !READING.has(c.req.path))
    return problem(c, 403, 'auditor_reads');
  if (kind !== 'nobody') return next();
  c.header('WWW-Authenticate', 'Bearer realm="jishi"');
  return problem(c, 401, 'sign_in');
};

/** Returns the caller for the use cases. For use behind `signedIn` only. */
export function callerOf({ var: { asker } }: HttpContext): Caller | 'api' {
  return asker.kind === 'person' || asker.kind === 'visitor' ? asker.caller : 'api';
}

/** Returns the host of a Host header without its port; null if absent or malformed. */
export function hostname(host: string | null | undefined): string | null {
  if (!host) return null;
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.exec(host);
  return match?.[1]?.replace(/^\[|\]$/g, '').toLowerCase() ?? null;
}

export function isLoopback(host: string | null): boolean {
  return host === 'localhost' || host === '::1' || (host !== null && /^127(\.\d{1,3}){3}$/.test(host));
}
