import type { Hono, MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Audit } from '../../ops/audit.ts';
import type { App } from '../../use-cases/app.ts';
import type { Clock } from '../../use-cases/ports.ts';
import { readJson } from '../body.ts';
import { problem } from '../problems.ts';
import type { HttpContext, HttpEnv } from '../routes.ts';
import { readCloudEvents } from './cloud-events.ts';
import { mapAlerts } from './mapping.ts';
import { isSigned } from './signature.ts';
import type { Sources } from './sources.ts';

export interface AlertNeeds {
  readonly app: Pick<App, 'receive'>;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly sources: Sources;
  /** Secrets with which a source signs, by its name; several while one is exchanged. */
  readonly secrets: ReadonlyMap<string, readonly string[]>;
}

/** Events in this form, which is no JSON of our own. */
const CLOUD_EVENTS = 'cloudevents';

/** Takes a request signed by its source for one with a token of the scope `alert`. */
export function signedBySource({ sources, secrets, clock }: AlertNeeds): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const name = c.req.param('source') ?? '';
    const mapping = sources.get(name);
    const known = secrets.get(name);
    if (c.var.asker.kind === 'nobody' && mapping && known && c.req.method === 'POST') {
      // A copy: the limit of the size reads the body once more.
      const body = new Uint8Array(await c.req.raw.clone().arrayBuffer());
      const header = (wanted: string): string | undefined => c.req.header(wanted);
      if (isSigned(mapping, known, { header, body, now: clock.now() }))
        c.set('asker', { kind: 'token', token: `source:${name}`, scopes: ['alert'] });
    }
    return next();
  };
}

/** `POST /alerts/{source}`: alerts of monitoring systems. Everything is on disk before the answer. */
export function mountAlerts(api: Hono<HttpEnv>, needs: AlertNeeds): void {
  api.post('/alerts/:source', (c) => receive(c, needs));
}

/**
 * `OPTIONS` of the abuse protection of CloudEvents: whoever may send is proved by each request, so every origin may ask.
 */
export function mountHandshake(http: Hono<HttpEnv>): void {
  http.options('/api/v1/alerts/:source', (c) => {
    const origin = c.req.header('webhook-request-origin');
    if (origin === undefined) return problem(c, 404, 'not_found');
    c.header('WebHook-Allowed-Origin', origin.slice(0, 255).replace(/[^\x21-\x7e]/g, ''));
    c.header('WebHook-Allowed-Rate', '120');
    return c.body(null, 200);
  });
}

async function receive(c: HttpContext, { app, sources, audit }: AlertNeeds): Promise<Response> {
  const name = c.req.param('source') ?? '';
  const mapping = sources.get(name);
  if (!mapping) return problem(c, 404, 'unknown_source', { field: 'source' });
  const { asker } = c.var;
  if (asker.kind !== 'token') return problem(c, 403, 'forbidden');
  const body = await readJson(c, z.unknown());
  if (!body.ok) return body.response;
  const mapped = mapAlerts(mapping, name === CLOUD_EVENTS ? readCloudEvents(c, body.value) : body.value);
  if (!mapped.ok) {
    const { field, detail } = mapped;
    return problem(c, 422, 'invalid', { field, detail: `${field || '(body)'}: ${detail}` });
  }
  const alerts = [];
  for (const alert of mapped.alerts) alerts.push(await app.receive({ ...alert, kind: 'alert', source: name }));
  audit({ audit: 'alert', outcome: 'done', what: name, way: asker.token });
  return c.json({ alerts }, 202);
}
