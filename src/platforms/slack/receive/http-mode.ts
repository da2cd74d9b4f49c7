import { createHmac } from 'node:crypto';
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { HttpContext, HttpEnv } from '../../../http/routes.ts';
import { equalInConstantTime } from '../../../http/signing.ts';
import { parseJson } from '../../../ops/json.ts';
import type { BackgroundWork } from '../../../talk/background-work.ts';
import type { Clock } from '../../../use-cases/ports.ts';
import { HTTP_PATH } from '../setup/manifest.ts';
import type { Receive } from './receive.ts';

/** Maximum size (bytes) of a payload; Slack's are far smaller. */
const MAX_BYTES = 1024 * 1024;
/** Seconds by which a signature's time may differ, five minutes either way. */
const APART_SECONDS = 300;
/** Requests that test the address. */
const setUp = z.object({ type: z.string(), challenge: z.unknown(), ssl_check: z.unknown() }).partial();

/** App whose requests are signed. */
export interface SignedApp {
  /** Signing secrets, the current one first; an old one is accepted during a rotation. */
  readonly signingSecrets: readonly string[];
  readonly receive: Receive;
  readonly after: BackgroundWork;
}

/**
 * Mounts `POST /slack/events`: commands, buttons, forms and events of the app that signed them. Responds when the
 * change is on disk, with 500 if that fails.
 */
export function mountHttpMode(http: Hono<HttpEnv>, apps: readonly SignedApp[], clock: Clock): void {
  http.post(HTTP_PATH, bodyLimit({ maxSize: MAX_BYTES, onError: (c) => c.body(null, 413) }), async (c) => {
    const text = await c.req.text();
    const app = apps.find(({ signingSecrets }) => isSigned(signingSecrets, clock, c, text));
    if (!app) return c.body(null, 401);
    const body = parsed(text, c.req.header('content-type') ?? '');
    const asked = setUp.safeParse(body).data;
    if (asked?.type === 'url_verification') return c.json({ challenge: asked.challenge });
    if (asked?.ssl_check !== undefined) return c.body(null, 200);
    const handled = await app.receive(body).catch(() => null);
    // Slack delivers the payload again, or shows the person an error, because it is not on disk.
    if (handled === null) return c.body(null, 500);
    app.after.run(handled.after);
    return handled.ack === undefined ? c.body(null, 200) : c.json(handled.ack);
  });
}

function isSigned(secrets: readonly string[], clock: Clock, c: HttpContext, body: string): boolean {
  const timestamp = c.req.header('x-slack-request-timestamp') ?? '';
  if (!(Math.abs(clock.now() / 1_000 - Number(timestamp || Number.NaN)) <= APART_SECONDS)) return false;
  const signature = c.req.header('x-slack-signature') ?? '';
  return secrets.some((secret) => equalInConstantTime(signature, signatureOf({ secret, timestamp, body })));
}

/** Returns Slack's signature of a request, e.g. `v0=a2114d…`; `timestamp` is its header, in seconds. */
export function signatureOf({ secret, timestamp, body }: Record<'secret' | 'timestamp' | 'body', string>): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** Parses a body: events are JSON, commands are form fields, buttons and forms are JSON in the field `payload`. */
function parsed(text: string, contentType: string): unknown {
  if (contentType.startsWith('application/json')) return parseJson(text);
  const fields = new URLSearchParams(text);
  const payload = fields.get('payload');
  return payload === null ? Object.fromEntries(fields) : parseJson(payload);
}
