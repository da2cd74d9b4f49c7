import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { type Card, cardSchema, wrongWithCard } from './card-check.ts';

export const CLIENT = 'ding0123456789';
export const SECRET = 'dingtalk-secret';
export const TEMPLATE = '0a1b2c3d-jishi.schema';
export const CORP = 'ding-corp-home';

/** A card or a file in a group (`cid…`) or with a person. */
export interface Message {
  readonly id: string;
  readonly chat: string;
  card: Card | null;
  readonly file: { readonly name: string; readonly content: Buffer } | null;
  /** Who is called, `@ALL` for everybody. */
  readonly calls: readonly string[];
  isGone: boolean;
  edits: number;
}
interface Group {
  readonly members: readonly string[];
  /** Of a scene group (场景群) the members are told. */
  readonly isScene: boolean;
}
type Fault = { readonly path: RegExp; readonly fault: 'lost' | { readonly status: number; readonly code: string } };
interface Result {
  readonly status?: number;
  readonly body?: object;
  readonly file?: { readonly content: Buffer; readonly mediaType: string };
}
const ok = (body: object = {}): Result => ({ body });
const refuse = (code: string, status = 400): Result => ({
  status,
  body: { code, message: `${code} refused`, requestid: 'r' },
});
const old = (errcode: number, more: object = {}): Result => ({
  body: { errcode, errmsg: errcode === 0 ? 'ok' : 'no', ...more },
});
const HOUR = 3_600_000;
const MINUTE = 60_000;

const created = z.looseObject({
  cardTemplateId: z.string(),
  outTrackId: z.string().max(64),
  callbackType: z.literal('STREAM'),
  openSpaceId: z.string(),
  cardData: z.strictObject({ cardParamMap: z.record(z.string(), z.string()) }),
  imGroupOpenDeliverModel: z
    .looseObject({ robotCode: z.literal(CLIENT), atUserIds: z.record(z.string(), z.string()).default({}) })
    .optional(),
  imRobotOpenDeliverModel: z.looseObject({ robotCode: z.literal(CLIENT), spaceType: z.literal('IM_ROBOT') }).optional(),
});
const edited = z.strictObject({
  outTrackId: z.string(),
  cardData: z.strictObject({ cardParamMap: z.record(z.string(), z.string()) }),
});
const fileSent = z.looseObject({
  robotCode: z.literal(CLIENT),
  msgKey: z.literal('sampleFile'),
  msgParam: z.string(),
  openConversationId: z.string().optional(),
  userIds: z.array(z.string()).max(20).optional(),
});
const fileParam = z.strictObject({
  mediaId: z.string(),
  fileName: z.string(),
  fileType: z.enum(['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx']),
});
const answerSchema = z.looseObject({
  code: z.number(),
  headers: z.looseObject({ messageId: z.string() }),
  data: z.string().default(''),
});

/**
 * DingTalk's side of an internal app with a robot in Stream mode, as far as its documents and its SDK tell: both APIs with their
 * tokens and codes, cards of a template with ids of ours, twenty messages a minute in a group, tickets that are good once.
 */
export class DingtalkServer {
  readonly messages: Message[] = [];
  readonly groups = new Map<string, Group>();
  readonly users = new Map<string, string>();
  readonly media = new Map<string, { readonly name: string; readonly content: Buffer }>();
  /** Files that people sent, by their download code. */
  readonly given = new Map<string, Buffer>();
  readonly faults: Fault[] = [];
  readonly calls: string[] = [];
  /** Reasons for which cards were refused. */
  readonly wrong: string[] = [];
  /** How often a message was refused because there were too many. */
  tooOften = 0;
  perMinute = 20;
  /** The app was stopped: its secret is not accepted. */
  isRevoked = false;
  /** Pings are not answered. */
  isSilent = false;
  now: () => number = () => Date.now();
  readonly #tokens = new Set<string>();
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, (answer: z.infer<typeof answerSchema>) => void>();
  readonly #recent = new Map<string, number[]>();
  readonly #created = new Map<string, number>();
  readonly #http = createServer((request, response) => void this.#serve(request, response));
  readonly #web = new WebSocketServer({ server: this.#http, autoPong: false });
  #socket: WebSocket | null = null;
  #next = 1;
  #port = 0;

