import { z } from 'zod';
import { keptIfFailed } from '../../../talk/keep-failed.ts';
import type { HeardOf } from '../../shared/hearing.ts';
import { commandGiven, formOf, messageChanged, messageDeleted, messageWritten, pressOf } from '../hear/events.ts';
import { publishHome } from '../hear/home.ts';
import { moveAsked } from '../hear/private-room.ts';
import { ephemeralAck, handleOf, line, respond, VIEW_CALLBACK } from '../hear/reply.ts';
import { globalShortcutUsed, messageShortcutUsed, reactionAdded } from '../hear/shortcuts.ts';
import { type Handled, NOTHING, type SlackBot, type SlackKinds } from '../hear/spots.ts';
import { linksShared } from '../hear/unfurl.ts';
import { PLATFORM } from '../limits.ts';
import { channelEvent, eventCallback, homeEvent, memberEvent, revokedEvent, viewSubmission } from '../shapes.ts';

/** Handler of payloads from both transports: they are acknowledged when it resolves, never if it rejects. */
export type Receive = (body: unknown) => Promise<Handled>;

/** Fields left out of stored payloads: tokens and live addresses. */
const SECRETS = new Set(['token', 'response_url', 'trigger_id', 'response_urls']);

/**
 * Creates the payload handler. A failed commit is not acknowledged, so Slack repeats an event or shows the person an
 * error; a payload that cannot be handled is kept, acknowledged and answered with an apology.
 */
export function createReceive(bot: SlackBot): Receive {
  return (body) => {
    if (bot.directory.team === '') bot.directory.assumeTeam(tenantsIn(body)[0] ?? '');
    return keptIfFailed(bot, {
      ...{ platform: PLATFORM, body, secrets: SECRETS },
      handle: async () => {
        const handled = await routed(bot, body);
        // Payloads without a subscription, `view_closed`, and unknown kinds are acknowledged and ignored.
        if (!handled) bot.log.info({ kind: kindOf(body) }, 'payload of a kind that is not used');
        return handled ?? NOTHING;
      },
      apologise: () => apology(bot, body),
    });
  };
}

/** Field that is dropped if unreadable: such payloads get here because part of them failed to parse. */
const text = z.string().optional().catch(undefined);
const part = <T extends z.ZodRawShape>(shape: T) => z.object(shape).optional().catch(undefined);
const installed = { team_id: text, enterprise_id: text, is_enterprise_install: z.unknown().optional() };
const origin = z.object({
  ...installed,
  response_url: text,
  user_id: text,
  team: part({ id: text }),
  enterprise: part({ id: text }),
  authorizations: z.array(z.object(installed)).catch([]),
  user: part({ id: text, team_id: text }),
  channel: part({ id: text }),
  message: part({ ts: text, thread_ts: text }),
  event: part({ type: text, subtype: text, bot_id: text, user: text, channel: text, thread_ts: text }),
  view: part({ blocks: z.array(part({ type: text, block_id: text })).catch([]) }),
});
type Origin = z.infer<typeof origin>;

/** Returns a payload's origin, as far as readable; undefined if it is not. */
function originOf(body: unknown): Origin | undefined {
  return origin.safeParse(body).data;
}

const teamIn = (from: Origin | undefined): string => from?.team_id ?? from?.team?.id ?? '';

/** Returns possible installations for a payload, likelier first: the organisation, if the app is installed there. */
export function tenantsIn(body: unknown): readonly string[] {
  const from = originOf(body);
  const [event] = from?.authorizations ?? [];
  const team = event?.team_id ?? (teamIn(from) || from?.user?.team_id);
  const organisation = event?.enterprise_id ?? from?.enterprise?.id ?? from?.enterprise_id;
  const isOrganisation = [event, from].some((one) => String(one?.is_enterprise_install) === 'true');
  const ids = isOrganisation ? [organisation, team] : [team, organisation];
  return ids.filter((id) => id !== undefined);
}

