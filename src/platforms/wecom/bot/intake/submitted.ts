import { roomId } from '../../../../incident/identity.ts';
import { showsAll } from '../../../../incident/visibility.ts';
import type { Submitted } from '../../../../use-cases/app.ts';
import { questionOf, saysWhatChanged } from '../../cards/on-question.ts';
import { newsOf } from '../news.ts';
import { type Intake, languageOf, type Spot, say } from './context.ts';

type Done = Extract<Submitted, { kind: 'done' }>;

/** After a change: what is said where no card says it. */
export async function concluded(
  intake: Intake,
  spot: Spot,
  result: Submitted,
  how: { readonly isNew?: boolean; readonly isShown?: boolean } = {},
): Promise<void> {
  if (result.kind === 'refused') {
    return say(intake, spot, intake.explain(result.refusal, result.state), { incident: result.incident });
  }
  if (result.replayed) return;
  // A new incident shows itself, and so does a card that was changed in its place.
  if (how.isNew) await intake.chats.makeCurrent(spot.chat.id, result.incident);
  else if (result.said && !how.isShown && !isOnCard(spot, result) && !(await isOnQuestion(intake, spot, result)))
    await say(intake, spot, result.said, { incident: result.incident });
}

/** Whether a card that says the same comes here by itself: what has changed is posted anew. */
function isOnCard({ room }: Spot, { onCard, state }: Done): boolean {
  return onCard !== null && showsAll(state, room);
}

/** Whether the next question comes here by itself and begins with what the answer changed. */
async function isOnQuestion(intake: Intake, spot: Spot, { said, state, incident }: Done): Promise<boolean> {
  const { asked = null } = spot;
  const card =
    asked === null || !state.rooms[roomId(spot.room)] ? null : await questionOf(intake.app, spot.caller, incident);
  if (!said || !card || newsOf({ card, surface: 'question' }) === asked) return false;
  const next = { incident, card, language: languageOf(spot), revision: state.version };
  return saysWhatChanged(said, next, { flavour: 'bot' });
}
