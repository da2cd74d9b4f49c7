import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../src/use-cases/ports.ts';

/** Request that arrived at a telephone service. */
export interface Arrived {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Answer = readonly [status: number, body: string];

/** What a service does with the next requests: takes them, refuses, or takes them and ends the connection. */
export type Mood = 'takes' | 'refuses' | 'hangs up';

const SID = 'AC00000000000000000000000000000000';
export const TWILIO = { TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: 'twilio-token', TWILIO_NUMBER: '+14155550100' };
export const ALIYUN = {
  ALIYUN_ACCESS_KEY_ID: 'LTAI-key',
  ALIYUN_ACCESS_KEY_SECRET: 'aliyun-secret',
  ALIYUN_CALL_TEMPLATE: 'TTS_1',
  ALIYUN_CALL_NUMBER: '02160000000',
  ALIYUN_SMS_TEMPLATE: 'SMS_1',
  ALIYUN_SMS_SIGN: '计时',
};

/** Services for calls and text messages on one loopback port: they check what they check in the field, and their limits. */
export class Exchange {
  readonly arrived: Arrived[] = [];
  /** Rings above the limits of a callee: one a minute, five an hour, twenty a day. */
  readonly above: string[] = [];
  mood: Mood = 'takes';
  clock: Pick<Clock, 'now'> = { now: () => 0 };
  readonly #rung = new Map<string, number[]>();
  readonly #nonces = new Map<string, number>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const body = Buffer.concat(parts).toString();
    const isJson = request.headers['content-type']?.startsWith('application/json') === true;
    const fields: Record<string, string> = isJson ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
    const path = request.url ?? '';
    this.arrived.push({ path, fields, headers: request.headers, body });
    if (this.mood === 'hangs up') {
      request.socket.destroy();
      return;
    }
    const [status, text] = this.#answer(path, fields, request.headers);
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  }

  #answer(path: string, fields: Arrived['fields'], headers: IncomingMessage['headers']): Answer {
    if (path.startsWith('/2010-04-01/')) return this.#twilio(path, fields, headers);
    if (path === '/') return this.#aliyun(fields);
    if (this.mood === 'refuses') return [200, '{"code":1,"error":"no credit"}'];
    return this.#within('gateway', path, fields['to'] ?? '') ? [200, '{"code":0}'] : [200, '{"code":2}'];
  }

  #twilio(path: string, fields: Arrived['fields'], headers: IncomingMessage['headers']): Answer {
    const wanted = `Basic ${Buffer.from(`${SID}:${TWILIO.TWILIO_AUTH_TOKEN}`).toString('base64')}`;
    if (headers.authorization !== wanted) return [401, '{"code":20003,"message":"Authenticate"}'];
    const isCall = path.endsWith('/Calls.json');
    const has = isCall ? fields['Twiml']?.startsWith('<Response>') : fields['Body'];
    if (!has || fields['From'] !== TWILIO.TWILIO_NUMBER || !/^\+\d+$/.test(fields['To'] ?? ''))
      return [400, '{"code":21201,"message":"missing"}'];
    if (this.mood === 'refuses') return [400, '{"code":21211,"message":"Invalid To number"}'];
    return this.#within('twilio', path, fields['To'] ?? '')
      ? [201, `{"sid":"${isCall ? 'CA' : 'SM'}1","status":"queued"}`]
      : [429, '{"code":20429,"message":"Too Many Requests"}'];
  }

  #aliyun({ Signature: given = '', ...fields }: Arrived['fields']): Answer {
    const quoted = (text: string): string =>
      encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
    const query = Object.keys(fields)
      .toSorted()
      .map((name) => `${quoted(name)}=${quoted(fields[name] ?? '')}`)
      .join('&');
    const secret = `${ALIYUN.ALIYUN_ACCESS_KEY_SECRET}&`;
    const wanted = createHmac('sha1', secret)
      .update(`POST&%2F&${quoted(query)}`)
      .digest();
    const signature = Buffer.from(given, 'base64');
    if (signature.length !== wanted.length || !timingSafeEqual(signature, wanted))
      return [400, '{"Code":"SignatureDoesNotMatch","Message":"signature"}'];
    if (Math.abs(Date.parse(fields['Timestamp'] ?? '') - this.clock.now()) > 15 * 60_000)
      return [400, '{"Code":"InvalidTimeStamp.Expired","Message":"timestamp"}'];
    const nonce = fields['SignatureNonce'] ?? '';
    const used = this.#nonces.get(nonce);
    this.#nonces.set(nonce, this.clock.now());
    if (used !== undefined && this.clock.now() - used < 31 * 60_000)
      return [400, '{"Code":"SignatureNonceUsed","Message":"Specified signature nonce was used already."}'];
    if ((fields['OutId'] ?? '').length > 15) return [200, '{"Code":"isv.INVALID_PARAMETERS","Message":"OutId"}'];
    const to = fields['CalledNumber'] ?? fields['PhoneNumbers'] ?? '';
    if (!/^1\d{10}$/.test(to)) return [200, '{"Code":"isv.MOBILE_NUMBER_ILLEGAL","Message":"number"}'];
    if (this.mood === 'refuses') return [200, '{"Code":"isv.OUT_OF_SERVICE","Message":"stopped"}'];
    return this.#within('aliyun', fields['Action'] ?? '', to)
      ? [200, '{"Code":"OK","Message":"OK","CallId":"116","BizId":"900"}']
      : [200, '{"Code":"isv.BUSINESS_LIMIT_CONTROL","Message":"limit"}'];
  }

  #within(service: string, what: string, to: string): boolean {
    const key = `${service} ${what} ${to}`;
    const now = this.clock.now();
    const times = this.#rung.get(key) ?? [];
    const since = (span: number): number => times.filter((at) => at > now - span).length;
    const isWithin = since(60_000) < 1 && since(3_600_000) < 5 && since(86_400_000) < 20;
    if (isWithin) this.#rung.set(key, [...times, now]);
    else this.above.push(key);
    return isWithin;
  }
}
