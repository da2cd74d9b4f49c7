import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signed, readable tokens: base64url(JSON) and an HMAC under a purpose, so that one kind never passes for another. */
export type Purpose = 'session' | 'login' | 'form_session' | 'form_link' | 'form_state';

export function sign(payload: object, purpose: Purpose, secret: string): string {
  const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${body}.${mac(body, purpose, secret)}`;
}

/** The payload if the signature holds, otherwise null. What it contains must still be checked. */
export function unsign(token: string, purpose: Purpose, secret: string): unknown {
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

function mac(body: string, purpose: Purpose, secret: string): string {
  return createHmac('sha256', secret).update(`jishi:${purpose}:${body}`).digest('base64url');
}
