import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Purposes of signed tokens: base64url(JSON) with an HMAC that includes the purpose, so that kinds never mix. */
export type Purpose = 'session' | 'login' | 'operator' | 'oidc' | 'visit' | 'visit_link' | 'visit_state';

export function sign(payload: object, purpose: Purpose, secret: string): string {
  const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${body}.${mac(body, purpose, secret)}`;
}

/** Returns the payload if the signature is valid, otherwise null. Its content must still be checked. */
function unsign(token: string, purpose: Purpose, secret: string): unknown {
  const [body, signature, ...rest] = token.split('.');
  if (!body || !signature || rest.length > 0) return null;
  if (!equalInConstantTime(signature, mac(body, purpose, secret))) return null;
  try {
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** Compares in constant time, whatever the lengths, so that the duration reveals nothing. */
export function equalInConstantTime(given: string, expected: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Signed tokens of one purpose that expire, such as sessions and one-time links. */
export interface ExpiringTokens<T> {
  /** Returns a token for `payload`, valid from `now` (epoch ms) for the default life, or for `life`. */
  seal(payload: T, secret: string, now: number, life?: number): string;
  /** Returns the payload; null if the signature or shape is wrong, or the token expired. */
  open(token: string, secret: string, now: number): T | null;
}

/** Defines tokens of one purpose; `life` in ms. */
export function expiringTokens<T extends object>(
  purpose: Purpose,
  payload: z.ZodType<T>,
  life: number,
): ExpiringTokens<T> {
  const envelope = z.object({ until: z.number() }).loose();
  return {
    seal: (content, secret, now, own = life) => sign({ ...content, until: now + own }, purpose, secret),
    open: (token, secret, now) => {
      const found = envelope.safeParse(unsign(token, purpose, secret));
      if (!found.success || found.data.until <= now) return null;
      const { until: _, ...content } = found.data;
      return payload.safeParse(content).data ?? null;
    },
  };
}

function mac(body: string, purpose: Purpose, secret: string): string {
  return createHmac('sha256', secret).update(`jishi:${purpose}:${body}`).digest('base64url');
}
