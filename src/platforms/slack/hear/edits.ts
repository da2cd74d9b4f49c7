import { translate } from '../../../i18n/translate.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { authorship, committed } from '../../../use-cases/platform-support.ts';
import { permalink, sourceOf } from './material.ts';
import type { ChangedEvent, DeletedEvent } from './payloads.ts';
import { show } from './reply.ts';
import { callerOf, type Handled, languageOfRoom, NOTHING, roomOf, type SlackBot } from './spots.ts';
import { plainText } from './words.ts';

/** Records the edit of a recorded message; the original stays. */
export async function messageChanged(bot: SlackBot, event: ChangedEvent, team: string): Promise<Handled> {
  const { message, previous_message: before, channel } = event;
  const { user, ts, thread_ts: thread } = message;
  if (message.bot_id !== undefined || user === undefined || message.edited === undefined) return NOTHING;
  if (before && before.text === message.text) return NOTHING;
  const text = plainText(message.text, bot.directory);
  bot.directory.seenIn(user, channel);
  const by = callerOf(bot, { id: user, team, own: message.user_team ?? message.team });
  await noteChange(bot, { channel, ts }, by, message.edited.ts, (language) =>
    translate(language, 'slack.edited', { text }),
  );
  const outcome = await bot.talk.edited(permalink(bot, channel, ts), text, by);
  const [answer] = outcome?.answers ?? [];
  if (!outcome || answer?.kind !== 'card') return NOTHING;
  return { after: () => show(bot, { channel, thread, user }, answer.card, outcome) };
}

/** Marks a message on the record as deleted. Slack does not say by whom, so nobody is named. */
export async function messageDeleted(bot: SlackBot, event: DeletedEvent): Promise<Handled> {
  const { previous_message: before, channel, deleted_ts: ts } = event;
  const handled = await bot.hearing.take({ kind: 'recalled', chat: channel, message: ts });
  if (before?.user !== undefined && before.bot_id === undefined)
    await noteChange(bot, { channel, ts }, 'api', 'deleted', (language) => translate(language, 'slack.deleted'));
  return handled;
}

/** Notes on the record of its incident that a message was changed; `change` tells the changes of one message apart. */
async function noteChange(
  bot: SlackBot,
  { channel, ts }: { readonly channel: string; readonly ts: string },
  by: Caller | 'api',
  change: string,
  say: (language: 'en' | 'zh-CN') => string,
): Promise<void> {
  const incident = await sourceOf(bot, channel, ts);
  const state = incident === null ? null : await bot.app.state(incident, by);
  if (incident === null || !state) return;
  const language = languageOfRoom(bot, channel) ?? state.rooms[roomOf(bot, channel)]?.language ?? 'en';
  const author = by === 'api' ? {} : authorship(by);
  const key = `message:${channel}:${ts}:${change}`;
  await committed(
    bot.app.submit({
      incident,
      intent: { type: 'add_note', text: say(language), link: permalink(bot, channel, ts), ...author },
      revision: state.version,
      caller: by,
      delivery: bot.intake.delivery(key, key),
    }),
  );
}
