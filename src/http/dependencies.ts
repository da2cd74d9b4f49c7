import type { Room } from '../incident/identity.ts';
import type { BilingualText } from '../law/types.ts';
import type { Audit } from '../ops/audit.ts';
import type { Listeners } from '../ops/listeners.ts';
import type { Logger } from '../ops/logger.ts';
import type { App } from '../use-cases/app.ts';
import type { LoggedDelivery } from '../use-cases/events-out/delivery-log.ts';
import type { Clock, KeptValues } from '../use-cases/ports.ts';
import type { Access, AccessConfig } from './access.ts';
import type { Sources } from './alerts/sources.ts';
import type { MetricsSource, Readiness } from './health.ts';
import type { LinkSender } from './link-sender.ts';
import type { Members } from './members.ts';
import type { IdentityProvider } from './oidc.ts';
import type { OutsideLinks } from './outside/outside-links.ts';
import type { Explain } from './problems.ts';
import type { HttpRoutes } from './routes.ts';
import type { Sessions } from './session-store.ts';
import type { UsedLinks } from './sessions.ts';
import type { Tokens } from './token-store.ts';

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
