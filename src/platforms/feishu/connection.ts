import { createDecipheriv, createHash } from 'node:crypto';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { HttpRoutes } from '../../http/routes.ts';
import { equalInConstantTime } from '../../http/signing.ts';
import { messageOf } from '../../ops/errors.ts';
import { parseJson } from '../../ops/json.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { Clock, Log } from '../../use-cases/ports.ts';
import type { ApiClient } from '../shared/api-client.ts';
import { dialler } from '../shared/dial.ts';
import { addressOf } from './api.ts';
import type { FeishuConfig } from './index.ts';

/** Events and callbacks that are subscribed to in the developer console. */
export const EVENTS = [
  ...(['im.message.receive_v1', 'im.message.recalled_v1', 'im.chat.member.user.deleted_v1'] as const),
  'card.action.trigger',
] as const;
const SDK = '@larksuiteoapi/node-sdk';
/** Handles one event; resolves with the answer once everything is on disk, rejects if Feishu shall deliver it again. */
export type Receive = (event: unknown) => Promise<object>;

export interface ConnectionDependencies {
  readonly config: FeishuConfig;
  readonly api: ApiClient;
  readonly proxy: OutgoingProxy | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly connected: () => void;
}
const RESTART_AFTER = 60_000;
const MAX_BYTES = 1024 * 1024;
const endpoint = z.looseObject({ code: z.number(), msg: z.string().default('') });

/** Long connection by Feishu's own SDK: no public address; events arrive decrypted and are acknowledged when handled. */
export function longConnection({ config, api, proxy, clock, log, connected }: ConnectionDependencies) {
  let problem = '';
  let client: import('@larksuiteoapi/node-sdk').WSClient | null = null;
  /** The address to connect to; the SDK asks for it by this, so that it goes through the proxy and is limited in time. */
  const addressFor = async (url: string, data: unknown): Promise<unknown> => {
    const { text } = await api.http.ask('callback/ws/endpoint', url, { body: { json: JSON.stringify(data) } });
    const answer = endpoint.parse(parseJson(text));
    if (answer.code !== 0) problem = `long connection: ${answer.code} ${answer.msg}`;
    return answer.code === 0 ? answer : { data: {}, ...answer };
  };
  const up = (): void => {
    problem = '';
    connected();
  };
  return {
    start: async (receive: Receive): Promise<void> => {
      const sdk = await import('@larksuiteoapi/node-sdk').catch((error: unknown) => {
        problem = `${SDK} is not installed: npm install --no-save ${SDK}`;
        log.error({ err: error }, problem);
        return null;
      });
      if (!sdk) return;
      const quiet = (): void => {};
      const logger = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };
      const handlers = Object.fromEntries(EVENTS.map((name) => [name, receive]));
      const eventDispatcher = new sdk.EventDispatcher({ logger }).register(handlers);
      const begin = (): void => void client?.start({ eventDispatcher });
      client = new sdk.WSClient({
        ...{ appId: config.appId, appSecret: config.appSecret, domain: addressOf(config), logger },
        agent: dialler({ url: addressOf(config), proxy }, () => {}),
        httpInstance: { request: ({ url, data }) => addressFor(url, data) },
        handshakeTimeoutMs: 10_000,
        wsConfig: { pingTimeout: 10 },
        onReady: up,
        onReconnected: up,
        onError: (error) => {
          problem = messageOf(error);
          clock.at(clock.now() + RESTART_AFTER, begin);
        },
      });
      begin();
    },
    stop: (): void => {
      client?.close({ force: true });
      client = null;
    },
    health: () => {
      const state = client?.getConnectionStatus().state ?? 'idle';
      return { ok: state === 'connected', detail: state === 'connected' || problem === '' ? state : problem };
    },
  };
}

const sealed = z.looseObject({ encrypt: z.string() });
const opened = z.looseObject({
  type: z.string().optional(),
  challenge: z.string().optional(),
  token: z.string().optional(),
  header: z.looseObject({ token: z.string() }).optional(),
  event: z.looseObject({}).optional(),
});

/** `/feishu/events`: signature over the raw body, AES, token; a forged request gets one and the same refusal. */
export function callbackRoutes({ token, key }: NonNullable<FeishuConfig['callback']>, receive: Receive): HttpRoutes {
  return {
    mount: (http) => {
      http.post('/feishu/events', bodyLimit({ maxSize: MAX_BYTES }), async (c) => {
        const raw = await c.req.text();
        const [timestamp = '', nonce = '', signature = ''] = ['Timestamp', 'Nonce', 'Signature'].map((name) =>
          c.req.header(`X-Lark-${name === 'Signature' ? name : `Request-${name}`}`),
        );
        const expected = createHash('sha256')
          .update(timestamp + nonce + key + raw)
          .digest('hex');
        const body = opened.safeParse(parseJson(decrypt(key, sealed.safeParse(parseJson(raw)).data?.encrypt ?? '')));
        if (!body.success || !equalInConstantTime(body.data.header?.token ?? body.data.token ?? '', token))
          return c.body(null, 403);
        // The address is tested before anything is signed; the answer is what was sent.
        if (body.data.type === 'url_verification') return c.json({ challenge: body.data.challenge });
        if (!equalInConstantTime(signature, expected)) return c.body(null, 403);
        return c.json(await receive({ ...body.data.header, ...body.data.event }));
      });
    },
  };
}

function decrypt(key: string, text: string): string {
  const bytes = Buffer.from(text, 'base64');
  try {
    const cipher = createDecipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), bytes.subarray(0, 16));
    return Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]).toString();
  } catch {
    return '';
  }
}
