import { Buffer } from 'node:buffer';

/**
 * Minimal RFC 3161 for time-stamps: writes a request of fixed shape, reads the answer's status, hash and time.
 * Signature and certificates are left to the verifier (`openssl ts -verify`).
 */

const SHA256 = Buffer.from('300d06096086480165030402010500', 'hex');
/** Object id of a time-stamp's content: id-ct-TSTInfo (1.2.840.113549.1.9.16.1.4). */
const TST_INFO = Buffer.from('060b2a864886f70d0109100104', 'hex');

/** Returns a nonce that DER encodes unchanged: positive, first byte not zero. `random` has eight bytes. */
export function nonceOf(random: Uint8Array): Uint8Array {
  return random.map((byte, index) => (index === 0 ? (byte & 0x3f) | 0x40 : byte));
}

/** Returns a TimeStampReq, version 1, for a SHA-256 in hex; it asks for the authority's certificate. */
export function timeStampRequest(sha256: string, nonce: Uint8Array): Buffer {
  const imprint = element(0x30, SHA256, element(0x04, Buffer.from(sha256, 'hex')));
  const number = element(0x02, nonce);
  return element(0x30, element(0x02, Buffer.from([1])), imprint, number, element(0x01, Buffer.from([0xff])));
}

function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

type StampReading =
  | { readonly ok: true /** Time in the stamp, ISO 8601 UTC. */; readonly at: string }
  | { readonly ok: false; readonly detail: string };

/** Reads a TimeStampResp: granted for this hash and nonce, or else the reason in English. Never throws. */
export function readTimeStamp(response: Uint8Array, sha256: string, nonce: Uint8Array): StampReading {
  try {
    return readChecked(Buffer.from(response), sha256, Buffer.from(nonce));
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : 'unreadable' };
  }
}

function readChecked(response: Buffer, sha256: string, nonce: Buffer): StampReading {
  const [info] = children(single(response));
  const status = Number.parseInt(children(info)[0]?.body.toString('hex') ?? '', 16);
  // Status 0 is granted, 1 granted with modifications.
  if (status !== 0 && status !== 1) return { ok: false, detail: `not granted (status ${status})` };
  const place = response.indexOf(TST_INFO);
  if (place < 0) return { ok: false, detail: 'no time-stamp in the answer' };
  // The content follows the name as [0] { OCTET STRING { TSTInfo } }.
  const [octets] = children(at(response, place + TST_INFO.length));
  const [, , imprint, , time, ...rest] = children(single(octets?.body ?? Buffer.alloc(0)));
  const [, digest] = children(imprint);
  if (digest?.body.toString('hex') !== sha256) return { ok: false, detail: 'stamped something else' };
  const number = rest.find(({ tag }) => tag === 0x02)?.body;
  if (!number || BigInt(`0x${number.toString('hex')}`) !== BigInt(`0x${nonce.toString('hex')}`)) {
    return { ok: false, detail: 'answers another request' };
  }
  const stamp = isoOf(time?.body.toString('latin1') ?? '');
  return stamp === null ? { ok: false, detail: 'no time in the answer' } : { ok: true, at: stamp };
}

/** Converts UTC GeneralizedTime, e.g. `20260331051512.25Z`, to ISO 8601; null for anything else. */
function isoOf(time: string): string | null {
  const [, year, month, day, hour, minute, second, part = ''] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d+))?Z$/.exec(time) ?? [];
  if (second === undefined) return null;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${part.padEnd(3, '0').slice(0, 3)}Z`;
}

interface Element {
  readonly tag: number;
  readonly body: Buffer;
  readonly end: number;
}

/** Reads the DER element at an offset. Throws if it does not fit. */
function at(data: Buffer, place: number): Element {
  const tag = data[place];
  const first = data[place + 1];
  if (tag === undefined || first === undefined) throw new Error('cut off');
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (count > 4) throw new Error('too long');
  const length = count === 0 ? first : data.readUIntBE(place + 2, count);
  const start = place + 2 + count;
  if (start + length > data.length) throw new Error('cut off');
  return { tag, body: data.subarray(start, start + length), end: start + length };
}
function single(data: Buffer): Element {
  return at(data, 0);
}
function children(parent: Element | undefined): readonly Element[] {
  const all: Element[] = [];
  const body = parent?.body ?? Buffer.alloc(0);
  for (let place = 0; place < body.length; place = all.at(-1)?.end ?? body.length) all.push(at(body, place));
  return all;
}
