import { history, PLATFORM } from '../api-shapes.ts';
import type { Handled, Intake } from '../intake/context.ts';
import { sourceOf } from '../intake/material.ts';
import { messageWritten } from '../intake/messages.ts';
import { reactionAdded } from '../intake/shortcuts.ts';
import { pagesOf } from '../send/api.ts';

/** Slack's clock and ours, and events that were on their way when the connection broke. */
const MARGIN = 60_000;
/** Tier 3 allows 50 a minute; half of it is left for look-ups that people wait for. */
const PAUSE = 2_400;
const PAGE = 200;

/**
 * Catches up after a gap: reads messages to the bot in the threads of open incidents. They go through the same handler
 * under the same keys, so messages that did arrive are not handled twice. The newest threads first.
 */
export async function catchUp(
  intake: Intake,
  since: number,
  options: { readonly threads: number; readonly isStopped: () => boolean; run(after: Handled['after']): void },
): Promise<void> {
  const open = await intake.threads.open(PLATFORM, options.threads);
  for (const [index, thread] of open.entries()) {
    if (options.isStopped()) return;
    if (index > 0) await pause(intake);
    const channel = thread.room.split('/').slice(2).join('/');
    try {
      await catchUpThread(intake, { ...thread, channel }, since - MARGIN, (after) => options.run(after));
    } catch (error) {
      intake.log.warn({ err: error, incident: thread.incident }, 'a thread could not be caught up');
    }
  }
}

/** Page by page: a thread in which many talk has more than one page after an hour. */
async function catchUpThread(
  intake: Intake,
  { channel, ref }: { readonly channel: string; readonly ref: string },
  oldest: number,
  run: (after: Handled['after']) => void,
): Promise<void> {
  const args = { channel, ts: ref, oldest: String(oldest / 1_000), limit: PAGE };
  for await (const page of pagesOf(intake.api, 'conversations.replies', args, history, () => pause(intake))) {
    for (const { metadata: _, reactions = [], ...said } of page.messages) {
      if (said.ts === ref || Number(said.ts) * 1_000 < oldest) continue;
      const team = intake.directory.team;
      run((await messageWritten(intake, { channel, ...said, thread_ts: ref }, team)).after);
      if ((await sourceOf(intake, channel, said.ts)) !== null) continue;
      for (const { name: reaction, users } of reactions) {
        const item = { type: 'message', channel, ts: said.ts };
        const [user] = users;
        if (user !== undefined) await reactionAdded(intake, { user, reaction, item }, team);
      }
    }
  }
}

function pause(intake: Intake): Promise<void> {
  return new Promise((resolve) => {
    intake.clock.at(intake.clock.now() + PAUSE, resolve);
  });
}
