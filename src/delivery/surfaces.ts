import { createHash } from 'node:crypto';
import type { Surface } from '../conversation/card.ts';
import type { Room } from '../incident/identity.ts';
import { roomOf } from '../incident/rooms.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Fail } from '../ops/failpoints.ts';
import type {
  Clock,
  Messenger,
  OutgoingMessage,
  Permits,
  Place,
  SendOutcome,
  Store,
  SurfaceRow,
} from '../use-cases/ports.ts';
import { Budget } from './budget.ts';
import { Flights } from './flights.ts';
import type { Outages } from './outages.ts';
import type { TurnOf } from './turns.ts';

export interface SurfaceDependencies {
  readonly store: Store;
  readonly messengers: ReadonlyMap<string, Messenger>;
  readonly clock: Clock;
  readonly fail: Fail;
  /** Hears what the platforms answer. */
  readonly outages: Pick<Outages, 'heard'>;
  /** Waits for the turn of the next piece of work. */
  turn(of: TurnOf): Promise<void>;
  /** What every surface of an incident should look like in a room now. */
  surfaces(state: IncidentState, room: Room): readonly Surface[];
  /** Something was shown or failed and nothing is left of the last look: look again. With the error if one was thrown. */
  readonly ended: (error: unknown) => void;
  /** What is left of the budget of the one workspace this is for. */
  readonly permits?: Permits;
}

const RETRY = 5_000;
/** Rows looked at in one pass, and how many more if most of them cannot move. */
const WINDOW = 500;
const WIDEST = 500;
/** Threads of incidents worked on at the same time. */
const AT_ONCE = 20;
/** However fast a drill runs, a card is not edited more often by itself. */
const SHORTEST_INTERVAL = 1_000;

interface Sending {
  readonly messenger: Messenger;
  readonly place: Place;
  readonly body: string;
}

/**
 * Makes rooms equal to what the record says: posts what is missing, edits what changed, one edit budget per workspace.
 * The stalest surface, measured by its own wanted interval, goes first; nothing is queued for long, so nothing old is
 * ever shown. One incident in one room is worked on in order, roots first; a slow room holds back nobody else.
 */
export class SurfaceKeeper {
  readonly #deps: SurfaceDependencies;
  readonly #budgets = new Map<string, Budget>();
  /** Rows that failed lately, with the time of the next try: they must not hold the loop busy. */
  readonly #resting = new Map<string, number>();
  readonly #flights: Flights;
  #queue: (readonly SurfaceRow[])[] = [];
  #limited = 0;
  /** When stale cards are looked at again. */
  #staleAgain = 0;

