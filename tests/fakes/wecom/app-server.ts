import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { checkMessage, type Message } from './app-messages.ts';

export const CORP = 'wx5823bf96d3bd56c7';
export const AGENT = '1000002';
export const SECRET = 'app-secret';

/** One message as somebody in WeCom sees it. */
export interface Delivered {
  /** `user:zhangsan`, `chat:abc` or `robot:key`. */
  readonly to: string;
  readonly message: Message;
  readonly text: string;
  /** Id by which it can be recalled within a day; null for groups and robots. */
  readonly msgid?: string;
  readonly at?: number;
}
export interface SeenCard {
  readonly task: string;
  readonly text: string;
  readonly buttons: readonly { readonly text: string; readonly key: string }[];
  /** What can be ticked. */
  readonly options: readonly { readonly id: string; readonly text: string }[];
}
export interface Group {
  readonly name: string;
  readonly owner: string;
  members: string[];
}

const send = z.looseObject({
  touser: z.string().optional(),
  agentid: z.number(),
  msgtype: z.string(),
  enable_duplicate_check: z.number().optional(),
  duplicate_check_interval: z.number().optional(),
});
const create = z.object({
  name: z.string(),
  owner: z.string(),
  userlist: z.array(z.string()),
  chatid: z.string().regex(/^[0-9a-zA-Z]{1,32}$/),
});

/**
 * The HTTP API of WeCom as far as its documents say: tokens that end early, addresses that are refused, sizes, card fields,
 * task ids that are never taken twice, the duplicate check, frequency limits.
 */
