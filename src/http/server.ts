import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { translate } from '../i18n/translate.ts';
import type { Room } from '../incident/identity.ts';
import type { BilingualText } from '../law/types.ts';
import type { Audit } from '../ops/audit.ts';
import type { Logger } from '../ops/logger.ts';
import type { App } from '../use-cases/app.ts';
import type { Clock, KeptValues } from '../use-cases/ports.ts';
import { Access, type AccessConfig, addressOf, identification, signedIn } from './access.ts';
import { mountAccess, type WebhookDeliveries } from './access-api.ts';
import { mountAlerts, mountHandshake, signedBySource } from './alerts/alert-routes.ts';
import { type Sources, sourcesWith } from './alerts/sources.ts';
import { mountApi } from './api.ts';
import { MAX_FILE_BYTES, mountPageApi } from './api-pages.ts';
import { type ChangeFeed, createFeed } from './feed.ts';
import { securityHeaders } from './headers.ts';
import { type MetricsSource, mountHealth, type Readiness } from './health.ts';
import { languageOf } from './language.ts';
import type { LinkSender } from './link-sender.ts';
import type { Members } from './members.ts';
import type { IdentityProvider } from './oidc.ts';
import { mountOidc } from './oidc-routes.ts';
import { openApiDocument } from './openapi.ts';
import { mountCalendar } from './outside/calendar.ts';
import type { OutsideLinks } from './outside/outside-links.ts';
import { mountSuppliers } from './outside/supplier-page.ts';
import { plainPage } from './page.ts';
import { type Explain, problem } from './problems.ts';
import { mountReports } from './report-routes.ts';
import { requestContext } from './request-context.ts';
import type { HttpEnv, HttpRoutes, HttpTools } from './routes.ts';
import { operationOf, scoped } from './scopes.ts';
import type { Sessions } from './session-store.ts';
import type { UsedLinks } from './sessions.ts';
import { mountSignIn } from './sign-in.ts';
import type { Tokens } from './token-store.ts';

export interface HttpDependencies {
  readonly config: AccessConfig & { readonly port: number };
  readonly app: App;
  readonly clock: Clock;
  readonly readiness: Readiness;
  readonly metrics: MetricsSource;
  readonly platforms: readonly HttpRoutes[];
  /** The room in which a person of the console declares; null when the console is off. */
  readonly consoleRoom: Room | null;
  /** All rooms of the console; the page names the one a person acts in. */
  readonly consoleRooms?: readonly Room[];
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
  /** Sends people links to sign in; null where nobody could be reached. */
  readonly linkSender?: LinkSender | null;
  /** Identity provider; null without one. */
  readonly provider?: IdentityProvider | null;
  readonly log?: Pick<Logger, 'warn' | 'debug'>;
  readonly audit?: Audit;
  /** Sources of alerts by name; those built in unless stated. */
  readonly alertSources?: Sources;
  /** Secrets with which sources of alerts sign, by name. */
  readonly alertSecrets?: ReadonlyMap<string, readonly string[]>;
  /** Messages to webhook endpoints; null while there are none. */
  readonly webhooks?: WebhookDeliveries | null;
  readonly explain: Explain;
  readonly labels?: () => Readonly<Record<string, BilingualText>>;
  /** Shorter times for tests. */
  readonly timeouts?: Partial<Record<keyof typeof TIMEOUTS, number>>;
  /** Called with what a handler threw; the caller of the API sees only that something failed. */
  failed?(error: unknown, path: string): void;
}

export interface HttpServer {
  /** The whole server as a function, for tests. */
  fetch(request: Request): Promise<Response>;
  /** Resolves with the address once it accepts connections; rejects if the port is taken. */
  listen(): Promise<string>;
  close(): Promise<void>;
  /** `METHOD /path` of every route below `/api/v1`, for comparison with its description. */
  routes(): readonly string[];
  /** To be called by whoever learns of changes that did not come through this server. */
  readonly changes: ChangeFeed;
}

const JSON_BYTES = 256 * 1024;

/** The one server: headers, health, access, API, then what each platform hands in. */
export function createHttpServer(deps: HttpDependencies): HttpServer {
  const changes = createFeed();
  const http = buildHono(deps, changes);
  const fetch = async (request: Request): Promise<Response> => http.fetch(request);
  // Its Request becomes the global one: bodyLimit makes a new Request of one without a length, which no other can do.
  const viaHono = getRequestListener(fetch);
  const server = createServer(
    { ...TIMEOUTS, ...deps.timeouts },
    (request, response) => void viaHono(request, response),
  );
  return {
    fetch,
    changes,
    routes: () => routesOf(http),
    listen: () => listen(server, deps.config),
    close: () => close(server),
  };
}

