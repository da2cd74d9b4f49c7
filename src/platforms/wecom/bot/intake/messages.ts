import { localise } from '../../../../conversation/cards/localise.ts';
import { findIncidentId } from '../../../../conversation/text/commands/commands.ts';
import { translate } from '../../../../i18n/translate.ts';
import { entryOf } from '../../../../law/lookup.ts';
import type { Line } from '../../../../talk/acts.ts';
import { placeOfFiles } from '../../../../talk/given-files.ts';
import { seenSoFar } from '../../../../talk/seen-cards.ts';
import { isAnswer, picked } from '../../cards/bound.ts';
import { tagOf } from '../../cards/head.ts';
import { BOT_LIMITS } from '../../limits.ts';
import { plainInMarkdown } from '../../text/markdown.ts';
import { concluded, show, showThere } from './answers.ts';
import { delivery, type Intake, line, type Spot, spotOf } from './context.ts';
import { formAnswered } from './forms.ts';
import { type MessageFrame, mediaOf, quotedWords, wordsOf } from './frames.ts';
import type { Mentions } from './mention.ts';

/** Something was written to the bot: a command, an answer, or material for the report. */
export async function messageWritten(intake: Intake, mentions: Mentions, frame: MessageFrame): Promise<void> {
  const { body } = frame;
  const from = spotOf(intake, body);
  if (await intake.chats.seen(from.chat, from.caller.account.id)) intake.wake();
  await given(intake, from, frame);
  const written = wordsOf(body);
  if (written === null) return;
  const isGroup = from.chat.kind === 'group';
  const text = isGroup ? await mentions.bare(written) : written;
  const command = intake.talk.read(text);
  if (command.type === 'hello') return line(intake, from, isGroup ? 'wecom.hello_group' : 'wecom.hello');
  const place = placeOfFiles(text);
  if (place !== null && (await intake.files.placed(from, place))) return;
  if (command.type === 'upload') return line(intake, from, 'wecom.upload');
  const quoted = quotedWords(body);
  const about = findIncidentId(/^〔[^〕]*〕/.exec(text)?.[0] ?? '') ?? findIncidentId(quoted) ?? null;
  const { caller } = from;
  const by = delivery(`message:${body.msgid}`, [caller.account.id, text]);
  const heard: Line = { caller, place: from.place, text, command, about, delivery: by, quoted };
  const incident = await intake.talk.about(heard);
  const spot = { ...from, seen: await seenSoFar(intake.app, caller, incident, true) };
  const handled = (): Promise<void> => lineHandled(intake, spot, heard, { frame, incident });
  // Cards of the incident that delivery would post wait: what the line changed comes with one message.
  return incident === null ? handled() : intake.renewals.during(incident, from.chat.id, handled);
}

async function lineHandled(
  intake: Intake,
  spot: Spot,
  heard: Line,
  { frame: { body, headers }, incident }: { readonly frame: MessageFrame; readonly incident: string | null },
): Promise<void> {
  const { command, quoted } = heard;
  if (await formAnswered(intake, spot, heard, body.msgid)) return;
  const choices = command.type === 'answer' && quoted === '' ? command.choices : undefined;
  if (choices && incident !== null && (await numbered(intake, spot, incident, choices, body.msgid))) return;
  if (command.type === 'countdown' && incident !== null) return runCountdown(intake, spot, headers.req_id, incident);
  const outcome = await intake.talk.line(heard);
  if (command.type === 'language') {
    const now = spotOf(intake, body);
    return line(intake, now, now.language === outcome.language ? 'said.language' : 'wecom.language_group');
  }
  if (outcome.change) return concluded(intake, spot, outcome);
  if (command.type === 'move') return show(intake, spot, outcome);
  await showThere(intake, spot, outcome, ({ caller, place }) =>
    intake.talk.line({ ...heard, caller, place, about: outcome.incident ?? heard.about }),
  );
}

/** Photos and files become evidence of the incident this conversation is about; where it is none, they are kept and asked about. */
async function given(intake: Intake, spot: Spot, { body }: MessageFrame): Promise<void> {
  const user = spot.caller.account.id;
  const files = mediaOf(body).map(({ url, aeskey }, index) => {
    return { url, aeskey: aeskey ?? null, user, msgid: `${body.msgid}:${index}`, at: intake.clock.now() };
  });
  if (files.length === 0) return;
  const asked = await intake.files.given({ ...spot, delivery: delivery(`where:${body.msgid}`, [user]) }, files);
  if (asked) await show(intake, spot, asked);
}

/** A bare number is one of the options of the card that was asked last about this incident, in this conversation. */
async function numbered(
  intake: Intake,
  spot: Spot,
  incident: string,
  numbers: readonly number[],
  msgid: string,
): Promise<boolean> {
  const asked = await intake.chats.asked(spot.chat.id, incident);
  const task = asked && (await intake.tasks.get(asked.task));
  if (!task) return false;
  const { pick, answers, does } = task.bound;
  const places = numbers.map((n) => n - 1);
  const [place = -1] = places.length === 1 ? places : [];
  const found = pick ? picked(pick, places.map(String)) : entryOf(does, answers[place] ?? '');
  if (!found) return false;
  if ('say' in found) {
    await line(intake, spot, found.say, { option: { raw: found.option } }, task.incident);
    return true;
  }
  if (found.does.kind !== 'intent' || !isAnswer(found) || found.confirm !== undefined) return false;
  const { caller, place: at } = spot;
  const by = delivery(`message:${msgid}`, [caller.account.id, asked.task, numbers]);
  const of = { caller, place: at, incident: task.incident, revision: task.revision };
  await concluded(intake, spot, await intake.talk.press({ ...of, does: found.does, delivery: by }));
  return true;
}

const COUNTED_EVERY = 15_000;

/**
 * A message that shows the time left as it runs, for five and a half minutes: the longest WeCom allows a message to change.
 * It lives in this process only; a restart ends it where it was, and the deadline in it stays right.
 */
function runCountdown(intake: Intake, spot: Spot, request: string, incident: string): Promise<void> {
  const { clock, after } = intake;
  const id = `cd-${intake.ids.next()}`;
  const until = clock.now() + BOT_LIMITS.streamFor;
  const language = spot.language;
  const frame = async (): Promise<void> => {
    const now = await clocksOf(intake, spot, incident);
    const isLast = now === null || clock.now() + COUNTED_EVERY > until;
    const text = isLast ? [now, translate(language, 'wecom.countdown_over')].filter(Boolean).join('\n') : now;
    const taken = await intake.sender.stream(request, id, `${tagOf(incident)}${text}`, isLast);
    if (taken && !isLast) after.after(COUNTED_EVERY, () => after.run(frame));
  };
  return frame();
}

async function clocksOf(intake: Intake, spot: Spot, incident: string): Promise<string | null> {
  const shown = await intake.app.view({ view: 'status', args: { incident } }, spot.caller);
  if ('code' in shown) return null;
  const clocks = shown.blocks.flatMap((block) => (block.kind === 'clock' ? [block.text] : []));
  const lines = clocks.length > 0 ? clocks : [shown.summary];
  return lines.map((text) => plainInMarkdown(localise(text, spot.language))).join('\n');
}
