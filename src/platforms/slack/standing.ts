import { sentenceCard } from '../../conversation/cards/sentence.ts';
import { tellRoles } from '../../use-cases/notices/trouble.ts';
import { PLATFORM } from './api-shapes.ts';
import type { SlackNeeds } from './platform.ts';

/** Name of the alarm when the app is removed or its token revoked. */
export const REMOVED = 'slack_removed';
const HOUR = 3_600_000;
type Token = 'bot' | 'app';

/** Standing of the app with Slack: while it is refused the platform is down, and everything else goes on. */
export class Standing {
  readonly #needs: SlackNeeds;
  /** Tokens that Slack refuses, with its word for it, e.g. `token_revoked`. */
  readonly #revoked = new Map<Token, string>();

  constructor(needs: SlackNeeds) {
    this.#needs = needs;
  }

  /** Slack's word for which nothing can be sent; null while it can. */
  get revoked(): string | null {
    return this.#revoked.get('bot') ?? null;
  }
  get health(): { readonly ok: false; readonly detail: string } | null {
    const [detail] = this.#revoked.values();
    return detail === undefined ? null : { ok: false, detail };
  }

  /** Takes what a call came to: Slack's word of refusal, or null. Administrators hear of it once an hour, by another way. */
  is(token: Token, revoked: string | null): void {
    const { log, alarm, clock } = this.#needs;
    if (revoked === null) {
      if (this.#revoked.delete(token)) log.info({ kind: token }, 'Slack accepts the app again');
      return;
    }
    const isNew = this.#revoked.size === 0;
    this.#revoked.set(token, revoked);
    if (!isNew) return;
    alarm(REMOVED);
    log.error(
      { alarm: REMOVED, reason: revoked },
      'Slack does not accept the app any more; messages to it go another way. Run `npx jishi connect slack`',
    );
    const text = { key: 'slack.removed', params: { reason: { raw: revoked } } } as const;
    const key = `removed:${Math.floor(clock.now() / HOUR)}`;
    const card = sentenceCard(text, [], 'urgent');
    const told = { platform: PLATFORM, key, card, isDown: true, roles: ['administrator', 'lead'] } as const;
    tellRoles(this.#needs, told).catch((error: unknown) => log.warn({ err: error }, 'nobody was told of it'));
  }
}
