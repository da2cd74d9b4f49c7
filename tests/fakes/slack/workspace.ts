import { CHAT_METHODS } from './chat-methods.ts';
import { BOT_USER, type Method, type Params, SlackRefusal, TEAM } from './method.ts';
import { OTHER_METHODS } from './other-methods.ts';

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
  readonly reactions: { name: string; users: string[] }[];
  edits: number;
  /** What bots write beside text: attachments, blocks, username. */
  readonly more?: Readonly<Record<string, unknown>>;
}
export interface FakeChannel {
  readonly id: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  isShared: boolean;
  readonly members: Set<string>;
  topic: string;
  /** Its workspace in an organisation. */
  team?: string;
}
export interface FakeUser {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly isRestricted?: boolean;
  /** Another workspace than ours; of the same organisation if that is named. */
  readonly team?: string;
  readonly enterprise?: string;
}
export interface FakeFile {
  readonly id: string;
  readonly name: string;
  content: Uint8Array;
  shared: boolean;
}

export { BOT_USER, TEAM };

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
  'files.delete': ['files:write'],
  'files.info': ['files:read'],
  'bookmarks.add': ['bookmarks:write'],
  'pins.add': ['pins:write'],
  'chat.unfurl': ['links:write'],
};

/** Scopes for events and commands, which no method asks for. */
const OF_EVENTS = [
  'app_mentions:read',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
  'links:read',
  'reactions:read',
];

/** Methods that an app of a whole organisation calls for one workspace. */
const TEAM_NAMED = new Set(['users.conversations', 'conversations.create', 'chat.scheduledMessages.list']);

const METHODS: Readonly<Record<string, Method>> = { ...CHAT_METHODS, ...OTHER_METHODS };

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
  readonly pins: { channel: string; ts: string }[] = [];
  readonly unfurls: { channel: string; ts: string; unfurls: Record<string, unknown> }[] = [];
  readonly usedTriggers = new Set<string>();
  scopes: Set<string> | null = null;
  tokenError: string | null = null;
  /** The organisation our workspace is one of. */
  enterprise: string | null = null;
  /** Workspaces of the organisation in which the app is installed as a whole: what lists or makes has to name one. */
  organisation: readonly string[] | null = null;
  readonly team: string;
  /** The history shows no metadata, whoever asks for it. */
  hidesMetadata = false;
  /** Where files are handed out. */
  fileAddress = 'https://files.slack.com/';
  #ts = 1_774_921_320;
  #ids = 0;
  #sequence = 0;
  readonly now: () => number;

  constructor(now: () => number = Date.now, team = TEAM) {
    this.now = now;
    this.team = team;
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
  addUser(
    id: string,
    name: string,
    locale = 'en-US',
    more: Partial<Pick<FakeUser, 'isRestricted' | 'team' | 'enterprise'>> = {},
  ): void {
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
    more: Readonly<Record<string, unknown>> = {},
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
      reactions: [],
      edits: 0,
      more,
    };
    this.messages.push(message);
    return message;
  }
  nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }
  /** Scopes of the token, as the header of every answer names them: all unless `scopes` says fewer. */
  get granted(): readonly string[] {
    return [...(this.scopes ?? new Set([...OF_EVENTS, ...Object.values(SCOPES).flat()]))];
  }

  nextTs(): string {
    this.#sequence += 1;
    return `${Math.max(Math.floor(this.now() / 1000), this.#ts)}.${String(this.#sequence).padStart(6, '0')}`;
  }

  call(method: string, p: Params): Record<string, unknown> {
    if (this.tokenError) throw new SlackRefusal(this.tokenError);
    const run = METHODS[method];
    if (!run) throw new SlackRefusal('unknown_method');
    if (this.organisation && TEAM_NAMED.has(method) && !this.organisation.includes(p['team_id'] ?? ''))
      throw new SlackRefusal('missing_argument');
    const missing = (SCOPES[method] ?? []).find((scope) => this.scopes && !this.scopes.has(scope));
    if (missing) throw new SlackRefusal('missing_scope', [missing]);
    return run(this, p);
  }

  /** The channel a post goes to: a person's id is the direct conversation with the app. */
  address(id: string | undefined): FakeChannel {
    if (id === undefined) throw new SlackRefusal('channel_not_found');
    if (/^U/.test(id)) return this.direct(id);
    const channel = this.channels.get(id);
    if (!channel) throw new SlackRefusal('channel_not_found');
    if (!channel.members.has(BOT_USER))
      throw new SlackRefusal(channel.isPrivate ? 'channel_not_found' : 'not_in_channel');
    return channel;
  }
  direct(user: string): FakeChannel {
    if (!this.users.has(user)) throw new SlackRefusal('user_not_found');
    const id = `D${user.slice(1)}`;
    return this.channels.get(id) ?? this.addChannel(id, { isPrivate: true, members: [BOT_USER, user] });
  }
}
