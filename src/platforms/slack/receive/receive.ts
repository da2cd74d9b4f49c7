import { committed, NotCommitted, unhandled } from '../../../use-cases/platform-support.ts';
import type { InboxStore } from '../../../use-cases/ports.ts';
import { PLATFORM } from '../api-shapes.ts';
import { type Handled, type Intake, NOTHING } from '../intake/context.ts';
import { kindOf, listen } from '../intake/router.ts';
import { apology } from './apology.ts';
import { BoltDispatch } from './bolt.ts';

/** Both transports hand payloads to this: nothing is acknowledged before it resolves, and a rejection is never acknowledged. */
export type Receive = (body: unknown) => Promise<Handled>;

/**
 * Handles payloads safely. A failed commit is not acknowledged, so Slack delivers an event again and shows a person
 * that it did not work; a payload we cannot handle is kept with its body, acknowledged, and answered with an apology.
 */
export function createReceive(intake: Intake, inbox: Pick<InboxStore, 'failed'>, botToken: string): Receive {
  const bolt = new BoltDispatch(botToken, (app, answering) => listen(intake, app, answering));
  return async (body) => {
    intake.directory.assumeTeam(teamOf(body));
    try {
      const handled = typeof body === 'object' && body !== null ? await bolt.process(body) : null;
      // Kinds nobody subscribed to, `view_closed`, and whatever Slack invents: taken, and nothing done.
      if (!handled) intake.log.info({ kind: kindOf(body) }, 'payload of a kind that is not used');
      return handled ?? NOTHING;
    } catch (error) {
      if (error instanceof NotCommitted) {
        intake.log.error({ err: error.cause }, 'not committed, so not acknowledged');
        throw error;
      }
      intake.log.error({ err: error, kind: kindOf(body) }, 'payload could not be handled; it is kept');
      await keep(intake, inbox, body, error);
      return apology(intake, body);
    }
  };
}

/** If it cannot be kept either, it is not acknowledged. */
async function keep(intake: Intake, inbox: Pick<InboxStore, 'failed'>, body: unknown, error: unknown): Promise<void> {
  const text = JSON.stringify(body, withoutHandles);
  await committed(inbox.failed(unhandled(PLATFORM, { body: text, error, at: intake.clock.now() })));
}

/** Tokens and live addresses are of no use later and do not belong on disk. */
function withoutHandles(key: string, value: unknown): unknown {
  return key === 'token' || key === 'response_url' || key === 'trigger_id' || key === 'response_urls'
    ? undefined
    : value;
}

function teamOf(body: unknown): string {
  return stringAt(body, 'team_id') ?? stringAt(fieldOf(body, 'team'), 'id') ?? '';
}
function fieldOf(body: unknown, field: string): unknown {
  return typeof body === 'object' && body !== null
    ? Object.entries(body).find(([name]) => name === field)?.[1]
    : undefined;
}
function stringAt(body: unknown, field: string): string | undefined {
  const value = fieldOf(body, field);
  return typeof value === 'string' ? value : undefined;
}
