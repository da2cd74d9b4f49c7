import { createDecipheriv, createHash } from 'node:crypto';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { equalInConstantTime } from '../../http/signing.ts';
import { parseJson } from '../../ops/json.ts';
import type { Clock } from '../../use-cases/ports.ts';
import type { PlatformNeeds } from '../description.ts';
import type { ApiClient } from '../shared/api-client.ts';
import type { Hear, Listener, Told } from '../shared/card-wire.ts';
import { keptWebSocket } from '../shared/web-socket.ts';
import { addressOf } from './api.ts';
import { answered, decodeFrame, type Frame, pingOf } from './frame.ts';
import type { FeishuConfig } from './index.ts';

const MAX_BYTES = 1024 * 1024;
const endpoint = z.looseObject({
  code: z.number(),
  msg: z.string().default(''),
  data: z.looseObject({ URL: z.string() }).optional(),
});
const opened = z.looseObject({
  type: z.string().optional(),
  challenge: z.string().optional(),
  token: z.string().optional(),
  header: z.looseObject({ token: z.string().optional() }).optional(),
  event: z.looseObject({}).optional(),
});
const sealed = z.looseObject({ encrypt: z.string() });
const MOODS = { done: 'success', refused: 'error', told: 'info' } as const;

/** Returns the answer to an event: a toast, which is never empty, and a card that replaces the clicked one. */
function answerOf(told: Told | null): object {
  if (!told) return {};
  const toast = told.say === '' ? {} : { toast: { type: MOODS[told.mood], content: told.say } };
  return { ...toast, ...(told.card === null ? {} : { card: { type: 'raw', data: told.card } }) };
}
/** Joins header and event of a payload into one object. */
function eventIn(json: unknown): unknown {
  const { header, event } = opened.parse(json);
  return { ...header, ...event };
}

/** Creates a long connection, which needs no public address; events not acknowledged after handling are repeated. */
export function longConnection(
  config: FeishuConfig,
  { api, ...needs }: Pick<PlatformNeeds, 'clock' | 'log'> & { readonly api: ApiClient },
  hear: Hear,
  connected: () => void,
): Listener {
  let service = 0;
  const parts = new Map<string, Uint8Array[]>();
  const address = async (): Promise<string> => {
    // Parts are dropped: Feishu delivers an incomplete event again as a whole.
    parts.clear();
    const json = JSON.stringify({ AppID: config.appId, AppSecret: config.appSecret });
    const { text } = await api.http.ask('endpoint', `${addressOf(config)}/callback/ws/endpoint`, { body: { json } });
    const { code, msg, data } = endpoint.parse(parseJson(text));
    if (code !== 0 || !data) throw new Error(`${code} ${msg}`);
    service = Number(new URL(data.URL).searchParams.get('service_id') ?? 0);
    return data.URL;
  };
  /** Returns an event's payload once all its frames have arrived. */
  const whole = ({ headers: { message_id = '', sum = '1', seq = '0' }, payload }: Frame): string | null => {
    const all = parts.get(message_id) ?? [];
    all[Number(seq)] = payload;
    parts.set(message_id, all);
    if (Object.keys(all).length < Number(sum)) return null;
    parts.delete(message_id);
    return Buffer.concat(all).toString();
  };
  const received = async (bytes: Uint8Array, send: (bytes: Uint8Array) => void): Promise<void> => {
    const frame = decodeFrame(bytes);
    const text = frame.isData ? whole(frame) : null;
    if (text === null) return;
    const code = await hear(eventIn(parseJson(text))).then(
      (told) => ({ code: 200, data: Buffer.from(JSON.stringify(answerOf(told))).toString('base64') }),
      () => ({ code: 500 }),
    );
    send(answered(bytes, JSON.stringify(code)));
  };
  return keptWebSocket({
    ...{ ...needs, name: 'Feishu', connected, address, http: api.http },
    probe: () => pingOf(service),
    received: (data, send) => {
      const err = (error: unknown) => needs.log.warn({ err: error }, 'a frame could not be read');
      if (typeof data !== 'string') void received(data, send).catch(err);
    },
  });
}

/**
 * Age (ms) from which a callback is refused: more than Feishu's last redelivery (seven hours), much less than the time
 * its key is stored, so that a captured callback never counts twice.
 */
const STALE = 24 * 3_600_000;

/** Creates callbacks at `/feishu/events`: checks signature, time, AES and token; all forgeries get the same refusal. */
export function callbacks(
  { token, key }: NonNullable<FeishuConfig['callback']>,
  hear: Hear,
  clock: Pick<Clock, 'now'>,
): Listener {
  return {
    start: async () => {},
    stop: () => {},
    health: () => ({ ok: true, detail: 'callbacks at /feishu/events' }),
    routes: {
      mount: (http) => {
        http.post('/feishu/events', bodyLimit({ maxSize: MAX_BYTES }), async (c) => {
          const raw = await c.req.text();
          const header = (name: string): string => c.req.header(`X-Lark-${name}`) ?? '';
          const timestamp = header('Request-Timestamp');
          const hash = createHash('sha256').update(timestamp + header('Request-Nonce') + key + raw);
          const json = parseJson(decrypt(key, raw));
          const { data } = opened.safeParse(json);
          if (!data || !equalInConstantTime(data.header?.token ?? data.token ?? '', token)) return c.body(null, 403);
          // Feishu tests the address before it signs anything; the answer repeats the challenge.
          if (data.type === 'url_verification') return c.json({ challenge: data.challenge });
          const age = Math.abs(clock.now() - Number(timestamp) * 1_000);
          const isSigned = equalInConstantTime(header('Signature'), hash.digest('hex'));
          return isSigned && age <= STALE ? c.json(answerOf(await hear(eventIn(json)))) : c.body(null, 403);
        });
      },
    },
  };
}

/** Decrypts a body of the form `{"encrypt": "…"}`; empty if it is none. */
function decrypt(key: string, raw: string): string {
  try {
    const bytes = Buffer.from(sealed.parse(parseJson(raw)).encrypt, 'base64');
    const cipher = createDecipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), bytes.subarray(0, 16));
    return Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]).toString();
  } catch {
    return '';
  }
}
