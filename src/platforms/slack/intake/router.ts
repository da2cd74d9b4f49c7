import type { z } from 'zod';
import { actionTaken } from './actions.ts';
import { slashCommandGiven } from './commands.ts';
import { callerOf, type Handled, type Intake, NOTHING } from './context.ts';
import { publishHome } from './home.ts';
import { messageChanged, messageDeleted, messageWritten } from './messages.ts';
import {
  blockActions,
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
import { reactionAdded } from './reactions.ts';
import { VIEW_CALLBACK } from './reply.ts';
import { globalShortcutUsed, messageShortcutUsed } from './shortcuts.ts';
import { formSubmitted } from './submissions.ts';

/** The body of a payload is not what Slack documents, or not what we expect of it. */
export class Unreadable extends Error {}

function read<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Unreadable(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}

/**
 * Every payload, from either transport, to its handler. Resolves when what it asked for is on disk; throws `NotCommitted`
 * if that failed, anything else if we cannot handle it.
 */
export async function route(intake: Intake, body: unknown): Promise<Handled> {
  const kind = kindOf(body);
  switch (kind) {
    case 'command':
      return slashCommandGiven(intake, read(slashCommand, body));
    case 'block_actions':
      return actionTaken(intake, read(blockActions, body));
    case 'view_submission': {
      const p = read(viewSubmission, body);
      return p.view.callback_id === VIEW_CALLBACK ? NOTHING : formSubmitted(intake, p);
    }
    case 'shortcut':
      return globalShortcutUsed(intake, read(globalShortcut, body));
    case 'message_action':
      return messageShortcutUsed(intake, read(messageShortcut, body));
    case 'event_callback':
      return eventHappened(intake, body);
    default:
      // Kinds nobody subscribed to, `view_closed`, and whatever Slack invents: taken, and nothing done.
      intake.log.info({ kind }, 'payload of a kind that is not used');
      return NOTHING;
  }
}

export function kindOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return 'nothing';
  if ('command' in body) return 'command';
  return 'type' in body && typeof body.type === 'string' ? body.type : 'unknown';
}

async function eventHappened(intake: Intake, body: unknown): Promise<Handled> {
  const { event, team_id: team } = read(eventCallback, body);
  switch (event.type) {
    case 'message':
      if (event.subtype === 'message_changed') return messageChanged(intake, team, read(changedEvent, event));
      if (event.subtype === 'message_deleted') return messageDeleted(intake, team, read(deletedEvent, event));
      return messageWritten(intake, team, read(messageEvent, event));
    case 'app_mention':
      return messageWritten(intake, team, read(messageEvent, event));
    case 'reaction_added':
      return reactionAdded(intake, team, read(reactionEvent, event));
    case 'member_joined_channel':
    case 'member_left_channel':
      return membershipChanged(intake, read(memberEvent, event));
    case 'app_home_opened': {
      const { user, tab } = read(homeEvent, event);
      if (tab === 'messages') return NOTHING;
      return { after: () => publishHome(intake, callerOf(intake, { id: user, team })) };
    }
    case 'app_uninstalled':
    case 'tokens_revoked':
      return { after: async () => intake.end(read(goneEvent, event).type) };
    default:
      return channelChanged(intake, event);
  }
}

function membershipChanged(intake: Intake, event: z.infer<typeof memberEvent>): Handled {
  const { directory } = intake;
  const joined = event.type === 'member_joined_channel';
  if (event.user !== directory.botUser) {
    if (joined) directory.seenIn(event.user, event.channel);
    return NOTHING;
  }
  if (joined) directory.joined(event.channel);
  else directory.left(event.channel);
  return {
    after: async () => {
      await directory.refreshChannel(event.channel);
      intake.wake();
    },
  };
}

function channelChanged(intake: Intake, event: unknown): Handled {
  const parsed = channelEvent.safeParse(event);
  if (!parsed.success) return NOTHING;
  const { channel, type } = parsed.data;
  if (type === 'channel_left' || type === 'group_left') intake.directory.left(channel);
  return {
    after: async () => {
      await intake.directory.refreshChannel(channel);
      intake.wake();
    },
  };
}