/**
 * Milliseconds. Streams stay open for hours; a request that does not finish its headers or its body does not. Idle
 * connections are kept longer than proxies keep theirs (nginx and AWS: 60 s), so that none is closed under a request.
 */
const TIMEOUTS = {
  headersTimeout: 20_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 72_000,
} as const;

/** People in a browser get a page, programs a problem. */
function notFound(c: Context): Response | Promise<Response> {
  const language = languageOf(c);
  const isPage = !c.req.path.startsWith('/api/') && (c.req.header('accept') ?? '').includes('text/html');
  if (!isPage) return problem(c, 404, 'not_found');
  return c.html(plainPage(language, translate(language, 'http.not_found')), 404);
}

function buildHono(deps: HttpDependencies, changes: ChangeFeed): Hono<HttpEnv> {
  const audit = deps.audit ?? (() => {});
  const log = deps.log ?? { warn: () => {}, debug: () => {} };
  const access = new Access({ ...deps, audit });
  const http = new Hono<HttpEnv>();
  http.use(requestContext(log));
  http.use(securityHeaders(deps.config.publicUrl?.startsWith('https:') ?? false));
  http.onError((error, c) => {
    // A client that went away in the middle of its body is no failure of ours, and nobody reads the answer.
    if (!c.req.raw.signal.aborted) deps.failed?.(error, c.req.path);
    return problem(c, 503, 'unavailable');
  });
  http.notFound((c) => notFound(c));
  const maySeeMetrics = async (c: Context): Promise<boolean> =>
    !deps.config.metricsNeedToken || access.reads(c, 'metrics');
  mountHealth(http, deps.readiness, deps.metrics, maySeeMetrics);
  http.use(identification(access, deps.consoleRooms));
  for (const path of ['/api/v1/session/*', '/login']) http.use(path, limit(JSON_BYTES));
  const { consoleSecret, publicUrl } = deps.config;
  mountSignIn(http, { linkSender: null, provider: null, ...deps, access, consoleSecret, audit });
  if (deps.provider && consoleSecret !== null) {
    const isHttps = publicUrl?.startsWith('https:') ?? false;
    mountOidc(http, { ...deps, provider: deps.provider, access, secret: consoleSecret, isHttps, log, audit });
  }
  http.get('/api/v1/openapi.json', (c) => c.json(openApiDocument()));
  mountSuppliers(http, { ...deps, links: deps.outsideLinks, audit });
  mountCalendar(http, { ...deps, links: deps.outsideLinks, kept: deps.calendarEntries, publicUrl });
  mountHandshake(http);
  const alerts = {
    ...deps,
    audit,
    sources: deps.alertSources ?? sourcesWith({}),
    secrets: deps.alertSecrets ?? new Map(),
  };
  http.use('/api/v1/alerts/:source', limit(JSON_BYTES), signedBySource(alerts));
  http.use('/api/*', signedIn, scoped);
  http.use('/api/*', limits());
  const api = new Hono<HttpEnv>();
  const api_deps = { ...deps, changes, labels: deps.labels ?? (() => ({})) };
  mountApi(api, api_deps);
  mountPageApi(api, api_deps);
  mountAccess(api, { ...deps, audit, publicUrl });
  mountAlerts(api, alerts);
  mountReports(api, api_deps);
  http.route('/api/v1', api);
  const onSessionEnd: HttpTools['onSessionEnd'] = (c, run) => access.onSessionEnd(c.var.asker, run);
  for (const platform of deps.platforms) platform.mount?.(http, { changes, onSessionEnd });
  return http;
}

function routesOf(http: Hono<HttpEnv>): readonly string[] {
  const own = http.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/v1/'));
  return [...new Set(own.map(({ method, path }) => operationOf(method, path)))];
}

function limit(maxSize: number): ReturnType<typeof bodyLimit> {
  return bodyLimit({ maxSize, onError: (c) => problem(c, 413, 'too_large') });
}

/** Small bodies everywhere but for files, which have a limit of their own. */
function limits(): ReturnType<typeof bodyLimit> {
  const small = limit(JSON_BYTES);
  const large = limit(MAX_FILE_BYTES);
  return (c, next) => (/\/files$/.test(c.req.path) ? large(c, next) : small(c, next));
}

function listen(server: Server, config: { host: string; port: number }): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, () => {
      server.off('error', reject);
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : config.port;
      resolve(addressOf({ host: config.host, port }));
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Streams of open pages would keep the server for ever; they come back by themselves.
    server.closeAllConnections();
  });
}
