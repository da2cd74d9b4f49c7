import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { parseJson } from '../../../ops/json.ts';
import type { Clock, Log } from '../../../use-cases/ports.ts';
import type { BackgroundWork } from '../../shared/background-work.ts';
import type { Receive } from './receive.ts';

const bytes = z.instanceof(Uint8Array);
/** Slack's payloads are far smaller. */
const MAX_BYTES = 1024 * 1024;
/** A signature is as good as its time: five minutes, both ways. */
const MAX_AGE_SECONDS = 300;

export interface HttpModeDependencies {
  /** The one in use first; an old one is taken while it is being changed. */
  readonly signingSecrets: readonly string[];
  readonly receive: Receive;
  readonly after: BackgroundWork;
  readonly clock: Clock;
  readonly log: Log;
}

/** `POST /slack/events`: commands, buttons, forms and events. Responds when the change is on disk; 500 if it is not. */
export function createHttpMode(deps: HttpModeDependencies) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    void answer(deps, request, response).catch((error: unknown) => {
      // A client that went away in the middle of its body is no failure of ours.
      if (request.destroyed && !request.complete) return;
      deps.log.error({ err: error }, 'request failed');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
}

async function answer(deps: HttpModeDependencies, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') {
    end(response, 405);
    return;
  }
  const raw = await readBody(request);
  if (raw === null) {
    response.setHeader('connection', 'close');
    end(response, 413);
    return;
  }
  if (!isSigned(deps, request, raw)) {
    end(response, 401);
    return;
  }
  const body = parsed(raw, request.headers['content-type'] ?? '');
  if (isObject(body) && body['type'] === 'url_verification') {
    end(response, 200, { challenge: body['challenge'] });
    return;
  }
  if (isObject(body) && body['ssl_check'] !== undefined) {
    end(response, 200);
    return;
  }
  let handled: Awaited<ReturnType<Receive>>;
  try {
    handled = await deps.receive(body);
  } catch {
    // Not on disk: Slack delivers it again, or shows the person that it did not work.
    end(response, 500);
    return;
  }
  end(response, 200, handled.ack);
  deps.after.run(handled.after);
}

function end(response: ServerResponse, status: number, body?: Readonly<Record<string, unknown>>): void {
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) return null;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const part = Buffer.from(bytes.parse(chunk));
    size += part.length;
    if (size > MAX_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** `v0=` HMAC-SHA256 over `v0:timestamp:body` (docs.slack.dev "Verifying requests from Slack"). */
export function isSigned(
  deps: Pick<HttpModeDependencies, 'signingSecrets' | 'clock'>,
  request: Pick<IncomingMessage, 'headers'>,
  raw: Buffer,
): boolean {
  const timestamp = request.headers['x-slack-request-timestamp'];
  const signature = request.headers['x-slack-signature'];
  if (typeof timestamp !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(deps.clock.now() / 1_000 - Number(timestamp)) > MAX_AGE_SECONDS) return false;
  const given = Buffer.from(signature);
  return deps.signingSecrets.some((secret) => {
    const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(raw).digest('hex');
    const own = Buffer.from(`v0=${mac}`);
    return own.length === given.length && timingSafeEqual(own, given);
  });
}

/** Events are JSON; commands are form fields; buttons and forms are JSON in the field `payload`. */
function parsed(raw: Buffer, contentType: string): unknown {
  const text = raw.toString('utf8');
  if (contentType.startsWith('application/json')) return parseJson(text);
  const fields = new URLSearchParams(text);
  const payload = fields.get('payload');
  return payload === null ? Object.fromEntries(fields) : parseJson(payload);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
