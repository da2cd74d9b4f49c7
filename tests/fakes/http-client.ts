import { z } from 'zod';
import { sessionCookies } from '../../src/http/sessions.ts';
import type { SignInWay } from '../../src/http/token-store.ts';
import { LOCAL_TOKEN, type RunningHouse } from './house.ts';
import { compareWithDocument } from './openapi-check.ts';

/** Speaks to a house's server without a socket, as a browser or a program would. */
export class Client {
  readonly #house: RunningHouse;
  readonly #base: string;
  readonly headers: Record<string, string>;

  constructor(house: RunningHouse, headers: Record<string, string> = {}, base = 'http://127.0.0.1:3000') {
    this.#house = house;
    this.#base = base;
    this.headers = { host: new URL(base).host, ...headers };
  }

  with(headers: Record<string, string>): Client {
    return new Client(this.#house, { ...this.headers, ...headers }, this.#base);
  }

  get(path: string): Promise<Response> {
    return this.#send(path, { method: 'GET' });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  raw(path: string, init: RequestInit): Promise<Response> {
    return this.#send(path, init);
  }

  /** Every answer of the API is compared with its document. */
  async #send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(this.headers);
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    const response = await this.#house.server.fetch(new Request(new URL(path, this.#base), { ...init, headers }));
    await compareWithDocument(init.method ?? 'GET', path, response);
    return response;
  }
}

/** A browser that came by the printed link. */
export async function byLink(client: Client, token = LOCAL_TOKEN): Promise<Client> {
  const page = await client.get(`/?token=${token}`);
  const cookie = page.headers.get('set-cookie')?.split(';')[0];
  return cookie === undefined ? client : client.with({ cookie });
}

/** A person who chose a name on this machine. */
export async function signIn(client: Client, name: string): Promise<Client> {
  const admitted = await byLink(client);
  const response = await admitted.post('/api/v1/session', { name });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (response.status !== 200 || !cookie) throw new Error(`not signed in: ${response.status} ${await response.text()}`);
  return client.with({ cookie });
}

/** Value of the cookie of a session that is begun here, as if somebody had signed in by a link. */
export async function cookieOf(
  { sessions }: RunningHouse,
  secret: string,
  name: string,
  way: SignInWay = 'link',
): Promise<string> {
  const now = Date.now();
  const session = { name, way, person: null, version: '', groups: [], since: now, until: now + 3_600_000 };
  const id = await sessions.add(session);
  return sessionCookies.seal({ id }, secret, now);
}

/** What answers are looked at for; everything else of them is kept. */
const answerSchema = z.looseObject({
  id: z.string().default(''),
  revision: z.number().default(0),
  title: z.string().default(''),
  signIn: z.string().default(''),
  clocks: z.array(z.looseObject({ due: z.string() })).default([]),
  question: z.looseObject({ id: z.string(), options: z.array(z.looseObject({ intent: z.unknown() })) }).nullish(),
  said: z.looseObject({ title: z.string() }).optional(),
  incidents: z.array(z.looseObject({ id: z.string() })).default([]),
  sessions: z.array(z.looseObject({ id: z.string() })).default([]),
  token: z.string().default(''),
  tokens: z.array(z.looseObject({ id: z.string() })).default([]),
  timeline: z.array(z.unknown()).default([]),
  files: z.array(z.looseObject({ file: z.string() })).default([]),
  messages: z
    .array(
      z.looseObject({
        ref: z.string(),
        seq: z.number(),
        thread: z.string().nullable(),
        author: z.string().nullable(),
        text: z.string().optional(),
        incident: z.string().optional(),
        card: z.looseObject({ title: z.string() }).optional(),
      }),
    )
    .default([]),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
export async function json(response: Response): Promise<z.infer<typeof answerSchema>> {
  return answerSchema.parse(await response.json());
}
