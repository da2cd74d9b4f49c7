import { roomId } from '../../../../incident/identity.ts';
import { showsAll } from '../../../../incident/visibility.ts';
import type { Outcome } from '../../../../talk/acts.ts';
import type { Submitted } from '../../../../use-cases/app.ts';
import { isOnQuestion } from '../../cards/on-question.ts';
import { accepted, type Intake, line, type Spot, say, spotOf } from './context.ts';

type Done = Extract<Submitted, { kind: 'done' }>;

/** Replies after a change, where no card shows it. `isShown`: a card was changed in its place. */
export async function concluded(
  intake: Intake,
  spot: Spot,
  { change, answers, incident, declared }: Outcome,
  isShown = false,
): Promise<void> {
  if (change?.kind === 'done' && declared && spot.chat.kind === 'group' && !showsAll(change.state, spot.room))
    return askAlone(intake, spot, change.incident);
  // A new incident shows itself.
  const isOpen = change?.kind === 'done' && change.said !== null && change.said.blocks.length > 0;
  if (change?.kind === 'done' && !isOpen && (isShown || declared || (await isOnCard(intake, spot, change)))) return;
  for (const answer of answers) if (answer.kind === 'card') await say(intake, spot, answer.card, { incident });
}

/** The question of an incident whose content its group does not show, to the declarer alone; or how to get there. */
async function askAlone(intake: Intake, spot: Spot, incident: string): Promise<void> {
  const alone = spotOf(intake, { chattype: 'single', from: { userid: spot.caller.account.id } });
  const question = await intake.app.view({ view: 'question', args: { incident } }, alone.caller);
  await intake.talk.focus(alone, incident);
  const isSent = !('code' in question) && (await accepted(intake, alone, question, { incident, surface: 'question' }));
  await line(intake, spot, isSent ? 'wecom.asked_alone' : 'wecom.ask_alone', { id: { raw: incident } }, incident);
}

/** Returns true if a card with the same content is posted here anyway, because changes are posted anew. */
async function isOnCard(intake: Intake, spot: Spot, change: Done): Promise<boolean> {
  const { room, caller, asked = null } = spot;
  if (change.onCard?.key === 'draft') return showsAll(change.state, room);
  return change.state.rooms[roomId(room)] !== undefined && isOnQuestion(intake.app, caller, change, { before: asked });
}
