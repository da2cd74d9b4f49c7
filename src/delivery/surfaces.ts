import { isDrillId } from '../incident/identity.ts';
import type { SurfaceRow } from '../use-cases/ports.ts';
import type { Budgets, Permits } from './budgets.ts';
import { ConcurrentSends } from './concurrent-sends.ts';
import type { OutgoingKind } from './outgoing-queue.ts';
import { RETRY, Showing, type ShowingDependencies } from './showing.ts';

export interface SurfaceDependencies extends ShowingDependencies {
  /** Waits for the turn of the next piece of work. */
  turn(of: OutgoingKind): Promise<void>;
  /** Something was shown or failed and nothing is left of the last look: look again. With the error if one was thrown. */
  readonly ended: (error: unknown) => void;
  readonly budgets: Budgets;
}

/** Rows looked at in one pass, and how many more if most of them cannot move. */
const WINDOW = 500;
const WIDEST = 500;
/** Threads of incidents worked on at the same time. */
const AT_ONCE = 20;

/**
 * Makes rooms equal to the record: posts missing surfaces, edits changed ones, one edit budget per workspace. Order:
 * not posted yet, changed, only stale; within each, real incidents before drills and then the stalest, measured by its
 * own wanted interval. Nothing is queued for long, so nothing old is ever shown. One incident in one room is worked on
 * in order, roots first; a slow room delays no other.
 */
export class SurfaceKeeper {
  readonly #deps: SurfaceDependencies;
  readonly #budgets: Budgets;
  readonly #showing: Showing;
  /** Rows whose last attempt failed, with the time of the next one: they must not keep the loop busy. */
  readonly #resting = new Map<string, number>();
  readonly #flights: ConcurrentSends;
  #queue: (readonly SurfaceRow[])[] = [];
  #limited = 0;
  /** Time at which stale cards are checked again, epoch ms. */
  #staleAgain = 0;

  constructor(deps: SurfaceDependencies) {
    this.#deps = deps;
    this.#budgets = deps.budgets;
    this.#showing = new Showing(deps, this.#budgets);
    this.#flights = new ConcurrentSends(AT_ONCE, (error) => {
      this.#launch();
      if (error !== null || this.#queue.length === 0) deps.ended(error);
    });
  }

  /** Starts updates of dirty or stale surfaces; returns the time of the next pass (epoch milliseconds). */
  async pass(): Promise<number | null> {
    const { store, clock } = this.#deps;
    const now = clock.now();
    for (const [key, until] of this.#resting) if (until <= now) this.#resting.delete(key);
    const window = WINDOW + 2 * this.#resting.size + Math.min(2 * this.#limited, WIDEST);
    // Without a permit for another edit only changed cards are checked, so that a wake-up for a notice stays cheap.
    const rows = await store.surfaces.wanting(now < this.#staleAgain ? 0 : now, window);
    // Rows under way need no permit: the end of their send causes another pass.
    const awake = rows.filter((row) => !this.#resting.has(rowKey(row)) && !this.#flights.has(threadKey(row)));
    const { movable, next } = this.#withinBudget(inOrder(awake, now), now);
    if (next.stale !== null) this.#staleAgain = next.stale;
    this.#queue = [...Map.groupBy(movable, threadKey).values()];
    this.#launch();
    let later = next.changed;
    if (this.#staleAgain > now) later = earliest(later, this.#staleAgain);
    for (const until of this.#resting.values()) later = earliest(later, until);
    // Rows stale at `now` are under way, rest or wait for their budget; one that fell due since was not looked at.
    const stale = await store.surfaces.nextStaleAt(now);
    return stale !== null ? earliest(later, stale) : later;
  }

  idle(): Promise<void> {
    return this.#flights.idle();
  }

  halt(): void {
    this.#queue = [];
  }

  get busy(): boolean {
    return this.#flights.free < AT_ONCE;
  }

  #launch(): void {
    while (this.#flights.free > 0) {
      const group = this.#queue.shift();
      const [first] = group ?? [];
      if (!group || !first) return;
      const key = threadKey(first);
      // The thread is being worked on; the end of that work starts another pass.
      if (this.#flights.has(key)) continue;
      this.#flights.start(key, async () => {
        for (const row of group) await this.#keepOrRest(row);
      });
    }
  }

  /** Edits beyond the budget of their workspace are not even rendered. */
  #withinBudget(rows: readonly SurfaceRow[], now: number): { movable: readonly SurfaceRow[]; next: Permits['next'] } {
    const permits = this.#budgets.permits(now);
    const movable = rows.filter((row) => row.ref === null || !this.#isCounted(row) || permits.grant(row));
    this.#limited = rows.length - movable.length;
    return { movable, next: permits.next };
  }

  /** Updates a card. After an error the row waits: a store that cannot commit must not cause one post repeatedly. */
  async #keepOrRest(row: SurfaceRow): Promise<void> {
    // Cards below a root that was just refused wait with it.
    const root =
      row.key === 'status' || row.ref !== null ? undefined : this.#resting.get(rowKey({ ...row, key: 'status' }));
    if (root !== undefined) {
      this.#resting.set(rowKey(row), root);
      return;
    }
    await this.#deps.turn('card');
    try {
      // A row read before the last post of this thread ended must not be posted again.
      const current = row.ref === null ? await this.#deps.store.surfaces.get(row.incident, row.room, row.key) : row;
      if (!current || !(current.dirty || current.ref === row.ref)) return;
      const rest = await this.#showing.keep(current);
      if (rest !== null) this.#rest(row, rest);
    } catch (error) {
      this.#rest(row, RETRY);
      throw error;
    }
  }

  /** Returns true if an edit of this card needs a permit. */
  #isCounted({ room, ref }: SurfaceRow): boolean {
    const canEdit = this.#deps.messengers.get(room.split('/')[0] ?? '')?.canEdit;
    return canEdit !== undefined && !(ref !== null && canEdit.isFree?.(room, ref));
  }

  #rest(row: SurfaceRow, ms: number): void {
    this.#resting.set(rowKey(row), this.#deps.clock.now() + ms);
  }
}

function inOrder(rows: readonly SurfaceRow[], now: number): readonly SurfaceRow[] {
  return rows.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      Number(isDrillId(a.incident)) - Number(isDrillId(b.incident)) ||
      ageOf(b, now) - ageOf(a, now),
  );
}

/** Order: roots never shown, then rows below them, then changed cards, then cards on which only the time changed. */
function rankOf(row: SurfaceRow): number {
  if (row.ref === null) return row.key === 'status' ? 0 : 1;
  return row.dirty ? 2 : 3;
}

/** Age in units of the wanted interval. */
function ageOf(row: SurfaceRow, now: number): number {
  const shownAt = row.shownAt ?? 0;
  const interval = Math.max(1, row.refreshEvery ?? (row.refreshAt ?? shownAt + 60_000) - shownAt);
  return (now - shownAt) / interval;
}

/** One incident in one room. */
function threadKey(row: Pick<SurfaceRow, 'incident' | 'room'>): string {
  return `${row.incident}:${row.room}`;
}

function rowKey(row: Pick<SurfaceRow, 'incident' | 'room' | 'key'>): string {
  return `${row.incident}:${row.room}:${row.key}`;
}

function earliest(a: number | null, b: number): number {
  return a === null ? b : Math.min(a, b);
}
