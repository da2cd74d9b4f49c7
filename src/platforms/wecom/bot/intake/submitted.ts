import type { Submitted } from '../../../../use-cases/app.ts';
import { PLATFORM } from '../ports.ts';
import { type Intake, line, type Spot, say } from './context.ts';

/** After a change: what is said where no card says it, and who will not hear of it. */
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
  await warnOfUnreached(intake, spot, result);
}

/** Who assigns something to a person that nothing reaches is told so at once. */
async function warnOfUnreached(
  intake: Intake,
  spot: Spot,
  { state, incident }: Extract<Submitted, { kind: 'done' }>,
): Promise<void> {
  const given = Object.values(state.owners).find((stamp) => stamp.version === state.version)?.owner;
  const person = given ? state.people[given] : undefined;
  const account = person?.account;
  if (!person || account?.platform !== PLATFORM || intake.chats.isReachable(account.id)) return;
  const isSelf = account.id === spot.caller.account.id;
  await line(
    intake,
    spot,
    isSelf ? 'wecom.unreachable_you' : 'wecom.unreachable',
    { name: { raw: person.name } },
    incident,
  );
}
