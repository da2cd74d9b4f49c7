import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { equalInConstantTime } from '../../http/signing.ts';

/** Keys that protect callbacks (developer.work.weixin.qq.com/document/path/90968). */
export interface EnvelopeKeys {
  readonly token: string;
  /** 43 characters. */
  readonly encodingAesKey: string;
  /** CorpID for a self-built app; empty for a smart bot in URL mode. */
  readonly receiveId: string;
}
/** Query of a callback as received; the signature covers timestamp and nonce too. */
export interface Signed {
  readonly signature: string;
  /** Epoch seconds. */
  readonly timestamp: string;
  readonly nonce: string;
}

/** A signature is valid for ten minutes before and after its time. Retries of the platform come within seconds. */
const WINDOW_SECONDS = 600;
const BLOCK = 32;

/**
 * Plain text of a callback, or null for any fault: the sender of a forged one learns nothing from the answer. `now` in
 * epoch milliseconds. The signature is checked before decryption. Then the cipher must equal a new encryption of the
 * parts found, which checks padding, lengths and encoding at once: `decrypt` of @wecom/crypto 1.0.1 checks none of
 * them.
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
