import type { Database } from 'better-sqlite3';
import { EMPTY_CHAIN } from '../../incident/chain.ts';
import { isoOf } from '../../incident/drill-clock.ts';
import type { Account, ActorId } from '../../incident/identity.ts';
import type { Change, ChangeOutcome, ChangeRequest, IdSource, Refusal } from '../../use-cases/ports.ts';
import type { KeptAnswer } from '../answers.ts';
import { StoreError } from '../errors.ts';
import type { Evolve, Folded } from '../record-rows.ts';
import { InboxWriter } from './inbox.ts';
import { IncidentWriter } from './incidents.ts';
import type { OutboxWriter } from './outbox.ts';
import { RecordReader, RecordWriter } from './record.ts';
import type { StateCache } from './state-cache.ts';
import { SurfaceWriter } from './surfaces.ts';
import { TimerWriter } from './timers.ts';

export const FIND_ACTOR = 'SELECT id FROM actors WHERE platform = ? AND tenant = ? AND account = ?';

export interface ChangeDependencies {
  readonly evolve: Evolve;
  readonly ids: IdSource;
  readonly cache: StateCache;
  readonly outbox: OutboxWriter;
}

/** One change of one incident, from delivery key to outbox. `run` is synchronous and belongs into one savepoint. */
export class ChangeRunner {
  readonly #deps: ChangeDependencies;
  readonly #inbox: InboxWriter;
  readonly #incidents: IncidentWriter;
  readonly #record: RecordWriter;
  readonly #reader: RecordReader;
  readonly #timers: TimerWriter;
  readonly #surfaces: SurfaceWriter;
  readonly #findActor;
  readonly #addActor;

  constructor(db: Database, deps: ChangeDependencies) {
    this.#deps = deps;
    this.#inbox = new InboxWriter(db);
    this.#incidents = new IncidentWriter(db);
    this.#record = new RecordWriter(db);
    this.#reader = new RecordReader(db);
    this.#timers = new TimerWriter(db);
    this.#surfaces = new SurfaceWriter(db);
    this.#findActor = db.prepare<[string, string, string], { id: ActorId }>(FIND_ACTOR);
    this.#addActor = db.prepare<[string, string, string, ActorId]>(
      'INSERT INTO actors (platform, tenant, account, id) VALUES (?, ?, ?, ?)',
    );
  }

  run(request: ChangeRequest): ChangeOutcome {
    const kept = this.#inbox.take(request.delivery, request.at);
    if (kept) return this.#replay(kept, request);
    const { target } = request;
    const known = 'incident' in target ? target.incident : null;
    if (request.timer !== undefined && !this.#timers.consume(request.timer, known ?? '')) {
      return this.#refuse(request, known, { code: 'timer_gone' });
    }
    const id = 'incident' in target ? target.incident : this.#incidents.nextId(target.series, target.year);
    const before = known === null ? null : this.#load(id);
    const { actor, isNew } = this.#actorOf(request.actor);
    const recent = request.recentSince === undefined ? null : this.#incidents.recent(actor, request.recentSince);
    const verdict = request.decide({ id, state: before?.state ?? null, actor, recent });
    if (verdict.kind === 'refuse') return this.#refuse(request, known, verdict.refusal);
    if (known !== null && !before)
      throw new StoreError('damaged', `a change was decided for ${id}, which does not exist`);
    if (isNew && typeof request.actor !== 'string') {
      this.#addActor.run(request.actor.platform, request.actor.tenant, request.actor.id, actor);
    }
    const after = this.#commit(request, verdict.change, { id, actor, before });
    this.#inbox.keep(request.delivery, id, { result: verdict.change.result });
    return { kind: 'committed', id, result: verdict.change.result, state: after.state, replayed: false };
  }

  #commit(
    request: ChangeRequest,
    change: Change,
    on: { readonly id: string; readonly actor: ActorId; readonly before: Folded | null },
  ): Folded {
    const { id, actor, before } = on;
    const after = this.#append(change, on, request.at);
    const row = { ...change.row, id };
    if (before) {
      this.#incidents.update(row, after.head);
    } else {
      if ('series' in request.target) this.#incidents.takeId(request.target.series, request.target.year);
      this.#incidents.create(row, after.head, { by: actor, at: request.at });
    }
    this.#timers.replan(id, change.timers);
    this.#deps.outbox.add(change.notices);
    this.#surfaces.want(id, change.surfaces, { isNew: before === null, at: request.at });
    return after;
  }

  #append(
    change: Change,
    on: { readonly id: string; readonly actor: ActorId; readonly before: Folded | null },
    at: number,
  ): Folded {
    let folded = on.before;
    const envelope = { incident: on.id, actor: on.actor, at: isoOf(at), command: this.#deps.ids.next() };
    for (const event of change.events) {
      const salted = { ...envelope, salt: this.#deps.ids.next() };
      const { recorded, head } = this.#record.append(event, salted, folded?.head ?? EMPTY_CHAIN);
      folded = { state: this.#deps.evolve(folded?.state ?? null, recorded), head };
    }
    if (!folded) throw new Error('a new incident needs an event');
    if (change.events.length > 0) this.#deps.cache.change(on.id, folded);
    return folded;
  }

  #refuse(request: ChangeRequest, id: string | null, refusal: Refusal): ChangeOutcome {
    this.#inbox.keep(request.delivery, id, { refusal });
    return { kind: 'refused', id, refusal };
  }

  #replay(kept: KeptAnswer, request: ChangeRequest): ChangeOutcome {
    if (kept.bodyHash !== request.delivery.bodyHash) {
      return { kind: 'refused', id: kept.incident, refusal: { code: 'key_reused' } };
    }
    if ('refusal' in kept.answer) return { kind: 'refused', id: kept.incident, refusal: kept.answer.refusal };
    const folded = kept.incident === null ? null : this.#load(kept.incident);
    if (kept.incident === null || !folded) throw new StoreError('damaged', 'an answer was kept without its incident');
    return { kind: 'replayed', id: kept.incident, result: kept.answer.result, state: folded.state, replayed: true };
  }

  /** What earlier changes of the group made is pending; a record that has to be folded has no uncommitted rows. */
  #load(id: string): Folded | null {
    const cached = this.#deps.cache.getPending(id);
    if (cached) return cached;
    const folded = this.#reader.fold(id, this.#deps.evolve);
    if (folded) this.#deps.cache.remember(id, folded);
    return folded;
  }

  /** `clock` and `api` are themselves; an account gets a random name at its first act that is kept. */
  #actorOf(actor: Account | 'clock' | 'api'): { readonly actor: ActorId; readonly isNew: boolean } {
    if (typeof actor === 'string') return { actor, isNew: false };
    const known = this.#findActor.get(actor.platform, actor.tenant, actor.id);
    return known ? { actor: known.id, isNew: false } : { actor: this.#deps.ids.next(), isNew: true };
  }
}