export class WecomServer {
  readonly delivered: Delivered[] = [];
  readonly groups = new Map<string, Group>();
  readonly media = new Map<string, { name: string; size: number; content: Uint8Array }>();
  /** What people sent to the app, by media id. */
  readonly given = new Map<string, Uint8Array>();
  readonly menus: unknown[] = [];
  readonly calls: string[] = [];
  /** Errors it answered with, by code. */
  readonly refusals: number[] = [];
  /** The JSON that was sent, with its API. */
  readonly bodies: { readonly api: string; readonly body: unknown }[] = [];
  users = new Map<string, string>([
    ['zhangsan', '张三'],
    ['lisi', '李四'],
    ['wangwu', '王五'],
  ]);
  /** Codes of OAuth: who they are for; each is good once. */
  readonly codes = new Map<string, { userid: string } | { openid: string }>();
  /** Robots by key. */
  readonly robots = new Map<string, number[]>([['robot-key', []]]);
  allowsAddress = true;
  /** The secret was made anew. */
  isRevoked = false;
  /** Whether the visible scope is the whole company, without which no groups can be made. */
  seesEverybody = true;
  /** What the admin page says of the app. */
  agent: object = {
    agentid: Number(AGENT),
    name: '计时',
    close: 0,
    redirect_domain: 'jishi.example.com',
    allow_partys: { partyid: [1] },
  };
  now: () => number = () => Date.now();
  /** Errors answered next instead of doing anything, by API. */
  readonly failures: { readonly api: string; readonly errcode: number; readonly errmsg?: string }[] = [];
  /** APIs that do their work next time, but whose answer is lost. */
  readonly losses: string[] = [];
  #tokens = new Set<string>();
  #issued = 0;
  readonly #taskIds = new Set<string>();
  readonly #duplicates = new Map<string, number>();
  readonly #server: Server;
  #port = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<WecomServer> {
    const server = createServer();
    const wecom = new WecomServer(server);
    server.on('request', (request, response) => void wecom.#serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return wecom;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** Nothing listens any more, or the same address again. */
  async cutOff(isOff: boolean): Promise<void> {
    if (isOff) {
      this.#port = Number(new URL(this.url).port);
      this.#server.close();
      this.#server.closeAllConnections();
    } else await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
  }

  /** All tokens end now, as they may at any time. */
  endTokens(): void {
    this.#tokens = new Set();
  }

  seenBy(to: string): readonly string[] {
    return this.delivered.filter((one) => one.to === to).map((one) => one.text);
  }

  /** The cards somebody was sent, with their buttons, oldest first. */
  cardsOf(user: string): readonly SeenCard[] {
    return this.delivered.flatMap(({ to, message, text }) => {
      if (to !== `user:${user}` || message.msgtype !== 'template_card') return [];
      const { task_id = '', button_list = [], checkbox } = message.template_card;
      const buttons = button_list.map((one) => ({ text: one.text, key: one.key ?? '' }));
      return [{ task: task_id, text, buttons, options: checkbox?.option_list ?? [] }];
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(z.instanceof(Uint8Array).parse(chunk)));
    const url = new URL(request.url ?? '/', 'http://wecom');
    if (url.pathname === '/connect/oauth2/authorize') {
      this.#authorize(url.searchParams, request.headers['user-agent'] ?? '', response);
      return;
    }
    const api = url.pathname.replace(/^\/cgi-bin\//, '');
    this.calls.push(api);
    const sent = Buffer.concat(chunks);
    if (request.headers['content-type']?.includes('json')) this.bodies.push({ api, body: json(sent) });
    const failing = this.failures.findIndex((failure) => failure.api === api);
    const failed = failing < 0 ? undefined : this.failures.splice(failing, 1)[0];
    const answer = failed
      ? { errcode: failed.errcode, errmsg: failed.errmsg ?? 'failed' }
      : this.#answer(api, url.searchParams, sent, request.headers['content-type'] ?? '');
    if ('errcode' in answer && typeof answer.errcode === 'number') this.refusals.push(answer.errcode);
    const losing = this.losses.indexOf(api);
    if (losing >= 0) {
      this.losses.splice(losing, 1);
      request.socket.destroy();
      return;
    }
    if (answer instanceof Uint8Array) {
      response.writeHead(200, {
        'content-type': 'image/jpeg',
        'content-disposition': 'attachment; filename="photo.jpg"',
      });
      response.end(answer);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify({ errcode: 0, errmsg: 'ok', ...answer }));
  }

  /** WeCom's own page, which knows who holds the phone: here the browser says so. It is seen in `states`. */
  readonly states: string[] = [];
  #authorize(query: URLSearchParams, agent: string, response: ServerResponse): void {
    const user = /wxwork\/(\w+)/.exec(agent)?.[1] ?? '';
    const code = `code-${this.states.push(query.get('state') ?? '')}`;
    this.codes.set(code, this.users.has(user) ? { userid: user } : { openid: `o-${user}` });
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  }

  #answer(api: string, query: URLSearchParams, body: Buffer, type: string): object {
    if (api === 'gettoken') return this.#getToken(query);
    if (api.startsWith('webhook/')) return this.#robot(api, query, body, type);
    if (!this.allowsAddress) {
      return error(60020, 'not allow to access from your ip, hint: [1700000000], from ip: 203.0.113.7, more info at …');
    }
    if (!this.#tokens.has(query.get('access_token') ?? '')) return error(42001, 'access_token expired');
    switch (api) {
      case 'message/send':
        return this.#send(json(body));
      case 'message/recall':
        return this.#recall(json(body));
      case 'appchat/create':
        return this.#create(json(body));
      case 'appchat/update':
        return this.#change(json(body));
      case 'appchat/get':
        return this.#group(query.get('chatid') ?? '');
      case 'appchat/send':
        return this.#sendToGroup(json(body));
      case 'message/update_template_card':
        return this.#update(json(body));
      case 'media/upload':
        return this.#upload(body, type);
      case 'media/get':
        return this.given.get(query.get('media_id') ?? '') ?? error(40007, 'invalid media_id');
      case 'menu/create':
        this.menus.push(json(body));
        return {};
      case 'user/get':
        return this.#user(query.get('userid') ?? '');
      case 'auth/getuserinfo':
        return this.#identity(query.get('code') ?? '');
      case 'agent/get':
        return this.agent;
      default:
        return error(40035, `unknown api ${api}`);
    }
  }

  #getToken(query: URLSearchParams): object {
    if (query.get('corpid') !== CORP) return error(40013, 'invalid corpid');
    if (this.isRevoked || query.get('corpsecret') !== SECRET) return error(40001, 'invalid credential');
    const token = `token-${++this.#issued}`;
    this.#tokens.add(token);
    return { access_token: token, expires_in: 7200 };
  }

  get tokensIssued(): number {
    return this.#issued;
  }

  #send(body: unknown): object {
    const sent = send.parse(body);
    if (String(sent.agentid) !== AGENT) return error(40056, 'invalid agentid');
    const users = (sent.touser ?? '').split('|').filter((user) => this.users.has(user));
    if (users.length === 0) return error(81013, 'user & party & tag all invalid');
    if (sent.enable_duplicate_check === 1) {
      const same = JSON.stringify(body);
      const before = this.#duplicates.get(same);
      if (before !== undefined && this.now() - before < (sent.duplicate_check_interval ?? 1800) * 1_000) {
        return { msgid: 'duplicate' };
      }
      this.#duplicates.set(same, this.now());
    }
    const checked = checkMessage(body, this.#taskIds);
    if ('errcode' in checked) return checked;
    const msgid = `m${this.delivered.length + 1}`;
    for (const user of users) this.delivered.push({ to: `user:${user}`, ...checked, msgid, at: this.now() });
    return { msgid, invaliduser: '', response_code: `rc${this.delivered.length}` };
  }

  /** Ids of messages that nobody sees any more. */
  readonly recalled = new Set<string>();
  #recall(body: unknown): object {
    const { msgid } = z.object({ msgid: z.string() }).parse(body);
    const sent = this.delivered.find((one) => one.msgid === msgid);
    if (!sent || this.now() - (sent.at ?? 0) >= 24 * 3_600_000) return error(40035, 'invalid msgid');
    this.recalled.add(msgid);
    return {};
  }

