import type { App } from '@slack/bolt';
import type { z } from 'zod';
import { committed } from '../../../use-cases/platform-support.ts';
import { PLATFORM } from '../api-shapes.ts';
import type { Answering } from '../receive/bolt.ts';
import { actionTaken } from './actions.ts';
import { slashCommandGiven } from './commands.ts';
import { callerOf, type Handled, type Intake, NOTHING, teamOf } from './context.ts';
import { publishHome } from './home.ts';
import { messageChanged, messageDeleted, messageWritten } from './messages.ts';
import {
  blockActions,
  CHANNEL_EVENTS,
  changedEvent,
  channelEvent,
  deletedEvent,
  eventCallback,
  globalShortcut,
  goneEvent,
  homeEvent,
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

/** The body of a payload is not what Slack documents, or not what we expect of it. */
export class Unreadable extends Error {}

function read<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Unreadable(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}

/** Routes every payload of Slack to its handler; kinds without a handler are acknowledged and ignored. */
export function listen(intake: Intake, app: App, answering: Answering): void {
  app.command(
    /.*/,
    answering((body) => slashCommandGiven(intake, read(slashCommand, body))),
  );
  app.action(
    { type: 'block_actions' },
    answering((body) => actionTaken(intake, read(blockActions, body))),
  );
  app.view(
    // A modal without a field has nothing to submit.
    new RegExp(`^(?!${VIEW_CALLBACK}$)`),
    answering((body) => formSubmitted(intake, read(viewSubmission, body))),
  );
  app.shortcut(
    { type: 'shortcut' },
    answering((body) => globalShortcutUsed(intake, read(globalShortcut, body))),
  );
  app.shortcut(
    { type: 'message_action' },
    answering((body) => messageShortcutUsed(intake, read(messageShortcut, body))),
  );
  for (const [type, handle] of Object.entries(eventHandlers(intake))) {
    app.event(
      type,
      answering((body) => {
        const { event, team_id } = read(eventCallback, body);
        return handle(event, team_id);
      }),
    );
  }
}

export function kindOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return 'nothing';
  if ('command' in body) return 'command';
  return 'type' in body && typeof body.type === 'string' ? body.type : 'unknown';
}

type EventHandler = (event: z.infer<typeof eventCallback>['event'], team: string) => Handled | Promise<Handled>;

function eventHandlers(intake: Intake): Readonly<Record<string, EventHandler>> {
  const membership: EventHandler = (event) => membershipChanged(intake, read(memberEvent, event));
  const channel: EventHandler = (event) => channelChanged(intake, read(channelEvent, event));
  const gone: EventHandler = (event) => ({ after: async () => intake.end(read(goneEvent, event).type) });
  return {
    message: (event, team) => {
      if (event.subtype === 'message_changed') return messageChanged(intake, team, read(changedEvent, event));
      if (event.subtype === 'message_deleted') return messageDeleted(intake, read(deletedEvent, event));
      return messageWritten(intake, team, read(messageEvent, event));
    },
    app_mention: (event, team) => messageWritten(intake, team, read(messageEvent, event)),
    reaction_added: (event, team) => reactionAdded(intake, team, read(reactionEvent, event)),
    member_joined_channel: membership,
    member_left_channel: membership,
    app_home_opened: (event, team) => {
      const { user, tab } = read(homeEvent, event);
      if (tab === 'messages') return NOTHING;
      return { after: () => publishHome(intake, callerOf(intake, { id: user, team: teamOf(intake, user, team) })) };
    },
    app_uninstalled: gone,
    tokens_revoked: gone,
    ...Object.fromEntries(CHANNEL_EVENTS.map((type) => [type, channel])),
  };
}

async function membershipChanged(intake: Intake, event: z.infer<typeof memberEvent>): Promise<Handled> {
  const { directory } = intake;
  const joined = event.type === 'member_joined_channel';
  if (event.user !== directory.botUser) {
    if (!joined) return { after: () => directory.goneFrom(event.user, event.channel) };
    directory.seenIn(event.user, event.channel);
    return NOTHING;
  }
  await committed(directory.noted(event.channel, { is_member: joined }));
  return {
    after: async () => {
      await directory.refreshChannel(event.channel);
      intake.returned(PLATFORM);
    },
  };
}

async function channelChanged(intake: Intake, { channel, type }: z.infer<typeof channelEvent>): Promise<Handled> {
  const { directory } = intake;
  if (type === 'channel_left' || type === 'group_left') await committed(directory.noted(channel, { is_member: false }));
  // Takes effect before Slack's answer: from this moment on people of another organisation read it.
  if (type === 'channel_shared') await committed(directory.noted(channel, { is_ext_shared: true }));
  return {
    after: async () => {
      await directory.refreshChannel(channel);
      intake.returned(PLATFORM);
    },
  };
}
