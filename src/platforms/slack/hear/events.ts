import { withTimeout } from '../../shared/with-timeout.ts';
import { decode, keptValue } from '../render/values.ts';
import {
  blockActions,
  changedEvent,
  deletedEvent,
  messageEvent,
  slashCommand,
  type ViewSubmission,
} from '../shapes.ts';
import { memoryOf } from './answers.ts';
import { givenFiles, permalink } from './material.ts';
import { ephemeralAck, handleOf, show, together } from './reply.ts';
import {
  ACQUAINTED_WITHIN,
  type Ack,
  type Handled,
  laterOf,
  NOTHING,
  type SlackAt,
  type SlackBot,
  type SlackPress,
  whoOf,
} from './spots.ts';
import { mentions, plainText, unknownIn, unnamed } from './words.ts';

/** Handles `/incident …`. The answer is in the acknowledgement, so it works while the Web API does not. */
export async function commandGiven({ hearing, directory }: SlackBot, body: unknown): Promise<Handled> {
  const p = slashCommand.parse(body);
  const { user_id: user, channel_id: channel, trigger_id: trigger } = p;
  const ack: Ack = { replies: [], later: [] };
  const who = { team: p.team_id, handle: p.user_name, typed: p.text, place: p.channel_name };
  const { after } = await hearing.take({
    ...{ kind: 'said', id: `command:${trigger}`, user, chat: channel },
    at: { responseUrl: p.response_url, channel, user, trigger, ack, who },
    text: plainText(p.text, directory) || 'new',
    ...{ body: [user, channel, p.text], files: [], waits: true },
  });
  await after?.();
  const { replies } = ack;
  return { ...(replies.length > 0 ? { ack: ephemeralAck(together(replies)) } : {}), after: laterOf(ack) };
}

/** Subtypes of messages that people write; Slack generates all others. */
const SPOKEN = new Set(['file_share', 'thread_broadcast', 'me_message']);

/**
 * Handles a written message. One that addresses the bot is read as a command line; for any other in the thread of an
 * incident the bot may quietly offer to record it; all others are ignored.
 */
export async function messageWritten(bot: SlackBot, payload: unknown, team: string): Promise<Handled> {
  const event = messageEvent.parse(payload);
  const { channel, user, ts, thread_ts: thread, files = [] } = event;
  const { directory } = bot;
  if (event.bot_id !== undefined || user === undefined || user === directory.botUser) return NOTHING;
  if (event.subtype !== undefined && !SPOKEN.has(event.subtype)) return NOTHING;
  const isAlone = event.channel_type === 'im' || channel.startsWith('D');
  const isOverheard = !isAlone && !mentions(event.text, directory.botUser);
  // Names are requested only for text that may be recorded.
  if (isOverheard && (thread === undefined || (await bot.places.incidentIn(channel, thread)) === null)) return NOTHING;
  const who = { team, own: event.user_team ?? event.team, typed: event.text };
  // Names that Slack gives quickly replace ids in the text.
  const unknown = unknownIn(event.text, directory).map((id) => directory.people.learn(id));
  if (unknown.length > 0) await withTimeout(bot.clock, ACQUAINTED_WITHIN, Promise.all(unknown));
  return bot.hearing.take({
    // Channel and timestamp are the id, because one message may arrive as two events with different ids.
    ...{ kind: 'said', id: `${channel}:${ts}`, user, chat: channel, root: thread, isOverheard },
    at: { channel, thread, user, who },
    text: plainText(event.text, directory),
    source: permalink(bot, channel, ts),
    body: [user, plainText(event.text, unnamed(directory))],
    files: givenFiles(files, bot.places.caller({ id: user, ...who }), { channel, thread }),
  });
}

