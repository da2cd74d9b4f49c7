import { wrongInMessage } from './block-check.ts';
import { array, BOT_ID, BOT_USER, type Method, type Params, SlackRefusal } from './method.ts';
import type { FakeMessage, Workspace } from './workspace.ts';

/** Messages: posting, editing, reading, scheduling. */
export const CHAT_METHODS: Readonly<Record<string, Method>> = {
  'chat.postMessage': (w, p) => {
    const channel = w.address(p['channel']);
    if (channel.isArchived) throw new SlackRefusal('is_archived');
    const blocks = array(p['blocks']);
    const text = p['text'] ?? '';
    const wrong = wrongInMessage({ text, blocks });
    if (blocks.length > 0 && wrong.length > 0) throw new SlackRefusal('invalid_blocks', wrong);
    const thread = p['thread_ts'] ?? null;
    if (thread !== null && !w.messages.some((m) => m.channel === channel.id && m.ts === thread))
      throw new SlackRefusal('thread_not_found');
    const message: FakeMessage = {
      channel: channel.id,
      ts: w.nextTs(),
      thread,
      user: BOT_USER,
      text,
      blocks,
      metadata: p['metadata'] === undefined ? null : JSON.parse(p['metadata']),
      files: [],
      broadcast: p['reply_broadcast'] === 'true',
      reactions: [],
      edits: 0,
    };
    w.messages.push(message);
    return { channel: channel.id, ts: message.ts };
  },
  'chat.update': (w, p) => {
    const message = w.messages.find((m) => m.channel === p['channel'] && m.ts === p['ts']);
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
  'chat.postEphemeral': (w, p) => {
    const channel = w.address(p['channel']);
    w.ephemerals.push({
      channel: channel.id,
      user: p['user'] ?? '',
      thread: p['thread_ts'] ?? null,
      text: p['text'] ?? '',
      blocks: array(p['blocks']),
    });
    return { message_ts: w.nextTs() };
  },
  'chat.scheduleMessage': (w, p) => {
    const channel = w.address(p['channel']);
    const at = Number(p['post_at']);
    if (at * 1000 <= w.now()) throw new SlackRefusal('time_in_past');
    if (at * 1000 > w.now() + 120 * 86_400_000) throw new SlackRefusal('time_too_far');
    const near = w.scheduledMessages.filter((m) => m.channel_id === channel.id && Math.abs(m.post_at - at) < 300);
    if (near.length >= 30) throw new SlackRefusal('restricted_too_many');
    const entry = {
      id: `Q${w.nextId()}`,
      channel_id: channel.id,
      post_at: at,
      text: p['text'] ?? '',
      thread: p['thread_ts'] ?? null,
    };
    // A scheduled message with metadata never posts: a documented fault of Slack's.
    if (p['metadata'] === undefined) w.scheduledMessages.push(entry);
    return { scheduled_message_id: entry.id, channel: channel.id, post_at: at };
  },
  'chat.deleteScheduledMessage': (w, p) => {
    const index = w.scheduledMessages.findIndex(
      (m) => m.id === p['scheduled_message_id'] && m.channel_id === p['channel'],
    );
    const found = w.scheduledMessages[index];
    if (!found || found.post_at * 1000 - w.now() < 60_000) throw new SlackRefusal('invalid_scheduled_message_id');
    w.scheduledMessages.splice(index, 1);
    return {};
  },
  'chat.scheduledMessages.list': (w) => ({ scheduled_messages: w.scheduledMessages }),
  'conversations.history': (w, p) =>
    page(w, p, w.messages.filter((m) => m.channel === p['channel'] && (m.thread === null || m.broadcast)).toReversed()),
  'conversations.replies': (w, p) =>
    page(
      w,
      p,
      w.messages.filter((m) => m.channel === p['channel'] && (m.ts === p['ts'] || m.thread === p['ts'])),
    ),
};

function teamOf(w: Workspace, user: string): Record<string, unknown> {
  const team = w.users.get(user)?.team;
  return team === undefined ? {} : { user_team: team, team };
}

function page(w: Workspace, p: Params, all: readonly FakeMessage[]): Record<string, unknown> {
  if (!w.channels.get(p['channel'] ?? '')?.members.has(BOT_USER)) throw new SlackRefusal('channel_not_found');
  const oldest = Number(p['oldest'] ?? 0);
  const start = Number(p['cursor'] ?? 0);
  const limit = Number(p['limit'] ?? 100);
  const wanted = all.filter((m) => Number(m.ts) >= oldest);
  const page = wanted.slice(start, start + limit);
  const more = wanted.length > start + limit;
  const metadata = p['include_all_metadata'] === 'true' && !w.hidesMetadata;
  return {
    messages: page.map((m) => ({
      type: 'message',
      user: m.user,
      ...teamOf(w, m.user),
      ...(m.user === BOT_USER ? { bot_id: BOT_ID } : {}),
      ts: m.ts,
      text: m.text,
      ...(m.thread === null ? {} : { thread_ts: m.thread }),
      ...(metadata && m.metadata ? { metadata: m.metadata } : {}),
      ...(m.files.length > 0 ? { files: m.files } : {}),
      ...(m.reactions.length > 0 ? { reactions: m.reactions } : {}),
      ...m.more,
    })),
    has_more: more,
    response_metadata: { next_cursor: more ? String(start + limit) : '' },
  };
}
