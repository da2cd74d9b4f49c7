import { wrongInMessage, wrongInView } from './block-check.ts';

/** A refusal in Slack's words. */
export class SlackRefusal extends Error {
  readonly code: string;
  readonly detail: readonly string[];
  constructor(code: string, detail: readonly string[] = []) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

export interface FakeMessage {
  readonly channel: string;
  readonly ts: string;
  readonly thread: string | null;
  readonly user: string;
  text: string;
  blocks: readonly unknown[];
  readonly metadata: { event_type: string; event_payload: Record<string, unknown> } | null;
  readonly files: readonly { id: string; name: string }[];
  readonly broadcast: boolean;
  edits: number;
}
export interface FakeChannel {
  readonly id: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  isShared: boolean;
  readonly members: Set<string>;
  topic: string;
}
export interface FakeUser {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly isRestricted?: boolean;
}
export interface FakeFile {
  readonly id: string;
  readonly name: string;
  content: Uint8Array;
  shared: boolean;
}
type Params = Readonly<Record<string, string>>;
type Method = (p: Params) => Record<string, unknown>;

export const TEAM = 'T00FAKE0001';
export const BOT_USER = 'U00BOT00001';
export const BOT_ID = 'B00BOT00001';

/** Scopes by method, as Slack asks for them; a method without an entry needs none. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.scheduleMessage': ['chat:write'],
  'chat.deleteScheduledMessage': ['chat:write'],
  'conversations.history': ['channels:history'],
  'conversations.replies': ['channels:history'],
  'conversations.info': ['channels:read'],
  'users.conversations': ['channels:read'],
  'conversations.open': ['im:write'],
  'conversations.create': ['groups:write'],
  'conversations.invite': ['groups:write'],
  'conversations.setTopic': ['groups:write'],
  'users.info': ['users:read'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.info': ['files:read'],
  'bookmarks.add': ['bookmarks:write'],
};

/** The state behind the fake Web API: what was posted, edited, scheduled, opened; refusing what Slack would refuse. */
export class Workspace {
  readonly messages: FakeMessage[] = [];
  readonly ephemerals: {
    channel: string;
    user: string;
    thread: string | null;
    text: string;
    blocks: readonly unknown[];
  }[] = [];
  readonly channels = new Map<string, FakeChannel>();
  readonly users = new Map<string, FakeUser>();
  readonly files = new Map<string, FakeFile>();
  readonly views: {
    id: string;
    trigger: string;
    view: Record<string, unknown>;
    how: 'open' | 'push' | 'update' | 'publish';
    user: string;
  }[] = [];
  readonly scheduledMessages: {
    id: string;
    channel_id: string;
    post_at: number;
    text: string;
    thread: string | null;
  }[] = [];
  readonly bookmarks: { channel: string; link: string }[] = [];
  readonly usedTriggers = new Set<string>();
  scopes: Set<string> | null = null;
  tokenError: string | null = null;
  /** Where files are handed out. */
  fileAddress = 'https://files.slack.com/';
  #ts = 1_774_921_320;
  #ids = 0;
  #sequence = 0;
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  addChannel(
    id: string,
    more: Partial<Omit<FakeChannel, 'id' | 'members'>> & { members?: readonly string[] } = {},
  ): FakeChannel {
    const { members, ...rest } = more;
    const channel: FakeChannel = {
      id,
      name: id.toLowerCase(),
      isPrivate: false,
      isArchived: false,
      isShared: false,
      topic: '',
      ...rest,
      members: new Set(members ?? [BOT_USER]),
    };
    this.channels.set(id, channel);
    return channel;
  }
  addUser(id: string, name: string, locale = 'en-US', more: { isRestricted?: boolean } = {}): void {
    this.users.set(id, { id, name, locale, ...more });
  }

