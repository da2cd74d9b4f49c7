import { translate } from '../../../i18n/translate.ts';
import { channelList } from '../api-shapes.ts';
import type { Channel } from '../directory.ts';
import { type Args, pagesOf } from '../send/api.ts';
import { Problem, problemOf } from './advice.ts';
import type { Probe } from './probe.ts';

const MOST_NAMED = 8;

/**
 * The first message, to see that the way out works. `where` as people have it: `#incidents`, the id of a channel or a
 * person, or a link copied from Slack. A channel has to have the bot in it, and must not be shared with another
 * organisation: nothing of an incident would be shown there. Rejects with a `Problem`.
 */
export async function sayHello(
  probe: Probe,
  hello: { readonly token: string; readonly where: string; readonly command: string; readonly bot: string },
): Promise<void> {
  const { token, where, command } = hello;
  const person = /(?:^|\/)([UW][A-Z0-9]{6,})$/.exec(where)?.[1];
  const channel = person ?? (await channelNamed(probe, hello));
  // In both languages: whose they are is not known yet.
  const text = `${translate('en', 'slack.hello', { command })}\n${translate('zh-CN', 'slack.hello', { command })}`;
  await probe.ask('chat.postMessage', token, { channel, text, unfurl_links: 'false' }).catch((error: unknown) => {
    if (problemOf(error).code !== 'channel_not_found') throw error;
    throw new Problem('Slack knows no person of that id in this workspace. Profile → ⋮ → Copy member ID.');
  });
}

async function channelNamed(
  probe: Probe,
  { token, where, bot }: { readonly token: string; readonly where: string; readonly bot: string },
): Promise<string> {
  const wanted = /(?:^|\/)([CG][A-Z0-9]{6,})(?:[/?]|$)/.exec(where)?.[1];
  const name = where.replace(/^#/, '').toLowerCase();
  const joined: Channel[] = [];
  const api = { call: async (method: string, args?: Args) => (await probe.ask(method, token, args)).body };
  const args = { types: 'public_channel,private_channel', exclude_archived: true, limit: 200 };
  for await (const { channels } of pagesOf(api, 'users.conversations', args, channelList)) joined.push(...channels);
  const channel = joined.find((one) => (wanted === undefined ? one.name === name : one.id === wanted));
  if (!channel) {
    const names = joined.flatMap((one) => (one.name === undefined ? [] : [`#${one.name}`]));
    const listed = [...names.slice(0, MOST_NAMED), ...(names.length > MOST_NAMED ? ['…'] : [])].join(', ');
    const known = listed === '' ? 'It is in no channel yet.' : `It is in ${listed}.`;
    throw new Problem(
      `The bot is not in ${where}. ${known} Type /invite @${bot} in the channel in Slack, then its name here.`,
    );
  }
  if (channel.is_ext_shared || channel.is_pending_ext_shared) {
    throw new Problem(
      'That channel is shared with another organisation, so Jishi shows nothing there. Take another one.',
    );
  }
  return channel.id;
}
