import { isoOf } from '../incident/drill-clock.ts';
import type { Account, ActorId } from '../incident/identity.ts';
import { canonical, EMPTY_CHAIN, seal } from '../incident/record/chain.ts';
import { schemaVersion } from '../incident/record/upcast.ts';
import type { Change, ChangeOutcome, ChangeRequest, Current, IdSource, Json, Refusal } from '../use-cases/ports.ts';
import { StoreError } from './errors.ts';
import { type Evolve, type Folded, recordedEvent } from './states.ts';
import { Writes } from './writes.ts';

/** Stored answer of a delivery (idempotency) key. */
export type Answer = { readonly result: Json } | { readonly refusal: Refusal };
export interface KeptAnswer {
  readonly bodyHash: string;
  readonly incident: string | null;
  readonly answer: Answer;
}

export function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && ('result' in value || 'refusal' in value);
}

/** Stored incident: its state, and the lists of its row. */
export interface Located {
  readonly folded: Folded;
  readonly participants: string;
  readonly rooms: string;
}

/** Data of a store that a change reads. No other change alters it until the writes are done. */
export interface Before {
  kept(delivery: ChangeRequest['delivery']): KeptAnswer | null;
  actor(account: Account): ActorId | null;
  /** Last number used in a series; 0 before the first. */
  last(series: Series): number;
  incident(id: string): Located | null;
  /** Pending timers by key, with the instants at which they are due. */
  pending(incident: string): ReadonlyMap<string, number>;
  /** The latest incident an actor declared at or after an instant. */
  recent(request: ChangeRequest, actor: ActorId, since: number): Current['recent'];
}

export interface DecideDependencies {
  readonly evolve: Evolve;
  readonly ids: IdSource;
}

/** Decision on one request: outcome, writes and the new state. */
export interface Decided {
  readonly outcome: ChangeOutcome;
  readonly writes: Writes;
  readonly made: { readonly id: string; readonly folded: Folded } | null;
}

/**
 * Decides one change against the store's data. Pure, and the same for both stores, which only read `Before` and write
 * `Writes`; a request that throws changes nothing.
 */
export function decideChange(request: ChangeRequest, before: Before, deps: DecideDependencies): Decided {
  const kept = before.kept(request.delivery);
  if (kept) return { outcome: replay(kept, request, before), writes: new Writes(), made: null };
  const { target } = request;
  const known = 'incident' in target ? target.incident : null;
  // The id of a new incident is not reserved.
  const id = 'incident' in target ? target.incident : incidentId(target.series, target.year, before.last(target) + 1);
  const pending = new Map(known === null ? [] : before.pending(known));
  const writes = new Writes();
  if (request.timer !== undefined) {
    if (known === null || !pending.delete(request.timer)) {
      return refuse(request, known, { code: 'timer_gone' }, writes);
    }
    writes.ended.push({ key: request.timer, incident: known, state: 'done' });
  }
  const found = known === null ? null : before.incident(known);
  const { actor, isNew } = actorOf(request, before, deps.ids);
  const { recentSince } = request;
  const recent = recentSince === undefined ? null : before.recent(request, actor, recentSince);
  const verdict = request.decide({ id, state: found?.folded.state ?? null, actor, recent });
  if (verdict.kind === 'refuse') return refuse(request, known, verdict.refusal, writes);
  if (known !== null && !found) {
    throw new StoreError('damaged', `a change was decided for ${id}, which does not exist`);
  }
  const folded = commit(request, verdict.change, { id, actor, found, pending }, writes, deps);
  if (isNew && typeof request.actor !== 'string') {
    const { platform, tenant, id: account } = request.actor;
    writes.actors.push({ platform, tenant, account, id: actor });
  }
  if ('series' in target) writes.counted.push({ ...target, last: before.last(target) + 1 });
  keep(request, id, { result: verdict.change.result }, writes);
  const { result } = verdict.change;
  return {
    outcome: { kind: 'committed', id, result, state: folded.state, replayed: false },
    writes,
    made: { id, folded },
  };
}

function commit(
  request: ChangeRequest,
  change: Change,
  on: { id: string; actor: ActorId; found: Located | null; pending: ReadonlyMap<string, number> },
  writes: Writes,
  deps: DecideDependencies,
): Folded {
  const { id, actor, found, pending } = on;
  const folded = append(request, change, on, writes, deps);
  const row = { ...change.row, id };
  if (found) writes.update(row, folded.head, found);
  else writes.create(row, folded.head, { by: actor, at: request.at });
  writes.replan(id, pending, change.timers);
  writes.notify(change.notices);
  writes.want(id, change.surfaces, { isNew: found === null, at: request.at });
  return folded;
}

function append(
  request: ChangeRequest,
  change: Change,
  on: { readonly id: string; readonly actor: ActorId; readonly found: Located | null },
  writes: Writes,
  deps: DecideDependencies,
): Folded {
  let folded = on.found?.folded ?? null;
  const envelope = { incident: on.id, actor: on.actor, at: isoOf(request.at), command: deps.ids.next() };
  for (const event of change.events) {
    const row = seal(folded?.head ?? EMPTY_CHAIN, {
      ...envelope,
      salt: deps.ids.next(),
      type: event.type,
      v: schemaVersion(event.type),
      bytes: canonical(event.payload),
    });
    writes.event(row);
    const head = { version: row.version, hash: row.hash };
    folded = { state: deps.evolve(folded?.state ?? null, recordedEvent(row)), head };
  }
  if (!folded) throw new Error('a new incident needs an event');
  return folded;
}

function refuse(request: ChangeRequest, id: string | null, refusal: Refusal, writes: Writes): Decided {
  keep(request, id, { refusal }, writes);
  return { outcome: { kind: 'refused', id, refusal }, writes, made: null };
}

function keep(request: ChangeRequest, incident: string | null, answer: Answer, writes: Writes): void {
  const { platform, key, bodyHash } = request.delivery;
  writes.inbox.push({
    platform,
    key,
    body_hash: bodyHash,
    incident,
    answer: JSON.stringify(answer),
    at: request.at,
  });
}

function replay(kept: KeptAnswer, request: ChangeRequest, before: Before): ChangeOutcome {
  const { incident, answer } = kept;
  if (kept.bodyHash !== request.delivery.bodyHash) {
    return { kind: 'refused', id: incident, refusal: { code: 'key_reused' } };
  }
  if ('refusal' in answer) return { kind: 'refused', id: incident, refusal: answer.refusal };
  const state = incident === null ? null : before.incident(incident)?.folded.state;
  if (incident === null || !state) throw new StoreError('damaged', 'an answer was kept without its incident');
  return { kind: 'replayed', id: incident, result: answer.result, state, replayed: true };
}

export type Series = Extract<ChangeRequest['target'], { readonly series: string }>;

/** Actor of a request: `clock` and `api` stay as they are; an account gets a random id at its first recorded act. */
function actorOf(
  { actor }: ChangeRequest,
  before: Before,
  ids: IdSource,
): { readonly actor: ActorId; readonly isNew: boolean } {
  if (typeof actor === 'string') return { actor, isNew: false };
  const known = before.actor(actor);
  return known === null ? { actor: ids.next(), isNew: true } : { actor: known, isNew: false };
}

/** Id of an incident, e.g. `INC-2026-0007`. */
export function incidentId(series: string, year: number, n: number): string {
  return `${series}-${year}-${String(n).padStart(4, '0')}`;
}
