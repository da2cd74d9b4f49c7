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

/** Caller of a request: a signed-in person, a program, or nobody yet. */
export type Asker =
  | { readonly kind: 'person'; readonly caller: Caller; readonly session: NamedSession }
  /** Program; `token` is the id of its token, `API_TOKEN` for that of the settings. */
  | { readonly kind: 'token'; readonly token: string; readonly scopes: readonly Scope[] }
  /** Command line on the machine of the bot. */
  | { readonly kind: 'operator' }
  | Visitor
  | { readonly kind: 'nobody' };

/** Person who opened one form or card from a chat, under the chat account; `only`: the form of a personal link. */
export interface Visitor {
  readonly kind: 'visitor';
  readonly caller: Caller;
  readonly visitors: Visitors;
  readonly only: FormRef | null;
}

/** Chat platform's people, who open forms and cards as pages. */
export interface Visitors {
  readonly acts: PageIntake;
  readonly serves: (account: Account) => boolean;
  readonly nameOf: (account: Account) => string;
  /** Returns the room for an incident declared on a page; `key`: that of the delivery. */
  readonly roomFor: (account: Account, key: string) => Promise<Room | null>;
  /** Sign-in by the chat, which identifies the person who opens a page; without it only direct messages have links. */
  readonly identity?: {
    /** Returns the chat's page that redirects a person to `redirect` with a code. */
    readonly authorizeUrl: (redirect: string, state: string) => string;
    /** Returns a member's account; null for anyone else. Rejects if the chat fails or does not know the code. */
    readonly accountOf: (code: string) => Promise<Account | null>;
  };
}

/** Variables the middleware sets for the handlers. */
export interface HttpEnv {
  Variables: { asker: Asker };
}
export type HttpContext = Context<HttpEnv>;

/** Routes that a platform adds to the server. `mount` runs behind the headers, limits and access rules. */
export interface HttpRoutes {
  /** Operations below `/api/v1` that only the platform's own page uses; the document omits them. */
  readonly operations?: Operations;
  readonly visitors?: Visitors;
  mount?(http: Hono<HttpEnv>): void;
}

/** Returns method and path of an operation, e.g. `GET /incidents/{id}`, in the router's syntax. */
export function apiRoute(name: string): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = name.split(' ');
  return { method, path: `/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}` };
}

interface Needed {
  readonly config: AccessConfig & { readonly port: number };
  readonly app: App;
  readonly clock: Clock;
  readonly readiness: Readiness;
  readonly metrics: MetricsSource;
  readonly platforms: readonly HttpRoutes[];
  /** Room in which console users declare; null while the console is off. */
  readonly consoleRoom: Room | null;
  readonly usedLinks: UsedLinks;
  readonly sessions: Sessions;
  /** Tokens of programs that use the API. */
  readonly tokens: Tokens;
  /** Links that need no sign-in: suppliers' forms, calendar feeds. */
  readonly outsideLinks: OutsideLinks;
  readonly calendarEntries: KeptValues;
  readonly members: Members;
  /** Returns true if an incident left a chat, whose accounts an intruder may be using. */
  readonly isLeft: (platform: string) => Promise<boolean>;
  readonly explain: Explain;
}

interface Optional {
  /** All rooms of the console; the page names the one a person acts in. */
  readonly consoleRooms: readonly Room[];
  /** Sender of sign-in links; null if the settings allow none. */
  readonly linkSender: LinkSender | null;
  readonly provider: IdentityProvider | null;
  readonly log: Pick<Logger, 'warn' | 'debug'>;
  readonly audit: Audit;
  /** Sources of alerts by name; the built-in ones by default. */
  readonly alertSources: Sources;
  /** Secrets with which alert sources sign, by name; several while one is being replaced. */
  readonly alertSecrets: ReadonlyMap<string, readonly string[]>;
  /** Messages to webhook endpoints; null if there are none. */
  readonly webhooks: WebhookDeliveries | null;
  /** Returns the names of items, fields, facts and recipients of the law by id. */
  readonly labels: () => Readonly<Record<string, BilingualText>>;
  /** Shorter timeouts for tests. */
  readonly timeouts: Partial<Record<keyof typeof TIMEOUTS, number>>;
  /** Called with the error a handler threw; the client only learns that the request failed. */
  failed(error: unknown, path: string): void;
}
export type HttpDependencies = Needed & Partial<Optional>;

export interface HttpParts extends Needed, Optional {
  readonly access: Access;
  /** Ids of changed incidents, on which open pages reload. In this process only; a lost call is harmless. */
  readonly changes: Listeners<string>;
}

/** Log of webhook messages, which can be sent again. */
export interface WebhookDeliveries {
  list(): Promise<readonly LoggedDelivery[]>;
  /** Sends a message again; false if there is none with this id. */
  replay(id: string): Promise<boolean>;
}

/**
 * Timeouts in ms. Streams stay open for hours, but headers and bodies must arrive in time. Idle connections last longer
 * than those of proxies (nginx and AWS: 60 s), so that none closes under a request.
 */
export const TIMEOUTS = {
  headersTimeout: 20_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 72_000,
} as const;

/** Maximum number of connections without their first complete headers; beyond it the oldest is closed. */
export const MOST_HALF_OPEN = 500;
