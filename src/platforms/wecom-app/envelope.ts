import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { equalInConstantTime } from '../../http/signing.ts';

/** Keys that protect callbacks (developer.work.weixin.qq.com/document/path/90968). */
export interface EnvelopeKeys {
  readonly token: string;
  /** AES key of 43 characters. */
  readonly encodingAesKey: string;
  /** Receiver id: the CorpID for a self-built app, empty for a smart bot in URL mode. */
  readonly receiveId: string;
}
/** Query of a callback; the signature also covers timestamp and nonce. */
export interface Signed {
  readonly signature: string;
  /** Time in epoch seconds. */
  readonly timestamp: string;
  readonly nonce: string;
}

/** Seconds before and after its time in which a signature is valid. The platform's retries follow within seconds. */
const WINDOW_SECONDS = 600;
const BLOCK = 32;

/**
 * Returns the plain text of a callback; null for any fault, so that the answer reveals nothing to a forger. `now` in
 * epoch ms. The signature is checked before decryption. Then the cipher must equal a new encryption of the parts, which
 * checks padding, lengths and encoding at once: `decrypt` of @wecom/crypto 1.0.1 checks none of them.
 */
export function open(keys: EnvelopeKeys, signed: Signed, cipher: string, now: number): string | null {
  const expected = getSignature(keys.token, signed.timestamp, signed.nonce, cipher);
  if (!equalInConstantTime(signed.signature, expected)) return null;
  if (!/^\d{1,12}$/.test(signed.timestamp)) return null;
  if (Math.abs(now / 1_000 - Number(signed.timestamp)) > WINDOW_SECONDS) return null;
  return decrypted(keys, cipher);
}

function decrypted(keys: EnvelopeKeys, cipher: string): string | null {
  const bytes = Buffer.from(cipher, 'base64');
  if (bytes.length === 0 || bytes.length % BLOCK !== 0) return null;
  try {
    const { message, id, random } = decrypt(keys.encodingAesKey, cipher);
    const again = Buffer.from(encrypt(keys.encodingAesKey, message, id, random), 'base64');
    if (!equalInConstantTime(again.toString('latin1'), bytes.toString('latin1'))) return null;
    return equalInConstantTime(id, keys.receiveId) ? message : null;
  } catch {
    return null;
  }
}
