import type { WebClientOptions } from '@slack/web-api';
import { Agent, type Dispatcher, ProxyAgent, fetch as undiciFetch } from 'undici';

/** Everything that goes out, HTTP and WebSocket alike, goes through one dispatcher: directly, or by CONNECT through a proxy. */
export interface Net {
  readonly fetch: NonNullable<WebClientOptions['fetch']>;
  /** For bodies and redirects `fetch` above does not know. */
  request(url: string, init: RawInit): Promise<RawResponse>;
  /** Null: the WebSocket makes its own, whose socket it can close when the other side has gone. */
  readonly proxy: Dispatcher | null;
  close(): Promise<void>;
}
export interface RawInit {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly redirect?: 'manual' | 'error';
  readonly timeout: number;
}
export interface RawResponse {
  readonly status: number;
  header(name: string): string | null;
  readonly body: AsyncIterable<Uint8Array> | null;
  text(): Promise<string>;
}

export function createNet(proxy: string | null): Net {
  const dispatcher: Dispatcher = proxy === null ? new Agent() : new ProxyAgent({ uri: proxy, proxyTunnel: true });
  return {
    proxy: proxy === null ? null : dispatcher,
    fetch: async (url, init = {}) => {
      const { body, headers, method, redirect, signal } = init;
      // Binary parts would need this package's own FormData; uploads go through `request`.
      if (body !== undefined && typeof body !== 'string') throw new TypeError('only text bodies');
      return undiciFetch(url, {
        dispatcher,
        ...(body === undefined ? {} : { body }),
        ...(headers === undefined ? {} : { headers }),
        ...(method === undefined ? {} : { method }),
        ...(redirect === undefined ? {} : { redirect }),
        ...(signal === undefined ? {} : { signal }),
      });
    },
    request: async (url, { timeout, headers, body, ...init }) => {
      const response = await undiciFetch(url, {
        ...init,
        dispatcher,
        signal: AbortSignal.timeout(timeout),
        ...(headers === undefined ? {} : { headers: { ...headers } }),
        ...(body === undefined ? {} : { body }),
      });
      return {
        status: response.status,
        header: (name) => response.headers.get(name),
        body: response.body,
        text: () => response.text(),
      };
    },
    // Open requests have had their time; the rest may be dropped.
    close: () => dispatcher.destroy(),
  };
}