  #create(body: unknown): object {
    const { name, owner, userlist, chatid } = create.parse(body);
    if (!this.seesEverybody) return error(60011, 'no privilege to access/modify contact/party/agent');
    if ([...name].length > 50) return error(86003, 'invalid chat name');
    const members = userlist.filter((user) => this.users.has(user));
    if (members.length < 2 || userlist.length > 2_000) return error(86005, 'invalid userlist');
    if (this.groups.has(chatid)) return error(86215, 'chatid exists');
    this.groups.set(chatid, { name, owner, members });
    return { chatid };
  }

  #change(body: unknown): object {
    const { chatid, name } = z.object({ chatid: z.string(), name: z.string() }).parse(body);
    const group = this.groups.get(chatid);
    if (!group) return error(86001, 'invalid chatid');
    if ([...name].length > 50) return error(86003, 'invalid chat name');
    this.groups.set(chatid, { ...group, name });
    return {};
  }

  #group(chatid: string): object {
    const group = this.groups.get(chatid);
    if (!group) return error(86001, 'invalid chatid');
    return { chat_info: { chatid, name: group.name, owner: group.owner, userlist: group.members } };
  }

  #sendToGroup(body: unknown): object {
    const { chatid, msgtype } = z.looseObject({ chatid: z.string(), msgtype: z.string() }).parse(body);
    if (!this.groups.has(chatid)) return error(86001, 'invalid chatid');
    if (msgtype === 'template_card') return error(40008, 'invalid message type');
    const checked = checkMessage(body, this.#taskIds);
    if ('errcode' in checked) return checked;
    this.delivered.push({ to: `chat:${chatid}`, ...checked });
    return {};
  }

  readonly updates: unknown[] = [];
  readonly #usedCodes = new Set<string>();
  #update(body: unknown): object {
    const { response_code } = z.looseObject({ response_code: z.string() }).parse(body);
    if (this.#usedCodes.has(response_code)) return error(42030, 'response_code used');
    this.#usedCodes.add(response_code);
    this.updates.push(body);
    return {};
  }

  #upload(body: Buffer, type: string): object {
    const name = /filename="([^"]*)"/.exec(body.toString('latin1'))?.[1];
    if (!type.startsWith('multipart/form-data') || name === undefined) return error(41005, 'missing media data');
    if (body.length > 20 * 1024 * 1024) return error(40006, 'invalid media size');
    const id = `media-${this.media.size + 1}`;
    const content = contentOf(body, type);
    this.media.set(id, { name: Buffer.from(name, 'latin1').toString('utf8'), size: body.length, content });
    return { type: 'file', media_id: id, created_at: '1700000000' };
  }

  #user(userid: string): object {
    const name = this.users.get(userid);
    return name === undefined ? error(60111, 'userid not found') : { userid, name };
  }

  #identity(code: string): object {
    const who = this.codes.get(code);
    this.codes.delete(code);
    return who ?? error(40029, 'invalid code');
  }

  #robot(api: string, query: URLSearchParams, body: Buffer, type: string): object {
    const key = query.get('key') ?? '';
    const sent = this.robots.get(key);
    if (!sent) return error(93000, 'invalid webhook url');
    if (api === 'webhook/upload_media') return this.#upload(body, type);
    const now = this.now();
    if (sent.filter((at) => at > now - 60_000).length >= 20) return error(45009, 'api freq out of limit');
    sent.push(now);
    const checked = checkMessage(json(body), this.#taskIds);
    if ('errcode' in checked) return checked;
    this.delivered.push({ to: `robot:${key}`, ...checked });
    return {};
  }
}

/** The bytes of the one file of a multipart body. */
function contentOf(body: Buffer, type: string): Uint8Array {
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1] ?? '';
  const start = body.indexOf('\r\n\r\n') + 4;
  return body.subarray(start, body.indexOf(`\r\n--${boundary}`, start));
}

function error(errcode: number, errmsg: string): { errcode: number; errmsg: string } {
  return { errcode, errmsg };
}

function json(body: Buffer): unknown {
  return JSON.parse(body.toString('utf8'));
}
