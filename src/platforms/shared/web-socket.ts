import { channel } from 'node:diagnostics_channel';
import { ping, WebSocket } from 'undici';
import { z } from 'zod';
import { messageOf } from '../../ops/errors.ts';
import { ApiError } from './api-client.ts';
import type { Listener } from './card-wire.ts';
import type { HttpClient } from './http-client.ts';
import { KeptSocket, type KeptSocketOptions, type Link, type LinkEvents } from './kept-socket.ts';

/** Silence (ms) after which a connection is dead. */
const SILENT_FOR = 120_000;

/** Keeps one WebSocket connected, for platforms that deliver events there. */
export function keptWebSocket(
  of: Pick<KeptSocketOptions, 'name' | 'clock' | 'log' | 'connected'> & {
    readonly received: (data: Data, send: (data: Data) => void, events: LinkEvents) => void;
  } & Omit<WebSocketOptions, 'received'>,
): Listener {
  const { name, clock, log, connected } = of;
  const socket = new KeptSocket({
    ...{ name, clock, log, connected, silentFor: SILENT_FOR, jitter: Math.random },
    dial: (events) => dialWebSocket({ ...of, received: (data, send) => of.received(data, send, events) }, events),
  });
  return { routes: {}, start: () => socket.start(), stop: () => socket.stop(), health: () => socket.health };
}

type Data = string | Uint8Array;
export interface WebSocketOptions {
  /** Requests the address, new for each connection. Rejects with the reason if there is none. */
  readonly address: () => Promise<string>;
  readonly http: Pick<HttpClient, 'dispatcher'>;
  /** Called with each message; `send` answers on the same connection. */
  readonly received: (data: Data, send: (data: Data) => void) => void;
  /** Returns a message that requests an answer; by default a WebSocket ping is sent. */
  readonly probe?: () => Data;
  /** True if the connection is ready only after a greeting (`received` reports it), not when it opens. */
  readonly greets?: true;
}

/** Opens a WebSocket for `KeptSocket`; every frame and pong proves that the connection is alive. */
export function dialWebSocket(options: WebSocketOptions, events: LinkEvents): Link {
  let socket: WebSocket | null = null;
  let isClosed = false;
  const lost = (reason: string, wait?: number): void => {
    if (!isClosed) events.lost(reason, wait);
  };
  const ponged = (message: unknown): void => {
    if (typeof message === 'object' && message && 'websocket' in message && message.websocket === socket)
      events.heard();
  };
  // A WebSocket does not give the reason why it cannot connect.
  const failed = (message: unknown): void => {
    const { data } = failure.safeParse(message);
    if (!data || socket?.readyState !== WebSocket.CONNECTING) return;
    // Other requests to the same host fail for reasons of their own.
    const { origin, pathname, search } = new URL(socket.url.replace(/^ws/, 'http'));
    if (data.request.origin === origin && data.request.path === pathname + search) lost(messageOf(data.error));
  };
  const open = (url: string): void => {
    if (isClosed) return;
    const opened = new WebSocket(url, { dispatcher: options.http.dispatcher });
    socket = opened;
    opened.binaryType = 'arraybuffer';
    pongs.subscribe(ponged);
    failures.subscribe(failed);
    const send = (data: Data): void => {
      if (opened.readyState === WebSocket.OPEN) opened.send(typeof data === 'string' ? data : Uint8Array.from(data));
    };
    if (!options.greets) opened.addEventListener('open', () => events.ready());
    opened.addEventListener('message', ({ data }: { readonly data: unknown }) => {
      events.heard();
      if (typeof data === 'string') options.received(data, send);
      else if (data instanceof ArrayBuffer) options.received(new Uint8Array(data), send);
    });
    opened.addEventListener('error', () => lost('the connection failed'));
    opened.addEventListener('close', ({ code }: { readonly code: number }) => lost(`closed (${code})`));
  };
  options
    .address()
    .then(open, (error: unknown) => lost(messageOf(error), error instanceof ApiError ? error.wait : undefined));
  return {
    close: () => {
      isClosed = true;
      pongs.unsubscribe(ponged);
      failures.unsubscribe(failed);
      socket?.close();
    },
    probe: () => {
      if (socket?.readyState !== WebSocket.OPEN) return;
      if (options.probe) socket.send(options.probe());
      else ping(socket);
    },
  };
}
const pongs = channel('undici:websocket:pong');
const failures = channel('undici:request:error');
const failure = z.object({ request: z.object({ origin: z.string(), path: z.string() }), error: z.instanceof(Error) });