/** Returns an apology for a request that failed, in the place of the request, or else as a direct message. */
function apology(bot: SlackBot, body: unknown): Handled {
  const from = originOf(body);
  const { event } = from ?? {};
  // Messages between people expect no answer.
  const isOfPerson = event?.bot_id === undefined && event?.subtype === undefined;
  const isToBot = event?.type === 'app_mention' || (event?.type === 'message' && event.channel?.startsWith('D'));
  const user = from?.user?.id ?? from?.user_id ?? (isOfPerson && isToBot ? event.user : undefined);
  if (!from || user === undefined) return NOTHING;
  const { language } = bot.places.caller({ id: user, own: from.user?.team_id, team: teamIn(from) });
  const reply = line('chat.failed', language);
  const kind = kindOf(body);
  if (kind === 'command') return { ack: ephemeralAck(reply) };
  const input = from.view?.blocks.find((block) => block?.type === 'input')?.block_id;
  if (kind === 'view_submission' && input !== undefined)
    return { ack: { response_action: 'errors', errors: { [input]: reply.text } } };
  const handle = event
    ? { channel: event.channel, thread: event.thread_ts, user }
    : handleOf({ ...from, user: { id: user } });
  return { after: () => respond(bot, handle, reply) };
}

/** Handles a payload by its kind; null for a kind that is not used, which is acknowledged and ignored. */
async function routed(bot: SlackBot, body: unknown): Promise<Handled | null> {
  switch (kindOf(body)) {
    case 'command':
      return commandGiven(bot, body);
    case 'block_actions':
      return buttonPressed(bot, body);
    case 'view_submission': {
      const form = viewSubmission.parse(body);
      // Modals without a field have nothing to submit.
      return form.view.callback_id === VIEW_CALLBACK ? null : bot.hearing.take(await formOf(bot, form));
    }
    case 'shortcut':
      return globalShortcutUsed(bot, body);
    case 'message_action':
      return messageShortcutUsed(bot, body);
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

/** `team`: workspace in which it happened. */
type EventHandler = (bot: SlackBot, event: Event, team: string) => Handled | Promise<Handled>;
type Event = z.infer<typeof eventCallback>['event'];

/** Returns the handler of a channel event, which uses the event's own data; the rest is requested afterwards. */
const place =
  (change: HeardOf<SlackKinds, 'place'>['change']): EventHandler =>
  (bot, event) => {
    const { channel } = channelEvent.parse(event);
    const { id: chat, name } = typeof channel === 'string' ? { id: channel, name: undefined } : channel;
    return bot.hearing.take({ kind: 'place', chat, change, name });
  };
const member: EventHandler = ({ directory, hearing }, event) => {
  const { type, user, channel: chat } = memberEvent.parse(event);
  const joined = type === 'member_joined_channel';
  if (user === directory.botUser) return hearing.take({ kind: 'place', chat, change: joined ? 'joined' : 'kicked' });
  if (!joined) return hearing.take({ kind: 'left', chat, users: [user] });
  directory.seenIn(user, chat);
  return NOTHING;
};
/** Handles the removal of the app or its token; tokens of people are ignored. */
const revoked: EventHandler = ({ standing }, event) => {
  const { type, tokens } = revokedEvent.parse(event);
  return type === 'app_uninstalled' || tokens.bot.length > 0
    ? { after: async () => standing.is('bot', type) }
    : NOTHING;
};
/** Handles messages in order, as later lines correct earlier ones; presses cannot wait. */
const inOrder =
  (handle: EventHandler): EventHandler =>
  (bot, event, team) =>
    bot.conversations.run(String(event['channel']), async () => handle(bot, event, team));

export const EVENT_HANDLERS: Readonly<Record<string, EventHandler>> = {
  message: inOrder((bot, event, team) => {
    if (event.subtype === 'message_changed') return messageChanged(bot, event, team);
    return event.subtype === 'message_deleted' ? messageDeleted(bot, event) : messageWritten(bot, event, team);
  }),
  app_mention: inOrder(messageWritten),
  link_shared: linksShared,
  reaction_added: reactionAdded,
  member_joined_channel: member,
  member_left_channel: member,
  app_home_opened: (bot, event, team) => {
    const { user, tab } = homeEvent.parse(event);
    return tab === 'messages' ? NOTHING : { after: () => publishHome(bot, bot.places.caller({ id: user, team })) };
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

/** Handles a pressed button. For the button that requests a private channel it adds a job that creates the channel. */
async function buttonPressed(bot: SlackBot, body: unknown): Promise<Handled> {
  const event = await pressOf(bot, body);
  if (!event) return NOTHING;
  const does = event.value?.d;
  if (does?.kind !== 'view' || does.view.view !== 'private') return bot.hearing.take(event);
  const incident = does.view.args['incident'] ?? '';
  return moveAsked(bot, await bot.places.spot(event, incident), incident);
}
