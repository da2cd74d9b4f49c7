import type { Card, FormRef } from '../../../../conversation/card.ts';
import { findIncidentId, parseCommand } from '../../../../conversation/text/commands.ts';
import type { Language, Room } from '../../../../incident/identity.ts';
import { entryOf } from '../../../../law/lookup.ts';
import { questionAsked } from '../../cards/on-question.ts';
import { recordLanguage } from '../../languages.ts';
import { onlyOpen } from '../../only.ts';
import { PLATFORM } from '../ports.ts';
import { numbered } from './clicks.ts';
import { actingIn, delivery, type Intake, languageOf, line, mayShow, type Spot, say, spotOf } from './context.ts';
import { runCountdown } from './countdown.ts';
import { formAnswered, offerForm } from './forms.ts';
import { type MessageFrame, mediaOf, quotedWords, wordsOf } from './frames.ts';
import type { Mentions } from './mention.ts';
import { concluded } from './submitted.ts';
import { showView } from './views.ts';

/** Something was written to the bot: a command, an answer, or material for the report. */
export async function messageWritten(intake: Intake, mentions: Mentions, frame: MessageFrame): Promise<void> {
  const { body, headers } = frame;
  const from = spotOf(intake, body);
  if (await intake.chats.seen(from.chat, from.caller.account.id)) intake.wake();
  await given(intake, from, frame);
  const written = wordsOf(body);
  if (written === null) return;
  const isGroup = from.chat.kind === 'group';
  const text = isGroup ? await mentions.bare(written) : written;
  const command = parseCommand(text);
  if (command.type === 'hello') return line(intake, from, isGroup ? 'wecom.hello_group' : 'wecom.hello');
  if (command.type === 'language') return spoken(intake, frame, command.language === 'en' ? 'en' : 'zh-CN');
  const named = findIncidentId(/^〔[^〕]*〕/.exec(text)?.[0] ?? '') ?? findIncidentId(quotedWords(body)) ?? null;
  const incident = await about(intake, from, named);
  const spot = { ...from, asked: await questionAsked(intake.app, from.caller, incident) };
  if (await formAnswered(intake, spot, { text, named, msgid: body.msgid })) return;
  const choices = command.type === 'answer' ? command.choices : undefined;
  if (choices && incident !== null && (await numbered(intake, spot, incident, choices, body.msgid))) return;
  if (command.type === 'countdown' && incident !== null && mayShow(intake, spot)) {
    return runCountdown(intake, spot, headers.req_id, incident);
  }
  if (command.type === 'upload') return line(intake, spot, 'wecom.upload');
  if (command.type === 'switch' || command.type === 'bind') await bindTo(intake, spot, command.id);
  const reply = await intake.app.text({
    line: text,
    incident,
    caller: spot.caller,
    room: OWN_ROOM.has(command.type) ? spot.room : actingIn(spot),
    delivery: delivery(`message:${body.msgid}`, [spot.caller.account.id, text]),
  });
  const isNew = command.type === 'new' || command.type === 'drill';
  if (reply.kind === 'submitted')
    return concluded(intake, spot, reply.result, { isNew: isNew && reply.result.kind === 'done' });
  return answered(intake, spot, command.type, reply);
}

/** The language is the person's, wherever they ask for it; a group keeps its own. */
async function spoken(intake: Intake, { body }: MessageFrame, language: Language): Promise<void> {
  const { tenant, id } = spotOf(intake, body).caller.account;
  await intake.languages.choose(id, language);
  const spot = spotOf(intake, body);
  const isOwn = (room: Room): boolean => room.platform === PLATFORM && room.tenant === tenant && room.address === id;
  await recordLanguage(intake.app, { caller: spot.caller, isOwn, key: `message:${body.msgid}`, delivery });
  return line(intake, spot, languageOf(spot) === language ? 'said.language' : 'wecom.language_group');
}

/** What makes a direct conversation a room. */
const OWN_ROOM: ReadonlySet<string> = new Set(['new', 'drill', 'bind']);

/** What a line is about: the incident it or the quoted message names, or the one this conversation is about, or the only one. */
async function about(intake: Intake, spot: Spot, named: string | null): Promise<string | null> {
  if (named !== null) return (await intake.app.state(named, spot.caller)) ? named : null;
  const current = await intake.chats.current(spot.chat.id);
  const state = current === null ? null : await intake.app.state(current, spot.caller);
  // A closed one is no longer meant by itself.
  return state && state.closed === null ? state.id : onlyOpen(intake.app, spot.caller);
}

/** Only an incident this person may see. */
async function bindTo(intake: Intake, spot: Spot, incident: string): Promise<void> {
  if (await intake.app.state(incident, spot.caller)) await intake.chats.makeCurrent(spot.chat.id, incident);
}

/** What is shown as a card that can be renewed, answered or marked with who can be reached. */
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

async function answered(
  intake: Intake,
  spot: Spot,
  type: string,
  { card, incident }: { readonly card: Card; readonly incident: string | null },
): Promise<void> {
  const view = entryOf(VIEWS, type);
  if (view !== undefined && incident !== null) return showView(intake, spot, { view, args: { incident } });
  // An offer to open a form is the form itself: nothing can be opened here.
  const form = offered(card);
  if (form) return offerForm(intake, spot, form);
  if (incident !== null && !mayShow(intake, spot)) return line(intake, spot, 'wecom.private', {}, incident);
  return say(intake, spot, card, { incident });
}

function offered({ blocks }: Card): FormRef | null {
  const [block, more] = blocks;
  const action = block?.kind === 'actions' && !more && block.actions.length === 1 ? block.actions[0] : undefined;
  return action?.does.kind === 'form' ? action.does.form : null;
}

/** Photos and files become evidence of the incident this conversation is about. */
async function given(intake: Intake, spot: Spot, { body }: MessageFrame): Promise<void> {
  const media = mediaOf(body);
  if (media.length === 0) return;
  const incident = await about(intake, spot, null);
  if (incident === null) return line(intake, spot, 'wecom.file_where');
  for (const [index, { url, aeskey }] of media.entries()) {
    await intake.evidence.add({
      url,
      aeskey: aeskey ?? null,
      incident,
      user: spot.caller.account.id,
      msgid: `${body.msgid}:${index}`,
      at: intake.clock.now(),
    });
  }
}
