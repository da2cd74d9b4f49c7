import type { App } from '@slack/bolt';
import type { z } from 'zod';
import { committed } from '../../../use-cases/platform-support.ts';
import { PLATFORM } from '../api-shapes.ts';
import type { Channel } from '../directory.ts';
import type { Answering } from '../receive/bolt.ts';
import { actionTaken } from './actions.ts';
import { slashCommandGiven } from './commands.ts';
import { callerOf, type Handled, type Intake, NOTHING, teamOf } from './context.ts';
import { publishHome } from './home.ts';
import { messageChanged, messageDeleted, messageWritten } from './messages.ts';
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
import { VIEW_CALLBACK } from './reply.ts';
import { globalShortcutUsed, messageShortcutUsed, reactionAdded } from './shortcuts.ts';
import { formSubmitted } from './submissions.ts';

/** `team`: the workspace it happened in. */
type Handle<Payload> = (intake: Intake, payload: Payload, team: string) => Handled | Promise<Handled>;
type EventHandler = Handle<z.infer<typeof eventCallback>['event']>;

/** Routes every payload of Slack to its handler; kinds without a handler are acknowledged and ignored. */
export function listen(intake: Intake, app: App, answering: Answering): void {
  const to = <Schema extends z.ZodType>(schema: Schema, handle: Handle<z.infer<Schema>>) =>
    answering((body) => handle(intake, schema.parse(body), ''));
  app.command(/.*/, to(slashCommand, slashCommandGiven));
  app.action({ type: 'block_actions' }, to(blockActions, actionTaken));
  // A modal without a field has nothing to submit.
  app.view(new RegExp(`^(?!${VIEW_CALLBACK}$)`), to(viewSubmission, formSubmitted));
  app.shortcut({ type: 'shortcut' }, to(globalShortcut, globalShortcutUsed));
  app.shortcut({ type: 'message_action' }, to(messageShortcut, messageShortcutUsed));
  for (const [type, handle] of Object.entries(EVENT_HANDLERS))
    app.event(
      type,
      to(eventCallback, (_, { event, team_id }) => handle(intake, event, team_id)),
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
  (intake, event) =>
    channelChanged(intake, channelEvent.parse(event).channel, change);
const member: EventHandler = (intake, event) => membershipChanged(intake, memberEvent.parse(event));
const gone: EventHandler = (intake, { type }) => ({ after: async () => intake.end(type) });
const written: EventHandler = (intake, event, team) => messageWritten(intake, messageEvent.parse(event), team);

export const EVENT_HANDLERS: Readonly<Record<string, EventHandler>> = {
  message: (intake, event, team) => {
    if (event.subtype === 'message_changed') return messageChanged(intake, changedEvent.parse(event), team);
    if (event.subtype === 'message_deleted') return messageDeleted(intake, deletedEvent.parse(event));
    return written(intake, event, team);
  },
  app_mention: written,
  reaction_added: (intake, event, team) => reactionAdded(intake, reactionEvent.parse(event), team),
  member_joined_channel: member,
  member_left_channel: member,
  app_home_opened: (intake, event, team) => {
    const { user, tab } = homeEvent.parse(event);
    if (tab === 'messages') return NOTHING;
    return { after: () => publishHome(intake, callerOf(intake, { id: user, team: teamOf(intake, user, team) })) };
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

async function membershipChanged(intake: Intake, { type, user, channel: id }: MemberEvent): Promise<Handled> {
  const { directory } = intake;
  const joined = type === 'member_joined_channel';
  if (user === directory.botUser) return channelChanged(intake, id, { is_member: joined });
  if (!joined) return { after: () => directory.goneFrom(user, id) };
  directory.seenIn(user, id);
  return NOTHING;
}

async function channelChanged(intake: Intake, id: string, change: Partial<Channel>): Promise<Handled> {
  await committed(intake.directory.noted(id, change));
  return {
    after: async () => {
      await intake.directory.refreshChannel(id);
      intake.returned(PLATFORM);
    },
  };
}
