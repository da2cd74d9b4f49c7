import { type Dispatcher, FormData, type RequestInit, fetch as undiciFetch } from 'undici';
import { causesOf, NEVER_SENT } from '../../ops/errors.ts';
import { dispatcherBy, type OutgoingProxy } from '../../ops/proxy.ts';

/** Error of a missing or unreadable answer. `sent` is false if the request did not leave this machine. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly sent: boolean;
  readonly reason: string;

  constructor(api: string, reason: string, sent: boolean) {
    super(`${api}: ${reason}`);
    this.reason = reason;
    this.sent = sent;
  }
}

export interface OutgoingFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}
export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** Longest duration in ms. */
  readonly timeout?: number;
  readonly body?:
    | { readonly json: string }
    | { readonly content: string | Uint8Array; readonly mediaType: string }
    /** Multipart body: the file is in the field named `field`, next to texts. */
    | { readonly field: string; readonly file: OutgoingFile; readonly texts?: Readonly<Record<string, string>> };
}
export interface HttpAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
}
export interface Download {
  readonly status: number;
  readonly name: string | null;
  readonly mediaType: string;
  readonly content: Uint8Array;
  /** Address of a redirect; null for none. */
  readonly location: string | null;
}
interface DownloadRequest {
  /** Maximum number of bytes. */
  readonly max: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const TIMEOUT = 8_000;
const TRANSFER_TIMEOUT = 120_000;
const MOST_HOPS = 3;

/** HTTP client of a platform, direct or through a proxy, with timeouts. Its requests fail with `NoAnswer` only. */
export class HttpClient {
  readonly #proxy: OutgoingProxy | null;
  #dispatcher: Dispatcher;

  constructor(proxy: OutgoingProxy | null) {
    this.#proxy = proxy;
    this.#dispatcher = dispatcherBy(proxy);
  }

  /** Dispatcher for connections other than HTTP requests. */
  get dispatcher(): Dispatcher {
    return this.#dispatcher;
  }

  /** Function `fetch` for a client that accepts one. */
  readonly fetch = (url: string | URL, init: RequestInit = {}) =>
    undiciFetch(url, { ...init, dispatcher: this.dispatcher });

  /** Makes a request; `api` names it in errors, e.g. `message/send`. */
  ask(api: string, url: string, { method, headers, body, timeout }: HttpRequest = {}): Promise<HttpAnswer> {
    return tried(api, async () => {
      const sent = body === undefined ? { headers: {} } : payload(body);
      const response = await this.fetch(url, {
        redirect: 'error',
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        signal: AbortSignal.timeout(timeout ?? (body !== undefined && 'file' in body ? TRANSFER_TIMEOUT : TIMEOUT)),
        ...sent,
        headers: { ...sent.headers, ...headers },
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    });
  }

  /** Downloads an address with any status, without following redirects; `too_large` if it exceeds `max` bytes. */
  download(api: string, url: string, { max, headers = {} }: DownloadRequest): Promise<Download | 'too_large'> {
    return tried(api, async () => {
      const signal = AbortSignal.timeout(TRANSFER_TIMEOUT);
      const response = await this.fetch(url, { redirect: 'manual', signal, headers: { ...headers } });
      const content = await within(response.body ?? new Blob([]).stream(), max);
      if (content === null) return 'too_large';
      const to = response.headers.get('location');
      return {
        status: response.status,
        name: nameOf(response.headers.get('content-disposition')),
        mediaType: response.headers.get('content-type') ?? 'application/octet-stream',
        content,
        location: to !== null && URL.canParse(to, url) ? new URL(to, url).href : null,
      };
    });
  }

  /** Downloads a given file; its address and each redirect must be a file address, or nothing is sent: `elsewhere`. */
  async downloadGiven(
    api: string,
    url: string,
    { hosts, own, ...request }: DownloadRequest & { readonly hosts: RegExp; readonly own: string | null },
  ): Promise<Download | 'too_large' | 'elsewhere'> {
    let address = url;
    for (let hop = 0; hop < MOST_HOPS && isFileAddress(address, hosts, own); hop += 1) {
      const got = await this.download(api, address, request);
      if (got === 'too_large' || got.location === null) return got;
      address = got.location;
    }
    return 'elsewhere';
  }

  /** Closes the connections and drops open requests, which had time to finish; a later request opens new ones. */
  close(): Promise<void> {
    const closed = this.#dispatcher.destroy();
    this.#dispatcher = dispatcherBy(this.#proxy);
    return closed;
  }
}

async function tried<T>(api: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw new NoAnswer(api, causesOf(error)[0] ?? 'no answer', !wasNotSent(error));
  }
}

/** Returns the bytes of a body; null if there are more than `max`. */
export async function within(body: AsyncIterable<Uint8Array>, max: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > max) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Returns true if credentials may be sent to a file's address: over https on `hosts`, or on the host of `own`. */
export function isFileAddress(address: string, hosts: RegExp, own: string | null): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password, host, hostname, protocol, port } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (own !== null && host === new URL(own).host && host !== '') return true;
  return protocol === 'https:' && port === '' && hosts.test(hostname);
}

/** Returns true if no byte of a request left this machine: no connection, or the proxy refused the tunnel. */
export function wasNotSent(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause) if (e.message.startsWith('Proxy response')) return true;
  return causesOf(error).some((code) => NEVER_SENT.has(code));
}

function nameOf(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition ?? '')?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1]?.trim() ?? null;
  try {
    return encoded === undefined ? plain : decodeURIComponent(encoded);
  } catch {
    return plain;
  }
}

function payload(body: NonNullable<HttpRequest['body']>) {
  if ('json' in body) return { body: body.json, headers: { 'content-type': 'application/json; charset=utf-8' } };
  if ('content' in body) return { body: body.content, headers: { 'content-type': body.mediaType } };
  const { field, file, texts = {} } = body;
  const form = new FormData();
  for (const [name, text] of Object.entries(texts)) form.set(name, text);
  form.set(field, new Blob([Uint8Array.from(file.content)], { type: file.mediaType }), file.name);
  return { body: form, headers: {} };
}
