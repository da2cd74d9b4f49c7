import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { TemplateCard } from '../../../src/platforms/wecom/cards/template.ts';
import { wrongWith } from '../../platforms/wecom/cards/check.ts';
import { BotChats, type Shown } from './bot-chats.ts';

/**
 * WeCom's side of a smart bot's long connection, as its documents and published measurements describe it: the frames, the
 * limits and the numbers of its errors. Written from the notes, never against Tencent's servers.
 */
const frameSchema = z.object({
  cmd: z.string(),
  headers: z.object({ req_id: z.string() }),
  body: z.record(z.string(), z.unknown()).optional(),
});
type Frame = z.infer<typeof frameSchema>;
const cardSchema = z.custom<TemplateCard & { task_id: string }>(
  (value) => typeof value === 'object' && value !== null && 'card_type' in value && 'task_id' in value,
);
const streamSchema = z.object({ id: z.string(), finish: z.boolean(), content: z.string() });

const OK = { errcode: 0, errmsg: 'ok' };
const UPDATE_WITHIN = 5_000;
const STREAM_FOR = 6 * 60_000;
const QUOTA = { minute: 30, hour: 1_000 };

export interface BotServerOptions {
  readonly now?: () => number;
  readonly secret?: string;
}
/** `cut`: it is done, and the connection ends before the answer. */
type Fault =
  | { readonly kind: 'lost' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'error'; readonly code: number }
  | { readonly kind: 'drop' };

export class BotServer {
  readonly botId = 'aib-test';
  readonly chats = new BotChats();
  /** Every request as it came, for what a test wants to look at. */
  readonly requests: Frame[] = [];
  readonly refusals: { readonly cmd: string; readonly code: number; readonly why: string }[] = [];
  /** Told of every request as it arrives. */
  watch: (cmd: string, request: string) => void = () => {};
  connections = 0;
  kicks = 0;
  /** A server that takes everything and never answers. */
  isMute = false;
  /** Nobody gets in. */
  isDown = false;
  /** The secret was made anew. */
  isRevoked = false;

