import { createHmac } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { readJson } from '../body.ts';
import { type Asked, type Operations, operation } from '../operations/operation.ts';
import { problem } from '../problems.ts';
import type { HttpContext, HttpEnv, HttpParts } from '../routes.ts';
import { equalInConstantTime } from '../signing.ts';
import { type Mapping, mapAlerts } from './mapping.ts';

/** Name of the source whose payloads are CloudEvents. */
const CLOUD_EVENTS = 'cloudevents';

/** Accepts a request signed by its source, as if it had a token of the scope `alert`. */
export function signedBySource({ alertSources, alertSecrets, clock }: HttpParts): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const name = c.req.param('source') ?? '';
    const mapping = alertSources.get(name);
    const known = alertSecrets.get(name);
    if (c.var.asker.kind === 'nobody' && mapping && known && c.req.method === 'POST') {
      // The body is read from a copy: the size limit reads it again.
      const body = new Uint8Array(await c.req.raw.clone().arrayBuffer());
      const header = (wanted: string): string | undefined => c.req.header(wanted);
      if (isSigned(mapping, known, { header, body, now: clock.now() }))
        c.set('asker', { kind: 'token', token: `source:${name}`, scopes: ['alert'] });
    }
    return next();
  };
}

/** Operations that receive alerts of monitoring systems. */
export const alerts: Operations = {
  'POST /alerts/{source}': {
    ...operation(
      {
        summary:
          'Alerts of a monitoring system, in its own form; a person decides on them. Signed by the source or with a token',
        scope: 'alert',
        gives: z.strictObject({
          alerts: z.array(z.strictObject({ ref: z.string(), state: z.enum(['new', 'added', 'repeated', 'ended']) })),
        }),
        status: 202,
      },
      receive,
    ),
    // The schema stays loose because a batch is a list; the handler reads the body.
    body: z.looseObject({}),
  },
  // CloudEvents abuse protection: any origin may ask, because each later request must be authorised by itself.
  'OPTIONS /alerts/{source}': operation(
    { summary: 'Handshake of CloudEvents webhooks', answer: 'text/plain', open: true },
    ({ c }) => {
      const origin = c.req.header('webhook-request-origin');
      if (origin === undefined) return problem(c, 404, 'not_found');
      c.header('WebHook-Allowed-Origin', origin.slice(0, 255).replace(/[^\x21-\x7e]/g, ''));
      c.header('WebHook-Allowed-Rate', '120');
      return c.body(null, 200);
    },
  ),
};

/** Receives alerts and answers once all of them are on disk. */
async function receive({ c, app, parts }: Asked<unknown, unknown>): Promise<object> {
  const name = c.req.param('source') ?? '';
  const mapping = parts.alertSources.get(name);
  if (!mapping) return problem(c, 404, 'unknown_source', { field: 'source' });
  const { asker } = c.var;
  if (asker.kind !== 'token') return problem(c, 403, 'forbidden');
  const body = await readJson(c, z.unknown());
  if (!body.ok) return body.response;
  const mapped = mapAlerts(mapping, name === CLOUD_EVENTS ? readCloudEvents(c, body.value) : body.value);
  const alerts = [];
  for (const alert of mapped.alerts) alerts.push(await app.receive({ ...alert, kind: 'alert', source: name }));
  const outcome = mapped.fault === null ? 'done' : 'refused';
  parts.audit({ audit: 'alert', outcome, what: name, way: asker.token });
  if (mapped.fault === null) return { alerts };
  // Sources do not repeat a refused payload, so its other alerts are kept, and the log says that one was refused.
  const { field, detail } = mapped.fault;
  parts.log.warn({ where: `alerts ${name}`, detail: `${field}: ${detail}` }, 'an alert was refused');
  return problem(c, 422, 'invalid', { field, detail: `${field || '(body)'}: ${detail}` });
}

/** Attributes of an event in binary mode, e.g. `ce-id`. */
const HEADER = /^ce-([a-z0-9]{1,20})$/;

/** Returns a CloudEvents request as one list: structured (one event), batch, or binary (attributes in headers). */
function readCloudEvents(c: HttpContext, body: unknown): unknown {
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('application/cloudevents-batch+json')) return { events: body };
  if (type.startsWith('application/cloudevents+json')) return { events: [body] };
  const attributes = Object.entries(c.req.header()).flatMap(([name, value]) => {
    const [, attribute] = HEADER.exec(name) ?? [];
    return attribute === undefined ? [] : [[attribute, decoded(value)] as const];
  });
  return { events: [attributes.length === 0 ? body : { ...Object.fromEntries(attributes), data: body }] };
}

/** Decodes a header value: characters other than ASCII are percent-encoded there. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Maximum age of a signed timestamp, in ms. */
const TOLERANCE = 5 * 60_000;

interface SignedRequest {
  readonly header: (name: string) => string | undefined;
  readonly body: Uint8Array;
  readonly now: number;
}

/**
 * Returns true if one of the secrets made a signature of the request. A header may contain several signatures, because
 * a sender that replaces its secret signs with both: `v1=…,v1=…`, `sha256=…`, or bare hex.
 */
function isSigned(
  { signature }: Pick<Mapping, 'signature'>,
  secrets: readonly string[],
  { header, body, now }: SignedRequest,
): boolean {
  const given = signature && header(signature.header);
  if (!given) return false;
  const at = signature.timestamp === undefined ? undefined : header(signature.timestamp);
  const isFresh = at === undefined || Math.abs(now - Number(at) * 1_000) <= TOLERANCE;
  const made = secrets.map((secret) => {
    const hmac = createHmac('sha256', secret);
    if (at !== undefined) hmac.update(`${at}:`);
    return hmac.update(body).digest('hex');
  });
  const found = given.split(/[\s,]+/).map((one) => one.replace(/^(?:v1|sha256)=/, '').toLowerCase());
  return isFresh && made.some((one) => found.some((other) => equalInConstantTime(other, one)));
}
