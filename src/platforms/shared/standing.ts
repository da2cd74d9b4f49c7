import { sentenceCard } from '../../conversation/cards/sentence.ts';
import { joined, platformText } from '../../conversation/cards/situation.ts';
import { tellRoles } from '../../use-cases/notices/trouble.ts';
import type { PlatformNeeds } from '../description.ts';

const HOUR = 3_600_000;

/** Returns the alarm for an app that its platform refuses, e.g. `slack_removed`. */
export const removedAlarm = (platform: string): string => `${platform}_removed`;

type StandingNeeds = Pick<PlatformNeeds, 'log' | 'alarm' | 'clock' | 'profile' | 'links' | 'tell'>;

/** Standing of the app on its platform. If its credentials are refused, only this platform counts as down. */
export class Standing {
  readonly #needs: StandingNeeds;
  readonly #platform: string;
  readonly #tenant: string | null;
  /** Refused credentials, each with the platform's error code, e.g. `token_revoked`. */
  readonly #refused = new Map<string, string>();

  /** `tenant`: id of the workspace, on platforms with several, if it is not the first. */
  constructor(needs: StandingNeeds, platform: string, tenant: string | null = null) {
    this.#needs = needs;
    this.#tenant = tenant;
    this.#platform = platform;
  }

  /** Returns the error code with which some credentials are refused; null while they are accepted. */
  refusalOf(credentials: string): string | null {
    return this.#refused.get(credentials) ?? null;
  }
  get health(): { readonly ok: false; readonly detail: string } | null {
    const [detail] = this.#refused.values();
    return detail === undefined ? null : { ok: false, detail };
  }

  /** Records a call's result: refusal code or null. Administrators are notified hourly, by another channel. */
  is(credentials: string, refusal: string | null): void {
    const { log, alarm, clock } = this.#needs;
    const platform = this.#platform;
    if (refusal === null) {
      if (this.#refused.delete(credentials)) log.info({ platform, kind: credentials }, 'the app is accepted again');
      return;
    }
    const isNew = this.#refused.size === 0;
    this.#refused.set(credentials, refusal);
    if (!isNew) return;
    alarm(removedAlarm(platform));
    const tenant = this.#tenant;
    log.error(
      { platform, alarm: removedAlarm(platform), reason: refusal, ...(tenant === null ? {} : { tenant }) },
      `the app is refused; messages go another way. Run \`npx jishi connect ${platform}\``,
    );
    const title = platformText(platform);
    const params = {
      platform: tenant === null ? title : joined([title, { raw: tenant }], 'dot'),
      ...{ name: { raw: platform }, reason: { raw: refusal } },
    };
    const told = {
      ...{ platform, key: `removed:${[tenant ?? [], Math.floor(clock.now() / HOUR)].flat().join(':')}`, isDown: true },
      card: sentenceCard({ key: 'chat.removed', params }, [], 'urgent'),
      roles: ['administrator', 'lead'],
    } as const;
    tellRoles(this.#needs, told).catch((error: unknown) => log.warn({ err: error }, 'nobody was told of it'));
  }
}
