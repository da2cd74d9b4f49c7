import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type WebSocket, WebSocketServer } from 'ws';
import { ran } from '../patience.ts';
import { SlackRefusal } from './method.ts';
import { event } from './payloads.ts';
import { Workspace } from './workspace.ts';

export interface Call {
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  readonly at: number;
  readonly token: string;
}
/** What goes wrong with the next calls of a method: before the work, or after it was done. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly done: boolean }
  | { readonly kind: 'lost' }
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'limited'; readonly seconds: number }
  | { readonly kind: 'hang' };
export interface Envelope {
  readonly envelope_id: string;
  readonly type: 'events_api' | 'slash_commands' | 'interactive';
  readonly payload: unknown;
  readonly accepts_response_payload: boolean;
  readonly retry_attempt?: number;
  readonly retry_reason?: string;
}

/**
 * Slack on this machine: the Web API over HTTP and Socket Mode over a WebSocket, with everything that goes wrong in the
 * real one. It survives the program under test.
 */
export class SlackServer {
  readonly workspace: Workspace;
  /** Further workspaces, by the token of the bot there. */
  readonly others = new Map<string, Workspace>();
  readonly calls: Call[] = [];
  /** What came to a `response_url`. */
  readonly responses: { readonly path: string; readonly body: Record<string, unknown> }[] = [];
  /** Messages that were replaced through the `response_url` of a press on them. */
  readonly replaced: { readonly channel: string; readonly ts: string }[] = [];
  refusesResponses = false;
  readonly acks: { readonly envelope: string; readonly payload: unknown; readonly at: number }[] = [];
  readonly sockets = new Set<WebSocket>();
  connections = 0;
  /** Requests a minute by method; more are answered with 429. */
  limits: Readonly<Record<string, number>> = {};
  delayMs = 0;
  /** Tokens that are good; null: all are. */
  accepts: ReadonlySet<string> | null = null;
  /** Errors it answered with. */
  readonly refusals: string[] = [];
  /** The whole Web API answers 503, and no socket may be opened. */
  down = false;
  /** The Web API takes every request and answers none. */
  isMute = false;
  readonly #faults = new Map<string, Fault[]>();
  readonly #recent = new Map<string, number[]>();
  readonly #waiting = new Map<string, (payload: unknown) => void>();
  #server: Server | null = null;
  #socketServer: WebSocketServer | null = null;
  #url = '';
  /** The app-level token of each connection. */
  readonly #apps = new WeakMap<WebSocket, string>();
  #envelopes = 0;

  constructor(now?: () => number) {
    this.workspace = new Workspace(now);
  }

  /** Answers the address of the Web API, without a slash at the end. */
  async listen(port = 0): Promise<string> {
    const server = createServer((request, response) => {
      void this.#handle(request, response).catch(() => request.socket.destroy());
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.#url = `http://127.0.0.1:${address.port}`;
    this.#socketServer = new WebSocketServer({ server, path: '/socket' });
    this.#socketServer.on('connection', (socket, { url = '' }) => {
      this.#apps.set(socket, new URL(url, this.#url).searchParams.get('app') ?? '');
      this.#connected(socket);
    });
    return `${this.#url}/api`;
  }
  get url(): string {
    return this.#url;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    const server = this.#server;
    this.hangUp();
    await new Promise<void>((resolve) => (server?.listening ? server.once('close', resolve) : resolve()));
  }

  /** Nothing listens any more; what is connected by socket stays. */
  hangUp(): void {
    this.#socketServer?.close();
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  #nextEnvelope(): number {
    this.#envelopes += 1;
    return this.#envelopes;
  }

  /** The `response_url` of a press on a message. */
  responseUrl(channel: string, ts: string): string {
    return `${this.#url}/response/message/${channel}/${ts}`;
  }

