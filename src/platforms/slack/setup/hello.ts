import { z } from 'zod';
import { translate } from '../../../i18n/translate.ts';
import { channelInfo } from '../api-shapes.ts';
import { advice } from './advice.ts';
import type { Probe } from './probe.ts';

/** The first message, to see that the way out works. */
export type Hello = { readonly ok: true } | { readonly ok: false; readonly say: string };
const refused = (say: string): Hello => ({ ok: false, say });

const page = z.object({
  channels: z.array(channelInfo),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
type Channel = z.infer<typeof channelInfo>;
const MOST_PAGES = 10;
const MOST_NAMED = 8;

/**
 * `where` as people have it: `#incidents`, the id of a channel or a person, or a link copied from Slack. A channel has to
 * have the bot in it, and must not be shared with another organisation: nothing of an incident would be shown there.
 */
export async function sayHello(
  probe: Probe,
  hello: { readonly token: string; readonly where: string; readonly command: string; readonly bot: string },
): Promise<Hello> {
  const { token, where, command, bot } = hello;
  const person = /(?:^|\/)([UW][A-Z0-9]{6,})$/.exec(where)?.[1];
  if (person !== undefined) return post(probe, token, person, command);
  const joined = await joinedChannels(probe, token);
  if ('refused' in joined) return joined.refused;
  const { channels } = joined;
  const wanted = /(?:^|\/)([CG][A-Z0-9]{6,})(?:[/?]|$)/.exec(where)?.[1];
  const name = where.replace(/^#/, '').toLowerCase();
  const channel = channels.find((one) => (wanted === undefined ? one.name === name : one.id === wanted));
  if (!channel) return refused(notThere(where, bot, channels));
  if (channel.is_ext_shared || channel.is_pending_ext_shared) {
    return refused('That channel is shared with another organisation, so Jishi shows nothing there. Take another one.');
  }
  return post(probe, token, channel.id, command);
}

function notThere(where: string, bot: string, channels: readonly Channel[]): string {
  const names = channels.flatMap(({ name }) => (name === undefined ? [] : [`#${name}`]));
  const known =
    names.length === 0
      ? 'It is in no channel yet.'
      : `It is in ${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ', …' : ''}.`;
  return `The bot is not in ${where}. ${known} Type /invite @${bot} in the channel in Slack, then its name here.`;
}

async function joinedChannels(
  probe: Probe,
  token: string,
): Promise<{ readonly channels: readonly Channel[] } | { readonly refused: Hello }> {
  const found: Channel[] = [];
  let cursor = '';
  for (let n = 0; n < MOST_PAGES; n += 1) {
    const answer = await probe.ask('users.conversations', token, {
      types: 'public_channel,private_channel',
      exclude_archived: 'true',
      limit: '200',
      ...(cursor === '' ? {} : { cursor }),
    });
    if (answer.kind !== 'ok') return { refused: refused(advice(answer, 'users.conversations', null)) };
    const parsed = page.safeParse(answer.body);
    if (!parsed.success) break;
    found.push(...parsed.data.channels);
    cursor = parsed.data.response_metadata?.next_cursor ?? '';
    if (cursor === '') break;
  }
  return { channels: found };
}

/** In both languages: whose they are is not known yet. */
async function post(probe: Probe, token: string, channel: string, command: string): Promise<Hello> {
  const text = `${translate('en', 'slack.hello', { command })}\n${translate('zh-CN', 'slack.hello', { command })}`;
  const answer = await probe.ask('chat.postMessage', token, { channel, text, unfurl_links: 'false' });
  if (answer.kind === 'ok') return { ok: true };
  if (answer.kind === 'refused' && answer.code === 'channel_not_found') {
    return refused('Slack knows no person of that id in this workspace. Profile → ⋮ → Copy member ID.');
  }
  return refused(advice(answer, 'chat.postMessage', null));
}
