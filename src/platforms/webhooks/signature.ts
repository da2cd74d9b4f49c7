import { createHmac } from 'node:crypto';

/** Returns the bytes of a secret such as `whsec_…` (Base64 of 24 to 64 bytes); null for any other text. */
export function secretOf(text: string): Buffer | null {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = encoded === undefined ? null : Buffer.from(encoded, 'base64');
  return bytes !== null && bytes.length >= 24 && bytes.length <= 64 ? bytes : null;
}

/** Returns the headers of a message (Standard Webhooks 1.0.0); `at` in seconds. All secrets sign, to allow rotation. */
export function signedHeaders(
  message: { readonly id: string; readonly at: number; readonly body: string },
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const { id, at, body } = message;
  const keys = secrets.flatMap((secret) => secretOf(secret) ?? []);
  const made = keys.map((key) => `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': made.join(' ') };
}
