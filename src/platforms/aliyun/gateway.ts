import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../ops/json.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { Clock } from '../../use-cases/ports.ts';
import type { ChatPlatform } from '../description.ts';
import { HttpClient } from '../shared/http-client.ts';
import { type Gateway, LIMITS, type TelephoneNeeds } from '../shared/telephone.ts';
import { isYes, telephonePlatform } from '../shared/telephone-platform.ts';
import type { AliyunSettings } from './index.ts';

const VOICE = 'https://dyvmsapi.aliyuncs.com';
const SMS = 'https://dysmsapi.aliyuncs.com';
const VERSION = '2017-05-25';
/** Response to a nonce that was used within the last half hour: the request was received before. */
const RECEIVED_BEFORE = 'SignatureNonceUsed';

interface Config {
  readonly config: { readonly proxy: OutgoingProxy | null };
  readonly clock: Pick<Clock, 'now'>;
}
type Params = Readonly<Record<string, string>>;
type Request = Params & { readonly OutId: string };
const answer = z.looseObject({
  Code: z.string(),
  Message: z.string().default(''),
  CallId: z.string().optional(),
  BizId: z.string().optional(),
});

/** Creates a gateway for calls and texts by approved templates, whose only variable is the incident. */
export function gatewayOf(settings: AliyunSettings, { config, clock }: Config): Gateway & { close(): Promise<void> } {
  const http = new HttpClient(config.proxy);
  const ask = async (base: string, action: string, params: Request): Promise<string> => {
    const content = signed(settings, { Action: action, Version: VERSION, ...params }, clock.now());
    const { status, text } = await http.ask(action, `${settings.apiUrl ?? base}/`, {
      body: { content, mediaType: 'application/x-www-form-urlencoded' },
    });
    const read = answer.safeParse(parseJson(text)).data;
    if (read?.Code === RECEIVED_BEFORE) return params.OutId;
    if (read?.Code !== 'OK') throw new Error(`${read?.Code ?? `HTTP ${status}`} ${read?.Message ?? ''}`.trim());
    return read.CallId ?? read.BizId ?? action;
  };
  const { call, text } = settings;
  return {
    platform: 'aliyun',
    limits: LIMITS,
    ...(call
      ? {
          call: ({ number, incident, id }) => {
            const variables = JSON.stringify({ id: incident });
            const to = { CalledNumber: local(number), OutId: id };
            const { template, shown } = call;
            return shown === null
              ? ask(VOICE, 'SingleCallByTts', { ...to, TtsCode: template, TtsParam: variables, PlayTimes: '3' })
              : ask(VOICE, 'IvrCall', {
                  ...{ ...to, CalledShowNumber: shown, StartCode: template, StartTtsParams: variables },
                  ...{ 'MenuKeyMap.1.Key': '1', 'MenuKeyMap.1.Code': template, PlayTimes: '3' },
                });
          },
        }
      : {}),
    ...(text
      ? {
          text: ({ number, incident, id }) =>
            ask(SMS, 'SendSms', {
              ...{ PhoneNumbers: local(number), SignName: text.sign, TemplateCode: text.template },
              ...{ TemplateParam: JSON.stringify({ id: incident }), OutId: id },
            }),
        }
      : {}),
    close: () => http.close(),
  };
}

/** Returns a number in Alibaba Cloud's format: without a prefix for mainland China, others with their country code. */
const local = (number: string): string => number.replace(/^\+86(?=1\d{10}$)/, '').replace(/^\+/, '');

/**
 * Returns the signed parameters of a call (RPC, HMAC-SHA1) as a form body. The nonce is the same for the same action on
 * the same ring, so that Alibaba Cloud refuses a repeated request.
 */
function signed({ keyId, secret }: Pick<AliyunSettings, 'keyId' | 'secret'>, params: Request, now: number): string {
  const nonce = createHash('sha256').update(`${keyId} ${params.OutId} ${params['Action']}`);
  const all: Params = {
    ...params,
    AccessKeyId: keyId,
    Format: 'JSON',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: nonce.digest('hex').slice(0, 32),
    SignatureVersion: '1.0',
    Timestamp: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
  };
  const pairs = Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const query = pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&');
  const signature = createHmac('sha1', `${secret}&`)
    .update(`POST&%2F&${escaped(query)}`)
    .digest('base64');
  return `${query}&Signature=${escaped(signature)}`;
}

/** Percent-encodes text by RFC 3986. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Returns the path for reports. Alibaba Cloud does not sign them, so the path itself is the secret. */
export function reportPathOf({ secret }: Pick<AliyunSettings, 'secret'>): string {
  return `/aliyun/reports/${createHmac('sha256', secret).update('jishi reports').digest('base64url').slice(0, 32)}`;
}

const reportSchema = z.array(
  z.looseObject({
    out_id: z.string().optional(),
    dtmf: z.string().optional(),
    digits: z.string().optional(),
    phone_number: z.string().optional(),
    content: z.string().optional(),
    sequence_id: z.union([z.string(), z.number()]).optional(),
  }),
);

/** Creates the platform for calls and texts by Alibaba Cloud. Keys (VoiceReport) and replies (SmsUp) come in lists. */
export function createAliyun(settings: AliyunSettings, needs: TelephoneNeeds & Config): ChatPlatform {
  const gateway = gatewayOf(settings, needs);
  return telephonePlatform(gateway, needs, {
    path: '/aliyun',
    mount: (http, take, core) => {
      http.post(reportPathOf(settings), async (c) => {
        const reports = reportSchema.safeParse(parseJson(await c.req.text()));
        for (const { out_id: id, dtmf, digits = dtmf, phone_number: number, content, sequence_id } of reports.data ??
          []) {
          if (id !== undefined && digits !== undefined && isYes(digits, core))
            await take({ id }, { key: id, body: '' });
          if (number !== undefined && content !== undefined && isYes(content, core))
            await take({ number }, { key: `${sequence_id ?? number}`, body: '' });
        }
        return c.json({ code: 0, msg: 'OK' });
      });
    },
    close: () => gateway.close(),
  });
}
