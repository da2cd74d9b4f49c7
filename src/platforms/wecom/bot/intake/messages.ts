import { findIncidentId } from '../../../../conversation/text/commands/commands.ts';
import { entryOf } from '../../../../law/lookup.ts';
import type { Answer, Line, Outcome } from '../../../../talk/acts.ts';
import { placeOfFiles } from '../../../../talk/given-files.ts';
import { seenSoFar } from '../../../../talk/seen-cards.ts';
import { aloneOf, delivery, type Intake, languageOf, line, type Spot, spotOf } from './context.ts';
import { runCountdown } from './countdown.ts';
import { formAnswered } from './forms.ts';
import { type MessageFrame, mediaOf, quotedWords, wordsOf } from './frames.ts';
import type { Mentions } from './mention.ts';
import { numbered } from './numbered.ts';
import { concluded } from './submitted.ts';
import { showAnswers, showView } from './views.ts';

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
  const named = findIncidentId(/^〔[^〕]*〕/.exec(text)?.[0] ?? '') ?? findIncidentId(quotedWords(body)) ?? null;
  const { caller } = from;
  const by = delivery(`message:${body.msgid}`, [caller.account.id, text]);
  const quoted = quotedWords(body);
  const heard: Line = { caller, place: from.place, text, command, about: named, delivery: by, quoted };
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
  const { caller, command, quoted = '' } = heard;
  if (await formAnswered(intake, spot, heard, body.msgid)) return;
  const choices = command.type === 'answer' ? command.choices : undefined;
  if (choices && incident !== null && quoted === '' && (await numbered(intake, spot, incident, choices, body.msgid)))
    return;
  if (command.type === 'countdown' && incident !== null) {
    return runCountdown(intake, spot, headers.req_id, incident);
  }
  const outcome = await intake.talk.line(heard);
  if (command.type === 'language') {
    const now = spotOf(intake, body);
    return line(intake, now, languageOf(now) === outcome.language ? 'said.language' : 'wecom.language_group');
  }
  if (outcome.change) return concluded(intake, spot, outcome);
  const isAlone = command.type !== 'move' && outcome.answers.some(isForOneAlone);
  const alone = isAlone ? aloneOf(intake, spot) : null;
  if (!alone) return shown(intake, spot, command.type, outcome);
  const own = { ...heard, caller: alone.caller, place: alone.place, about: outcome.incident ?? heard.about };
  await shown(intake, alone, command.type, await intake.talk.line(own));
  await line(intake, spot, 'wecom.sent_alone', { name: { raw: caller.name } }, outcome.incident);
}

/** Content that this group does not show, but a conversation with the person who asked for it does. */
function isForOneAlone(answer: Answer): boolean {
  return answer.kind === 'card' && 'key' in answer.card.title && answer.card.title.key === 'refuse.ask_directly';
}

/** Views shown as a card that can be renewed, answered or marked with who can be reached. */
const VIEWS: Readonly<Record<string, string>> = {
  status: 'status',
  refresh: 'status',
  countdown: 'status',
  switch: 'status',
  question: 'question',
  items: 'checklist',
  people: 'people',
  more: 'more',
};

async function shown(intake: Intake, spot: Spot, type: string, outcome: Outcome): Promise<void> {
  const { incident } = outcome;
  const view = entryOf(VIEWS, type);
  if (view !== undefined && incident !== null) return showView(intake, spot, { view, args: { incident } });
  return showAnswers(intake, spot, outcome);
}

/** Photos and files become evidence of the incident this conversation is about; where it is none, they are kept and asked about. */
async function given(intake: Intake, spot: Spot, { body }: MessageFrame): Promise<void> {
  const user = spot.caller.account.id;
  const files = mediaOf(body).map(({ url, aeskey }, index) => {
    return { url, aeskey: aeskey ?? null, user, msgid: `${body.msgid}:${index}`, at: intake.clock.now() };
  });
  if (files.length === 0) return;
  const asked = await intake.files.given({ ...spot, delivery: delivery(`where:${body.msgid}`, [user]) }, files);
  if (asked) await showAnswers(intake, spot, asked);
}
