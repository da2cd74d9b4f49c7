import { createHmac } from 'node:crypto';
import { equalInConstantTime } from '../signing.ts';
import type { Mapping } from './mapping.ts';

/** Age of a signed timestamp up to which it counts, in ms. */
const TOLERANCE = 5 * 60_000;

export interface SignedRequest {
  readonly header: (name: string) => string | undefined;
  readonly body: Uint8Array;
  readonly now: number;
}

/**
 * Returns true if one of the secrets made a signature of the request. A header may hold several, because a sender that
 * changes its secret signs with both: `v1=…,v1=…`, `sha256=…`, or the hex alone.
 */
export function isSigned(
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