  async listen(): Promise<string> {
    this.#web.on('connection', (socket, request) => {
      const ticket = new URL(request.url ?? '/', this.url).searchParams.get('ticket') ?? '';
      if (!this.#tickets.delete(ticket)) return socket.close(4001, 'ticket');
      this.#socket = socket;
      socket.on('ping', (data: Buffer) => {
        if (!this.isSilent) socket.pong(data);
      });
      socket.on('message', (bytes: Buffer) => {
        const answer = answerSchema.parse(JSON.parse(bytes.toString()));
        this.#waiting.get(answer.headers.messageId)?.(answer);
      });
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
  get isConnected(): boolean {
    return this.#socket?.readyState === 1;
  }
  get connections(): number {
    return [...this.#web.clients].filter((socket) => socket.readyState === 1).length;
  }
  /** Ends the connection without a word. */
  drop(): void {
    this.#socket?.terminate();
  }
  /** Asks for a new connection, as before a restart. */
  disconnect(): void {
    this.#frame('SYSTEM', 'disconnect', 's1', {});
  }
  /** All tokens end. */
  endTokens(): void {
    this.#tokens.clear();
  }
  nextId(): number {
    return this.#next++;
  }

  /** Messages of a place that were not removed. */
  in(chat: string): readonly Message[] {
    return this.messages.filter((one) => one.chat === chat && !one.isGone);
  }

  /** A callback; resolves with the answer of the bot. */
  async callback(topic: string, data: object, id = `c${this.#next++}`): Promise<z.infer<typeof answerSchema>> {
    const { promise, resolve, reject } = Promise.withResolvers<z.infer<typeof answerSchema>>();
    this.#waiting.set(id, resolve);
    setTimeout(() => reject(new Error(`no answer to ${topic}`)), 60_000).unref();
    this.#frame('CALLBACK', topic, id, data);
    return promise;
  }
  async ping(): Promise<z.infer<typeof answerSchema>> {
    const { promise, resolve } = Promise.withResolvers<z.infer<typeof answerSchema>>();
    this.#waiting.set('p1', resolve);
    this.#frame('SYSTEM', 'ping', 'p1', { opaque: 'x' });
    return promise;
  }
  #frame(type: string, topic: string, messageId: string, data: object): void {
    const headers = { topic, messageId, contentType: 'application/json', time: String(this.now()) };
    this.#socket?.send(JSON.stringify({ specVersion: '1.0', type, headers, data: JSON.stringify(data) }));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(z.instanceof(Uint8Array).parse(chunk)));
    const url = new URL(request.url ?? '/', this.url);
    const path = `${request.method} ${url.pathname.slice(1)}`;
    this.calls.push(path);
    const at = this.faults.findIndex((fault) => fault.path.test(path));
    const [fault] = at < 0 ? [] : this.faults.splice(at, 1);
    const isRefused = typeof fault?.fault === 'object';
    const token = String(request.headers['x-acs-dingtalk-access-token'] ?? url.searchParams.get('access_token') ?? '');
    const result =
      isRefused && typeof fault.fault === 'object'
        ? refuse(fault.fault.code, fault.fault.status)
        : this.#answer(path, url, Buffer.concat(chunks), token);
    if (fault?.fault === 'lost') return void request.socket.destroy();
    if (result.file)
      return void response.writeHead(200, { 'content-type': result.file.mediaType }).end(result.file.content);
    response.writeHead(result.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(result.body));
  }

  #answer(path: string, url: URL, raw: Buffer, token: string): Result {
    const json = (): unknown => JSON.parse(raw.toString() || '{}');
    const file = /^GET file\/(.+)$/.exec(path)?.[1];
    if (file !== undefined) return this.#given(file);
    if (path === 'POST v1.0/gateway/connections/open') return this.#open(json());
    if (path === 'POST v1.0/oauth2/accessToken') {
      const { appKey, appSecret } = z.object({ appKey: z.string(), appSecret: z.string() }).parse(json());
      if (this.isRevoked || appKey !== CLIENT || appSecret !== SECRET) return refuse('invalidClientIdOrSecret');
      return ok({ accessToken: this.#token(), expireIn: 7_200 });
    }
    if (path === 'GET gettoken') {
      const isRight =
        !this.isRevoked && url.searchParams.get('appkey') === CLIENT && url.searchParams.get('appsecret') === SECRET;
      return isRight ? old(0, { access_token: this.#token(), expires_in: 7_200 }) : old(40089);
    }
    const isOld = !path.includes(' v1.0/');
    if (!this.#tokens.has(token)) return isOld ? old(40014) : refuse('InvalidAuthentication', 401);
    switch (path) {
      case 'POST v1.0/card/instances/createAndDeliver':
        return this.#create(created.parse(json()));
      case 'PUT v1.0/card/instances':
        return this.#edit(edited.parse(json()));
      case 'POST v1.0/robot/groupMessages/send':
      case 'POST v1.0/robot/oToMessages/batchSend':
        return this.#sendFile(fileSent.parse(json()));
      case 'POST v1.0/robot/groupMessages/recall':
      case 'POST v1.0/robot/otoMessages/batchRecall':
        return this.#recall(z.looseObject({ processQueryKeys: z.array(z.string()) }).parse(json()).processQueryKeys);
      case 'POST v1.0/robot/messageFiles/download': {
        const { downloadCode } = z.looseObject({ downloadCode: z.string() }).parse(json());
        return this.given.has(downloadCode)
          ? ok({ downloadUrl: `${this.url}/file/${downloadCode}` })
          : refuse('unknownFile');
      }
      case 'POST v1.0/im/sceneGroups/members/batchQuery': {
        const group = this.groups.get(
          z.looseObject({ openConversationId: z.string() }).parse(json()).openConversationId,
        );
        return group?.isScene ? ok({ memberUserIds: group.members, hasMore: false }) : refuse('InvalidParameter');
      }
      case 'POST topapi/v2/user/get': {
        const name = this.users.get(z.looseObject({ userid: z.string() }).parse(json()).userid);
        return name === undefined ? old(60121) : old(0, { result: { name } });
      }
      case 'POST media/upload':
        return this.#upload(raw);
      default:
        return refuse(`no such path: ${path}`, 404);
    }
  }

  #token(): string {
    const token = `t-${this.#next++}`;
    this.#tokens.add(token);
    return token;
  }
  #open(body: unknown): Result {
    const { clientId, clientSecret, subscriptions } = z
      .looseObject({ clientId: z.string(), clientSecret: z.string(), subscriptions: z.array(z.unknown()).min(2) })
      .parse(body);
    if (this.isRevoked || clientId !== CLIENT || clientSecret !== SECRET || subscriptions.length === 0)
      return refuse('authFailed', 401);
    const ticket = `ticket+${this.#next++}`;
    this.#tickets.add(ticket);
    return ok({ endpoint: `${this.url.replace('http', 'ws')}/connect`, ticket });
  }

  /** True if the robot may write there once more. */
  #isLimited(chat: string): boolean {
    if (!chat.startsWith('cid')) return false;
    const recent = (this.#recent.get(chat) ?? []).filter((at) => at > this.now() - MINUTE);
    const isFull = recent.length >= this.perMinute;
    this.#recent.set(chat, isFull ? recent : [...recent, this.now()]);
    if (isFull) this.tooOften += 1;
    return isFull;
  }

  #create({ cardTemplateId, outTrackId, openSpaceId, cardData, ...deliver }: z.infer<typeof created>): Result {
    const [, kind, chat = ''] = /^dtv1\.card\/\/(IM_GROUP|IM_ROBOT)\.(.+)$/.exec(openSpaceId) ?? [];
    if (cardTemplateId !== TEMPLATE) return refuse('InvalidParameter');
    const before = this.#created.get(outTrackId);
    if (before !== undefined && before > this.now() - HOUR) return refuse('param.outTrackIdRepeated');
    const isThere = kind === 'IM_GROUP' ? this.groups.has(chat) : this.users.has(chat);
    if (!isThere)
      return ok({ success: true, result: { deliverResults: [{ success: false, errorMsg: 'no such space' }] } });
    if (this.#isLimited(chat)) return refuse('Forbidden.AccessDenied.QpsLimitForApi', 403);
    const faults = wrongWithCard(cardData.cardParamMap, chat);
    if (faults.length > 0) {
      this.wrong.push(...faults);
      return refuse('InvalidParameter');
    }
    this.#created.set(outTrackId, this.now());
    const calls = Object.keys(deliver.imGroupOpenDeliverModel?.atUserIds ?? {});
    const card = cardSchema.parse(cardData.cardParamMap);
    this.messages.push({ id: outTrackId, chat, card, file: null, calls, isGone: false, edits: 0 });
    return ok({ success: true, result: { outTrackId, deliverResults: [{ success: true, errorMsg: '' }] } });
  }

  #edit({ outTrackId, cardData }: z.infer<typeof edited>): Result {
    const message = this.messages.find(({ id, isGone }) => id === outTrackId && !isGone);
    if (!message?.card) return refuse('card.notExist', 404);
    const faults = wrongWithCard(cardData.cardParamMap, message.chat);
    this.wrong.push(...faults);
    if (faults.length > 0) return refuse('InvalidParameter');
    message.card = cardSchema.parse(cardData.cardParamMap);
    message.edits += 1;
    return ok({ success: true });
  }

  #sendFile({ msgParam, openConversationId, userIds = [] }: z.infer<typeof fileSent>): Result {
    const chat = openConversationId ?? userIds[0] ?? '';
    const isThere = openConversationId === undefined ? this.users.has(chat) : this.groups.has(chat);
    if (!isThere) return refuse('InvalidParameter');
    if (this.#isLimited(chat)) return refuse('Throttling', 429);
    const { mediaId, fileName } = fileParam.parse(JSON.parse(msgParam));
    const media = this.media.get(mediaId);
    if (!media) return refuse('InvalidParameter');
    const id = `pqk-${this.#next++}`;
    const file = { name: fileName, content: media.content };
    this.messages.push({ id, chat, card: null, file, calls: [], isGone: false, edits: 0 });
    return ok({ processQueryKey: id });
  }

  #recall(keys: readonly string[]): Result {
    for (const one of this.messages) if (keys.includes(one.id) && one.file) one.isGone = true;
    return ok({ successResult: keys });
  }

  #upload(raw: Buffer): Result {
    const form = raw.toString('latin1');
    const name = Buffer.from(/filename="([^"]*)"/.exec(form)?.[1] ?? '', 'latin1').toString();
    const bytes = /name="media"[^\n]*\n(?:[^\n]+\n)*\r\n([\s\S]*?)\r\n--/.exec(form)?.[1] ?? '';
    const id = `@media${this.#next++}`;
    this.media.set(id, { name, content: Buffer.from(bytes, 'latin1') });
    return old(0, { media_id: id });
  }

  #given(code: string): Result {
    const content = this.given.get(decodeURIComponent(code));
    return content ? { file: { content, mediaType: 'text/plain' } } : refuse('unknownFile', 404);
  }
}