  /** The next calls of a method meet these, in order. */
  fail(method: string, ...faults: Fault[]): void {
    this.#faults.set(method, [...(this.#faults.get(method) ?? []), ...faults]);
  }
  callsOf(method: string): readonly Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** Sends an envelope to the newest socket; resolves with what it was acknowledged with, or null if it was not in time. */
  async send(
    type: Envelope['type'],
    payload: unknown,
    more: { id?: string; retry_attempt?: number; retry_reason?: string; within?: number; app?: string } = {},
  ): Promise<{ readonly payload: unknown } | null> {
    const { within = 60_000, id = `env-${this.#nextEnvelope()}`, app, ...retry } = more;
    const socket = [...this.sockets].findLast((one) => app === undefined || this.#apps.get(one) === app);
    if (!socket) throw new Error('nobody is connected');
    const envelope: Envelope = {
      envelope_id: id,
      type,
      payload,
      accepts_response_payload: type !== 'events_api',
      ...retry,
    };
    const acked = new Promise<{ payload: unknown }>((resolve) => {
      this.#waiting.set(id, (answer) => resolve({ payload: answer }));
    });
    const timer = new AbortController();
    const late = ran(within, timer.signal).then(() => null);
    socket.send(JSON.stringify(envelope));
    const answer = await Promise.race([acked, late]);
    timer.abort();
    this.#waiting.delete(id);
    return answer;
  }

  get isConnected(): boolean {
    return this.sockets.size > 0;
  }
  /** Sends what nobody wants over the newest socket, and resolves when that is acknowledged: all sent before was read. */
  async ping(): Promise<void> {
    await this.send('events_api', event({ type: 'none_of_ours' }));
  }

  /** Slack asks for a new connection, as it does every few hours. */
  refresh(reason = 'refresh_requested'): void {
    for (const socket of this.sockets) socket.send(JSON.stringify({ type: 'disconnect', reason }));
  }
  /** Connections end without a word. */
  cut(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  #connected(socket: WebSocket): void {
    this.connections += 1;
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('message', (data) => {
      const { envelope_id: envelope, payload } = JSON.parse(String(data));
      this.acks.push({ envelope, payload, at: Date.now() });
      this.#waiting.get(envelope)?.(payload);
      this.#waiting.delete(envelope);
    });
    socket.send(
      JSON.stringify({ type: 'hello', num_connections: this.sockets.size, connection_info: { app_id: 'A00FAKE' } }),
    );
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    if (path.startsWith('/upload/')) return this.#uploaded(path, body, response);
    if (path.startsWith('/files/')) return this.#download(path, request, response);
    if (path.startsWith('/response/')) {
      const said = JSON.parse(body.toString('utf8'));
      if (said.replace_original) return this.#replaced(path, said, response);
      this.responses.push({ path, body: said });
      return void response.writeHead(200).end('ok');
    }
    const method = path.replace(/^\/api\//, '');
    const params = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    const token = String(request.headers.authorization ?? '').replace('Bearer ', '');
    this.calls.push({ method, params, at: Date.now(), token });
    if (this.accepts && !this.accepts.has(token)) return json(response, { ok: false, error: 'invalid_auth' });
    this.#answer(method, params, request, response);
  }

  #replaced(path: string, said: { text: string; blocks: unknown }, response: ServerResponse): void {
    const [, channel = '', ts = ''] = /^\/response\/message\/(.+)\/(.+)$/.exec(path) ?? [];
    if (this.refusesResponses) return void response.writeHead(404).end('expired_url');
    const answer = this.#work('chat.update', { channel, ts, text: said.text, blocks: JSON.stringify(said.blocks) });
    if (!answer['ok']) return void response.writeHead(404).end('expired_url');
    this.replaced.push({ channel, ts });
    response.writeHead(200).end('ok');
  }

  #answer(method: string, params: Record<string, string>, request: IncomingMessage, response: ServerResponse): void {
    if (this.down) return void response.writeHead(503).end('down');
    const fault = this.#faults.get(method)?.shift();
    // Connections can be opened all the same: events go on arriving over them.
    if ((this.isMute && method !== 'apps.connections.open') || fault?.kind === 'hang') return;
    if (fault?.kind === 'limited') return void limited(response, fault.seconds);
    if (fault?.kind === 'error') return void json(response, { ok: false, error: fault.code });
    if (fault?.kind === 'status' && !fault.done) return void response.writeHead(fault.status).end('broken');
    const wait = this.#overLimit(method);
    if (wait > 0) return void limited(response, wait);
    const token = String(request.headers.authorization ?? '').replace('Bearer ', '');
    const answer = this.#work(method, params, token);
    if (fault?.kind === 'lost') return void request.socket.destroy();
    if (fault?.kind === 'status') return void response.writeHead(fault.status).end('broken');
    json(response, answer, (this.others.get(token) ?? this.workspace).granted);
  }

  #work(method: string, params: Record<string, string>, token = ''): Record<string, unknown> {
    const workspace = this.others.get(token) ?? this.workspace;
    if (method === 'apps.connections.open') {
      return this.workspace.tokenError
        ? { ok: false, error: this.workspace.tokenError }
        : { ok: true, url: `${this.#url.replace('http', 'ws')}/socket?ticket=secret&app=${token}` };
    }
    try {
      const result = workspace.call(method, params);
      const upload = result['upload_url'];
      const more =
        typeof upload === 'string'
          ? { upload_url: `${this.#url}/${upload.replace('UPLOAD', `upload/${workspace.team}`)}` }
          : {};
      return { ok: true, ...result, ...more };
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      this.refusals.push(error.code);
      return {
        ok: false,
        error: error.code,
        ...(error.detail.length > 0
          ? { response_metadata: { messages: error.detail.map((d) => `[ERROR] ${d}`) } }
          : {}),
      };
    }
  }

  #overLimit(method: string): number {
    const perMinute = this.limits[method];
    if (perMinute === undefined) return 0;
    const now = Date.now();
    const recent = (this.#recent.get(method) ?? []).filter((at) => at > now - 60_000);
    const first = recent[0];
    if (recent.length >= perMinute && first !== undefined) return Math.max(1, Math.ceil((first + 60_000 - now) / 1000));
    this.#recent.set(method, [...recent, now]);
    return 0;
  }

  #uploaded(path: string, body: Buffer, response: ServerResponse): void {
    const [, , team, id = ''] = path.split('/');
    const all = [this.workspace, ...this.others.values()];
    const file = all.find((one) => one.team === team)?.files.get(id);
    if (!file) return void response.writeHead(404).end();
    file.content = new Uint8Array(body);
    response.writeHead(200).end('OK');
  }

  #download(path: string, request: IncomingMessage, response: ServerResponse): void {
    const token = String(request.headers.authorization ?? '').replace('Bearer ', '');
    const file = (this.others.get(token) ?? this.workspace).files.get(path.replace('/files/', ''));
    if (!file || !token.startsWith('xoxb-')) {
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>');
    }
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.content);
  }
}

function json(response: ServerResponse, body: unknown, scopes: readonly string[] = []): void {
  response
    .writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': scopes.join(',') })
    .end(JSON.stringify(body));
}
function limited(response: ServerResponse, seconds: number): void {
  response
    .writeHead(429, { 'retry-after': String(seconds), 'content-type': 'application/json' })
    .end('{"ok":false,"error":"ratelimited"}');
}
