import type { App } from '@slack/bolt';
import type { z } from 'zod';
import { committed } from '../../../use-cases/platform-support.ts';
import { PLATFORM } from '../api-shapes.ts';
import type { Channel } from '../directory.ts';
import type { Answering } from '../receive/bolt.ts';
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
  slashCommand,
  viewSubmission,
} from './payloads.ts';
import { actionTaken, formSubmitted } from './presses.ts';
import { VIEW_CALLBACK } from './reply.ts';
import { globalShortcutUsed, messageShortcutUsed, reactionAdded } from './shortcuts.ts';
import { callerOf, type Handled, NOTHING, type SlackBot, teamOf } from './spots.ts';

/** `team`: the workspace it happened in. */
type Handle<Payload> = (bot: SlackBot, payload: Payload, team: string) => Handled | Promise<Handled>;
type EventHandler = Handle<z.infer<typeof eventCallback>['event']>;

/** Routes every payload of Slack to its handler; kinds without a handler are acknowledged and ignored. */
export function listen(bot: SlackBot, app: App, answering: Answering): void {
  const to = <Schema extends z.ZodType>(schema: Schema, handle: Handle<z.infer<Schema>>) =>
    answering((body) => handle(bot, schema.parse(body), ''));
  app.command(/.*/, to(slashCommand, slashCommandGiven));
  app.action({ type: 'block_actions' }, to(blockActions, actionTaken));
  // A modal without a field has nothing to submit.
  app.view(new RegExp(`^(?!${VIEW_CALLBACK}$)`), to(viewSubmission, formSubmitted));
  app.shortcut({ type: 'shortcut' }, to(globalShortcut, globalShortcutUsed));
  app.shortcut({ type: 'message_action' }, to(messageShortcut, messageShortcutUsed));
  for (const [type, handle] of Object.entries(EVENT_HANDLERS))
    app.event(
      type,
      to(eventCallback, (_, { event, team_id }) => handle(bot, event, team_id)),
    );
}

export function kindOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return 'nothing';
  if ('command' in body) return 'command';
  return 'type' in body && typeof body.type === 'string' ? body.type : 'unknown';
}

/** Handler of an event about a channel, with what it says of it by itself; the rest is asked for afterwards. */
const channel =
  (change: Partial<Channel> = {}): EventHandler =>
  (bot, event) =>
    channelChanged(bot, channelEvent.parse(event).channel, change);
const member: EventHandler = (bot, event) => membershipChanged(bot, memberEvent.parse(event));
const gone: EventHandler = (bot, { type }) => ({ after: async () => bot.end(type) });
const written: EventHandler = (bot, event, team) => messageWritten(bot, messageEvent.parse(event), team);

export const EVENT_HANDLERS: Readonly<Record<string, EventHandler>> = {
  message: (bot, event, team) => {
    if (event.subtype === 'message_changed') return messageChanged(bot, changedEvent.parse(event), team);
    if (event.subtype === 'message_deleted') return messageDeleted(bot, deletedEvent.parse(event));
    return written(bot, event, team);
  },
  app_mention: written,
  reaction_added: (bot, event, team) => reactionAdded(bot, reactionEvent.parse(event), team),
  member_joined_channel: member,
  member_left_channel: member,
  app_home_opened: (bot, event, team) => {
    const { user, tab } = homeEvent.parse(event);
    if (tab === 'messages') return NOTHING;
    return { after: () => publishHome(bot, callerOf(bot, { id: user, team: teamOf(bot, user, team) })) };
  },
  app_uninstalled: gone,
  tokens_revoked: gone,
  channel_archive: channel(),
  channel_unarchive: channel(),
  group_archive: channel(),
  group_unarchive: channel(),
  channel_left: channel({ is_member: false }),
  group_left: channel({ is_member: false }),
  // Takes effect before Slack's answer: from this moment on people of another organisation read it.
  channel_shared: channel({ is_ext_shared: true }),
  channel_unshared: channel(),
};

async function membershipChanged(bot: SlackBot, { type, user, channel: id }: MemberEvent): Promise<Handled> {
  const { directory } = bot;
  const joined = type === 'member_joined_channel';
  if (user === directory.botUser) return channelChanged(bot, id, { is_member: joined });
  if (!joined) return { after: () => directory.goneFrom(user, id) };
  directory.seenIn(user, id);
  return NOTHING;
}

async function channelChanged(bot: SlackBot, id: string, change: Partial<Channel>): Promise<Handled> {
  await committed(bot.directory.noted(id, change));
  return {
    after: async () => {
      await bot.directory.refreshChannel(id);
      bot.returned(PLATFORM);
    },
  };
}
