import { keptIfFailed } from '../../shared/keep-failed.ts';
import { PLATFORM } from '../api-shapes.ts';
import { type Handled, type Intake, NOTHING } from '../intake/context.ts';
import { kindOf, listen } from '../intake/router.ts';
import { apology, originOf } from './apology.ts';
import { BoltDispatch } from './bolt.ts';

/** Both transports hand payloads to this: nothing is acknowledged before it resolves, and a rejection is never acknowledged. */
export type Receive = (body: unknown) => Promise<Handled>;

/** Tokens and live addresses are of no use later. */
const SECRETS = new Set(['token', 'response_url', 'trigger_id', 'response_urls']);

/**
 * Handles payloads. A failed commit is not acknowledged, so Slack delivers an event again and shows a person that it did
 * not work; a payload that cannot be handled is kept, acknowledged and answered with an apology.
 */
export function createReceive(intake: Intake, botToken: string): Receive {
  const bolt = new BoltDispatch(botToken, (app, answering) => listen(intake, app, answering));
  return (body) => {
    const from = originOf(body);
    intake.directory.assumeTeam(from?.team_id ?? from?.team?.id ?? '');
    return keptIfFailed(intake, {
      ...{ platform: PLATFORM, body, secrets: SECRETS },
      handle: async () => {
        const handled = typeof body === 'object' && body !== null ? await bolt.process(body) : null;
        // Kinds nobody subscribed to, `view_closed`, and whatever Slack invents: taken, and nothing done.
        if (!handled) intake.log.info({ kind: kindOf(body) }, 'payload of a kind that is not used');
        return handled ?? NOTHING;
      },
      apologise: () => apology(intake, body),
    });
  };
}
