import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { encrypt } from '@wecom/crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type EnvelopeKeys, open } from '../../../src/platforms/wecom-app/envelope.ts';
import { type Sealed, seal } from '../../fakes/wecom/seal.ts';
import fixture from '../../fixtures/wecom/crypto-vectors.json' with { type: 'json' };

const { token, encodingAesKey, vectors } = fixture;
const CORP = 'wx5823bf96d3bd56c7';
const keysFor = (receiveId: string): EnvelopeKeys => ({ token, encodingAesKey, receiveId });
const keys = keysFor(CORP);

/** The command line tool; where it is not installed that one comparison is left out. */
const OPENSSL = 'openssl';

type Vector = (typeof vectors)[number];
const signedOf = (v: Vector) => ({ signature: v.msg_signature, timestamp: v.timestamp, nonce: v.nonce });
const timeOf = (v: Vector): number => Number(v.timestamp) * 1_000;
const opened = (v: Vector): string | null => open(keysFor(v.receiveid), signedOf(v), v.encrypt, timeOf(v));

describe.each(vectors)('the published vector $name', (v) => {
  it('opens', () => {
    expect(opened(v)).toBe(v.plain);
  });

  it('is refused with any character of the cipher, signature, time or nonce changed', () => {
    const other = (c: string): string => (c === 'A' ? 'B' : 'A');
    for (const field of ['encrypt', 'msg_signature', 'timestamp', 'nonce'] as const) {
      for (let i = 0; i < v[field].length; i += 1) {
        const changed = `${v[field].slice(0, i)}${other(v[field][i] ?? '')}${v[field].slice(i + 1)}`;
        expect(opened({ ...v, [field]: changed }), `${field} ${i}`).toBeNull();
      }
    }
  });

  it('is refused with any byte of the cipher flipped', () => {
    for (const text of flips(v.encrypt)) expect(opened({ ...v, encrypt: text })).toBeNull();
  });

  it('never opens to what was sent once a byte is flipped, even signed anew; padding and receiver hold to the last', () => {
    const all = flips(v.encrypt).map((text) => open(keysFor(v.receiveid), signedAnew(v, text), text, timeOf(v)));
    expect(all).not.toContain(v.plain);
    expect(new Set(all.slice(-32))).toEqual(new Set([null]));
  });

  it('is good for ten minutes, both ways', () => {
    const at = (offset: number): string | null =>
      open(keysFor(v.receiveid), signedOf(v), v.encrypt, timeOf(v) + offset * 1_000);
    expect([at(-601), at(-600), at(600), at(601)]).toEqual([null, v.plain, v.plain, null]);
  });

  it('is refused for another receiver', () => {
    expect(open(keysFor(`${v.receiveid}x`), signedOf(v), v.encrypt, timeOf(v))).toBeNull();
  });
});

/** The cipher with each of its bytes flipped in turn. */
function flips(cipher: string): readonly string[] {
  const bytes = Buffer.from(cipher, 'base64');
  return Array.from(bytes, (byte, i) => {
    const flipped = Buffer.from(bytes);
    flipped[i] = byte ^ 0x01;
    return flipped.toString('base64');
  });
}

function signedAnew(v: Vector, cipher: string) {
  return { ...signedOf(v), signature: wxcrypt.sign(token, v.timestamp, v.nonce, cipher) };
}

const require = createRequire(import.meta.url);
const wxcryptOf = z.custom<{
  new (
    token: string,
    key: string,
    id: string,
  ): {
    decryptMsg(signature: string, timestamp: string, nonce: string, xml: string): string;
    encryptMsg(message: string, timestamp: string, nonce: string): string;
  };
  sign(...parts: string[]): string;
}>((value) => typeof value === 'function');
const wechatOf = z.custom<{
  new (
    token: string,
    key: string,
    id: string,
  ): {
    decrypt(cipher: string): { message: string; id: string };
    encrypt(message: string): string;
    getSignature(timestamp: string, nonce: string, cipher: string): string;
  };
}>((value) => typeof value === 'function');
const wxcrypt = wxcryptOf.parse(require('wxcrypt'));
const WechatCrypto = wechatOf.parse(require('wechat-crypto'));

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
const NOW = Date.parse('2026-03-31T01:42:00Z');

