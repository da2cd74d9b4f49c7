import type { Card, ViewRef } from '../../../../conversation/cards/card.ts';
import { fileRefusedCard } from '../../../../conversation/filing/draft-card.ts';
import { showsAll } from '../../../../incident/visibility.ts';
import type { Outcome } from '../../../../talk/acts.ts';
import type { About, AnswerPort } from '../../../../talk/answering.ts';
import type { Done } from '../../../../talk/conclusion.ts';
import type { After } from '../../../../talk/intake-options.ts';
import type { RunningPort } from '../../../../talk/running-answers.ts';
import type { MadeFile } from '../../../../use-cases/documents/document-port.ts';
import { incidentsNamedIn } from '../../../../use-cases/notices/sent-messages.ts';
import type { WecomMessage } from '../../cards/task.ts';
import { BOT_LIMITS } from '../../limits.ts';
import { sendForm } from './drawn-forms.ts';
import { lock } from './presses.ts';
import {
  composed,
  directSpot,
  IN_WORDS,
  line,
  noted,
  type Spot,
  say,
  sentence,
  type WecomBot,
  whereSent,
} from './spots.ts';

/** Views that keep their name, because they are renewed in place later; the question as well. */
const RENEWABLE: ReadonlySet<string> = new Set(['status', 'question', 'checklist', 'tasks']);

/** Ways to answer: one message each, in the conversation where somebody acts. An offer to open a form is the form itself. */
export function portOf(bot: WecomBot, at: Spot): AnswerPort {
  const { pressed } = at.at;
  return {
    card: (card, about, view) => {
      const surface = view && RENEWABLE.has(view.view) ? view.view : null;
      return say(bot, spoken(at, about), card, { ...about, surface });
    },
    say: (text, incident = null) => say(bot, at, sentence(text), { incident }),
    form: (form, about) => sendForm(bot, spoken(at, about), form, about.revision),
    file: (file, about, ref) => sendFile(bot, spoken(at, about), file, { ...about, ref }),
    ...(pressed
      ? { inPlace: async ({ change }: Outcome) => change !== null && (await lock(bot, pressed, change)) }
      : {}),
    ...(at.at.request !== undefined && at.at.chat.kind === 'group'
      ? { running: runningOf(bot, at, at.at.request) }
      : {}),
  };
}

/** Confirmations as a running reply: texts whose buttons can also be typed. */
function runningOf(bot: WecomBot, spot: Spot, request: string): RunningPort {
  const { chat, language } = spot.at;
  const textOf = (card: Card, { incident, revision }: About): WecomMessage =>
    composed(spot, card, { incident, revision }, IN_WORDS);
  const sentOf = (ref: string, message: WecomMessage) => {
    const incidents = [...new Set([message.incident, ...incidentsNamedIn(message)])].filter((one) => one !== '');
    return { ...whereSent(bot, chat.id, language), ref, incidents, isFile: false };
  };
  return {
    lasts: BOT_LIMITS.streamFor,
    takes: (card, about) => textOf(card, about).card === null,
    post: async (card, about) => {
      const message = textOf(card, about);
      const to = { chat: chat.id, language, request };
      const isOpen = bot.sender.isOpen(request);
      const ref = isOpen ? await bot.streams.begin(to, message.markdown ?? '', bot.intake.after) : null;
      if (ref === null) await say(bot, spot, card, about);
      else await bot.app.answered(sentOf(ref, message));
      return ref;
    },
    change: async (ref, card, about) => {
      const message = textOf(card, about);
      const sent = { ...sentOf(ref, message), isChanged: true as const };
      if (!(await bot.app.mayChange(sent))) return false;
      const isTaken = await bot.streams.change(ref, message.markdown ?? '');
      await bot.app.answered(sent);
      return isTaken;
    },
  };
}

/** Spot with the language of the answer: in a direct conversation the person's, which may just have been chosen. */
function spoken(spot: Spot, { language }: About): Spot {
  return spot.at.chat.kind === 'group' ? spot : { ...spot, at: { ...spot.at, language } };
}

/** Sends a draft, an e-mail or a fax sheet as a file; from a room abroad only to the asking person. */
async function sendFile(
  bot: WecomBot,
  spot: Spot,
  file: MadeFile,
  { ref, revision }: Pick<About, 'revision'> & { readonly ref: ViewRef },
): Promise<void> {
  const { room, chat, act } = spot.at;
  // A press that is delivered again after a crash sends no second file.
  if ((await bot.intake.answered.markSeen(`file:${act}`)) === 'known') return;
  const incident = ref.args['incident'] ?? '';
  const to = room.location === 'abroad' ? spot.caller.account.id : chat.id;
  const outcome = await bot.sender.file(to, file, null, `file:${bot.ids.next()}`);
  if (outcome.kind === 'sent') await noted(bot, spot, to, { ref: outcome.ref, incidents: [incident], isFile: true });
  if (outcome.kind !== 'refused') return;
  bot.log.warn({ detail: outcome.detail, reason: outcome.reason }, 'a file was refused');
  await say(bot, spot, fileRefusedCard(file.name, outcome.reason, ref), { incident, revision });
}

/** After a declaration in a group that does not show its content: sends the first question to the declarer only. */
export async function askedAlone(bot: WecomBot, spot: Spot, { state, incident }: Done): Promise<After | null> {
  if (spot.at.chat.kind !== 'group' || showsAll(state, spot.at.room)) return null;
  return async () => {
    const alone = directSpot(bot, spot.caller.account.id, spot.at.act);
    const question = await bot.app.view({ view: 'question', args: { incident } }, alone.caller);
    await bot.intake.talk.focus(alone, incident);
    const about = { incident, revision: state.version, surface: 'question' };
    const isSent = !('code' in question) && (await say(bot, alone, question, about));
    await line(bot, spot, isSent ? 'wecom.asked_alone' : 'wecom.ask_alone', { id: { raw: incident } }, incident);
  };
}
