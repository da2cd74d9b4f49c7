import type { Text } from '../../conversation/cards/card.ts';
import { localise } from '../../conversation/cards/localise.ts';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import { tellRoles } from '../../use-cases/notices/trouble.ts';
import type { PlatformNeeds } from '../description.ts';
import { PLATFORM } from './limits.ts';
import type { Incoming } from './wire.ts';

/**
 * WeCom's events about apps that are rarely used: it warns, then stops them (documents 90240, 96238), and an app for
 * incidents is rarely used. The value is the app's standing afterwards.
 */
const EVENTS = {
  low_active_alert: 'warned',
  inactive_alert: 'warned',
  low_active: 'stopped',
  close_inactive_agent: 'stopped',
  active_restored: 'fine',
  reopen_inactive_agent: 'fine',
} as const;
const isEvent = (event: string): event is keyof typeof EVENTS => Object.hasOwn(EVENTS, event);

/** Key of the stored standing. */
export const STANDING = 'standing';
/** Messages to administrators, and problems shown to operators. */
const STANDINGS = {
  warned: { text: 'wecom_app.suspension.warned', trouble: 'wecom_app.doctor.standing_warned' },
  stopped: { text: 'wecom_app.suspension.stopped', trouble: 'wecom_app.doctor.standing_stopped' },
} as const;
type Bad = keyof typeof STANDINGS;
const isBad = (standing: string | null): standing is Bad => standing === 'warned' || standing === 'stopped';

/** Returns the problem for operators that follows from the stored standing; null if there is none. */
export function troubleOf(standing: string | null): Text | null {
  return isBad(standing) ? { key: STANDINGS[standing].trouble } : null;
}

type SuspensionNeeds = Pick<PlatformNeeds, 'kept' | 'profile' | 'links' | 'clock' | 'log' | 'tell' | 'alarm'>;

/** Suspension by WeCom, imminent or done; reported to administrators, the log, `/readyz` and `doctor`. */
export class Suspension {
  readonly #deps: SuspensionNeeds;
  #trouble: Text | null = null;

  constructor(deps: SuspensionNeeds) {
    this.#deps = deps;
  }

  /** Problem in English; null if there is none. */
  get trouble(): string | null {
    return this.#trouble && localise(this.#trouble, 'en');
  }

  /** Loads the latest standing, whichever instance received it. */
  async recall(): Promise<void> {
    await this.#deps.kept.watch(STANDING, 1, (_, kept) => {
      this.#trouble = troubleOf(kept);
    });
  }

  /** Handles an event about the app's standing; resolves with true once it is on disk, with false for other events. */
  async concerns({ event, key }: Incoming): Promise<boolean> {
    if (!isEvent(event)) return false;
    const { kept, log } = this.#deps;
    const standing = EVENTS[event];
    await kept.put(STANDING, standing);
    this.#trouble = troubleOf(standing);
    if (!isBad(standing)) {
      log.info({ event }, 'the app is in use again');
      return true;
    }
    log.error({ event }, this.trouble ?? '');
    this.#deps.alarm(`${PLATFORM}_${standing}`);
    const { text } = STANDINGS[standing];
    const isDown = standing === 'stopped';
    const card = sentenceCard({ key: text }, [], 'urgent');
    await tellRoles(this.#deps, { platform: PLATFORM, key, card, isDown, roles: ['administrator'] });
    return true;
  }
}
