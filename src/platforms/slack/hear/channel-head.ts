import { formatInstant } from '../../../i18n/format.ts';
import { translate } from '../../../i18n/translate.ts';
import { type Language, type Room, roomId } from '../../../incident/identity.ts';
import type { IncidentState } from '../../../incident/state.ts';
import type { KeptKey } from '../../../use-cases/ports.ts';
import { cut } from '../../shared/card-text.ts';
import { slackError } from '../send/api.ts';
import type { SlackBot } from './spots.ts';

type Bot = Pick<SlackBot, 'api' | 'app' | 'clock' | 'kept' | 'log' | 'surfaces'>;
/** Longest topic that Slack accepts, in characters. */
const TOPIC = 250;
/** Errors that stay until the app or the channel is changed: not tried again for the same content. */
const FINAL = new Set([
  'missing_scope',
  'restricted_action',
  'no_permission',
  'not_allowed_token_type',
  'already_pinned',
]);

/**
 * Head of an incident's own channel: the topic names the next deadline, the status card is pinned. Slack posts a line for each
 * change of a topic, so it follows the deadline and never counts down. A failure is only logged.
 */
export async function headChannel(bot: Bot, state: IncidentState, room: Room): Promise<void> {
  await setOnce(bot, `topic:${room.address}`, await topicOf(bot, state, room.language), (topic) => [
    'conversations.setTopic',
    { channel: room.address, topic },
  ]);
  const card = await bot.surfaces.get(state.id, roomId(room), 'status');
  if (!card?.ref) return;
  await setOnce(bot, `pinned:${room.address}`, card.ref, (timestamp) => [
    'pins.add',
    { channel: room.address, timestamp },
  ]);
}

async function topicOf(
  { app, clock }: Bot,
  { id, closed, stopped }: IncidentState,
  language: Language,
): Promise<string> {
  const say = (key: Parameters<typeof translate>[1], due = ''): string =>
    cut(translate(language, key, { id, due }), TOPIC);
  if (closed) return say('slack.topic_closed');
  const [row] = stopped ? [] : await app.incidents('api', { open: true, search: id, limit: 1 });
  const due = row?.id === id ? row.nextDue : null;
  if (due === null) return say('slack.private_topic');
  const isLate = Date.parse(due) <= clock.now();
  return say(isLate ? 'slack.topic_overdue' : 'slack.topic_due', formatInstant(due, language, 'short'));
}

/** Makes a call unless its content is the same as in the last one. */
async function setOnce(
  { api, kept, log }: Bot,
  mark: KeptKey,
  content: string,
  call: (content: string) => readonly [string, Record<string, unknown>],
): Promise<void> {
  if ((await kept.get(mark)) === content) return;
  const [method, args] = call(content);
  try {
    await api.call(method, args);
  } catch (error) {
    const code = slackError(error);
    if (code !== 'already_pinned') log.warn({ code, method }, 'the head of a channel could not be set');
    if (code === null || !FINAL.has(code)) return;
  }
  await kept.put(mark, content);
}
