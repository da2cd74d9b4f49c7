import { createServer, type Server } from 'node:http';
import { BlockList, type Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { Listeners } from '../ops/listeners.ts';
import { Access, addressOf, hostname, identification, signedIn } from './access.ts';
import { signedBySource } from './alerts/alerts.ts';
import { sourcesWith } from './alerts/sources.ts';
import { NoForm } from './body.ts';
import { mountHealth } from './health.ts';
import { mountMcp } from './mcp/endpoint.ts';
import { administrators } from './operations/access.ts';
import type { Operations } from './operations/operation.ts';
import { OPERATIONS } from './operations/operations.ts';
import { mountCalendar } from './outside/calendar.ts';
import { MAX_FILE_BYTES, mountSuppliers } from './outside/supplier-page.ts';
import { plainPage } from './page.ts';
import { problem } from './problems.ts';
import { requestContext } from './request-context.ts';
import { apiRoute, type HttpDependencies, type HttpEnv, type HttpParts, MOST_HALF_OPEN, TIMEOUTS } from './routes.ts';
import { mountSignIn } from './sign-in.ts';
import { close, listen } from './starting-page.ts';
import { mountVisits } from './visits/visits.ts';

export interface HttpServer {
  /** Handles a request without a socket, for tests. */
  fetch(request: Request): Promise<Response>;
  /** Resolves with the address once it accepts connections; rejects if the port is taken. */
  listen(): Promise<string>;
  close(): Promise<void>;
  /** Returns `METHOD /path` of every route below `/api/v1`, for comparison with the OpenAPI document. */
  routes(): readonly string[];
  /** Listeners to changed incidents; the program also reports to them changes made outside this server. */
  readonly changes: Listeners<string>;
}

const JSON_BYTES = 256 * 1024;
/** A payload of alerts holds up to 500 of them, and a source does not repeat one that is refused. */
const ALERT_BYTES = 2 * 1024 * 1024;
const NO_PROXIES = new BlockList();

/** Creates the server: headers, health, access, API, then the routes of each platform. */
export function createHttpServer(deps: HttpDependencies): HttpServer {
  const changes = new Listeners<string>();
  const http = buildHono(partsOf(deps, changes));
  // This call replaces the global Request, which bodyLimit needs to rebuild a request without a length. The socket
  // is passed on, because log lines name the address of the client.
  const viaHono = getRequestListener((request, socket) => http.fetch(request, socket));
  const server = createServer(
    { ...TIMEOUTS, ...deps.timeouts },
    (request, response) => void viaHono(request, response),
  );
  limitHalfOpen(server);
  return {
    fetch: async (request) => http.fetch(request),
    changes,
    routes: () => routesOf(http),
    listen: async () => addressOf({ host: deps.config.host, port: await listen(server, deps.config) }),
    close: () => close(server),
  };
}

/** Closes the oldest of too many connections without complete headers, so that a flood exhausts no descriptors. */
function limitHalfOpen(server: Server): void {
  const waiting = new Set<Socket>();
  server.on('connection', (socket) => {
    waiting.add(socket);
    socket.once('close', () => waiting.delete(socket));
    const [oldest] = waiting;
    if (waiting.size > MOST_HALF_OPEN) oldest?.destroy();
  });
  server.on('request', ({ socket }) => waiting.delete(socket));
}

/** Returns a page to people in a browser, a problem to programs. */
function notFound(c: Context): Response | Promise<Response> {
  const isPage = !c.req.path.startsWith('/api/') && (c.req.header('accept') ?? '').includes('text/html');
  return isPage ? plainPage(c, 'http.not_found', { status: 404 }) : problem(c, 404, 'not_found');
}

function partsOf(deps: HttpDependencies, changes: Listeners<string>): HttpParts {
  const given = {
    ...{ consoleRooms: [], linkSender: null, provider: null, alertSources: sourcesWith({}), alertSecrets: new Map() },
    ...{ webhooks: null, timeouts: {}, log: { warn: () => {}, debug: () => {} } },
    labels: () => ({}),
    audit: () => {},
    failed: () => {},
    ...deps,
  };
  return { ...given, changes, access: new Access(given) };
}

function buildHono(parts: HttpParts): Hono<HttpEnv> {
  const { access, config } = parts;
  const http = new Hono<HttpEnv>();
  http.use(requestContext(parts.log, config.trustedProxies ?? NO_PROXIES));
  http.use(securityHeaders(access.isHttps));
  http.onError((error, c) => {
    if (error instanceof NoForm && !c.req.raw.signal.aborted) return problem(c, 400, 'invalid');
    // A client that disconnects while sending its body is no server error, and nobody reads the answer.
    if (!c.req.raw.signal.aborted) parts.failed(error, c.req.path);
    return problem(c, 503, 'unavailable');
  });
  http.notFound((c) => notFound(c));
  const maySeeMetrics = async (c: Context): Promise<boolean> => !config.metricsNeedToken || access.reads(c, 'metrics');
  mountHealth(http, parts.readiness, parts.metrics, maySeeMetrics);
  http.use(identification(access, parts.consoleRooms));
  for (const path of ['/api/v1/session/*', '/login', '/visit/*']) http.use(path, limit(JSON_BYTES));
  mountSignIn(http, parts);
  mountOperations(http, parts, OPERATIONS, true);
  mountSuppliers(http, parts);
  mountCalendar(http, parts);
  mountVisits(http, parts);
  http.use('/api/v1/alerts/:source', limit(ALERT_BYTES), signedBySource(parts));
  http.use('/api/*', packed, signedIn, limits());
  http.use('/api/v1/access/*', administrators(parts));
  mountOperations(http, parts, OPERATIONS);
  mountMcp(http, parts, limit(JSON_BYTES));
  for (const platform of parts.platforms) {
    mountOperations(http, parts, platform.operations ?? {});
    platform.mount?.(http);
  }
  return http;
}

/** Mounts operations below `/api/v1`: with `open` only those without sign-in, otherwise only the others. */
function mountOperations(http: Hono<HttpEnv>, parts: HttpParts, operations: Operations, open = false): void {
  for (const [name, operation] of Object.entries(operations)) {
    if (open !== (operation.open ?? false)) continue;
    const { method, path } = apiRoute(name);
    http.on(method, path, (c) => operation.handle(c, parts));
  }
}

/** Compresses larger answers; events of a stream are sent one by one. */
const packed = compress({ threshold: 2_048 });

function routesOf(http: Hono<HttpEnv>): readonly string[] {
  const own = http.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/v1/'));
  const named = own.map(({ method, path }) => `${method} ${path.slice('/api/v1'.length).replace(/:(\w+)/g, '{$1}')}`);
  return [...new Set(named)];
}

function limit(maxSize: number): ReturnType<typeof bodyLimit> {
  return bodyLimit({ maxSize, onError: (c) => problem(c, 413, 'too_large') });
}

/** Limits the size of a body: large for files and lists of earlier incidents, small for all else but alerts. */
function limits(): ReturnType<typeof bodyLimit> {
  const small = limit(JSON_BYTES);
  const large = limit(MAX_FILE_BYTES);
  return (c, next) => (/\/(?:files|access\/import|alerts\/[^/]+)$/.test(c.req.path) ? large(c, next) : small(c, next));
}

/** Content security policy: only our own scripts, styles, frames and connections; nothing inline. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), interest-cohort=()',
};

/** Middleware: security headers on every answer, over https also HSTS. Refuses a request without a well-formed Host. */
function securityHeaders(https: boolean): MiddlewareHandler {
  return async (c, next) => {
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
    if (https) c.header('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
    // Shared caches must not store the record; assets override this.
    c.header('Cache-Control', 'no-store');
    if (hostname(c.req.header('host')) === null) return problem(c, 400, 'invalid');
    // No id, room or search text contains NUL, and PostgreSQL cannot store it in text.
    if (c.req.url.includes('%00')) {
      const inPath = new URL(c.req.url).pathname.includes('%00');
      return inPath ? problem(c, 404, 'not_found') : problem(c, 422, 'invalid');
    }
    return next();
  };
}
