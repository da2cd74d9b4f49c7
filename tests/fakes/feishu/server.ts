import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { cardSchema, type Part, withInner, wrongWithCard } from './card-check.ts';
import { decodeFrame, encodeFrame } from './frame.ts';

export const APP = 'cli_0123456789abcdef';
export const SECRET = 'feishu-secret';
export const TENANT = 'tenant-home';
const BOT = 'ou_bot';

export interface Message {
  readonly id: string;
  /** `oc_…` */
  readonly chat: string;
  /** Root of its topic, or the message it answers; null for one of its own. */
  readonly root: string | null;
  readonly type: string;
  content: string;
  recalled: boolean;
  edits: number;
}
interface Chat {
  readonly mode: 'group' | 'p2p';
  readonly external: boolean;
  readonly isPublic: boolean;
  /** The app may not ask about it. */
  readonly isHidden?: boolean;
  readonly members: string[];
}
type Fault = { readonly path: RegExp; readonly fault: 'lost' } | { readonly path: RegExp; readonly fault: number };
interface Result {
  readonly status?: number;
  readonly body: object;
  readonly file?: Buffer;
}

const ok = (data: object, more: object = {}): Result => ({ body: { code: 0, msg: 'ok', data, ...more } });
const refuse = (code: number, msg = 'refused'): Result => ({ status: 400, body: { code, msg } });
const urgency = z.object({ user_id_list: z.array(z.string().startsWith('ou_')).min(1).max(200) });
const created = z.looseObject({
  receive_id: z.string().optional(),
  msg_type: z.enum(['interactive', 'file', 'text']),
  content: z.string(),
  uuid: z.string().max(50).optional(),
});

/**
 * Feishu's side of a self-built app, from its documents: the API with token, uuid, membership, recalls, card checks and five
 * messages a second for a chat; the long connection, whose unacknowledged events come again; signed and encrypted callbacks.
 */
export class FeishuServer {
  /** Messages that were marked urgent. */
  readonly urged: { readonly id: string; readonly by: string; readonly users: readonly string[] }[] = [];
  /** Reactions of the bot to messages of people. */
  readonly reactions: { readonly id: string; readonly emoji: string }[] = [];
  readonly messages: Message[] = [];
  readonly chats = new Map<string, Chat>();
  readonly users = new Map<string, string>();
  readonly files = new Map<string, { readonly name: string; readonly content: Buffer }>();
  readonly faults: Fault[] = [];
  readonly calls: string[] = [];
  /** Every refusal of a card, with the reasons. */
  readonly wrong: string[] = [];
  now: () => number = () => Date.now();
  tokens = new Set<string>();
  /** The app was stopped: neither its secret nor its tokens are accepted. */
  isRevoked = false;
  /** Messages of one chat within a second. */
  perSecond = 5;
  readonly #uuids = new Map<string, { readonly id: string; readonly at: number }>();
  readonly #waiting = new Map<string, (answer: { code: number; data?: string | undefined }) => void>();
  readonly #incoming = new Map<string, string>();
  readonly #recent = new Map<string, number[]>();
  #next = 1;
  #socket: WebSocket | null = null;
  readonly #http = createServer((request, response) => void this.#serve(request, response));
  readonly #web = new WebSocketServer({ server: this.#http });

