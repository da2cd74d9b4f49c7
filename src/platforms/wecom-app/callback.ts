import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { HttpContext, HttpEnv } from '../../http/routes.ts';
import type { Clock } from '../../use-cases/ports.ts';
import { type EnvelopeKeys, open, type Signed } from './envelope.ts';
import { cipherOf, type Incoming, incomingOf } from './wire.ts';

export const CALLBACK_PATH = '/wecom/callback';
const MAX_BYTES = 1024 * 1024;

export interface CallbackDependencies {
  readonly keys: EnvelopeKeys;
  readonly agentId: string;
  readonly clock: Clock;
  /** Resolves once the act is on disk, with the work to do after the acknowledgement; rejects if the commit fails. */
  receive(incoming: Incoming): Promise<(() => Promise<void>) | null>;
  after(work: () => Promise<void>): void;
}

/**
 * Mounts `/wecom/callback`: GET verifies the address; POST delivers everything else and gets an empty answer once it is
 * on disk; replies go by the API. Every forged request gets the same refusal.
 */
export function mountCallback(http: Hono<HttpEnv>, deps: CallbackDependencies): void {
  const opened = (c: HttpContext, cipher: string): string | null =>
    open(deps.keys, signedOf(c), cipher, deps.clock.now());
  http.get(CALLBACK_PATH, (c) => {
    // The text is base64; an unescaped plus arrives as a space.
    const plain = opened(c, (c.req.query('echostr') ?? '').replaceAll(' ', '+'));
    return plain === null ? refuse(c) : c.text(plain);
  });
  http.post(CALLBACK_PATH, bodyLimit({ maxSize: MAX_BYTES, onError: refuse }), async (c) => {
    const cipher = cipherOf(await c.req.text());
    const plain = cipher === null ? null : opened(c, cipher);
    const incoming = plain === null ? null : incomingOf(plain);
    if (!incoming || incoming.to !== deps.keys.receiveId || !isOurs(incoming, deps.agentId)) return refuse(c);
    const after = await deps.receive(incoming);
    if (after) deps.after(after);
    return c.body(null, 200);
  });
}

/** Returns true for this app's callbacks; some events concern the whole company and name no app. */
function isOurs({ agent, type }: Incoming, agentId: string): boolean {
  return agent === agentId || (type === 'event' && (agent === '' || agent === '0'));
}

function signedOf(c: HttpContext): Signed {
  const { msg_signature: signature = '', timestamp = '', nonce = '' } = c.req.query();
  return { signature, timestamp, nonce };
}

function refuse(c: { body(body: null, status: 403): Response }): Response {
  return c.body(null, 403);
}