  readonly #now: () => number;
  readonly #secret: string;
  readonly #http: Server = createServer((request, response) => {
    const content = this.#media.get(request.url ?? '');
    if (!content) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-disposition': 'attachment; filename="photo.jpg"' }).end(content);
  });
  readonly #web = new WebSocketServer({ server: this.#http });
  readonly #media = new Map<string, Buffer>();
  readonly #opened = new Map<string, { kind: 'message' | 'card' | 'enter'; at: number; chat: string; task?: string }>();
  readonly #streams = new Map<string, { at: number; shown: Shown }>();
  readonly #sent = new Map<string, number[]>();
  readonly #uploads = new Map<string, { name: string; parts: string[] }>();
  readonly #faults: { readonly cmd: string; readonly fault: Fault }[] = [];
  #live: WebSocket | null = null;
  #count = 0;

  constructor(options: BotServerOptions = {}) {
    this.#now = options.now ?? Date.now;
    this.#secret = options.secret ?? 'secret-test';
    this.#web.on('connection', (socket) => {
      if (this.isDown) socket.terminate();
      socket.on('message', (data) => this.#arrived(socket, String(data)));
      socket.on('close', () => {
        if (this.#live === socket) this.#live = null;
      });
    });
  }

  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(port, '127.0.0.1', resolve));
    const address = this.#http.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `ws://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#web.clients) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }

  get isConnected(): boolean {
    return this.#live !== null;
  }

  /** The next request of this kind fails so. */
  fail(cmd: string, fault: Fault): void {
    this.#faults.push({ cmd, fault });
  }

  /** The network breaks. */
  cut(): void {
    this.#live?.terminate();
  }

  /** Another program signs in as the same bot. */
  kick(): void {
    const old = this.#live;
    this.#live = null;
    this.kicks += 1;
    old?.send(JSON.stringify(this.#event('disconnected_event', 'nobody', null, {}).frame));
  }

  /** Resolves when the bot has received everything that was sent to it. */
  received(): Promise<void> {
    const socket = this.#live;
    if (!socket) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        socket.off('pong', done).off('close', done);
        resolve();
      };
      socket.on('pong', done).on('close', done).ping();
    });
  }

  /** Somebody writes; in a group with the mention in front, as WeCom hands it on. */
  say(
    user: string,
    text: string,
    more: { readonly chat?: string; readonly quote?: string; readonly msgid?: string } = {},
  ): string {
    const chat = more.chat ?? user;
    this.chats.open(chat, more.chat ? 'group' : 'single');
    const request = this.#request('message', chat);
    this.#push({
      cmd: 'aibot_msg_callback',
      headers: { req_id: request },
      body: {
        msgid: more.msgid ?? `msg-${this.#next()}`,
        aibotid: this.botId,
        ...(more.chat ? { chatid: chat, chattype: 'group' } : { chattype: 'single' }),
        from: { userid: user },
        msgtype: 'text',
        text: { content: text },
        ...(more.quote === undefined ? {} : { quote: { msgtype: 'text', text: { content: more.quote } } }),
      },
    });
    return request;
  }

  /** A photo or file in a direct conversation, encrypted as WeCom does it. */
  sendFile(user: string, content: Buffer, kind: 'file' | 'image' = 'image', msgid = `msg-${this.#next()}`): void {
    this.chats.open(user, 'single');
    const key = randomBytes(32);
    const pad = 32 - (content.length % 32);
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const body = Buffer.concat([cipher.update(Buffer.concat([content, Buffer.alloc(pad, pad)])), cipher.final()]);
    const path = `/media/${this.#next()}`;
    this.#media.set(path, body);
    const address = this.#http.address();
    const port = address !== null && typeof address !== 'string' ? address.port : 0;
    this.#push({
      cmd: 'aibot_msg_callback',
      headers: { req_id: this.#request('message', user) },
      body: {
        msgid,
        aibotid: this.botId,
        chattype: 'single',
        from: { userid: user },
        msgtype: kind,
        [kind]: { url: `http://127.0.0.1:${port}${path}`, aeskey: key.toString('base64') },
      },
    });
  }

  /** Presses a button of a card (or submits it with what was ticked). */
  click(user: string, shown: Shown, key: string, selected: readonly string[] = [], msgid?: string): string {
    const task = shown.task;
    if (task === null) throw new Error('no card');
    const chat = shown.chat;
    const items = selectedItems(shown.card, selected);
    const event = this.#event('template_card_event', user, chat, {
      template_card_event: {
        card_type: shown.card?.card_type,
        event_key: key,
        task_id: task,
        ...(items.length > 0 ? { selected_items: { selected_item: items } } : {}),
      },
    });
    this.#opened.set(event.request, { kind: 'card', at: this.#now(), chat, task });
    this.#push(msgid === undefined ? event.frame : { ...event.frame, body: { ...event.frame.body, msgid } });
    return event.request;
  }

  /** Somebody opens the direct conversation for the first time today. */
  enter(user: string): void {
    const event = this.#event('enter_chat', user, user, {});
    this.#opened.set(event.request, { kind: 'enter', at: this.#now(), chat: user });
    this.#push(event.frame);
  }

  #event(type: string, user: string, chat: string | null, more: object) {
    const request = `E-${this.#next()}`;
    const isGroup = chat !== null && this.chats.kindOf(chat) === 'group';
    const body = {
      msgid: `evt-${this.#next()}`,
      create_time: Math.floor(this.#now() / 1000),
      aibotid: this.botId,
      ...(isGroup ? { chatid: chat, chattype: 'group' } : { chattype: 'single' }),
      from: { userid: user },
      msgtype: 'event',
      event: { eventtype: type, ...more },
    };
    return { request, frame: { cmd: 'aibot_event_callback', headers: { req_id: request }, body } };
  }

  #request(kind: 'message', chat: string): string {
    const request = `Q-${this.#next()}`;
    this.#opened.set(request, { kind, at: this.#now(), chat });
    return request;
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }

  /** Hands on a frame as it is. */
  hand(frame: object): void {
    this.#push(frame);
  }

  #push(frame: object): void {
    this.#live?.send(JSON.stringify(frame));
  }

  #arrived(socket: WebSocket, data: string): void {
    const frame = frameSchema.parse(JSON.parse(data));
    this.requests.push(frame);
    this.watch(frame.cmd, frame.headers.req_id);
    const at = this.#faults.findIndex(({ cmd }) => cmd === frame.cmd);
    const fault = at < 0 ? null : this.#faults.splice(at, 1)[0]?.fault;
    if (fault?.kind === 'drop') return void socket.terminate();
    const answer = fault?.kind === 'error' ? { errcode: fault.code, errmsg: 'as asked' } : this.#handle(socket, frame);
    if (answer.errcode !== 0) this.refusals.push({ cmd: frame.cmd, code: answer.errcode, why: answer.errmsg });
    if (fault?.kind === 'cut') return void socket.terminate();
    if (this.isMute || fault?.kind === 'lost') return;
    socket.send(JSON.stringify({ headers: { req_id: frame.headers.req_id }, ...answer }));
    if (frame.cmd === 'aibot_subscribe' && answer.errcode !== 0) socket.close();
  }

  #handle(socket: WebSocket, { cmd, headers, body = {} }: Frame): { errcode: number; errmsg: string; body?: object } {
    switch (cmd) {
      case 'aibot_subscribe':
        if (this.isRevoked || body['bot_id'] !== this.botId || body['secret'] !== this.#secret)
          return no(853000, 'invalid bot_id or secret');
        if (this.#live && this.#live !== socket) this.kick();
        this.#live = socket;
        this.connections += 1;
        return OK;
      case 'ping':
        return OK;
      case 'aibot_send_msg':
        return this.#sendTo(String(body['chatid']), body);
      case 'aibot_respond_msg':
        return this.#respond(headers.req_id, body);
      case 'aibot_respond_welcome_msg':
        return this.#welcome(headers.req_id, body);
      case 'aibot_respond_update_msg':
        return this.#update(headers.req_id, body);
      default:
        return this.#upload(cmd, body);
    }
  }

  #sendTo(chat: string, body: Readonly<Record<string, unknown>>) {
    const kind = this.chats.kindOf(chat);
    if (kind === null) return no(93006, 'invalid chatid: nobody wrote there');
    if (body['chat_type'] !== undefined && body['chat_type'] !== (kind === 'single' ? 1 : 2))
      return no(93006, 'chat_type');
    return this.#show(chat, body);
  }

  /** Takes a message into a conversation, or says why not. */
  #show(chat: string, body: Readonly<Record<string, unknown>>) {
    const over = this.#overQuota(chat);
    if (over) return over;
    if (body['msgtype'] === 'markdown') {
      const { content } = z.object({ content: z.string() }).parse(body['markdown']);
      const wrong = wrongWith({ markdown: content, card: null }, 'bot');
      if (wrong.length > 0) return no(45002, wrong.join('; '));
      this.chats.add({ chat, text: content, task: null, card: null, file: null });
      return OK;
    }
    if (body['msgtype'] === 'template_card') {
      const card = cardSchema.parse(body['template_card']);
      const refused = this.chats.checkCard(card);
      if (refused) return no(refused.code, refused.why);
      this.chats.add({ chat, text: '', task: card.task_id, card, file: null });
      return OK;
    }
    if (body['msgtype'] === 'file') {
      const { media_id } = z.object({ media_id: z.string() }).parse(body['file']);
      const file = this.#uploads.get(media_id);
      if (!file) return no(40007, 'invalid media_id');
      const content = Buffer.concat(file.parts.map((part) => Buffer.from(part, 'base64')));
      this.chats.add({ chat, text: '', task: null, card: null, file: file.name, content });
      return OK;
    }
    return no(40008, `invalid message type ${String(body['msgtype'])}`);
  }

  #respond(request: string, body: Readonly<Record<string, unknown>>) {
    const opened = this.#opened.get(request);
    if (!opened) return no(846602, 'unknown req_id');
    if (opened.kind === 'card') return no(846605, 'a card event takes an update only');
    if (this.#now() - opened.at > 24 * 3_600_000) return no(846604, 'too late');
    if (body['msgtype'] === 'stream_with_template_card') return this.#withCard(opened.chat, body);
    if (body['msgtype'] !== 'stream') return this.#show(opened.chat, body);
    const stream = streamSchema.parse(body['stream']);
    const running = this.#streams.get(stream.id);
    if (!running) {
      const over = this.#overQuota(opened.chat);
      if (over) return over;
      const shown = this.chats.add({ chat: opened.chat, text: stream.content, task: null, card: null, file: null });
      this.#streams.set(stream.id, { at: this.#now(), shown });
      return OK;
    }
    if (this.#now() - running.at > STREAM_FOR) return no(846608, 'stream expired');
    running.shown.text = stream.content;
    this.chats.rewritten.push(running.shown);
    running.shown.edits += 1;
    return OK;
  }

  /** A text and a card as one reply. */
  #withCard(chat: string, body: Readonly<Record<string, unknown>>) {
    const over = this.#overQuota(chat);
    if (over) return over;
    const { content } = streamSchema.parse(body['stream']);
    const card = cardSchema.parse(body['template_card']);
    const refused = this.chats.checkCard(card);
    if (refused) return no(refused.code, refused.why);
    this.chats.add({ chat, text: content, task: card.task_id, card, file: null });
    return OK;
  }

  #welcome(request: string, body: Readonly<Record<string, unknown>>) {
    const opened = this.#opened.get(request);
    if (opened?.kind !== 'enter') return no(846605, 'not a welcome');
    if (this.#now() - opened.at > UPDATE_WITHIN) return no(846604, 'too late');
    return this.#show(opened.chat, body);
  }

  #update(request: string, body: Readonly<Record<string, unknown>>) {
    const opened = this.#opened.get(request);
    if (opened?.kind !== 'card') return no(846605, 'not a card event');
    if (this.#now() - opened.at > UPDATE_WITHIN) return no(846604, 'too late');
    const card = cardSchema.parse(body['template_card']);
    if (card.task_id !== opened.task) return no(42014, 'another task_id');
    const wrong = wrongWith({ markdown: null, card }, 'bot');
    if (wrong.length > 0) return no(42_040, wrong.join('; '));
    this.chats.change(card.task_id, card);
    return OK;
  }

  #upload(cmd: string, body: Readonly<Record<string, unknown>>) {
    if (cmd === 'aibot_upload_media_init') {
      const id = `up-${this.#next()}`;
      this.#uploads.set(id, { name: String(body['filename']), parts: [] });
      return { ...OK, body: { upload_id: id } };
    }
    const upload = this.#uploads.get(String(body['upload_id']));
    if (!upload) return no(40007, cmd);
    if (cmd === 'aibot_upload_media_chunk') {
      if (typeof body['chunk_index'] !== 'number' || body['chunk_index'] > 99) return no(40058, 'chunk_index');
      upload.parts[body['chunk_index']] = String(body['base64_data']);
      return OK;
    }
    const content = Buffer.concat(upload.parts.map((part) => Buffer.from(part, 'base64')));
    const id = createHash('sha256').update(content).digest('hex').slice(0, 20);
    this.#uploads.set(id, upload);
    return { ...OK, body: { type: 'file', media_id: id, created_at: String(this.#now()) } };
  }

  #overQuota(chat: string) {
    const now = this.#now();
    const sent = (this.#sent.get(chat) ?? []).filter((at) => at > now - 3_600_000);
    if (sent.length >= QUOTA.hour || sent.filter((at) => at > now - 60_000).length >= QUOTA.minute) {
      return no(45009, 'out of frequency');
    }
    this.#sent.set(chat, [...sent, now]);
    return null;
  }
}

function no(errcode: number, errmsg: string): { errcode: number; errmsg: string } {
  return { errcode, errmsg };
}

/** What a client sends with a press: the ticks, or of each drop-down the option it stands on. */
function selectedItems(card: TemplateCard | null, selected: readonly string[]) {
  if (card?.card_type !== 'multiple_interaction') {
    const question_key = card?.card_type === 'vote_interaction' ? card.checkbox.question_key : 'row';
    return selected.length > 0 ? [{ question_key, option_ids: { option_id: selected } }] : [];
  }
  return card.select_list.map(({ question_key, option_list, selected_id }) => {
    const chosen = option_list.find(({ id }) => selected.includes(id))?.id ?? selected_id;
    return { question_key, option_ids: { option_id: [chosen] } };
  });
}
