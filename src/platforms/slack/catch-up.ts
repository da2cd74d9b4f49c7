import type { Handled, Intake } from './intake/context.ts';
import { messageWritten } from './intake/messages.ts';
import { history } from './wire.ts';

/** Slack's clock and ours, and events that were on their way when the connection broke. */
const MARGIN = 60_000;
/** Tier 3 allows 50 a minute; half of it is left for look-ups that people wait for. */
const PAUSE = 2_400;
const PAGE = 200;

/**
 * After a gap: what was said to the bot in the threads of open incidents meanwhile. It goes through the same handler under
 * the same keys, so what arrived after all is not done twice. The newest threads first.
 */
export async function catchUp(
  intake: Intake,
  since: number,
  options: { readonly threads: number; readonly isStopped: () => boolean; run(after: Handled['after']): void },
): Promise<void> {
  const open = await intake.threads.open(options.threads);
  for (const [index, thread] of open.entries()) {
    if (options.isStopped()) return;
    if (index > 0) await pause(intake);
    const channel = thread.room.split('/').slice(2).join('/');
    try {
      const answer = await intake.api.call('lookup', 'conversations.replies', {
        channel,
        ts: thread.ref,
        oldest: String((since - MARGIN) / 1_000),
        limit: PAGE,
      });
      for (const message of history.parse(answer).messages) {
        if (message.ts === thread.ref || Number(message.ts) * 1_000 < since - MARGIN) continue;
        const { metadata: _, reactions: __, ...said } = message;
        const event = { type: 'message' as const, channel, ...said, thread_ts: thread.ref };
        options.run((await messageWritten(intake, intake.directory.team, event)).after);
      }
    } catch (error) {
      intake.log.warn({ err: error, incident: thread.incident }, 'a thread could not be caught up');
    }
  }
}

function pause(intake: Intake): Promise<void> {
  return new Promise((resolve) => {
    intake.clock.at(intake.clock.now() + PAUSE, resolve);
  });
}
