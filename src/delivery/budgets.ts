import { isDrillId } from '../incident/identity.ts';
import type { Clock, Messenger, SurfaceRow } from '../use-cases/ports.ts';

/**
 * Token bucket: `perMinute` permits, spread evenly, with a burst of a fifth of them. A minute that begins with a full
 * bucket allows `perMinute` plus the burst, never more. Pure arithmetic over an injected time.
 */
export class Budget {
  readonly #perMinute: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;
  #pausedUntil: number;

  constructor(perMinute: number, now: number) {
    this.#perMinute = perMinute;
    this.#burst = Math.max(1, Math.floor(perMinute / 5));
    this.#tokens = this.#burst;
    this.#at = now;
    this.#pausedUntil = now;
  }

  available(now: number): number {
    this.#refill(now);
    return Math.floor(this.#tokens);
  }

  /** Permits reserved for changed cards; renewals of unchanged ones may not use them: half of the burst. */
  get reserve(): number {
    return Math.floor(this.#burst / 2);
  }

  /** Takes one permit; returns false if there is none. */
  take(now: number): boolean {
    this.#refill(now);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Time (epoch ms) at which `wanted` permits, from 1 to the burst, are available. */
  nextAt(now: number, wanted = 1): number {
    this.#refill(now);
    if (this.#tokens >= wanted) return now;
    return Math.ceil(now + ((wanted - this.#tokens) * 60_000) / this.#perMinute);
  }

  /** Stops sending until the instant (epoch ms) given by the platform. */
  pauseUntil(instant: number): void {
    this.#tokens = 0;
    this.#pausedUntil = Math.max(this.#pausedUntil, instant);
  }

  #refill(now: number): void {
    // A clock that was set back earns no permits, and pauses move back with it.
    const back = Math.max(0, this.#at - now);
    this.#pausedUntil -= back;
    const since = Math.max(this.#at - back, this.#pausedUntil);
    const earned = (Math.max(0, now - since) * this.#perMinute) / 60_000;
    this.#tokens = Math.min(this.#burst, this.#tokens + earned);
    this.#at = now;
  }
}

const USUAL_PER_MINUTE = 30;
/** Divisor of a workspace's edit budget that gives the share of drills. */
const DRILL_SHARE = 3;

type Edit = Pick<SurfaceRow, 'incident' | 'room' | 'dirty'>;

interface Workspace {
  readonly all: Budget;
  readonly drills: Budget;
  /** Messages that wait for a permit to be taken back, by key, with the time at which each asks again. */
  readonly waiting: Map<string, { readonly incident: string; readonly until: number }>;
}
/** Time (ms) without a new request after which a message no longer waits for a permit. */
const FORGOTTEN = 60_000;

/** Edits that one pass may start, within the budgets. */
export interface Permits {
  /** Returns true and counts one permit if the card may be edited now. */
  grant(edit: Edit): boolean;
  /** Time of the next permit (epoch ms) for changed cards, and for stale cards, that got none; null if all got one. */
  readonly next: { readonly changed: number | null; readonly stale: number | null };
}

/**
 * Edit budget of each workspace. Changed cards of real incidents may use all of it. Stale cards, and all cards of
 * drills, leave the reserve to them; drills get at most a third, however fast they run. While messages wait to be taken
 * back, cards of other incidents leave the reserve and one more permit; cards of the same incident may use all of it.
 */
export class Budgets {
  readonly #messengers: ReadonlyMap<string, Messenger>;
  readonly #clock: Clock;
  readonly #of = new Map<string, Workspace>();

  constructor(messengers: ReadonlyMap<string, Messenger>, clock: Clock) {
    this.#messengers = messengers;
    this.#clock = clock;
  }

  /** Permits at `now` (epoch ms); granting one does not consume it. */
  permits(now: number): Permits {
    const used = new Map<Budget, number>();
    const next: { changed: number | null; stale: number | null } = { changed: null, stale: null };
    return {
      next,
      grant: (edit) => {
        const needs = this.#needs(edit, now);
        const missing = needs.filter(({ of, keep }) => of.available(now) - (used.get(of) ?? 0) <= keep);
        for (const { of } of missing.length === 0 ? needs : []) used.set(of, (used.get(of) ?? 0) + 1);
        const kind = edit.dirty ? 'changed' : 'stale';
        for (const { of, keep } of missing) {
          const at = Math.max(of.nextAt(now, keep + 1), now + 1);
          next[kind] = Math.min(next[kind] ?? at, at);
        }
        return missing.length === 0;
      },
    };
  }

  /** Takes a permit for an edit; returns false if there is none. */
  take(edit: Edit, now: number): boolean {
    const needs = this.#needs(edit, now);
    return needs.every(({ of, keep }) => of.available(now) > keep) && needs.every(({ of }) => of.take(now));
  }

  /** Takes a permit to replace a message, or returns when to retry (epoch ms). Only urgent ones may use the reserve. */
  takeBack(
    { key, incident, room }: Pick<SurfaceRow, 'key' | 'incident' | 'room'>,
    now: number,
    isUrgent = true,
  ): number | null {
    const { all, waiting } = this.#workspaceOf(room);
    if (!isUrgent) {
      const isTaken = this.take({ incident, room, dirty: false }, now);
      return isTaken ? null : Math.max(all.nextAt(now, all.reserve + 1), now + 1_000);
    }
    // An urgent replacement may also use the reserve, because the message may contain a state secret.
    if (all.take(now)) {
      waiting.delete(key);
      return null;
    }
    waiting.set(key, { incident, until: now });
    const before = [...waiting.keys()].indexOf(key);
    const until = Math.max(all.nextAt(now, 1 + before), now + 1);
    waiting.set(key, { incident, until });
    return until;
  }

  /** Stops edits in a room's workspace until the instant (epoch ms) given by the platform. */
  pauseUntil(room: string, instant: number): void {
    this.#workspaceOf(room).all.pauseUntil(instant);
  }

  #needs(edit: Edit, now: number): readonly { readonly of: Budget; readonly keep: number }[] {
    const { all, drills, waiting } = this.#workspaceOf(edit.room);
    for (const [key, { until }] of waiting) if (until < now - FORGOTTEN) waiting.delete(key);
    const taken = [...waiting.values()].map(({ incident }) => incident);
    if (taken.length > 0) return [{ of: all, keep: taken.includes(edit.incident) ? 0 : all.reserve + 1 }];
    if (isDrillId(edit.incident)) {
      return [
        { of: all, keep: all.reserve },
        { of: drills, keep: 0 },
      ];
    }
    return [{ of: all, keep: edit.dirty ? 0 : all.reserve }];
  }

  #workspaceOf(room: string): Workspace {
    const [platform = '', tenant = ''] = room.split('/');
    const key = `${platform}/${tenant}`;
    let found = this.#of.get(key);
    if (!found) {
      const perMinute = this.#messengers.get(platform)?.canEdit?.perMinute ?? USUAL_PER_MINUTE;
      const now = this.#clock.now();
      found = {
        all: new Budget(perMinute, now),
        drills: new Budget(perMinute / DRILL_SHARE, now),
        waiting: new Map(),
      };
      this.#of.set(key, found);
    }
    return found;
  }
}
