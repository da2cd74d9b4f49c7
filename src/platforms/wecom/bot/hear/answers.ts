import type { Card, ViewRef } from '../../../../conversation/cards/card.ts';
import { showsAll } from '../../../../incident/visibility.ts';
import type { Outcome } from '../../../../talk/acts.ts';
import type { About, AnswerPort } from '../../../../talk/answering.ts';
import type { Done } from '../../../../talk/conclusion.ts';
import type { After } from '../../../../talk/intake-options.ts';
import { resultShown } from '../../../../talk/pressed-card.ts';
import type { RunningPort } from '../../../../talk/running-answers.ts';
import type { MadeFile } from '../../../../use-cases/documents/document-port.ts';
import type { SendOutcome } from '../../../../use-cases/ports.ts';
import type { WecomMessage } from '../../cards/task.ts';
import { BOT_LIMITS } from '../../limits.ts';
import { sendForm } from './drawn-forms.ts';
import { pressedCard } from './in-place.ts';
import { buttonOf } from './presses.ts';
import { answerAt, composed, directSpot, IN_WORDS, line, type Spot, say, sentence, type WecomBot } from './spots.ts';

/** Views sent with their surface name, so that a later press can update the card in place. */
const RENEWABLE: ReadonlySet<string> = new Set(['status', 'proposals', 'question', 'checklist', 'tasks']);

/** Returns ways to answer: one message each, in the act's conversation. A form is sent without a button to open it. */
export function portOf(bot: WecomBot, at: Spot): AnswerPort {
  const { pressed } = at.at;
  return {
    card: (card, about, view) => {
      const surface = view && RENEWABLE.has(view.view) ? view.view : null;
      return say(bot, spoken(at, about), card, { ...about, surface });
    },
    say: (text, incident = null) => say(bot, at, sentence(text), { incident }),
    form: (form, about) => sendForm(bot, spoken(at, about), form, about.revision),
    file: (file, _, view) => sendFile(bot, at, file, view),
    ...(pressed
      ? {
          inPlace: async ({ change }: Outcome) =>
            change !== null && (await resultShown(bot, pressedCard(bot, pressed), buttonOf(pressed), change)),
        }
      : {}),
    ...(at.at.request !== undefined && at.at.chat.kind === 'group'
      ? { running: runningOf(bot, at, at.at.request) }
      : {}),
  };
}

/** Returns the port for confirmations in a running reply: as text, for cards whose buttons can all be typed. */
function runningOf(bot: WecomBot, spot: Spot, request: string): RunningPort {
  const { chat, language } = spot.at;
  const noted = (ref: string, holds: WecomMessage) => answerAt(bot, spot, { ref, holds, isFile: false });
  const textOf = (card: Card, { incident, revision }: About): WecomMessage =>
    composed(spot, card, { incident, revision }, IN_WORDS);
  return {
    lasts: BOT_LIMITS.streamFor,
    takes: (card, about) => textOf(card, about).card === null,
    post: async (card, about) => {
      const message = textOf(card, about);
      const to = { chat: chat.id, language, request };
      const isOpen = bot.sender.isOpen(request);
      const ref = isOpen ? await bot.streams.begin(to, message.markdown ?? '', bot.intake.after) : null;
      if (ref === null) await say(bot, spot, card, about);
      else await bot.app.answered(noted(ref, message));
      return ref;
    },
    change: async (ref, card, about) => {
      const message = textOf(card, about);
      const sent = { ...noted(ref, message), isChanged: true as const };
      if (!(await bot.app.mayChange(sent))) return false;
      const isTaken = await bot.streams.change(ref, message.markdown ?? '');
      await bot.app.answered(sent);
      return isTaken;
    },
  };
}

/** Returns the spot in the answer's language: in a direct conversation the person's, who may just have chosen it. */
function spoken(spot: Spot, { language }: About): Spot {
  return spot.at.chat.kind === 'group' ? spot : { ...spot, at: { ...spot.at, language } };
}

/** Sends a draft, e-mail or fax sheet as a file; from a room abroad only to the asking person. */
async function sendFile(bot: WecomBot, spot: Spot, file: MadeFile, holds: ViewRef): Promise<SendOutcome | null> {
  const { room, chat, act } = spot.at;
  // Presses delivered again after a crash send no second file.
  if ((await bot.intake.answered.markSeen(`file:${act}`)) === 'known') return null;
  const address = room.location === 'abroad' ? spot.caller.account.id : chat.id;
  const outcome = await bot.sender.file(address, file, null, `file:${bot.ids.next()}`);
  if (outcome.kind === 'sent')
    await bot.app.answered(answerAt(bot, spot, { address, ref: outcome.ref, holds, isFile: true }));
  return outcome;
}

/** Sends the first question to the declarer only, if the group may not show the incident's content. */
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
