import { roomId } from '../../../../incident/identity.ts';
import { showsAll } from '../../../../incident/visibility.ts';
import type { Outcome } from '../../../../talk/heard.ts';
import type { Submitted } from '../../../../use-cases/app.ts';
import { isOnQuestion } from '../../cards/on-question.ts';
import { type Intake, languageOf, type Spot, say } from './context.ts';

type Done = Extract<Submitted, { kind: 'done' }>;

/** Replies after a change, where no card shows it. `isShown`: a card was changed in its place. */
export async function concluded(
  intake: Intake,
  spot: Spot,
  { change, answers, incident, declared }: Outcome,
  isShown = false,
): Promise<void> {
  // A new incident shows itself.
  if (change?.kind === 'done' && (isShown || declared || (await isOnCard(intake, spot, change)))) return;
  for (const answer of answers) if (answer.kind === 'card') await say(intake, spot, answer.card, { incident });
}

/** Returns true if a card with the same content is posted here anyway, because changes are posted anew. */
async function isOnCard(intake: Intake, spot: Spot, change: Done): Promise<boolean> {
  const { room, caller, asked = null } = spot;
  if (change.onCard !== null && showsAll(change.state, room)) return true;
  if (!change.state.rooms[roomId(room)]) return false;
  return isOnQuestion(intake.app, caller, change, {
    asked: { before: asked },
    language: languageOf(spot),
    options: { flavour: 'bot' },
  });
}
