import { z } from 'zod';
import { accountKey } from '../../../incident/identity.ts';
import type { IncidentState } from '../../../incident/state.ts';
import { reveals, visibility } from '../../../incident/visibility.ts';
import { escapeMrkdwn } from '../render/text.ts';
import { slackError } from '../send/api.ts';
import { consoleUrl } from '../send/messenger.ts';
import { callerOf, type Handled, NOTHING, roomOf, type SlackBot } from './spots.ts';

/** Message with console addresses; `channel` is `COMPOSER` while it is still being written. */
const linkEvent = z.object({
  channel: z.string(),
  user: z.string(),
  message_ts: z.string(),
  is_bot_user_member: z.boolean().default(false),
  links: z.array(z.object({ url: z.string().max(2_000) })).max(100),
});
type LinkEvent = z.infer<typeof linkEvent>;
const ID = /^(?:INC|DRILL)-\d{4}-\d{4,}$/;

/**
 * Answers an event about shared addresses: an incident's title appears below the message if every reader of the channel
 * may see it, i.e. in its rooms that show titles, or in the person's own conversation with the bot.
 */
export function linksShared(bot: SlackBot, payload: unknown, team: string): Handled {
  const event = linkEvent.parse(payload);
  const named = event.links.flatMap(({ url }) => {
    const incident = incidentIn(url, bot.publicUrl);
    return incident === null ? [] : [{ url, incident }];
  });
  return named.length === 0 ? NOTHING : { after: () => unfurl(bot, event, team, named) };
}

/** Returns the incident of a console address; null for any other address. */
export function incidentIn(url: string, publicUrl: string | null): string | null {
  const start = consoleUrl(publicUrl, '-')?.slice(0, -1);
  if (start === undefined || !url.startsWith(start)) return null;
  const [id = ''] = url.slice(start.length).split(/[/?#]/);
  return ID.test(id) ? id : null;
}

async function unfurl(
  bot: SlackBot,
  event: LinkEvent,
  team: string,
  named: readonly { readonly url: string; readonly incident: string }[],
): Promise<void> {
  const shown = await Promise.all(
    named.map(async ({ url, incident }) => {
      const state = await bot.app.state(incident, 'api');
      return state && maySee(bot, event, team, state) ? [[url, blocksOf(state)] as const] : [];
    }),
  );
  const unfurls = Object.fromEntries(shown.flat());
  if (Object.keys(unfurls).length === 0) return;
  const { channel, message_ts: ts } = event;
  await bot.api.call('chat.unfurl', { channel, ts, unfurls }).catch((error: unknown) => {
    bot.log.warn({ code: slackError(error) }, 'an address could not be shown with its title');
  });
}

function maySee(bot: SlackBot, { channel, user, ...event }: LinkEvent, team: string, state: IncidentState): boolean {
  if (state.stopped || state.erased) return false;
  const room = state.rooms[roomOf(bot, channel)];
  if (room) return reveals(visibility(state, { kind: 'room', room }), 'title');
  if (!channel.startsWith('D') || !event.is_bot_user_member) return false;
  const { account } = callerOf(bot, { id: user, team });
  const takesPart = Object.values(state.people).some(
    (one) => one.account && accountKey(one.account) === accountKey(account) && one.removed !== true,
  );
  return takesPart && reveals(visibility(state, { kind: 'account', account }), 'title');
}

function blocksOf({ id, title }: IncidentState) {
  const text = `*${id}* · ${escapeMrkdwn(title)}`;
  return { blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] };
}
