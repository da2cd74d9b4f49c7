import type { ViewRef } from '../../../../conversation/cards/card.ts';
import { fileRefusedCard } from '../../../../conversation/filing/draft-card.ts';
import { showsAll } from '../../../../incident/visibility.ts';
import type { Outcome } from '../../../../talk/acts.ts';
import type { Done } from '../../../../talk/conclusion.ts';
import type { After } from '../../../../talk/intake-options.ts';
import type { About, AnswerPort } from '../../../../talk/showing.ts';
import type { MadeFile } from '../../../../use-cases/documents/document-port.ts';
import { sendForm } from './drawn-forms.ts';
import { lock } from './presses.ts';
import { composed, directSpot, line, noted, type Spot, say, sentence, type WecomBot } from './spots.ts';

/** Views that are renewed in their place, and the question, are known by their name later. */
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
  };
}

/** Spot with the language of the answer: in a direct conversation that of the person, who may just have chosen it. */
function spoken(spot: Spot, { language }: About): Spot {
  return spot.at.chat.kind === 'group' ? spot : { ...spot, at: { ...spot.at, language } };
}

/** A draft, an e-mail or a fax sheet as a file with a line about it; from a room abroad only to the one who asked. */
async function sendFile(
  bot: WecomBot,
  spot: Spot,
  file: MadeFile,
  { ref, revision }: Pick<About, 'revision'> & { readonly ref: ViewRef },
): Promise<void> {
  const { room, chat, act } = spot.at;
  // Delivered again after a crash, the same press sends no second file.
  if ((await bot.intake.answered.markSeen(`file:${act}`)) === 'known') return;
  const incident = ref.args['incident'] ?? '';
  const to = room.location === 'abroad' ? spot.caller.account.id : chat.id;
  const about = composed(spot, sentence({ raw: file.name }), { incident });
  const outcome = await bot.sender.file(to, file, about, `file:${bot.ids.next()}`);
  if (outcome.kind === 'sent') await noted(bot, spot, to, { ref: outcome.ref, incidents: [incident], isFile: true });
  if (outcome.kind !== 'refused') return;
  bot.log.warn({ detail: outcome.detail, reason: outcome.reason }, 'a file was refused');
  await say(bot, spot, fileRefusedCard(file.name, outcome.reason, ref), { incident, revision });
}

/** After a declaration in a group that does not show its content: the first question, to the declarer alone. */
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
