import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { ChatPlatform } from '../description.ts';
import { HttpClient } from '../shared/http-client.ts';
import { type Gateway, LIMITS, type Ring, type TelephoneNeeds } from '../shared/telephone.ts';
import { isYes, telephonePlatform } from '../shared/telephone-platform.ts';
import type { GatewaySettings } from './index.ts';

/** Path below `PUBLIC_URL` for answers to a ring: a key pressed in a call, or a reply. */
export const ANSWER_PATH = '/gateway/answer';

interface Config {
  readonly config: { readonly publicUrl: string | null; readonly proxy: OutgoingProxy | null };
}

/** Creates a gateway whose requests are the filled-in templates of the settings. */
export function gatewayOf(settings: GatewaySettings, { config }: Config): Gateway & { close(): Promise<void> } {
  const http = new HttpClient(config.proxy);
  const { call, text, header, accepted } = settings;
  const [name = '', value = ''] = header?.split(/:\s*(.*)/s) ?? [];
  const headers = header === null ? {} : { [name]: value };
  const sending = (request: { readonly url: string; readonly body: string }, words: 'spoken' | 'written') => {
    const isJson = request.body.trimStart().startsWith('{');
    return async (ring: Ring): Promise<string> => {
      const content = filled(request.body, valuesOf(ring, ring[words], config.publicUrl), isJson);
      const mediaType = isJson ? 'application/json; charset=utf-8' : 'application/x-www-form-urlencoded';
      const answer = await http.ask(words, request.url, { headers, body: { content, mediaType } });
      const isAccepted = answer.status >= 200 && answer.status < 300 && answer.text.includes(accepted ?? '');
      if (!isAccepted) throw new Error(`HTTP ${answer.status}: ${answer.text.slice(0, 200)}`);
      return `${words}:${ring.id}`;
    };
  };
  return {
    platform: 'http-gateway',
    limits: LIMITS,
    ...(call ? { call: sending(call, 'spoken') } : {}),
    ...(text ? { text: sending(text, 'written') } : {}),
    close: () => http.close(),
  };
}

type Values = Readonly<Record<string, string>>;
function valuesOf({ number, incident, id }: Ring, text: string, publicUrl: string | null): Values {
  return { number, text, incident, id, answer: publicUrl === null ? '' : `${publicUrl}${ANSWER_PATH}/${id}` };
}

/** Fills values into a template, escaped for JSON or for a form. */
function filled(template: string, values: Values, isJson: boolean): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return isJson ? JSON.stringify(value).slice(1, -1) : encodeURIComponent(value);
  });
}

/** Creates the platform for calls and texts by a gateway, which reports keys and replies to `ANSWER_PATH` by POST. */
export function createHttpGateway(settings: GatewaySettings, needs: TelephoneNeeds & Config): ChatPlatform {
  const gateway = gatewayOf(settings, needs);
  return telephonePlatform(gateway, needs, {
    path: '/gateway',
    mount: (http, take, core) => {
      http.post(`${ANSWER_PATH}/:id`, async (c) => {
        const id = c.req.param('id');
        const words = await c.req.text();
        const isMeant = words.trim() === '' || isYes(said(words), core);
        return c.body(null, isMeant && (await take({ id }, { key: id, body: '' })) ? 204 : 404);
      });
    },
    close: () => gateway.close(),
  });
}

/** Returns the key or text in a gateway's report: the value of a field with a usual name, or the whole body. */
function said(body: string): string {
  const field = /["'&?]?\b(?:digits|dtmf|key|text|content|body|message)["']?\s*[:=]\s*["']?([^"'&},]*)/i.exec(body);
  const words = (field?.[1] ?? body).replaceAll('+', ' ');
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}
