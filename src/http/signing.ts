import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Signed, readable tokens: base64url(JSON) and an HMAC under a purpose, so that one kind never passes for another. */
export type Purpose = 'session' | 'login' | 'operator' | 'oidc' | 'visit' | 'visit_link' | 'visit_state';

export function sign(payload: object, purpose: Purpose, secret: string): string {
  const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${body}.${mac(body, purpose, secret)}`;
}

/** The payload if the signature holds, otherwise null. What it contains must still be checked. */
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

/** Compares without telling by the time taken how much was right, whatever the lengths. */
export function equalInConstantTime(given: string, expected: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Signed tokens of one purpose that expire, such as sessions and one-time links. */
export interface ExpiringTokens<T> {
  /** Token for `payload`, valid from `now` (epoch ms) for the tokens' life, or for another one. */
  seal(payload: T, secret: string, now: number, life?: number): string;
  /** The payload; null if the signature, its shape or its time is wrong. */
  open(token: string, secret: string, now: number): T | null;
}

/** `life` in milliseconds. */
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
