import type { Clock, SendOutcome } from '../use-cases/ports.ts';
import type { BackgroundWork } from './background-work.ts';

/** Attempts to send one answer, the first included. */
const ATTEMPTS = 3;

/** Parts of the program on which sending works; `after`: work of the platform, which a stop ends. */
export interface Sending {
  readonly clock: Pick<Clock, 'now'>;
  readonly after: BackgroundWork;
}

/**
 * Sends an answer; if it is refused because of too many messages, sends it again once the platform accepts more.
 * Resolves with the handle, or null if it is sent later; rejects with the reason if not. `send` records what it sent.
 */
export async function sendAnswer(
  needs: Sending,
  send: () => Promise<SendOutcome>,
  attempts = ATTEMPTS,
): Promise<string | null> {
  const { clock, after } = needs;
  const outcome = await send();
  if (outcome.kind === 'sent') return outcome.ref;
  const until = outcome.kind === 'refused' ? outcome.retryAt : undefined;
  if (until === undefined || attempts === 1) throw new Error(`an answer was not taken: ${outcome.detail}`);
  const again = async (): Promise<void> => void (await sendAnswer(needs, send, attempts - 1));
  after.after(Math.max(0, until - clock.now()), () => after.run(again));
  return null;
}
