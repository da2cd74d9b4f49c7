import type { z } from 'zod';
import type { PlaceChange } from '../../../use-cases/notices/places.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import { PLATFORM } from '../api-shapes.ts';
import type { Channel } from '../directory.ts';
import { publishHome } from './home.ts';
import { messageChanged, messageDeleted, messageWritten, slashCommandGiven } from './lines.ts';
import {
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
import { actionTaken, formSubmitted } from './presses.ts';
import { VIEW_CALLBACK } from './reply.ts';
import { globalShortcutUsed, messageShortcutUsed, reactionAdded } from './shortcuts.ts';
import { callerOf, type Handled, NOTHING, type SlackBot, shownElsewhere } from './spots.ts';

/** `team`: the workspace it happened in. */
type Handle<Payload> = (bot: SlackBot, payload: Payload, team: string) => Handled | Promise<Handled>;
type EventHandler = Handle<z.infer<typeof eventCallback>['event']>;

/** Handles a payload by its kind; null for one that nobody wants, which is acknowledged and ignored. */
export async function routed(bot: SlackBot, body: unknown): Promise<Handled | null> {
  switch (kindOf(body)) {
    case 'command':
      return slashCommandGiven(bot, slashCommand.parse(body));
    case 'block_actions':
      return actionTaken(bot, blockActions.parse(body));
    case 'view_submission': {
      const form = viewSubmission.parse(body);
      // A modal without a field has nothing to submit.
      return form.view.callback_id === VIEW_CALLBACK ? null : formSubmitted(bot, form);
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

/**
 * Handler of an event about a channel, with what it says of it by itself; the rest is asked for afterwards. `kind`: the
 * change that is named to the leads of incidents there.
 */
const channel =
  (change: Partial<Channel> = {}, kind?: PlaceChange['kind']): EventHandler =>
  (bot, event) => {
    const { channel: about } = channelEvent.parse(event);
    if (typeof about === 'string') return channelChanged(bot, about, change, kind);
    return channelChanged(bot, about.id, { name: about.name }, kind);
  };
const member: EventHandler = (bot, event) => membershipChanged(bot, memberEvent.parse(event));
/** Handles the removal of the app or of its token; tokens of people are ignored. */
const revoked: EventHandler = (bot, event) => {
  const { type, tokens } = revokedEvent.parse(event);
  return type === 'app_uninstalled' || tokens.bot.length > 0 ? { after: async () => bot.standing(type) } : NOTHING;
};
/** Later lines of a conversation correct earlier ones, so they are taken in order; a press cannot wait. */
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
  channel_archive: channel({}, 'archived'),
  channel_unarchive: channel(),
  group_archive: channel({}, 'archived'),
  group_unarchive: channel(),
  channel_left: channel({ is_member: false }, 'kicked'),
  group_left: channel({ is_member: false }, 'kicked'),
  channel_rename: channel({}, 'renamed'),
  group_rename: channel({}, 'renamed'),
  // Takes effect before Slack's answer: from this moment on people of another organisation read it.
  channel_shared: channel({ is_ext_shared: true }),
  channel_unshared: channel(),
};

async function membershipChanged(bot: SlackBot, { type, user, channel: id }: MemberEvent): Promise<Handled> {
  const { directory } = bot;
  const joined = type === 'member_joined_channel';
  if (user === directory.botUser) return channelChanged(bot, id, { is_member: joined }, joined ? undefined : 'kicked');
  if (!joined) return { after: () => directory.goneFrom(user, id) };
  directory.seenIn(user, id);
  return NOTHING;
}

async function channelChanged(
  bot: SlackBot,
  id: string,
  change: Partial<Channel>,
  kind?: PlaceChange['kind'],
): Promise<Handled> {
  const before = bot.directory.channel(id)?.name;
  await committed(bot.directory.noted(id, change));
  if (kind) await committed(shownElsewhere(bot, id, kind, change.name ?? before));
  return {
    after: async () => {
      await bot.directory.refreshChannel(id);
      bot.returned(PLATFORM);
    },
  };
}
