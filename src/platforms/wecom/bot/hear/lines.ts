import { localise } from '../../../../conversation/cards/localise.ts';
import { tagOf } from '../../../../conversation/text/commands/command-lead.ts';
import { findIncidentId } from '../../../../conversation/text/commands/commands.ts';
import { translate } from '../../../../i18n/translate.ts';
import { entryOf } from '../../../../law/lookup.ts';
import type { Line } from '../../../../talk/acts.ts';
import { askedIn } from '../../../../talk/focus.ts';
import type { After } from '../../../../talk/intake-options.ts';
import type { OwnName } from '../../../../talk/own-name.ts';
import { isAnswer, picked } from '../../cards/button-effects.ts';
import { BOT_LIMITS, PLATFORM } from '../../limits.ts';
import { plainInMarkdown } from '../../text.ts';
import type { GivenFile } from './evidence.ts';
import { type MessageFrame, mediaOf, quotedWords, wordsOf } from './frames.ts';
import { line, type Spot, sentence, spotOf, type WecomBot } from './spots.ts';

/** Handles a written message: a command, an answer, or material for the report. */
export async function messageWritten(bot: WecomBot, name: OwnName, frame: MessageFrame): Promise<void> {
  const { body, headers } = frame;
  const from = spotOf(bot, body);
  if ((await bot.chats.noteActing(from.at.chat, from.caller.account.id)) === 'new') bot.returned(PLATFORM);
  bot.sender.arrived(from.at.chat.id, headers.req_id);
  const words = wordsOf(body);
  const files = filesOf(bot, from, body);
  if (words === null && files.length === 0) return;
  const bare = from.at.chat.kind === 'group' ? await name.bare(words ?? '') : { text: words ?? '' };
  const { text } = bare;
  const quoted = quotedWords(body);
  const about = findIncidentId(/^〔[^〕]*〕/.exec(text)?.[0] ?? '') ?? findIncidentId(quoted) ?? null;
  const spot = { ...from, at: { ...from.at, request: headers.req_id } };
  const written = { key: `message:${body.msgid}`, ...bare, about, quoted, files };
  const answer = await bot.intake.line(spot, body.voice ? { ...written, spoken: true } : written);
  await answer();
}

/** Returns photos and files of a message, in their order. */
function filesOf(bot: WecomBot, { caller }: Spot, body: MessageFrame['body']): readonly GivenFile[] {
  const given = { user: caller.account.id, at: bot.clock.now() };
  return mediaOf(body).map(({ url, aeskey }, index) => {
    return { url, aeskey: aeskey ?? null, message: `${body.msgid}:${index}`, ...given };
  });
}

/** Handles lines that need this platform: the number of an option, or a request for a countdown. */
export async function lineTaken(
  bot: WecomBot,
  spot: Spot,
  { command, quoted, text }: Line,
  incident: string | null,
): Promise<After | null> {
  const choices = command.type === 'answer' && quoted === '' ? command.choices : undefined;
  if (choices && incident !== null) return numbered(bot, spot, incident, choices);
  if (command.type !== 'countdown' || incident === null) return null;
  const run = (): Promise<void> => runCountdown(bot, spot, incident);
  return RUNS.test(text) ? run : () => sayTimeLeft(bot, spot, incident, run);
}
/** Text that requests the running countdown. A question such as 几点截止 only gets the time. */
const RUNS = /倒计时|count ?down/i;

/** Says the time left: in a group as a sentence of the running message; elsewhere as a countdown. */
async function sayTimeLeft(bot: WecomBot, spot: Spot, incident: string, run: After): Promise<void> {
  const text = await clocksOf(bot, spot, incident);
  if (text === null) return run();
  return bot.intake.saying(spot, sentence({ raw: text.replaceAll('\n', ' · ') }), incident, run);
}

/** Handles a bare number: an option of the last question card about this incident in this conversation. */
async function numbered(
  bot: WecomBot,
  spot: Spot,
  incident: string,
  numbers: readonly number[],
): Promise<After | null> {
  const asked = await askedIn(bot.kept, spot, incident);
  const task = asked && (await bot.tasks.get(asked.task));
  if (!task) return null;
  const { pick, answers, does } = task.bound;
  const places = numbers.map((n) => n - 1);
  const [place = -1] = places.length === 1 ? places : [];
  const found = pick ? picked(pick, places.map(String)) : entryOf(does, answers[place] ?? '');
  if (!found) return null;
  if ('say' in found) return () => line(bot, spot, found.say, { option: { raw: found.option } }, task.incident);
  if (found.does.kind !== 'intent' || !isAnswer(found) || found.confirm !== undefined) return null;
  const { after } = await bot.intake.press(spot, {
    ...{ key: `message:${spot.at.act}`, incident: task.incident, revision: task.revision, does: found.does },
    ...{ body: [spot.caller.account.id, asked.task, numbers], atEnd: true },
  });
  return after;
}

const COUNTED_EVERY = 15_000;

/**
 * Starts a message with the time left, updated for five and a half minutes, the longest WeCom allows. Only this process
 * updates it: after a restart it stays as it is, with the right deadline.
 */
function runCountdown(bot: WecomBot, spot: Spot, incident: string): Promise<void> {
  const { clock } = bot;
  const { after } = bot.intake;
  const { language, request = '' } = spot.at;
  const id = `cd-${bot.ids.next()}`;
  const until = clock.now() + BOT_LIMITS.streamFor;
  const frame = async (): Promise<void> => {
    const now = await clocksOf(bot, spot, incident);
    const isLast = now === null || clock.now() + COUNTED_EVERY > until;
    const text = isLast ? [now, translate(language, 'wecom.countdown_over')].filter(Boolean).join('\n') : now;
    const taken = await bot.sender.stream(spot.at.chat.id, request, id, `${tagOf(incident)}${text}`, isLast);
    if (taken && !isLast) after.after(COUNTED_EVERY, () => after.run(frame));
  };
  return frame();
}

async function clocksOf(bot: WecomBot, spot: Spot, incident: string): Promise<string | null> {
  const shown = await bot.app.view({ view: 'status', args: { incident } }, spot.caller);
  if ('code' in shown) return null;
  const clocks = shown.blocks.flatMap((block) => (block.kind === 'clock' ? [block.text] : []));
  const lines = clocks.length > 0 ? clocks : [shown.summary];
  return lines.map((text) => plainInMarkdown(localise(text, spot.at.language))).join('\n');
}
