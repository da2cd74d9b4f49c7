import type { Submitted } from '../../../../use-cases/app.ts';
import { type Intake, type Spot, say } from './context.ts';

/** After a change: what is said where no card says it. */
export async function concluded(
  intake: Intake,
  spot: Spot,
  result: Submitted,
  how: { readonly isNew?: boolean; readonly isShown?: boolean } = {},
): Promise<void> {
  if (result.kind === 'refused') {
    return say(intake, spot, intake.explain(result.refusal, result.incident), { incident: result.incident });
  }
  if (result.replayed) return;
  // A new incident shows itself, and so does a card that was changed in its place.
  if (how.isNew) await intake.chats.makeCurrent(spot.chat.id, result.incident);
  else if (result.said && !how.isShown) await say(intake, spot, result.said, { incident: result.incident });
}
