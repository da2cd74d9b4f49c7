import { z } from 'zod';
import { keptIfFailed } from '../../../talk/keep-failed.ts';
import { PLATFORM } from '../api-shapes.ts';
import { ephemeralAck, handleOf, line, respond } from '../hear/reply.ts';
import { kindOf, routed } from '../hear/router.ts';
import { callerOf, type Handle, type Handled, NOTHING, type SlackBot } from '../hear/spots.ts';

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
  const user = from?.user?.id ?? from?.user_id ?? (from && isSpokenTo(from) ? from.event?.user : undefined);
  if (!from || user === undefined) return NOTHING;
  const { language } = callerOf(bot, { id: user, own: from.user?.team_id, team: teamIn(from) });
  const reply = line('chat.failed', language);
  const kind = kindOf(body);
  if (kind === 'command') return { ack: ephemeralAck(reply) };
  const input = from.view?.blocks.find((block) => block?.type === 'input')?.block_id;
  if (kind === 'view_submission' && input !== undefined)
    return { ack: { response_action: 'errors', errors: { [input]: reply.text } } };
  return { after: () => respond(bot, placeOf(from, user), reply) };
}

function placeOf({ event, ...from }: Origin, id: string): Handle {
  return event ? { channel: event.channel, thread: event.thread_ts, user: id } : handleOf({ ...from, user: { id } });
}

/** Returns true if an event addresses the bot; messages between people expect no answer. */
function isSpokenTo({ event }: Origin): boolean {
  if (event?.bot_id !== undefined || event?.subtype !== undefined) return false;
  return event?.type === 'app_mention' || (event?.type === 'message' && event.channel?.startsWith('D') === true);
}
