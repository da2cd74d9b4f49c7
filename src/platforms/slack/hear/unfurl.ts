import { z } from 'zod';
import type { IncidentState } from '../../../incident/state.ts';
import { reveals, visibility } from '../../../incident/visibility.ts';
import { escapeMrkdwn } from '../render/text.ts';
import { slackError } from '../send/api.ts';
import { linkRef } from '../send/beside.ts';
import { consoleUrl } from '../send/messenger.ts';
import { noteSent } from './reply.ts';
import { type Handled, NOTHING, type SlackBot } from './spots.ts';

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
  const start = consoleUrl(bot.publicUrl, '-')?.slice(0, -1);
  const named = event.links.flatMap(({ url }) => {
    if (start === undefined || !url.startsWith(start)) return [];
    const [incident = ''] = url.slice(start.length).split(/[/?#]/);
    return ID.test(incident) ? [{ url, incident }] : [];
  });
  return named.length === 0 ? NOTHING : { after: () => unfurl(bot, event, team, named) };
}

type Named = readonly { readonly url: string; readonly incident: string }[];
async function unfurl(bot: SlackBot, event: LinkEvent, team: string, named: Named): Promise<void> {
  const unfurls: Record<string, unknown> = {};
  for (const { url, incident } of named) {
    const state = await bot.app.state(incident, 'api');
    if (!state || state.erased || !(await maySee(bot, event, team, state))) continue;
    const text = `*${incident}* · ${escapeMrkdwn(state.title)}`;
    unfurls[url] = { blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] };
  }
  if (Object.keys(unfurls).length === 0) return;
  const { channel, user, message_ts: ts } = event;
  try {
    await bot.api.call('chat.unfurl', { channel, ts, unfurls });
    for (const { url, incident } of named) {
      if (url in unfurls) await noteSent(bot, user, { address: channel, ref: linkRef(ts, url), holds: { incident } });
    }
  } catch (error) {
    bot.log.warn({ code: slackError(error) }, 'an address could not be shown with its title');
  }
}

async function maySee(
  bot: SlackBot,
  { channel, user, ...event }: LinkEvent,
  team: string,
  state: IncidentState,
): Promise<boolean> {
  const room = state.rooms[bot.directory.room(channel)];
  if (room) return reveals(visibility(state, { kind: 'room', room }), 'title');
  if (!channel.startsWith('D') || !event.is_bot_user_member) return false;
  return reveals(await bot.app.visibility(state.id, bot.places.caller({ id: user, team })), 'title');
}