  async listen(): Promise<string> {
    this.#web.on('connection', (socket) => {
      this.#socket = socket;
      socket.on('message', (bytes: Buffer) => this.#framed(socket, bytes));
    });
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    return this.url;
  }

  get url(): string {
    const address = this.#http.address();
    return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
  }

  async close(): Promise<void> {
    for (const socket of this.#web.clients) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }

  /** Nothing listens any more, until called with false. */
  async cutOff(isOff: boolean): Promise<void> {
    if (isOff) {
      this.#port = Number(new URL(this.url).port);
      await this.close();
    } else await new Promise<void>((resolve) => this.#http.listen(this.#port, '127.0.0.1', resolve));
  }
  #port = 0;

  get isConnected(): boolean {
    return this.#socket?.readyState === 1;
  }
  drop(): void {
    this.#socket?.terminate();
  }

  addChat(id: string, members: readonly string[], more: Partial<Chat> = {}): void {
    this.chats.set(id, { mode: 'group', external: false, isPublic: false, ...more, members: [...members] });
  }
  addUser(id: string, name: string): void {
    this.users.set(id, name);
    this.addChat(`oc_p2p_${id}`, [id], { mode: 'p2p' });
  }

  /** Messages of a chat or with a person (`ou_…`), below a root or none. */
  in(place: string, root: string | null): readonly Message[] {
    const chat = place.startsWith('ou_') ? `oc_p2p_${place}` : place;
    return this.messages.filter((one) => one.chat === chat && one.root === root && !one.recalled);
  }

  /** Everything a reader of the message sees, in one line. */
  words(message: Message): string {
    if (message.type === 'file') {
      const { file_key } = z.object({ file_key: z.string() }).parse(JSON.parse(message.content));
      return this.files.get(file_key)?.name ?? '';
    }
    return [...message.content.matchAll(/"content":"((?:[^"\\]|\\.)*)"/g)]
      .map(([, text]) => JSON.parse(`"${text}"`))
      .join(' ');
  }

  nextId(): number {
    return this.#next++;
  }

  fileOf(message: Message): { readonly name: string; readonly content: Uint8Array } | null {
    if (message.type !== 'file') return null;
    return this.files.get(z.object({ file_key: z.string() }).parse(JSON.parse(message.content)).file_key) ?? null;
  }

  /** Values that the inputs of a form hold when it is opened: a client sends them all back. */
  defaults(message: Message): Record<string, unknown> {
    const all = cardSchema.parse(JSON.parse(message.content)).body.elements.flatMap(withInner);
    return Object.fromEntries(
      all.flatMap((one) => {
        const value = one['default_value'] ?? one['initial_option'] ?? one['selected_values'];
        return typeof one['name'] === 'string' && value !== undefined ? [[one['name'], value]] : [];
      }),
    );
  }

  buttons(
    message: Message,
  ): readonly { readonly label: string; readonly value: unknown; readonly row: string; readonly form: Part | null }[] {
    if (message.type !== 'interactive') return [];
    const { elements } = cardSchema.parse(JSON.parse(message.content)).body;
    return elements.flatMap((root, index) =>
      withInner(root).flatMap((one) => {
        if (one.tag !== 'button') return [];
        const { text, behaviors } = button.parse(one);
        return [
          {
            label: text.content,
            value: behaviors[0]?.value,
            row: JSON.stringify(elements[index - 1] ?? ''),
            form: root.tag === 'form' ? root : null,
          },
        ];
      }),
    );
  }

  /** An event over the long connection; resolves with the answer of the bot. */
  async event(type: string, event: object, id = `e${this.#next++}`): Promise<{ code: number; answer: unknown }> {
    const header = { event_id: id, event_type: type, tenant_key: TENANT, app_id: APP, create_time: String(this.now()) };
    const payload = JSON.stringify({ schema: '2.0', header, event });
    const message_id = `f${this.#next++}`;
    const answered = new Promise<{ code: number; data?: string | undefined }>((resolve, reject) => {
      this.#waiting.set(message_id, resolve);
      setTimeout(() => reject(new Error(`no answer to ${type}`)), 60_000).unref();
    });
    const headers = { type: 'event', message_id, sum: '1', seq: '0', trace_id: 't' };
    this.#socket?.send(encodeFrame({ service: 1, method: 1, headers, payload }));
    const { code, data } = await answered;
    return { code, answer: data === undefined ? null : JSON.parse(Buffer.from(data, 'base64').toString()) };
  }

  /** The same as a callback: body and headers, as Feishu signs and encrypts them. */
  callback(
    type: string,
    event: object,
    { token, key }: { readonly token: string; readonly key: string },
    id = `e${this.#next++}`,
    hours = 0,
  ) {
    const header = { event_id: id, event_type: type, tenant_key: TENANT, token };
    return seal(key, JSON.stringify({ schema: '2.0', header, event }), hours);
  }

  message(chat: string, from: string, content: object, more: { type?: string; root?: string; tenant?: string } = {}) {
    const isDirect = this.chats.get(chat)?.mode === 'p2p';
    const { type = 'text', root, tenant = TENANT } = more;
    const message_id = `om_in${this.#next++}`;
    this.#incoming.set(message_id, chat);
    const mentions = isDirect || type !== 'text' ? [] : [{ key: '@_user_1', id: { open_id: BOT }, name: '计时' }];
    return {
      sender: { sender_id: { open_id: from }, sender_type: 'user', tenant_key: tenant },
      message: {
        ...{ message_id, chat_id: chat, chat_type: isDirect ? 'p2p' : 'group', mentions },
        ...{ message_type: type, content: JSON.stringify(content), ...(root === undefined ? {} : { root_id: root }) },
      },
    };
  }

  click(message: Message, from: string, value: unknown, form_value?: object, tenant = TENANT) {
    const action = { tag: 'button', value, ...(form_value ? { form_value } : {}) };
    const context = { open_message_id: message.id, open_chat_id: message.chat };
    return { operator: { open_id: from, tenant_key: tenant }, token: 'c-token', action, context };
  }

  #framed(socket: WebSocket, bytes: Buffer): void {
    const frame = decodeFrame(bytes);
    if (frame.method === 0) {
      socket.send(encodeFrame({ service: 1, method: 0, headers: { type: 'pong' }, payload: JSON.stringify(CLIENT) }));
      return;
    }
    this.#waiting.get(frame.headers['message_id'] ?? '')?.(answerSchema.parse(JSON.parse(frame.payload)));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(z.instanceof(Uint8Array).parse(chunk)));
    const url = new URL(request.url ?? '/', this.url);
    const path = `${request.method} ${url.pathname.replace('/open-apis/', '')}`;
    this.calls.push(path);
    const at = this.faults.findIndex((fault) => fault.path.test(path));
    const [fault] = at < 0 ? [] : this.faults.splice(at, 1);
    const result =
      typeof fault?.fault === 'number'
        ? refuse(fault.fault)
        : this.#answer(path, url, Buffer.concat(chunks), request.headers.authorization ?? '');
    if (fault?.fault === 'lost') return void request.socket.destroy();
    if (result.file) return void response.writeHead(200, { 'content-type': 'image/png' }).end(result.file);
    response.writeHead(result.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(result.body));
  }

  #answer(path: string, url: URL, raw: Buffer, authorization: string): Result {
    const json = (): unknown => JSON.parse(raw.toString() || '{}');
    if (path === 'POST /callback/ws/endpoint') return this.#endpoint(json());
    if (path === 'POST auth/v3/tenant_access_token/internal') return this.#token(json());
    if (!this.tokens.has(authorization.replace('Bearer ', ''))) return refuse(99991663, 'Invalid access token');
    if (path === 'GET bot/v3/info') return ok({}, { bot: { open_id: BOT, app_name: '计时', activate_status: 2 } });
    const [, id = '', rest = ''] = /im\/v1\/(?:messages|chats)\/([^/]+)(.*)/.exec(path) ?? [];
    if (path === 'POST im/v1/messages') return this.#create(created.parse(json()), null);
    if (path.endsWith('/reply')) return this.#create(created.parse(json()), id);
    const urgent = /^\/urgent_(app|sms|phone)$/.exec(rest)?.[1];
    if (urgent && path.startsWith('PATCH ')) return this.#urge(id, urgent, urgency.parse(json()).user_id_list);
    if (rest === '/reactions') {
      const { reaction_type } = z.object({ reaction_type: z.object({ emoji_type: z.string() }) }).parse(json());
      this.reactions.push({ id, emoji: reaction_type.emoji_type });
      return ok({ reaction_id: `r-${this.#next++}` });
    }
    if (path.startsWith('PATCH im/v1/messages/'))
      return this.#patch(id, z.object({ content: z.string() }).parse(json()).content);
    if (path.startsWith('DELETE im/v1/messages/')) {
      const message = this.messages.find((one) => one.id === id);
      if (message) message.recalled = true;
      return message ? ok({}) : refuse(230001);
    }
    if (path.startsWith('GET im/v1/messages/')) {
      const file = this.files.get(decodeURIComponent(rest.replace('/resources/', '')));
      return file ? { body: {}, file: file.content } : refuse(234003, 'File not in msg');
    }
    if (path === 'POST im/v1/files') return this.#upload(raw.toString('latin1'));
    if (path.startsWith('GET im/v1/chats/')) return this.#chat(id, rest);
    const name = this.users.get(/contact\/v3\/users\/(.+)/.exec(path)?.[1] ?? '');
    if (path.startsWith('GET contact/v3/users/')) return name === undefined ? refuse(41050) : ok({ user: { name } });
    return { status: 404, body: { code: 404, msg: `${path} ${url.search}` } };
  }

  #endpoint(body: unknown): Result {
    const { AppID, AppSecret } = z.object({ AppID: z.string(), AppSecret: z.string() }).parse(body);
    if (this.isRevoked || AppID !== APP || AppSecret !== SECRET)
      return { body: { code: 514, msg: 'app secret is wrong' } };
    const address = `${this.url.replace('http', 'ws')}/ws?device_id=d&service_id=1`;
    return ok({ URL: address, ClientConfig: CLIENT });
  }

  #token(body: unknown): Result {
    const { app_id, app_secret } = z.object({ app_id: z.string(), app_secret: z.string() }).parse(body);
    if (this.isRevoked || app_id !== APP || app_secret !== SECRET)
      return { body: { code: 10014, msg: 'app secret invalid' } };
    const token = `t-${this.#next++}`;
    this.tokens.add(token);
    return { body: { code: 0, msg: 'ok', tenant_access_token: token, expire: 7_200 } };
  }

  #create({ receive_id: to, msg_type, content, uuid }: z.infer<typeof created>, parent: string | null): Result {
    const above = parent === null ? null : this.messages.find((one) => one.id === parent);
    const isIncoming = parent?.startsWith('om_in') === true;
    if (parent !== null && !isIncoming && !above) return refuse(230001, 'invalid message id');
    if (above?.recalled) return refuse(230011, 'The message was withdrawn.');
    const address = to?.startsWith('ou_')
      ? `oc_p2p_${to}`
      : (to ?? above?.chat ?? this.#incoming.get(parent ?? '') ?? '');
    const chat = this.chats.get(address);
    if (!chat)
      return to?.startsWith('ou_')
        ? refuse(230013, 'no availability')
        : refuse(230002, 'The bot can not be outside the group.');
    const same = uuid === undefined ? undefined : this.#uuids.get(uuid);
    if (same && this.now() - same.at < 3_600_000) return ok({ message_id: same.id });
    const recent = (this.#recent.get(address) ?? []).filter((at) => at > this.now() - 1_000);
    if (recent.length >= this.perSecond) return refuse(230020, 'frequency limit');
    this.#recent.set(address, [...recent, this.now()]);
    const faults = msg_type === 'interactive' ? wrongWithCard(content) : [];
    if (faults.length > 0) {
      this.wrong.push(...faults);
      return refuse(230099, faults.join('; '));
    }
    const root = parent === null ? null : (above?.root ?? parent);
    const message = {
      id: `om_${this.#next++}`,
      chat: address,
      root,
      type: msg_type,
      content,
      recalled: false,
      edits: 0,
    };
    this.messages.push(message);
    if (uuid !== undefined) this.#uuids.set(uuid, { id: message.id, at: this.now() });
    return ok({ message_id: message.id, chat_id: address });
  }

  /** Marks a message of the bot urgent for people of its chat. */
  #urge(id: string, by: string, users: readonly string[]): Result {
    const message = this.messages.find((one) => one.id === id);
    if (!message || message.recalled) return refuse(230011, 'The message was withdrawn.');
    this.urged.push({ id, by, users });
    return ok({ invalid_user_id_list: [] });
  }

  #patch(id: string, content: string): Result {
    const message = this.messages.find((one) => one.id === id);
    if (!message || message.recalled) return refuse(230011, 'The message was withdrawn.');
    const faults = wrongWithCard(content);
    this.wrong.push(...faults);
    if (faults.length > 0) return refuse(230099, faults.join('; '));
    message.content = content;
    message.edits += 1;
    return ok({});
  }

  #upload(form: string): Result {
    const name = Buffer.from(/name="file_name"\r\n\r\n([^\r]*)/.exec(form)?.[1] ?? '', 'latin1').toString();
    const key = `file_${this.#next++}`;
    const bytes = /name="file"[^\n]*\n(?:[^\n]+\n)*\r\n([\s\S]*?)\r\n--/.exec(form)?.[1] ?? '';
    this.files.set(key, { name, content: Buffer.from(bytes, 'latin1') });
    return ok({ file_key: key });
  }

  #chat(id: string, rest: string): Result {
    const chat = this.chats.get(id);
    if (!chat || chat.isHidden) return refuse(232011, 'Operator can NOT be out of the chat.');
    if (rest === '/members') return ok({ items: chat.members.map((member_id) => ({ member_id })), has_more: false });
    return ok({ chat_mode: chat.mode, chat_type: chat.isPublic ? 'public' : 'private', external: chat.external });
  }
}

const CLIENT = { PingInterval: 120, ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0 };
const answerSchema = z.object({ code: z.number(), data: z.string().optional() });
const button = z.looseObject({
  text: z.looseObject({ content: z.string() }),
  behaviors: z.array(z.looseObject({ value: z.unknown().optional() })),
});

/**
 * Body and headers of a callback: AES-256-CBC under the hash of the key, signed over the encrypted body; `hours` after the
 * start of the clock.
 */
export function seal(
  key: string,
  text: string,
  hours = 0,
): { readonly body: string; readonly headers: Record<string, string> } {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv);
  const encrypt = Buffer.concat([iv, cipher.update(text), cipher.final()]).toString('base64');
  const body = JSON.stringify({ encrypt });
  const [timestamp, nonce] = [String(1_774_921_320 + hours * 3_600), 'nonce'];
  const signature = createHash('sha256')
    .update(timestamp + nonce + key + body)
    .digest('hex');
  const names = { 'X-Lark-Request-Timestamp': timestamp, 'X-Lark-Request-Nonce': nonce, 'X-Lark-Signature': signature };
  return { body, headers: { 'content-type': 'application/json', ...names } };
}
