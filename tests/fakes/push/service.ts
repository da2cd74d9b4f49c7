import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** A device as its browser registers it, with the keys that stay on it. */
export interface FakeDevice {
  readonly subscription: {
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  };
  /** Notifications that arrived, decrypted. */
  readonly arrived: Notification[];
}
const notification = z.object({
  title: z.string(),
  body: z.string(),
  url: z.string(),
  test: z.object({ id: z.string(), word: z.string() }).optional(),
});
export type Notification = z.infer<typeof notification>;
interface Known extends FakeDevice {
  readonly key: ReturnType<typeof createECDH>;
  readonly auth: Buffer;
}

const tokenSchema = z.object({ aud: z.string(), exp: z.number(), sub: z.string().regex(/^(mailto|https):/) });
const DAY = 86_400;
/** Services take bodies of up to 4,096 bytes (RFC 8030, 7.2). */
const MOST = 4_096;

/**
 * Service of a browser's maker: takes notifications (RFC 8030) that are signed by the one server a device registered with
 * (RFC 8292) and encrypted for it (RFC 8291), and delivers them.
 */
export class PushService {
  readonly #server = createServer((request, response) => {
    void this.#take(request).then((status) => this.#answer(response, status));
  });
  readonly #devices = new Map<string, Known>();
  readonly #serverKey: string;
  /** What every notification is answered with while it is set. */
  trouble: number | null = null;
  url = '';

  /** `serverKey`: public key (VAPID) of the server that devices register with. */
  constructor(serverKey: string) {
    this.#serverKey = serverKey;
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    this.url = `http://127.0.0.1:${port}`;
    return this.url;
  }

  register(): FakeDevice {
    const key = createECDH('prime256v1');
    const auth = randomBytes(16);
    const path = `/send/${randomBytes(12).toString('base64url')}`;
    const keys = { p256dh: key.generateKeys('base64url'), auth: auth.toString('base64url') };
    const device: Known = { subscription: { endpoint: this.url + path, keys }, arrived: [], key, auth };
    this.#devices.set(path, device);
    return device;
  }

  /** The browser was removed, or the person took the permission back. */
  forget({ subscription }: FakeDevice): void {
    this.#devices.delete(new URL(subscription.endpoint).pathname);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage): Promise<number> {
    const body = await bodyOf(request);
    const device = this.#devices.get(request.url ?? '');
    if (this.trouble !== null) return this.trouble;
    if (!device) return 410;
    if (request.method !== 'POST' || !request.headers['ttl']) return 400;
    if (body.length > MOST) return 413;
    if (!this.#isSigned(request.headers.authorization ?? '')) return 403;
    if (request.headers['content-encoding'] !== 'aes128gcm') return 415;
    if (!/^[\w-]{1,32}$/.test(String(request.headers['topic']))) return 400;
    device.arrived.push(notification.parse(JSON.parse(decrypted(body, device))));
    return 201;
  }

  #isSigned(authorization: string): boolean {
    const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
    const [header = '', payload = '', signature = ''] = token.split('.');
    if (key !== this.#serverKey) return false;
    const point = Buffer.from(key, 'base64url');
    const [x, y] = [point.toString('base64url', 1, 33), point.toString('base64url', 33)];
    const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
    const signed = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    if (!verify('sha256', Buffer.from(`${header}.${payload}`), signed, Buffer.from(signature, 'base64url')))
      return false;
    const { aud, exp } = tokenSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    const now = Date.now() / 1_000;
    return aud === this.url && exp > now && exp <= now + DAY;
  }

  #answer(response: ServerResponse, status: number): void {
    response.writeHead(status, status === 429 ? { 'retry-after': '60' } : {}).end();
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** Text of one record in the coding aes128gcm (RFC 8188), with the keys of RFC 8291. */
function decrypted(body: Buffer, { key, auth }: Known): string {
  const salt = body.subarray(0, 16);
  const length = body[20] ?? 0;
  const sender = body.subarray(21, 21 + length);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), key.getPublicKey(), sender]);
  const secret = Buffer.from(hkdfSync('sha256', key.computeSecret(sender), auth, info, 32));
  const derive = (name: string, size: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${name}\0`, size));
  const sealed = body.subarray(21 + length);
  const cipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  cipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8');
}