  inThread(channel: string, thread: string | null): readonly FakeMessage[] {
    return this.messages.filter((m) => m.channel === channel && m.thread === thread);
  }
  /** A message somebody writes. */
  say(
    channel: string,
    user: string,
    text: string,
    thread: string | null = null,
    files: readonly { id: string; name: string }[] = [],
  ): FakeMessage {
    const message: FakeMessage = {
      channel,
      ts: this.nextTs(),
      thread,
      user,
      text,
      blocks: [],
      metadata: null,
      files,
      broadcast: false,
      edits: 0,
    };
    this.messages.push(message);
    return message;
  }
  #nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }
  nextTs(): string {
    this.#sequence += 1;
    return `${Math.max(Math.floor(this.#now() / 1000), this.#ts)}.${String(this.#sequence).padStart(6, '0')}`;
  }

  call(method: string, p: Params): Record<string, unknown> {
    if (this.tokenError) throw new SlackRefusal(this.tokenError);
    const run = this.#methods[method];
    if (!run) throw new SlackRefusal('unknown_method');
    const missing = (SCOPES[method] ?? []).find((scope) => this.scopes && !this.scopes.has(scope));
    if (missing) throw new SlackRefusal('missing_scope', [missing]);
    return run(p);
  }

  /** The channel a post goes to: a person's id is the direct conversation with the app. */
  #address(id: string | undefined): FakeChannel {
    if (id === undefined) throw new SlackRefusal('channel_not_found');
    if (/^U/.test(id)) return this.#direct(id);
    const channel = this.channels.get(id);
    if (!channel) throw new SlackRefusal('channel_not_found');
    if (!channel.members.has(BOT_USER))
      throw new SlackRefusal(channel.isPrivate ? 'channel_not_found' : 'not_in_channel');
    return channel;
  }
  #direct(user: string): FakeChannel {
    if (!this.users.has(user)) throw new SlackRefusal('user_not_found');
    const id = `D${user.slice(1)}`;
    return this.channels.get(id) ?? this.addChannel(id, { isPrivate: true, members: [BOT_USER, user] });
  }

  readonly #methods: Readonly<Record<string, Method>> = {
    'auth.test': () => ({
      url: 'https://fake.slack.com/',
      team: 'Fake',
      team_id: TEAM,
      user: 'jishi',
      user_id: BOT_USER,
      bot_id: BOT_ID,
    }),
    'chat.postMessage': (p) => {
      const channel = this.#address(p['channel']);
      if (channel.isArchived) throw new SlackRefusal('is_archived');
      const blocks = array(p['blocks']);
      const text = p['text'] ?? '';
      const wrong = wrongInMessage({ text, blocks });
      if (blocks.length > 0 && wrong.length > 0) throw new SlackRefusal('invalid_blocks', wrong);
      const thread = p['thread_ts'] ?? null;
      if (thread !== null && !this.messages.some((m) => m.channel === channel.id && m.ts === thread))
        throw new SlackRefusal('thread_not_found');
      const message: FakeMessage = {
        channel: channel.id,
        ts: this.nextTs(),
        thread,
        user: BOT_USER,
        text,
        blocks,
        metadata: p['metadata'] === undefined ? null : JSON.parse(p['metadata']),
        files: [],
        broadcast: p['reply_broadcast'] === 'true',
        edits: 0,
      };
      this.messages.push(message);
      return { channel: channel.id, ts: message.ts };
    },
    'chat.update': (p) => {
      const message = this.messages.find((m) => m.channel === p['channel'] && m.ts === p['ts']);
      if (!message) throw new SlackRefusal('message_not_found');
      if (message.user !== BOT_USER) throw new SlackRefusal('cant_update_message');
      const blocks = array(p['blocks']);
      const wrong = wrongInMessage({ text: p['text'] ?? '', blocks });
      if (wrong.length > 0) throw new SlackRefusal('invalid_blocks', wrong);
      message.text = p['text'] ?? '';
      message.blocks = blocks;
      message.edits += 1;
      return { channel: message.channel, ts: message.ts };
    },
    'chat.postEphemeral': (p) => {
      const channel = this.#address(p['channel']);
      this.ephemerals.push({
        channel: channel.id,
        user: p['user'] ?? '',
        thread: p['thread_ts'] ?? null,
        text: p['text'] ?? '',
        blocks: array(p['blocks']),
      });
      return { message_ts: this.nextTs() };
    },
    'chat.scheduleMessage': (p) => {
      const channel = this.#address(p['channel']);
      const at = Number(p['post_at']);
      if (at * 1000 <= this.#now()) throw new SlackRefusal('time_in_past');
      if (at * 1000 > this.#now() + 120 * 86_400_000) throw new SlackRefusal('time_too_far');
      const near = this.scheduledMessages.filter((m) => m.channel_id === channel.id && Math.abs(m.post_at - at) < 300);
      if (near.length >= 30) throw new SlackRefusal('restricted_too_many');
      const entry = {
        id: `Q${this.#nextId()}`,
        channel_id: channel.id,
        post_at: at,
        text: p['text'] ?? '',
        thread: p['thread_ts'] ?? null,
      };
      // A scheduled message with metadata never posts: a documented fault of Slack's.
      if (p['metadata'] === undefined) this.scheduledMessages.push(entry);
      return { scheduled_message_id: entry.id, channel: channel.id, post_at: at };
    },
    'chat.deleteScheduledMessage': (p) => {
      const index = this.scheduledMessages.findIndex(
        (m) => m.id === p['scheduled_message_id'] && m.channel_id === p['channel'],
      );
      const found = this.scheduledMessages[index];
      if (!found || found.post_at * 1000 - this.#now() < 60_000) throw new SlackRefusal('invalid_scheduled_message_id');
      this.scheduledMessages.splice(index, 1);
      return {};
    },
    'chat.scheduledMessages.list': () => ({ scheduled_messages: this.scheduledMessages }),
    'conversations.history': (p) =>
      this.#page(
        p,
        this.messages.filter((m) => m.channel === p['channel'] && (m.thread === null || m.broadcast)).toReversed(),
      ),
    'conversations.replies': (p) =>
      this.#page(
        p,
        this.messages.filter((m) => m.channel === p['channel'] && (m.ts === p['ts'] || m.thread === p['ts'])),
      ),
    'conversations.info': (p) => {
      const channel = this.channels.get(p['channel'] ?? '');
      if (!channel || (channel.isPrivate && !channel.members.has(BOT_USER)))
        throw new SlackRefusal('channel_not_found');
      return { channel: shown(channel) };
    },
    'conversations.open': (p) => ({ channel: { id: this.#direct(p['users'] ?? '').id } }),
    'conversations.create': (p) => {
      const name = p['name'] ?? '';
      if ([...this.channels.values()].some((c) => c.name === name)) throw new SlackRefusal('name_taken');
      if (!/^[a-z0-9_-]{1,80}$/.test(name)) throw new SlackRefusal('invalid_name_specials');
      const channel = this.addChannel(`C00NEW${this.#nextId()}`, { name, isPrivate: p['is_private'] === 'true' });
      return { channel: shown(channel) };
    },
    'conversations.invite': (p) => {
      const channel = this.#address(p['channel']);
      for (const user of (p['users'] ?? '').split(',')) {
        if (!this.users.has(user)) throw new SlackRefusal('user_not_found');
        if (channel.members.has(user)) throw new SlackRefusal('already_in_channel');
        channel.members.add(user);
      }
      return { channel: shown(channel) };
    },
    'conversations.setTopic': (p) => {
      this.#address(p['channel']).topic = p['topic'] ?? '';
      return {};
    },
    'bookmarks.add': (p) => {
      this.bookmarks.push({ channel: this.#address(p['channel_id']).id, link: p['link'] ?? '' });
      return {};
    },
    'users.conversations': (p) => ({
      channels: [...this.channels.values()]
        .filter((c) => !c.id.startsWith('D') && c.members.has(BOT_USER) && c.members.has(p['user'] ?? BOT_USER))
        .map(shown),
    }),
    'users.info': (p) => {
      const user = this.users.get(p['user'] ?? '');
      if (!user) throw new SlackRefusal('user_not_found');
      return {
        user: {
          id: user.id,
          team_id: TEAM,
          name: user.name.toLowerCase().replaceAll(' ', '.'),
          real_name: user.name,
          locale: user.locale,
          is_restricted: user.isRestricted ?? false,
        },
      };
    },
    'views.open': (p) => this.#view(p, 'open'),
    'views.push': (p) => this.#view(p, 'push'),
    'views.update': (p) => this.#view(p, 'update'),
    'views.publish': (p) => this.#view(p, 'publish'),
    'files.getUploadURLExternal': (p) => {
      const file: FakeFile = {
        id: `F${this.#nextId()}`,
        name: p['filename'] ?? '',
        content: new Uint8Array(),
        shared: false,
      };
      this.files.set(file.id, file);
      return { upload_url: `UPLOAD/${file.id}`, file_id: file.id };
    },
    'files.completeUploadExternal': (p) => {
      const channel = this.#address(p['channel_id']);
      for (const one of array(p['files'])) {
        const id = typeof one === 'object' && one !== null && 'id' in one ? String(one.id) : '';
        const file = this.files.get(id);
        if (!file || file.content.byteLength === 0) throw new SlackRefusal('file_not_found');
        file.shared = true;
        const message = this.say(channel.id, BOT_USER, p['initial_comment'] ?? '', p['thread_ts'] ?? null, [
          { id, name: file.name },
        ]);
        message.blocks = array(p['blocks']);
      }
      return { files: [] };
    },
    'files.info': (p) => {
      const file = this.files.get(p['file'] ?? '');
      if (!file) throw new SlackRefusal('file_not_found');
      return {
        file: {
          id: file.id,
          name: file.name,
          size: file.content.byteLength,
          mimetype: 'application/octet-stream',
          url_private: `${this.fileAddress}${file.id}`,
        },
      };
    },
  };

  #view(p: Params, how: 'open' | 'push' | 'update' | 'publish'): Record<string, unknown> {
    const trigger = p['trigger_id'] ?? '';
    if (how === 'open' || how === 'push') {
      if (trigger === '' || trigger.startsWith('expired')) throw new SlackRefusal('expired_trigger_id');
      if (this.usedTriggers.has(trigger)) throw new SlackRefusal('exchanged_trigger_id');
      this.usedTriggers.add(trigger);
    }
    const view: Record<string, unknown> = JSON.parse(p['view'] ?? '{}');
    const wrong = wrongInView(view);
    if (wrong.length > 0) throw new SlackRefusal('invalid_arguments', wrong);
    const id = how === 'update' ? (p['view_id'] ?? '') : `V${this.#nextId()}`;
    this.views.push({ id, trigger, view, how, user: p['user_id'] ?? '' });
    return { view: { id, hash: `h${this.views.length}` } };
  }

  #page(p: Params, all: readonly FakeMessage[]): Record<string, unknown> {
    if (!this.channels.get(p['channel'] ?? '')?.members.has(BOT_USER)) throw new SlackRefusal('channel_not_found');
    const oldest = Number(p['oldest'] ?? 0);
    const start = Number(p['cursor'] ?? 0);
    const limit = Number(p['limit'] ?? 100);
    const wanted = all.filter((m) => Number(m.ts) >= oldest);
    const page = wanted.slice(start, start + limit);
    const more = wanted.length > start + limit;
    const metadata = p['include_all_metadata'] === 'true';
    return {
      messages: page.map((m) => ({
        type: 'message',
        user: m.user,
        ...(m.user === BOT_USER ? { bot_id: BOT_ID } : {}),
        ts: m.ts,
        text: m.text,
        ...(m.thread === null ? {} : { thread_ts: m.thread }),
        ...(metadata && m.metadata ? { metadata: m.metadata } : {}),
        ...(m.files.length > 0 ? { files: m.files } : {}),
      })),
      has_more: more,
      response_metadata: { next_cursor: more ? String(start + limit) : '' },
    };
  }
}

function shown(channel: FakeChannel): Record<string, unknown> {
  return {
    id: channel.id,
    name: channel.name,
    is_private: channel.isPrivate,
    is_member: channel.members.has(BOT_USER),
    is_archived: channel.isArchived,
    is_ext_shared: channel.isShared,
  };
}

function array(json: string | undefined): readonly unknown[] {
  if (json === undefined) return [];
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value : [];
}
