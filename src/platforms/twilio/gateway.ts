import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { HttpContext } from '../../http/routes.ts';
import { parseJson } from '../../ops/json.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { ChatPlatform } from '../description.ts';
import { HttpClient } from '../shared/http-client.ts';
import { type Gateway, LIMITS, type Ring, type TelephoneNeeds } from '../shared/telephone.ts';
import { isYes, telephonePlatform } from '../shared/telephone-platform.ts';
import type { TwilioSettings } from './index.ts';

/** Paths of Twilio's reports: a key pressed in a call, a text message in reply. */
export const KEY_PATH = '/twilio/key';
export const REPLY_PATH = '/twilio/reply';

interface Config {
  readonly config: { readonly publicUrl: string | null; readonly proxy: OutgoingProxy | null };
}
const accepted = z.looseObject({ sid: z.string() });
const refused = z.looseObject({ code: z.number().optional(), message: z.string().default('') });

/** Creates the gateway for calls and texts by the Twilio API (2010-04-01). */
export function gatewayOf(settings: TwilioSettings, { config }: Config): Gateway & { close(): Promise<void> } {
  const http = new HttpClient(config.proxy);
  const { account, token, number, apiUrl } = settings;
  const authorization = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`;
  const create = async (what: 'Calls' | 'Messages', form: Readonly<Record<string, string>>): Promise<string> => {
    const content = new URLSearchParams({ From: number, ...form }).toString();
    const { status, text } = await http.ask(what, `${apiUrl}/2010-04-01/Accounts/${account}/${what}.json`, {
      headers: { authorization },
      body: { content, mediaType: 'application/x-www-form-urlencoded' },
    });
    const answer = accepted.safeParse(parseJson(text));
    if (status >= 200 && status < 300 && answer.success) return answer.data.sid;
    const { code, message } = refused.catch({ message: '' }).parse(parseJson(text));
    throw new Error(`HTTP ${status}: ${code ?? ''} ${message}`.trim());
  };
  return {
    platform: 'twilio',
    limits: LIMITS,
    call: (ring) => create('Calls', { To: ring.number, Twiml: spoken(ring, config.publicUrl) }),
    text: (ring) => create('Messages', { To: ring.number, Body: ring.written }),
    close: () => http.close(),
  };
}

/** Returns the TwiML of a call: the sentence twice, and a key prompt if the answer can be reported. */
function spoken({ spoken: words, language, id }: Ring, publicUrl: string | null): string {
  const say = `<Say language="${language === 'en' ? 'en-US' : 'zh-CN'}" loop="2">${escaped(words)}</Say>`;
  if (publicUrl === null) return `<Response>${say}</Response>`;
  const action = escaped(`${publicUrl}${KEY_PATH}/${id}`);
  return `<Response><Gather numDigits="1" timeout="10" action="${action}">${say}</Gather></Response>`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

/** Creates the platform for calls and texts by Twilio, which signs its reports. */
export function createTwilio(settings: TwilioSettings, needs: TelephoneNeeds & Config): ChatPlatform {
  const gateway = gatewayOf(settings, needs);
  /** Returns the fields of a report; null if Twilio did not sign it. */
  const reported = async (c: HttpContext): Promise<URLSearchParams | null> => {
    const form = new URLSearchParams(await c.req.text());
    const url = `${needs.config.publicUrl ?? ''}${c.req.path}`;
    const given = Buffer.from(c.req.header('x-twilio-signature') ?? '', 'base64');
    const wanted = signatureOf(settings.token, url, form);
    return given.length === wanted.length && timingSafeEqual(given, wanted) ? form : null;
  };
  const xml = (c: HttpContext): Response => c.body('<Response/>', 200, { 'content-type': 'text/xml' });
  return telephonePlatform(gateway, needs, {
    path: '/twilio',
    mount: (http, take, core) => {
      http.post(`${KEY_PATH}/:id`, async (c) => {
        const form = await reported(c);
        if (!form) return c.body(null, 403);
        const id = c.req.param('id');
        if (isYes(form.get('Digits') ?? '', core)) await take({ id }, { key: id, body: '' });
        return xml(c);
      });
      http.post(REPLY_PATH, async (c) => {
        const form = await reported(c);
        if (!form) return c.body(null, 403);
        const sid = form.get('MessageSid') ?? '';
        if (isYes(form.get('Body') ?? '', core)) await take({ number: form.get('From') ?? '' }, { key: sid, body: '' });
        return xml(c);
      });
    },
    close: () => gateway.close(),
  });
}

/** Returns the signature of a report: HMAC-SHA1 of the address and all fields, sorted by name. */
export function signatureOf(token: string, url: string, form: URLSearchParams): Buffer {
  const fields = [...form].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([name, value]) => name + value);
  return createHmac('sha1', token)
    .update([url, ...fields].join(''))
    .digest();
}