describe('others', () => {
  it('wechat-crypto reads what we seal, and we read what it seals', () => {
    const other = new WechatCrypto(token, encodingAesKey, CORP);
    fc.assert(
      fc.property(text, (message) => {
        const sealed = seal(keys, message, NOW);
        expect(other.getSignature(sealed.timestamp, sealed.nonce, sealed.encrypt)).toBe(sealed.signature);
        expect(other.decrypt(sealed.encrypt)).toEqual({ message, id: CORP });
        const cipher = other.encrypt(message);
        const signed = { ...sealed, signature: other.getSignature(sealed.timestamp, sealed.nonce, cipher) };
        expect(open(keys, signed, cipher, NOW)).toBe(message);
      }),
    );
  });

  it('wxcrypt reads what we seal, and we read what it seals', () => {
    const other = new wxcrypt(token, encodingAesKey, CORP);
    fc.assert(
      fc.property(text, (message) => {
        const sealed = seal(keys, message, NOW);
        const read = other.decryptMsg(
          sealed.signature,
          sealed.timestamp,
          sealed.nonce,
          `<xml><Encrypt><![CDATA[${sealed.encrypt}]]></Encrypt></xml>`,
        );
        expect(read).toBe(message);
        const theirs = other.encryptMsg(message, sealed.timestamp, sealed.nonce);
        const part = (name: string): string => new RegExp(`<${name}>(.*?)</${name}>`).exec(theirs)?.[1] ?? '';
        const signed = { ...sealed, signature: part('MsgSignature') };
        expect(open(keys, signed, part('Encrypt'), NOW)).toBe(message);
      }),
    );
  });

  it.skipIf(spawnSync(OPENSSL, ['version']).status !== 0)('openssl reads what we seal, and signs as we do', () => {
    const message = '〔INC-2026-0007〕新建事件 客户库疑似泄露';
    const sealed = seal(keys, message, NOW);
    const plain = opensslPlain(sealed);
    const length = plain.readUInt32BE(16);
    expect(plain.subarray(20, 20 + length).toString()).toBe(message);
    const pad = plain.at(-1) ?? 0;
    expect(plain.subarray(20 + length, plain.length - pad).toString()).toBe(CORP);
    expect(opensslSignature(sealed)).toBe(sealed.signature);
  });
});

function opensslPlain(sealed: Sealed): Buffer {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64').toString('hex');
  return execFileSync(OPENSSL, ['enc', '-d', '-aes-256-cbc', '-nopad', '-K', key, '-iv', key.slice(0, 32)], {
    input: Buffer.from(sealed.encrypt, 'base64'),
  });
}

function opensslSignature(sealed: Sealed): string {
  const input = [token, sealed.timestamp, sealed.nonce, sealed.encrypt].toSorted().join('');
  return execFileSync(OPENSSL, ['sha1', '-r'], { input }).toString().split(' ')[0] ?? '';
}

describe('somebody who can sign but builds it badly', () => {
  const random = Buffer.from('0123456789abcdef');
  const offer = (cipher: string): string | null => {
    const timestamp = String(NOW / 1_000);
    return open(keys, { timestamp, nonce: 'n', signature: wxcrypt.sign(token, timestamp, 'n', cipher) }, cipher, NOW);
  };

  it('a plain, well-built one opens', () => {
    const cipher = encrypt(encodingAesKey, 'hello 世界', CORP, random);
    expect(cipher).toBe('sKqRbbiSUnDhFHOvPjtUMUV1ffCCYkhuRRg/j6HQef2v2th3axryDshcLO2jK17QzYw7IUi3w+9G2KpCfQqBwg==');
    expect(offer(cipher)).toBe('hello 世界');
  });

  it.each([
    '',
    'A',
    'not base64 at all',
    'AAAA',
    Buffer.alloc(16).toString('base64'),
    Buffer.alloc(64).toString('base64'),
  ])('refuses %j', (cipher) => {
    expect(offer(cipher)).toBeNull();
  });
});
