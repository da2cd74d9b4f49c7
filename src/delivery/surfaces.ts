import { isDrillId } from '../incident/identity.ts';
import type { SurfaceRow } from '../use-cases/ports.ts';
import type { Budgets, Permits } from './budgets.ts';
import { ConcurrentSends } from './concurrent-sends.ts';
import { SET_BACK } from './outbox.ts';
import type { OutgoingQueue } from './outgoing-queue.ts';
import { RETRY, Showing, type ShowingDependencies } from './showing.ts';

export interface SurfaceDependencies extends ShowingDependencies {
  /** Queue of all outgoing work. */
  readonly turns: Pick<OutgoingQueue, 'next'>;
  /** Called when a surface was shown or failed, so that a new pass is needed; with the error if one was thrown. */
  readonly ended: (error: unknown) => void;
  readonly budgets: Budgets;
}

/** Number of rows that one pass reads, and how many more if most of them cannot be edited. */
const WINDOW = 500;
const WIDEST = 500;
/** Maximum number of threads (incident in a room) in work at once. */
const AT_ONCE = 20;

/**
 * Keeper of the cards in rooms: posts missing ones and edits changed ones, within one edit budget per workspace. Order:
 * not posted yet, changed, stale; then real incidents before drills; then by age divided by the card's own refresh
 * interval, highest first. Content is read just before it is sent, so no old content is shown. Each thread (an incident
 * in a room) is handled in order, root first; a slow room delays no other.
 */
export class SurfaceKeeper {
  readonly #deps: SurfaceDependencies;
  readonly #budgets: Budgets;
  readonly #showing: Showing;
  /** Rows whose last attempt failed, with the time of the next one, so that they do not keep the loop busy. */
  readonly #resting = new Map<string, number>();
  readonly #flights: ConcurrentSends;
  #queue: (readonly SurfaceRow[])[] = [];
  #limited = 0;
  /** Time (epoch ms) at which stale cards are checked again. */
  #staleAgain = 0;
  /** Time of the last pass (epoch ms); before the first, the clock may have been set back since the last run. */
  #latest = Number.POSITIVE_INFINITY;

  constructor(deps: SurfaceDependencies) {
    this.#deps = deps;
    this.#budgets = deps.budgets;
    this.#showing = new Showing(deps, this.#budgets);
    this.#flights = new ConcurrentSends(AT_ONCE, (error) => {
      this.#launch();
      if (error !== null || this.#queue.length === 0) deps.ended(error);
    });
  }

  /** Starts updates of dirty or stale surfaces; returns the time of the next pass (epoch ms). */
  async pass(): Promise<number | null> {
    const { store, clock } = this.#deps;
    const now = clock.now();
    if (now < this.#latest - SET_BACK) await this.#rewind(now);
    this.#latest = now;
    for (const [key, until] of this.#resting) if (until <= now) this.#resting.delete(key);
    const window = WINDOW + 2 * this.#resting.size + Math.min(2 * this.#limited, WIDEST);
    // Without a permit for another edit only changed cards are checked, so that a wake-up for a notice stays cheap.
    const rows = await store.surfaces.wanting(now < this.#staleAgain ? 0 : now, window);
    // Rows in work need no permit: the end of their send causes another pass.
    const awake = rows.filter((row) => !this.#resting.has(rowKey(row)) && !this.#flights.has(threadKey(row)));
    const { movable, next } = this.#withinBudget(inOrder(awake, now), now);
    if (next.stale !== null) this.#staleAgain = next.stale;
    this.#queue = [...Map.groupBy(movable, threadKey).values()];
    this.#launch();
    let later = next.changed;
    if (this.#staleAgain > now) later = earliest(later, this.#staleAgain);
    for (const until of this.#resting.values()) later = earliest(later, until);
    // Rows stale at `now` are in work, resting, or waiting for their budget; a row that gets stale later was not read.
    const stale = await store.surfaces.nextStaleAt(now);
    return stale !== null ? earliest(later, stale) : later;
  }

  /** Ends waits that were computed from a clock that was ahead of `now`. */
  async #rewind(now: number): Promise<void> {
    this.#resting.clear();
    this.#staleAgain = 0;
    await this.#deps.store.surfaces.rewind(now);
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
      // The thread is in work; its end starts another pass.
      if (this.#flights.has(key)) continue;
      this.#flights.start(key, async () => {
        for (const row of group) await this.#keepOrRest(row);
      });
    }
  }

  /** Selects rows within the edit budgets; the others are not even rendered. */
  #withinBudget(rows: readonly SurfaceRow[], now: number): { movable: readonly SurfaceRow[]; next: Permits['next'] } {
    const permits = this.#budgets.permits(now);
    const movable = rows.filter((row) => row.ref === null || !this.#isCounted(row) || permits.grant(row));
    this.#limited = rows.length - movable.length;
    return { movable, next: permits.next };
  }

  /** Updates a card; after an error the row rests, so that a store that cannot commit does not cause repeated posts. */
  async #keepOrRest(row: SurfaceRow): Promise<void> {
    // Cards below a root that was just refused rest with it.
    const root =
      row.key === 'status' || row.ref !== null ? undefined : this.#resting.get(rowKey({ ...row, key: 'status' }));
    if (root !== undefined) {
      this.#resting.set(rowKey(row), root);
      return;
    }
    await this.#deps.turns.next('card');
    try {
      // A row without a handle is read again: an earlier post of this thread may have set it.
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

/** Rank in the order: new roots, other new cards, changed cards, stale cards. */
function rankOf(row: SurfaceRow): number {
  if (row.ref === null) return row.key === 'status' ? 0 : 1;
  return row.dirty ? 2 : 3;
}

/** Age of a card in units of its renewal interval. */
function ageOf(row: SurfaceRow, now: number): number {
  const shownAt = row.shownAt ?? 0;
  const interval = Math.max(1, row.refreshEvery ?? (row.refreshAt ?? shownAt + 60_000) - shownAt);
  return (now - shownAt) / interval;
}

/** Key of a thread: one incident in one room. */
function threadKey(row: Pick<SurfaceRow, 'incident' | 'room'>): string {
  return `${row.incident}:${row.room}`;
}

function rowKey(row: Pick<SurfaceRow, 'incident' | 'room' | 'key'>): string {
  return `${row.incident}:${row.room}:${row.key}`;
}

function earliest(a: number | null, b: number): number {
  return a === null ? b : Math.min(a, b);
}
