import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Logger } from '../ops/logger.ts';
import { currentRequest, inRequest } from '../ops/request.ts';
import type { Asker, HttpEnv } from './routes.ts';

const HEADER = 'x-request-id';

/** Gives each request an id, that of a proxy in front if it sent one; it stands in every log line and in the answer. */
export function requestContext(log: Pick<Logger, 'debug'>): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const given = c.req.header(HEADER) ?? '';
    const request = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    await inRequest({ request }, async () => {
      c.header(HEADER, request);
      const began = performance.now();
      await next();
      const ms = Math.round(performance.now() - began);
      log.debug({ method: c.req.method, path: c.req.path, status: c.res.status, ms }, 'request');
    });
  };
}

/** Notes who sent the request, for its log lines: the id of a session or token, never a name. */
export function noteClient(asker: Asker): void {
  const context = currentRequest();
  if (!context || asker.kind === 'nobody') return;
  if (asker.kind === 'person') context.client = `session:${asker.session.id}`;
  else context.client = asker.kind === 'token' ? `token:${asker.token}` : asker.kind;
}
