import { randomUUID } from 'node:crypto';
import { type BlockList, isIP, isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from '../ops/logger.ts';
import { currentRequest, inRequest } from '../ops/request.ts';
import { traced } from '../ops/tracing.ts';
import type { Asker, HttpEnv } from './routes.ts';

const HEADER = 'x-request-id';

/**
 * Gives each request an id, or keeps the one a proxy sent; every log line and the answer contain it. Log lines also
 * contain the client's address.
 */
export function requestContext(log: Pick<Logger, 'debug'>, trusted: BlockList): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const given = c.req.header(HEADER) ?? '';
    const request = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    const ip = clientOf(peerOf(c), c.req.header('x-forwarded-for') ?? '', trusted);
    await inRequest({ request, ...(ip === null ? {} : { ip }) }, async () => {
      c.header(HEADER, request);
      const began = performance.now();
      const attributes = { 'http.request.method': c.req.method };
      await traced(c.req.method, { kind: 'server', attributes, from: c.req.raw.headers }, async (note) => {
        await next();
        const route = routePath(c);
        note({ 'http.route': route, 'http.response.status_code': c.res.status }, `${c.req.method} ${route}`);
      });
      const ms = Math.round(performance.now() - began);
      log.debug({ method: c.req.method, path: c.req.path, status: c.res.status, ms }, 'request');
    });
  };
}

/** Returns the address at the other end of the connection; null without a socket, as in tests. */
function peerOf(c: Context): string | null {
  const bindings: unknown = c.env;
  const isSocket = typeof bindings === 'object' && bindings !== null && 'incoming' in bindings;
  return isSocket ? (getConnInfo(c).remote.address ?? null) : null;
}

/**
 * Returns a client's address, e.g. `203.0.113.7`: the last forwarded address that is no trusted proxy. A forged header
 * only adds addresses before it.
 */
export function clientOf(peer: string | null, forwarded: string, trusted: BlockList): string | null {
  const hops = forwarded.split(',').flatMap((part) => addressIn(part.trim()) ?? []);
  let client = addressIn(peer ?? '');
  while (client !== null && trusted.check(client, isIPv6(client) ? 'ipv6' : 'ipv4')) {
    const before = hops.pop();
    if (before === undefined) break;
    client = before;
  }
  return client;
}

/** Returns an address without its port, and an IPv4 address mapped into IPv6 as IPv4. Null for any other text. */
function addressIn(text: string): string | null {
  const [, bracketed, plain = text] = /^\[(.+)\](?::\d+)?$|^(\d+(?:\.\d+){3})(?::\d+)?$/.exec(text) ?? [];
  const address = (bracketed ?? plain).replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(address) === 0 ? null : address;
}

/** Notes the sender of a request for its log lines: the id of a session or token, never a name. */
export function noteClient(asker: Asker): void {
  const context = currentRequest();
  if (!context || asker.kind === 'nobody') return;
  if (asker.kind === 'person') context.client = `session:${asker.session.id}`;
  else context.client = asker.kind === 'token' ? `token:${asker.token}` : asker.kind;
}
