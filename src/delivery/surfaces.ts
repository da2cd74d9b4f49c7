import { createHash } from 'node:crypto';
import type { Surface } from '../conversation/card.ts';
import type { Room } from '../incident/identity.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Fail } from '../ops/failpoints.ts';
import type { Clock, Messenger, Place, SendOutcome, Store, SurfaceRow } from '../use-cases/ports.ts';
import { Budget } from './budget.ts';

export interface SurfaceDependencies {
  readonly store: Store;
  readonly messengers: ReadonlyMap<string, Messenger>;
  readonly clock: Clock;
  readonly fail: Fail;
  /** What every surface of an incident should look like in a room now. */
  surfaces(state: IncidentState, room: Room, now: number): readonly Surface[];
}

const RETRY = 5_000;

/**
 * Makes rooms equal to what the record says: posts what is missing, edits what changed, one edit budget per workspace.
 * The stalest surface, measured by its own wanted interval, goes first; nothing is queued, so nothing old is ever shown.
 */
export class SurfaceKeeper {
  readonly #deps: SurfaceDependencies;
  readonly #budgets = new Map<string, Budget>();
  /** Rows that failed lately, with the time of the next try: they must not hold the loop busy. */
  readonly #resting = new Map<string, number>();

  constructor(deps: SurfaceDependencies) {
    this.#deps = deps;
  }

  /** One pass over what is dirty or stale; answers when it wants to run again. */
  async pass(): Promise<number | null> {
    const { store, clock } = this.#deps;
    const now = clock.now();
    for (const [key, until] of this.#resting) if (until <= now) this.#resting.delete(key);
    const rows = await store.surfaces.wanting(now, 500);
    const ready = rows.filter((row) => !this.#resting.has(rowKey(row)));
    let later: number | null = null;
    // Roots first: everything else of an incident hangs below its status card.
    for (const row of ready.toSorted((a, b) => urgency(b, now) - urgency(a, now))) {
      const again = await this.#keep(row);
      if (again !== null) later = earliest(later, again);
    }
    for (const until of this.#resting.values()) later = earliest(later, until);
    // A pass that changed something may have unlocked more (threads below a new root, rows beyond the limit).
    if (ready.length > 0 && later === null) return (await store.surfaces.nextAt()) ?? null;
    const next = await store.surfaces.nextAt();
    return next !== null && next > clock.now() ? earliest(later, next) : later;
  }

  /** Null when done; otherwise when to come back for this row. */
  async #keep(row: SurfaceRow): Promise<number | null> {
    const { store, clock, messengers } = this.#deps;
    const state = await store.incident(row.incident);
    const room = state?.rooms[row.room];
    const messenger = room && messengers.get(room.platform);
    if (!state || !room || !messenger) return this.#rest(row, 60_000);
    const surface = this.#deps.surfaces(state, room, clock.now()).find((s) => s.key === row.key);
    if (!surface) return this.#rest(row, 60_000);
    const place = await this.#place(row, room);
    if (!place) return this.#rest(row, 200);
    const body = messenger.render({
      incident: row.incident,
      card: surface.card,
      language: room.language,
      revision: state.version,
      surface: surface.key,
      ring: false,
    });
    const hash = createHash('sha256').update(messenger.fingerprint?.(body) ?? body).digest('hex');
    const refreshAt = surface.validUntil === null ? null : Date.parse(surface.validUntil);
    if (row.ref !== null && (hash === row.shownHash || !messenger.canEdit)) {
      await store.surfaces.shown(row, { ref: row.ref, hash, at: clock.now(), refreshAt });
      return null;
    }
    if (row.ref !== null && !this.#budget(messenger, place).take(clock.now())) {
      return this.#budget(messenger, place).nextAt(clock.now());
    }
    return this.#show(row, { messenger, place, body, hash, refreshAt });
  }

  async #show(
    row: SurfaceRow,
    what: { messenger: Messenger; place: Place; body: string; hash: string; refreshAt: number | null },
  ): Promise<number | null> {
    const { store, clock, fail } = this.#deps;
    fail('before-surface');
    const outcome = await this.#send(row, what);
    fail('after-surface');
    if (outcome.kind === 'sent') {
      const shown = { ref: outcome.ref, hash: what.hash, at: clock.now(), refreshAt: what.refreshAt };
      const clean = await store.surfaces.shown(row, shown);
      return clean ? null : clock.now();
    }
    if (outcome.kind === 'refused' && outcome.reason === 'gone') {
      await store.surfaces.lost(row);
      return clock.now();
    }
    if (outcome.kind === 'refused' && outcome.reason === 'rate_limited') {
      const until = outcome.retryAt ?? clock.now() + RETRY;
      this.#budget(what.messenger, what.place).pauseUntil(until);
      return this.#rest(row, until - clock.now());
    }
    return this.#rest(row, RETRY);
  }

  /** A first post carries a key made of the row, so one lost before its handle was kept is found instead of doubled. */
  async #send(row: SurfaceRow, what: { messenger: Messenger; place: Place; body: string }): Promise<SendOutcome> {
    if (row.ref !== null && what.messenger.canEdit) return what.messenger.canEdit.edit(what.place, row.ref, what.body);
    const key = `surface:${rowKey(row)}`;
    const found = await what.messenger.canFind?.find(what.place, key, 0);
    if (found?.kind === 'found') {
      return what.messenger.canEdit
        ? what.messenger.canEdit.edit(what.place, found.ref, what.body)
        : { kind: 'sent', ref: found.ref };
    }
    if (found?.kind === 'unknown') return { kind: 'unknown', detail: 'history not readable' };
    return what.messenger.post(what.place, what.body, key);
  }

  async #place(row: SurfaceRow, room: Room): Promise<Place | null> {
    const address = { tenant: room.tenant, address: room.address };
    if (row.key === 'status') return { ...address, thread: null };
    const root = await this.#deps.store.surfaces.get(row.incident, row.room, 'status');
    return root?.ref ? { ...address, thread: root.ref } : null;
  }

  #budget(messenger: Messenger, place: Place): Budget {
    const key = `${messenger.platform}/${place.tenant}`;
    let budget = this.#budgets.get(key);
    if (!budget) {
      budget = new Budget(messenger.canEdit?.perMinute ?? 30, this.#deps.clock.now());
      this.#budgets.set(key, budget);
    }
    return budget;
  }

  #rest(row: SurfaceRow, ms: number): number {
    const until = this.#deps.clock.now() + ms;
    this.#resting.set(rowKey(row), until);
    return until;
  }
}

/** Age in units of the wanted interval; what was never shown comes first, roots before what hangs below them. */
function urgency(row: SurfaceRow, now: number): number {
  if (row.ref === null) return row.key === 'status' ? Number.MAX_VALUE : Number.MAX_VALUE / 2;
  const shownAt = row.shownAt ?? 0;
  const interval = Math.max(1, (row.refreshAt ?? shownAt + 60_000) - shownAt);
  return (now - shownAt) / interval;
}

function rowKey(row: Pick<SurfaceRow, 'incident' | 'room' | 'key'>): string {
  return `${row.incident}:${row.room}:${row.key}`;
}

function earliest(a: number | null, b: number): number {
  return a === null ? b : Math.min(a, b);
}
