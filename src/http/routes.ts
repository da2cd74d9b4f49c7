import type { Context, Hono } from 'hono';
import type { FormRef } from '../conversation/cards/card.ts';
import type { Account, Room } from '../incident/identity.ts';
import type { BilingualText } from '../law/types.ts';
import type { Audit } from '../ops/audit.ts';
import type { Listeners } from '../ops/listeners.ts';
import type { Logger } from '../ops/logger.ts';
import type { PageIntake } from '../talk/page-intake.ts';
import type { App, Caller } from '../use-cases/app.ts';
import type { LoggedDelivery } from '../use-cases/events-out/delivery-log.ts';
import type { Clock, KeptValues } from '../use-cases/ports.ts';
import type { Access, AccessConfig } from './access.ts';
import type { Sources } from './alerts/sources.ts';
import type { MetricsSource, Readiness } from './health.ts';
import type { LinkSender } from './link-sender.ts';
import type { Members } from './members.ts';
import type { IdentityProvider } from './oidc.ts';
import type { Operations } from './operations/operation.ts';
import type { OutsideLinks } from './outside/outside-links.ts';
import type { Explain } from './problems.ts';
import type { UsedLinks } from './sessions.ts';
import type { NamedSession, Scope, Sessions, Tokens } from './token-store.ts';

/** Origin of a request: a signed-in person, the bearer token, or not signed in yet. */
export type Asker =
  | { readonly kind: 'person'; readonly caller: Caller; readonly session: NamedSession }
  /** A program; `token` is the id of its token, `API_TOKEN` for that of the settings. */
  | { readonly kind: 'token'; readonly token: string; readonly scopes: readonly Scope[] }
  /** The command line of the machine the bot runs on. */
  | { readonly kind: 'operator' }
  | Visitor
  | { readonly kind: 'nobody' };

/** Person who opened one form or card from a chat, under the chat account; `only`: the one form of a personal link. */
export interface Visitor {
  readonly kind: 'visitor';
  readonly caller: Caller;
  readonly visitors: Visitors;
  readonly only: FormRef | null;
}

/** People of a chat platform who open forms and cards as pages. */
export interface Visitors {
  readonly acts: PageIntake;
  /** Returns true for an account that acts on this platform. */
  readonly serves: (account: Account) => boolean;
  readonly nameOf: (account: Account) => string;
  /** Room in which an incident that somebody declares on a page is shown; `key`: of the delivery. */
  readonly roomFor: (account: Account, key: string) => Promise<Room | null>;
  /** The chat tells who opens a page; without it only links of direct messages open one. */
  readonly identity?: {
    /** Page of the chat that sends a person back to `redirect` with a code. */
    readonly authorizeUrl: (redirect: string, state: string) => string;
    /** Account of a member; null for any other person. Rejects if the chat does not answer or does not know the code. */
    readonly accountOf: (code: string) => Promise<Account | null>;
  };
}

/** Variables the middleware sets for the handlers. */
export interface HttpEnv {
  Variables: { asker: Asker };
}
export type HttpContext = Context<HttpEnv>;

/** Routes that a platform adds to the one server. `mount` runs behind the headers, limits and access rules. */
export interface HttpRoutes {
  /** Operations below `/api/v1` that only its own page uses: the document leaves them out. */
  readonly operations?: Operations;
  readonly visitors?: Visitors;
  mount?(http: Hono<HttpEnv>): void;
}

/** Method and path of an operation, e.g. of `GET /incidents/{id}`, as the router takes them. */
export function apiRoute(name: string): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = name.split(' ');
  return { method, path: `/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}` };
}

/** Parts the server must be given. */
interface Needed {
  readonly config: AccessConfig & { readonly port: number };
  readonly app: App;
  readonly clock: Clock;
  readonly readiness: Readiness;
  readonly metrics: MetricsSource;
  readonly platforms: readonly HttpRoutes[];
  /** The room in which a person of the console declares; null when the console is off. */
  readonly consoleRoom: Room | null;
  readonly usedLinks: UsedLinks;
  readonly sessions: Sessions;
  /** Tokens of programs that use the API. */
  readonly tokens: Tokens;
  /** Links that work without signing in: suppliers' forms, calendar feeds. */
  readonly outsideLinks: OutsideLinks;
  /** Entries that calendar feeds gave out. */
  readonly calendarEntries: KeptValues;
  /** Access rules of the server. */
  readonly members: Members;
  readonly explain: Explain;
}

/** Parts with a default. */
interface Optional {
  /** All rooms of the console; the page names the room in which a person acts. */
  readonly consoleRooms: readonly Room[];
  /** Sends people links to sign in; null where nobody could be reached. */
  readonly linkSender: LinkSender | null;
  /** Identity provider; null without one. */
  readonly provider: IdentityProvider | null;
  readonly log: Pick<Logger, 'warn' | 'debug'>;
  readonly audit: Audit;
  /** Sources of alerts by name; those built in unless stated. */
  readonly alertSources: Sources;
  /** Secrets with which sources of alerts sign, by name; several while one is exchanged. */
  readonly alertSecrets: ReadonlyMap<string, readonly string[]>;
  /** Messages to webhook endpoints; null while there are none. */
  readonly webhooks: WebhookDeliveries | null;
  /** Names of the law's things by their ids: items, fields, facts, recipients. */
  readonly labels: () => Readonly<Record<string, BilingualText>>;
  /** Shorter times for tests. */
  readonly timeouts: Partial<Record<keyof typeof TIMEOUTS, number>>;
  /** Called with the error a handler threw; the API client only sees that the request failed. */
  failed(error: unknown, path: string): void;
}
export type HttpDependencies = Needed & Partial<Optional>;

/** Everything the handlers of the server use. */
export interface HttpParts extends Needed, Optional {
  readonly access: Access;
  /** Ids of incidents that changed, so that open pages ask again. In this process only; a lost call is harmless. */
  readonly changes: Listeners<string>;
}

/** Log of webhooks, and their replay. */
export interface WebhookDeliveries {
  list(): Promise<readonly LoggedDelivery[]>;
  /** Sends a message again; false if there is none with this id. */
  replay(id: string): Promise<boolean>;
}

/**
 * Milliseconds. Streams stay open for hours; a request that does not finish its headers or its body does not. Idle
 * connections are kept longer than proxies keep theirs (nginx and AWS: 60 s), so that none is closed under a request.
 */
export const TIMEOUTS = {
  headersTimeout: 20_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 72_000,
} as const;

/** Most connections that have not finished the headers of their first request; above it the oldest is closed. */
export const MOST_HALF_OPEN = 500;
