import type { ViewRef } from '../../../../conversation/cards/card.ts';
import { fileRefusedCard } from '../../../../conversation/filing/file-refused.ts';
import type { Outcome } from '../../../../talk/acts.ts';
import { showAnswers as shown } from '../../../shared/answers.ts';
import type { OutgoingFile } from '../../../shared/http-client.ts';
import { aloneOf, type Intake, line, type Spot, say, sentence } from './context.ts';
import { offerForm } from './forms.ts';
import { replacing } from './in-place.ts';

/** Views that are renewed in their place, and the question, are known by their name later. */
const AS_SURFACE: ReadonlySet<string> = new Set(['status', 'question', 'checklist', 'tasks']);

/** Shows what was asked for, where it was asked. */
export async function showView(intake: Intake, spot: Spot, ref: ViewRef): Promise<void> {
  const incident = ref.args['incident'] ?? null;
  if (ref.view === 'download') return showAnswers(intake, spot, await intake.talk.view(ref, spot.caller));
  const card = await intake.app.view(ref, spot.caller);
  const alone = 'code' in card && card.code === 'ask_directly' ? aloneOf(intake, spot) : null;
  if (alone) {
    await showView(intake, alone, ref);
    return line(intake, spot, 'wecom.sent_alone', { name: { raw: spot.caller.name } }, incident);
  }
  if ('code' in card) return say(intake, spot, intake.explain(card, null), { incident });
  return say(intake, spot, card, { incident, surface: AS_SURFACE.has(ref.view) ? ref.view : null });
}

/** Sends what was asked for, one message each. Nothing can be opened here: an offer to open a form is the form itself. */
export function showAnswers(intake: Intake, spot: Spot, outcome: Outcome): Promise<void> {
  return shown(intake, spot.caller, outcome, {
    card: (card, { incident }) => say(intake, spot, card, { incident }),
    form: ({ ref }) => offerForm(intake, spot, ref),
    file: (file, _about, ref) => sendFile(intake, spot, file, ref),
  });
}

/** A draft, an e-mail or a fax sheet as a file with a line about it; from a room abroad only to the one who asked. */
async function sendFile(intake: Intake, spot: Spot, file: OutgoingFile, ref: ViewRef): Promise<void> {
  // Delivered again after a crash, the same press sends no second file.
  if (await intake.answered.seen(`file:${spot.act}`)) return;
  const incident = ref.args['incident'] ?? '';
  const to = spot.room.location === 'abroad' ? spot.caller.account.id : spot.chat.id;
  const about = replacing(spot, sentence({ raw: file.name }), { incident, revision: 0, surface: null });
  const outcome = await intake.sender.file(to, file, about, `file:${intake.ids.next()}`);
  if (outcome.kind !== 'refused') return;
  intake.log.warn({ detail: outcome.detail, reason: outcome.reason }, 'a file was refused');
  await say(intake, spot, fileRefusedCard(file.name, outcome.reason, ref), { incident });
}
