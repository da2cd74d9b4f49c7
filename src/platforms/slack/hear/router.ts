import type { z } from 'zod';
import type { HeardOf } from '../../shared/hearing.ts';
import { commandGiven, formOf, messageChanged, messageDeleted, messageWritten, pressOf } from './events.ts';
import { publishHome } from './home.ts';
import {
  type BlockActions,
  blockActions,
  changedEvent,
  channelEvent,
  deletedEvent,
  eventCallback,
  globalShortcut,
  homeEvent,
  type MemberEvent,
  memberEvent,
  messageEvent,
  messageShortcut,
  reactionEvent,
  revokedEvent,
  slashCommand,
  viewSubmission,
} from './payloads.ts';
import { moveAsked } from './private-room.ts';
import { VIEW_CALLBACK } from './reply.ts';
import { globalShortcutUsed, messageShortcutUsed, reactionAdded } from './shortcuts.ts';
import { callerOf, type Handled, NOTHING, placesOf, type SlackBot, type SlackKinds } from './spots.ts';
import { linksShared } from './unfurl.ts';

/** `team`: workspace in which it happened. */
type Handle<Payload> = (bot: SlackBot, payload: Payload, team: string) => Handled | Promise<Handled>;
type EventHandler = Handle<z.infer<typeof eventCallback>['event']>;

/** Handles a payload by its kind; null for a kind that is not used, which is acknowledged and ignored. */
export async function routed(bot: SlackBot, body: unknown): Promise<Handled | null> {
  switch (kindOf(body)) {
    case 'command':
      return commandGiven(bot, slashCommand.parse(body));
    case 'block_actions':
      return buttonPressed(bot, blockActions.parse(body));
    case 'view_submission': {
      const form = viewSubmission.parse(body);
      // Modals without a field have nothing to submit.
      return form.view.callback_id === VIEW_CALLBACK ? null : bot.hearing.take(await formOf(bot, form));
    }
    case 'shortcut':
      return globalShortcutUsed(bot, globalShortcut.parse(body));
    case 'message_action':
      return messageShortcutUsed(bot, messageShortcut.parse(body));
    case 'event_callback': {
      const { event, team_id: team } = eventCallback.parse(body);
      return (await EVENT_HANDLERS[event.type]?.(bot, event, team)) ?? null;
    }
    default:
      return null;
  }
}

export function kindOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return 'nothing';
  if ('command' in body) return 'command';
  return 'type' in body && typeof body.type === 'string' ? body.type : 'unknown';
}

/** Returns the handler of a channel event, which uses the event's own data; the rest is requested afterwards. */
const place =
  (change: HeardOf<SlackKinds, 'place'>['change']): EventHandler =>
  (bot, event) => {
    const { channel } = channelEvent.parse(event);
    const { id: chat, name } = typeof channel === 'string' ? { id: channel, name: undefined } : channel;
    return bot.hearing.take({ kind: 'place', chat, change, name });
  };
const member: EventHandler = (bot, event) => membershipChanged(bot, memberEvent.parse(event));
/** Handles the removal of the app or its token; tokens of people are ignored. */
const revoked: EventHandler = (bot, event) => {
  const { type, tokens } = revokedEvent.parse(event);
  return type === 'app_uninstalled' || tokens.bot.length > 0
    ? { after: async () => bot.standing.is('bot', type) }
    : NOTHING;
};
/** Handles messages in order, as later lines correct earlier ones; presses cannot wait. */
const inOrder =
  (handle: EventHandler): EventHandler =>
  (bot, event, team) =>
    bot.conversations.run(String(event['channel']), async () => handle(bot, event, team));
const written: EventHandler = (bot, event, team) => messageWritten(bot, messageEvent.parse(event), team);

export const EVENT_HANDLERS: Readonly<Record<string, EventHandler>> = {
  message: inOrder((bot, event, team) => {
    if (event.subtype === 'message_changed') return messageChanged(bot, changedEvent.parse(event), team);
    if (event.subtype === 'message_deleted') return messageDeleted(bot, deletedEvent.parse(event));
    return written(bot, event, team);
  }),
  app_mention: inOrder(written),
  link_shared: linksShared,
  reaction_added: (bot, event, team) => reactionAdded(bot, reactionEvent.parse(event), team),
  member_joined_channel: member,
  member_left_channel: member,
  app_home_opened: (bot, event, team) => {
    const { user, tab } = homeEvent.parse(event);
    if (tab === 'messages') return NOTHING;
    return { after: () => publishHome(bot, callerOf(bot, { id: user, team })) };
  },
  app_uninstalled: revoked,
  tokens_revoked: revoked,
  channel_archive: place('archived'),
  channel_unarchive: place('asked'),
  group_archive: place('archived'),
  group_unarchive: place('asked'),
  channel_left: place('kicked'),
  group_left: place('kicked'),
  channel_rename: place('renamed'),
  group_rename: place('renamed'),
  channel_shared: place('shared'),
  channel_unshared: place('asked'),
};

async function membershipChanged({ directory, hearing }: SlackBot, event: MemberEvent): Promise<Handled> {
  const { type, user, channel: chat } = event;
  const joined = type === 'member_joined_channel';
  if (user === directory.botUser) return hearing.take({ kind: 'place', chat, change: joined ? 'joined' : 'kicked' });
  if (!joined) return hearing.take({ kind: 'left', chat, users: [user] });
  directory.seenIn(user, chat);
  return NOTHING;
}

/** Handles a pressed button. For the button that requests a private channel it adds a job that creates the channel. */
async function buttonPressed(bot: SlackBot, payload: BlockActions): Promise<Handled> {
  const event = await pressOf(bot, payload);
  if (!event) return NOTHING;
  const does = event.value?.d;
  if (does?.kind !== 'view' || does.view.view !== 'private') return bot.hearing.take(event);
  const incident = does.view.args['incident'] ?? '';
  return moveAsked(bot, await placesOf(bot).spot(event, incident), incident);
}