/** Returns a button as an event; null for a link, which opens by itself, and for ticks, read on submission. */
export async function pressOf(bot: SlackBot, body: unknown): Promise<SlackPress | null> {
  const payload = blockActions.parse(body);
  const { container, view, state, user, trigger_id: trigger, response_url: responseUrl } = payload;
  const [action] = payload.actions;
  if (action?.type !== 'button' || action.value === undefined) return null;
  const value = await decode(action.value, (hash) => keptValue(bot.kept, hash));
  const channel = payload.channel?.id ?? container.channel_id;
  const ts = payload.message?.ts ?? container.message_ts;
  if (responseUrl !== undefined && channel !== undefined && ts !== undefined)
    bot.presses.keep(channel, ts, responseUrl);
  const thread_ts = payload.message?.thread_ts ?? container.thread_ts;
  const handle = handleOf({ ...payload, channel: { id: channel }, message: { ts, thread_ts } });
  const does = value?.d;
  const at: SlackAt = {
    ...{ ...handle, thread: handle.thread ?? payload.message?.ts, trigger },
    push: view !== null && view.type !== 'home',
    opens: does?.kind === 'view' && does.view.view !== 'download',
    ...(does?.kind === 'line' ? { isReply: false } : {}),
    ...(value ? { pressed: { incident: value.i, isOnSurface: value.s !== undefined, view } } : {}),
    ...(container.is_ephemeral ? { offer: responseUrl } : {}),
    who: { ...whoOf(payload), place: payload.channel?.name },
  };
  const chat = channel ?? memoryOf(view).channel ?? '';
  const entered = { values: state?.values ?? view?.state?.values ?? {}, inputs: [] };
  return { kind: 'pressed', id: trigger, user: user.id, chat, at, message: ts ?? '', value, entered };
}

/** Returns a submitted modal as an event. */
export async function formOf(bot: SlackBot, { view, user, team }: ViewSubmission): Promise<SlackPress> {
  const value = await decode(view.private_metadata, (hash) => keptValue(bot.kept, hash));
  // The thrown error keeps the input for the operator, and the person learns that it was not accepted.
  if (value?.d.kind !== 'fill') throw new Error('what this form is for is not known any more');
  const { values } = view.state;
  const { chat } = value.d;
  const inputs = view.blocks.filter((block) => block.type === 'input').flatMap((block) => block.block_id ?? []);
  const ack: Ack = { replies: [], later: [] };
  // The form was opened for this person in that channel, so this person is its author even if access has changed.
  const who = { ...whoOf({ user, team }), typed: JSON.stringify(values) };
  return {
    ...{ kind: 'pressed', id: view.id, message: view.id, user: user.id, chat, value, entered: { values, inputs } },
    at: { channel: chat || undefined, user: user.id, ack, who },
  };
}

/** Records the edit of a recorded message; the original stays. */
export async function messageChanged(bot: SlackBot, event: unknown, team: string): Promise<Handled> {
  const { message, previous_message: before, channel } = changedEvent.parse(event);
  const { user, ts, thread_ts: thread } = message;
  if (message.bot_id !== undefined || user === undefined || message.edited === undefined) return NOTHING;
  if (before && before.text === message.text) return NOTHING;
  bot.directory.seenIn(user, channel);
  const caller = bot.places.caller({ id: user, team, own: message.user_team ?? message.team });
  const edit = { text: plainText(message.text, bot.directory), caller };
  const outcome = await bot.talk.edited({ ...edit, ...editOf(bot, channel, ts, message.edited.ts) });
  const [answer] = outcome?.answers ?? [];
  if (!outcome || answer?.kind !== 'card') return NOTHING;
  return { after: () => show(bot, { channel, thread, user }, answer.card, outcome) };
}

/** Marks a recorded message as deleted. Slack does not say by whom, so nobody is named. */
export async function messageDeleted(bot: SlackBot, event: unknown): Promise<Handled> {
  const { previous_message: before, channel, deleted_ts: ts } = deletedEvent.parse(event);
  const handled = await bot.hearing.take({ kind: 'recalled', chat: channel, message: ts });
  if (before?.user !== undefined && before.bot_id === undefined)
    await bot.talk.edited({ text: null, caller: null, ...editOf(bot, channel, ts, 'deleted') });
  return handled;
}

/** Returns which message an edit is of; `id`: that of the edit, by which it is noted once. */
function editOf(bot: SlackBot, channel: string, ts: string, id: string) {
  const key = `message:${channel}:${ts}:${id}`;
  const delivery = bot.intake.delivery(key, key);
  return { source: permalink(bot, channel, ts), room: bot.directory.room(channel), delivery };
}
