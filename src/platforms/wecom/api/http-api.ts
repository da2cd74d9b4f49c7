import { z } from 'zod';
import { parseJson } from '../../../ops/json.ts';
import type { OutgoingProxy } from '../../../ops/proxy.ts';
import type { Clock } from '../../../use-cases/ports.ts';
import { AccessToken } from '../../shared/access-token.ts';
import { type Download, HttpClient, type HttpRequest, NoAnswer, type OutgoingFile } from '../../shared/http-client.ts';
import { CODES, WecomError } from './errors.ts';

export interface WecomApiOptions {
  /** Another address than WeCom's own, for tests; without a trailing slash. */
  readonly apiUrl: string | null;
  readonly proxy: OutgoingProxy | null;
}
export interface AppCredentials {
  readonly corpId: string;
  readonly secret: string;
}
type Query = Readonly<Record<string, string>>;
export type Answer = Readonly<Record<string, unknown>>;

const HOME = 'https://qyapi.weixin.qq.com';
const answerSchema = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default('') });
const tokenSchema = z.looseObject({ access_token: z.string().min(1), expires_in: z.number() });

/** Documented HTTP API. Resolves for errcode 0 only; everything else is a `WecomError` or `NoAnswer`. */
export class WecomHttp {
  readonly #base: string;
  readonly #http: HttpClient;

  constructor({ apiUrl, proxy }: WecomApiOptions) {
    this.#base = `${apiUrl ?? HOME}/cgi-bin`;
    this.#http = new HttpClient(proxy);
  }

  async ask(api: string, query: Query, body?: HttpRequest['body']): Promise<Answer> {
    const { text } = await this.#http.ask(api, this.#url(api, query), body === undefined ? {} : { body });
    return accepted(api, text);
  }

  /** A file WeCom keeps; `too_large` where it is longer than `max` bytes. */
  async fetch(api: string, query: Query, max: number): Promise<Download | 'too_large'> {
    const got = await this.#http.download(api, this.#url(api, query), { max });
    // An error comes as text where the bytes were expected.
    if (got !== 'too_large' && /^(application\/json|text\/plain)/.test(got.mediaType)) {
      accepted(api, Buffer.from(got.content).toString());
    }
    return got;
  }

  #url(api: string, query: Query): string {
    return `${this.#base}/${api}?${new URLSearchParams(query).toString()}`;
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}

function accepted(api: string, text: string): Answer {
  const answer = answerSchema.safeParse(parseJson(text));
  // A proxy between us and WeCom answered instead; the fate of the request is unknown.
  if (!answer.success) throw new NoAnswer(api, 'the answer is not one of WeCom', true);
  if (answer.data.errcode !== 0) throw new WecomError(api, answer.data.errcode, answer.data.errmsg);
  return answer.data;
}

/** The API of one app, with its token. */
export class WecomApp {
  readonly #http: WecomHttp;
  readonly #token: AccessToken;

  constructor(http: WecomHttp, { corpId: corpid, secret: corpsecret }: AppCredentials, clock: Clock) {
    this.#http = http;
    this.#token = new AccessToken({
      clock,
      api: 'gettoken',
      request: async () => {
        const answer = tokenSchema.parse(await http.ask('gettoken', { corpid, corpsecret }));
        return { value: answer.access_token, life: answer.expires_in * 1_000 };
      },
      isStale: (error) => error instanceof WecomError && CODES.staleToken.some((code) => code === error.code),
      isOwn: (error) => error instanceof WecomError,
    });
  }

  async get(api: string, query: Query = {}): Promise<Answer> {
    return this.#token.with((access_token) => this.#http.ask(api, { access_token, ...query }));
  }

  /** `json` goes out byte for byte, so that a message sent again is the same. */
  async post(api: string, json: string, query: Query = {}): Promise<Answer> {
    return this.#token.with((access_token) => this.#http.ask(api, { access_token, ...query }, { json }));
  }

  async upload(file: OutgoingFile): Promise<string> {
    const answer = await this.#token.with((access_token) =>
      this.#http.ask('media/upload', { access_token, type: 'file' }, { field: 'media', file }),
    );
    return z.looseObject({ media_id: z.string() }).parse(answer).media_id;
  }

  /** Downloads media that a person sent to the app; at most `max` bytes. */
  download(media: string, max: number): Promise<Download | 'too_large'> {
    return this.#token.with((access_token) => this.#http.fetch('media/get', { access_token, media_id: media }, max));
  }
}