  constructor(deps: SurfaceDependencies) {
    this.#deps = deps;
    this.#flights = new Flights(AT_ONCE, (error) => {
      this.#launch();
      if (error !== null || this.#queue.length === 0) deps.ended(error);
    });
  }

  /** Looks at what is dirty or stale and starts what may move; answers when to look again (epoch milliseconds). */
  async pass(): Promise<number | null> {
    const { store, clock } = this.#deps;
    const now = clock.now();
    for (const [key, until] of this.#resting) if (until <= now) this.#resting.delete(key);
    const window = WINDOW + 2 * this.#resting.size + Math.min(2 * this.#limited, WIDEST);
    // Without a permit for another edit only what changed is worth a look: a wake-up for a notice must cost it nothing.
    const rows = await store.surfaces.wanting(now < this.#staleAgain ? 0 : now, window);
    // What is under way needs no permit and no look: its end looks again.
    const awake = rows.filter((row) => !this.#resting.has(rowKey(row)) && !this.#flights.has(threadKey(row)));
    const { movable, next } = this.#withinBudget(
      awake.toSorted((a, b) => urgency(b, now) - urgency(a, now)),
      now,
    );
    if (next !== null) this.#staleAgain = next;
    this.#queue = [...Map.groupBy(movable, threadKey).values()];
    this.#launch();
    let later = next ?? (this.#staleAgain > now ? this.#staleAgain : null);
    for (const until of this.#resting.values()) later = earliest(later, until);
    const stale = await store.surfaces.nextAt();
    // What is dirty now is under way, rests or waits for its budget.
    return stale !== null && stale > clock.now() ? earliest(later, stale) : later;
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

  get minds(): boolean {
    return this.#resting.size > 0;
  }

  /** What is left of the budget, if it was looked at. */
  get permits(): Permits | null {
    return this.#budgets.values().next().value?.left ?? null;
  }

  #launch(): void {
    while (this.#flights.free > 0) {
      const group = this.#queue.shift();
      const [first] = group ?? [];
      if (!group || !first) return;
      const key = threadKey(first);
      // Already worked on: the end of that looks again.
      if (this.#flights.has(key)) continue;
      this.#flights.start(key, async () => {
        for (const row of group) await this.#keepOrRest(row);
      });
    }
  }

  /** Edits beyond the budget of their workspace are not even rendered. */
  #withinBudget(rows: readonly SurfaceRow[], now: number): { movable: readonly SurfaceRow[]; next: number | null } {
    const left = new Map<Budget, number>();
    let next: number | null = null;
    const movable = rows.filter((row) => {
      if (row.ref === null || !this.#edits(row.room)) return true;
      const budget = this.#budget(row.room);
      const permits = left.get(budget) ?? budget.available(now);
      left.set(budget, permits - 1);
      if (permits > 0) return true;
      next = earliest(next, Math.max(budget.nextAt(now), now + 1));
      return false;
    });
    this.#limited = rows.length - movable.length;
    return { movable, next };
  }

  /** A store that cannot commit must not make us post again and again. */
  async #keepOrRest(row: SurfaceRow): Promise<void> {
    // What hangs below a root that was just not taken waits with it.
    const root =
      row.key === 'status' || row.ref !== null ? undefined : this.#resting.get(rowKey({ ...row, key: 'status' }));
    if (root !== undefined) {
      this.#resting.set(rowKey(row), root);
      return;
    }
    await this.#deps.turn('card');
    try {
      // What was read before the last post of this thread ended must not be posted once more.
      const current = row.ref === null ? await this.#deps.store.surfaces.get(row.incident, row.room, row.key) : row;
      if (current && (current.dirty || current.ref === row.ref)) await this.#keep(current);
    } catch (error) {
      this.#rest(row, RETRY);
      throw error;
    }
  }

  async #keep(row: SurfaceRow): Promise<void> {
    const { store, clock, messengers } = this.#deps;
    const state = await store.incident(row.incident);
    const room = state && roomOf(state, row.room);
    const messenger = room && messengers.get(room.platform);
    if (!state || !room || !messenger) {
      this.#rest(row, 60_000);
      return;
    }
    const surface = this.#deps.surfaces(state, room).find((s) => s.key === row.key);
    if (!surface) {
      this.#rest(row, 60_000);
      return;
    }
    const place = await this.#place(row, room);
    if (surface.ifPosted && row.ref === null) {
      const there = place && (await this.#standing(row, messenger, place));
      if (there?.kind === 'found') await this.#keep({ ...row, ref: there.ref });
      else if (there?.kind === 'unknown') this.#rest(row, RETRY);
      else await store.surfaces.shown(row, { ref: null, hash: '', at: clock.now(), refreshAt: null });
      return;
    }
    if (!place) {
      this.#rest(row, 1_000);
      return;
    }
    const message: OutgoingMessage = {
      incident: row.incident,
      card: surface.card,
      language: room.language,
      revision: state.version,
      surface: surface.key,
      ring: false,
    };
    const body = messenger.render(message);
    const shows = messenger.canEdit ? null : messenger.news?.(message);
    const hash = createHash('sha256')
      .update(shows ?? messenger.fingerprint?.(body) ?? body)
      .digest('hex');
    // Where nothing can be edited, time alone changes nothing; the ladder of reminders says how much is left.
    const stays = surface.validUntil === null || (!messenger.canEdit && surface.key === 'status');
    const refreshAt = stays ? null : Math.max(Date.parse(surface.validUntil), clock.now() + SHORTEST_INTERVAL);
    const after = { hash, refreshAt, refreshEvery: surface.every ?? null };
    // After an edit without an answer nobody knows what stands there: equal to what stood before is not equal to it.
    const isShown = hash === row.shownHash && row.attemptedAt === null;
    if (row.ref !== null && (isShown || !(messenger.canEdit || messenger.news))) {
      await store.surfaces.shown(row, { ref: row.ref, at: clock.now(), ...after });
      return;
    }
    // The permit may be gone by now; the row stays dirty and the next look finds it.
    if (row.ref !== null && messenger.canEdit && !this.#budget(row.room).take(clock.now())) return;
    await this.#show(row, { messenger, place, body }, after);
  }

  async #show(
    row: SurfaceRow,
    what: Sending,
    after: { readonly hash: string; readonly refreshAt: number | null; readonly refreshEvery: number | null },
  ): Promise<void> {
    const { store, clock, fail } = this.#deps;
    fail('before-surface');
    const outcome = await this.#send(row, what, after.hash);
    this.#deps.outages.heard(what.messenger.platform, outcome);
    fail('after-surface');
    if (outcome.kind === 'sent') {
      await store.surfaces.shown(row, { ref: outcome.ref, at: clock.now(), ...after });
      return;
    }
    if (outcome.kind === 'refused' && outcome.reason === 'gone' && row.ref !== null) {
      await store.surfaces.lost(row);
      return;
    }
    if (outcome.kind === 'refused' && outcome.reason === 'rate_limited') {
      const until = outcome.retryAt ?? clock.now() + RETRY;
      if (what.messenger.canEdit) this.#budget(row.room).pauseUntil(until);
      this.#rest(row, until - clock.now());
      return;
    }
    if (outcome.kind === 'unknown' && row.ref !== null) await store.surfaces.attempting(row, clock.now());
    this.#rest(row, RETRY);
  }

  /** A post whose answer was lost, if it was ever tried. */
  async #standing(row: SurfaceRow, messenger: Messenger, place: Place) {
    return row.attemptedAt === null ? undefined : messenger.canFind?.find(place, `surface:${rowKey(row)}`, 0);
  }

  /** A first post carries a key made of the row, so one lost before its handle was kept is found instead of doubled. */
  async #send(row: SurfaceRow, what: Sending, hash: string): Promise<SendOutcome> {
    if (row.ref !== null && what.messenger.canEdit) return what.messenger.canEdit.edit(what.place, row.ref, what.body);
    // What is posted anew is another message, unless its content is the same.
    const key = `surface:${rowKey(row)}${what.messenger.canEdit ? '' : `:${hash}`}`;
    const found = row.attemptedAt === null ? undefined : await what.messenger.canFind?.find(what.place, key, 0);
    if (found?.kind === 'found') {
      return what.messenger.canEdit
        ? what.messenger.canEdit.edit(what.place, found.ref, what.body)
        : { kind: 'sent', ref: found.ref };
    }
    if (found?.kind === 'unknown') return { kind: 'unknown', detail: 'history not readable' };
    await this.#deps.store.surfaces.attempting(row, this.#deps.clock.now());
    const outcome = await what.messenger.post(what.place, what.body, key);
    // Refused is seen by nobody: what stood there before still does, if that was certain.
    if (outcome.kind === 'refused' && !outcome.partly && row.attemptedAt === null) {
      await this.#deps.store.surfaces.attempting(row, null);
    }
    return outcome;
  }

  async #place(row: SurfaceRow, room: Room): Promise<Place | null> {
    const address = { tenant: room.tenant, address: room.address };
    if (row.key === 'status') return { ...address, thread: null };
    const root = await this.#deps.store.surfaces.get(row.incident, row.room, 'status');
    return root?.ref ? { ...address, thread: root.ref } : null;
  }

  #edits(room: string): boolean {
    return this.#deps.messengers.get(room.split('/')[0] ?? '')?.canEdit !== undefined;
  }

  #budget(room: string): Budget {
    const [platform = '', tenant = ''] = room.split('/');
    const key = `${platform}/${tenant}`;
    let budget = this.#budgets.get(key);
    if (!budget) {
      const perMinute = this.#deps.messengers.get(platform)?.canEdit?.perMinute ?? 30;
      budget = new Budget(perMinute, this.#deps.clock.now(), this.#deps.permits);
      this.#budgets.set(key, budget);
    }
    return budget;
  }

  #rest(row: SurfaceRow, ms: number): void {
    this.#resting.set(rowKey(row), this.#deps.clock.now() + ms);
  }
}

/** Age in units of the wanted interval; what was never shown comes first, roots before what hangs below them. */
function urgency(row: SurfaceRow, now: number): number {
  if (row.ref === null) return row.key === 'status' ? Number.MAX_VALUE : Number.MAX_VALUE / 2;
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
