import { randomBytes, randomInt } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';
import type { EnvelopeKeys, Signed } from '../../../src/platforms/wecom-app/envelope.ts';

export interface Sealed extends Signed {
  readonly encrypt: string;
}

/** Encrypts and signs a callback as WeCom does; `now` in epoch milliseconds. */
export function seal(keys: EnvelopeKeys, message: string, now: number): Sealed {
  const timestamp = String(Math.floor(now / 1_000));
  const nonce = String(randomInt(1_000_000_000));
  const cipher = encrypt(keys.encodingAesKey, message, keys.receiveId, randomBytes(16));
  return { encrypt: cipher, timestamp, nonce, signature: getSignature(keys.token, timestamp, nonce, cipher) };
}
