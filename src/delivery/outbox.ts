import { type RoomId, roomId } from '../incident/identity.ts';
import { reveals } from '../incident/visibility.ts';
import { type Backoff, pauseAfter } from '../ops/backoff.ts';
import type { Fail } from '../ops/failpoints.ts';
import { traced } from '../ops/tracing.ts';
import type { MadeFile } from '../use-cases/documents/document-port.ts';
import type { EngineDependencies } from '../use-cases/engine.ts';
import { keyInRoom } from '../use-cases/notices/notice-key.ts';
import type { Messenger, Notice, NoticeSettlement, SendOutcome, Stamped, Store } from '../use-cases/ports.ts';
import type { Budgets } from './budgets.ts';
import { ConcurrentSends } from './concurrent-sends.ts';
import { type Earlier, earlierAttempt } from './earlier-attempt.ts';
import { bodyOf, isDecided, type LateDependencies, type Over, type Said, saidNow } from './late.ts';
import type { Outages } from './outages.ts';
import type { OutgoingQueue } from './outgoing-queue.ts';
import { placeOf, type Whereabouts } from './places.ts';
import { isHopeless, isOfPlace } from './refusals.ts';
import { replaceSent, sentAcrossStop } from './taking-back.ts';

/** Wait (ms) before the history is searched after an attempt without an answer: the call's time-out plus a margin. */
export const UNKNOWN_GRACE = 15_000;
const RETRY: Backoff = { first: 2_000, longest: 5 * 60_000 };
/** Back-off of a notice whose thread has no root message yet. */
const WITHOUT_ROOT: Backoff = { first: 500, longest: 30_000 };
/** Delay (ms) after the next attempt of a newer reminder, before a reminder that yields to it is due again. */
const AFTER_NEWER = 500;
const AT_ONCE = 50;
/** Smallest step back (ms) of the clock that counts; a smaller one prolongs a pause by as much. */
export const SET_BACK = 1_000;

export interface OutboxDependencies extends LateDependencies, Pick<EngineDependencies, 'profile' | 'links'> {
  readonly store: Store;
  readonly messengers: ReadonlyMap<string, Messenger>;
  readonly fail: Fail;
  /** Receives the outcome of each request, so that outages are detected. */
  readonly outages: Pick<Outages, 'heard'>;
  readonly budgets: Pick<Budgets, 'takeBack' | 'pauseUntil'>;
  /** Queue of all outgoing work. */
  readonly turns: Pick<OutgoingQueue, 'next'>;
  document(notice: Notice): Promise<MadeFile>;
  /** Records the outcome of a notice in its incident; idempotent, as it is repeated after a crash. */
  settled(notice: Notice, end: End, place: string): Promise<void>;
  /**
   * Called for a notice that was not accepted for longer than `patience`, or whose room refused it: another way is
   * tried in addition. May be called more than once.
   */
  delayed(notice: Notice, refused: boolean): Promise<void>;
  /** Time (epoch ms) at which this process began to deliver. */
  readonly began: number;
  /** Time (ms) without acceptance after which another way is tried. */
  readonly patience: number;
  /** Called when a send ends, with the error if it threw (its lease then expires). */
  readonly ended: (error: unknown) => void;
}

/** Outcome of a notice, as recorded in its incident. */
export interface End {
  readonly outcome: 'sent' | 'repeated' | 'undeliverable' | Over;
  /** True if nothing was sent again, although an earlier attempt with an unknown outcome may have arrived. */
  readonly mayHaveArrived?: true;
  /** Answer of a time-stamping authority, to be recorded. */
  readonly stamp?: Stamped;
}

/** Delivers notices, each once or marked as possibly repeated (`docs/architecture.md`: "Send once, or say so"). */
export class Outbox {
  readonly #deps: OutboxDependencies;
  readonly #flights: ConcurrentSends;
  /** Time of the last pass (epoch ms); before the first, the clock may have been set back since the last run. */
  #latest = Number.POSITIVE_INFINITY;
  /** Results of the attempts in flight, by flight key. */
  readonly #under = new Map<string, Promise<Concluded | null>>();

  constructor(deps: OutboxDependencies) {
    this.#deps = deps;
    this.#flights = new ConcurrentSends(AT_ONCE, deps.ended);
  }

  /** Starts due sends; returns the time of the next pass (epoch ms). The end of a send also causes a pass. */
  async pass(): Promise<number | null> {
    const { store, clock } = this.#deps;
    const now = clock.now();
    // A clock that was set back must prolong neither a pause nor a lease.
    if (now < this.#latest - SET_BACK) await store.outbox.rewind(now);
    this.#latest = now;
    await store.outbox.recover(now);
    if (this.#flights.free > 0) {
      const claimed = await store.outbox.claim(clock.now(), this.#flights.free);
      for (const notice of claimed) {
        const flight = flightOf(notice, notice.fence);
        const attempt = this.#attempt(notice);
        this.#under.set(flight, attempt);
        this.#flights.start(flight, async () => {
          await attempt.finally(() => this.#under.delete(flight));
        });
      }
    }
    return this.#flights.free > 0 ? store.outbox.nextAt() : null;
  }

  /**
   * Makes one attempt. If a clock change expired the lease of an earlier attempt that is still in flight here, the
   * outcome of that attempt counts.
   */
  async #attempt(notice: Notice): Promise<Concluded | null> {
    await this.#deps.turns.next('notice');
    const earlier = this.#under.get(flightOf(notice, notice.fence - 1));
    if (earlier === undefined) return deliver(notice, this.#deps);
    const known = await earlier.catch(() => null);
    if (known?.outcome.kind === 'sent') await conclude(notice, known.outcome, known.there, this.#deps);
    else await wait(notice, { state: 'unknown', notBefore: this.#deps.clock.now() + UNKNOWN_GRACE }, this.#deps);
    return known;
  }

  idle(): Promise<void> {
    return this.#flights.idle();
  }

  get busy(): boolean {
    return this.#flights.free < AT_ONCE;
  }
}

/** Key of an attempt: the notice with the fencing token of its claim. */
const flightOf = (notice: Notice, fence: number): string => `${notice.key}#${fence}`;

async function deliver(notice: Notice, deps: OutboxDependencies): Promise<Concluded | null> {
  if (notice.content.kind === 'take_back') {
    const replaced = await replaceSent(notice, notice.content, deps);
    if (replaced.kind === 'replaced') await conclude(notice, replaced.outcome, replaced.there, deps);
    else if (replaced.kind === 'waits') await settle(notice, { state: 'ready', notBefore: replaced.until }, deps);
    else await settle(notice, { state: 'dead', reason: 'settled' }, deps);
    return null;
  }
  const whereabouts = await placeOf(notice, deps);
  if (whereabouts.kind === 'waiting') {
    // The thread has no root message yet; the row waits without delaying others.
    const pause = pauseAfter(notice.attempts + 1, WITHOUT_ROOT);
    // A message that may have arrived is searched for later, once it has a place.
    await wait(notice, { state: notice.wasUnknown ? 'unknown' : 'ready', notBefore: deps.clock.now() + pause }, deps);
    return null;
  }
  if (whereabouts.kind === 'nowhere') {
    await giveUp(notice, whereabouts.reason, deps);
    return null;
  }
  if (whereabouts.kind === 'in_room') {
    await saidInRoom(notice, whereabouts.room, deps);
    return null;
  }
  const outcome = await attempt(notice, whereabouts, deps);
  deps.fail('before-settle');
  if (outcome.kind === 'under_way') {
    await settle(notice, { state: 'unknown', notBefore: outcome.until }, deps);
    return null;
  }
  if (outcome.kind === 'over') {
    const { outcome: reason, mayHaveArrived } = outcome;
    const end: End = { outcome: reason, ...(mayHaveArrived ? { mayHaveArrived } : {}) };
    await close(notice, { state: 'dead', reason }, deps, end, '');
    return null;
  }
  if (outcome.kind === 'yields') {
    await yieldTo(outcome.to, notice, deps);
    return null;
  }
  await conclude(notice, outcome, whereabouts, deps);
  if (outcome.kind === 'sent') await sentAcrossStop(notice, outcome.ref, whereabouts, deps.store);
  return { outcome, there: whereabouts };
}

/** Ends a notice to an unreachable person as sent: a separate notice tells the room about all such persons. */
async function saidInRoom(notice: Notice, room: RoomId, deps: OutboxDependencies): Promise<void> {
  const { key, incident, lane, dueAt, content } = notice;
  const card = content.kind === 'card' ? content.inRoom : null;
  const ref = keyInRoom(key, room);
  if (card) {
    const to = { kind: 'room', room, ring: false } as const;
    await deps.store.outbox.add([{ key: ref, incident, lane, to, content: { kind: 'card', card }, dueAt }]);
  }
  await close(notice, { state: 'sent', ref }, deps, { outcome: 'sent' }, room);
}

type There = Extract<Whereabouts, { kind: 'there' }>;
/** Result of an attempt; `mayHaveArrived`: an earlier one may have arrived. */
type Tried = SendOutcome & { readonly repeated?: boolean; readonly mayHaveArrived?: boolean };
interface Concluded {
  readonly outcome: Tried;
  readonly there: There;
}

type Unsent =
  | Exclude<Said, { kind: 'says' | 'over' }>
  | { readonly kind: 'over'; readonly outcome: Over; readonly mayHaveArrived: boolean }
  | Extract<Earlier, { kind: 'under_way' }>;

async function attempt(notice: Notice, there: There, deps: OutboxDependencies): Promise<Tried | Unsent> {
  let repeated = false;
  let drops = false;
  if (notice.wasUnknown) {
    const search = { ...notice, since: notice.dueAt - 60_000, isFile: notice.content.kind === 'file' };
    const earlier = await earlierAttempt(search, there, deps);
    if (earlier.kind === 'arrived') return { kind: 'sent', ref: earlier.ref };
    if (earlier.kind === 'unreadable') return { kind: 'unknown', detail: 'history not readable' };
    if (earlier.kind === 'under_way') return earlier;
    ({ repeated, drops } = earlier);
  }
  const mayHaveArrived = repeated || drops;
  // A platform that drops duplicates tells the handle of a message that arrived only if it is posted again.
  if (!drops && (await isDecided(notice, deps))) return { kind: 'over', outcome: 'settled', mayHaveArrived };
  const said = await saidNow(notice, there, deps);
  if (said.kind === 'over') return { ...said, mayHaveArrived };
  if (said.kind === 'yields') return said;
  const body = await bodyOf(notice, there, { ...said, repeated, drops }, deps);
  if (body === null) return { kind: 'unknown', detail: 'lease lost' };
  deps.fail('before-send');
  const { platform } = there.messenger;
  const waited = deps.clock.now() - notice.dueAt;
  const attributes = { 'jishi.platform': platform, 'jishi.lane': notice.lane, 'jishi.waited_ms': waited };
  const spanned = { kind: 'client', attributes, remembered: notice.key } as const;
  const outcome = await traced('send notice', spanned, async (note) => {
    const answered = await send(notice, there, body, deps);
    note({ 'jishi.outcome': answered.kind });
    return answered;
  });
  deps.outages.heard(there.messenger, outcome, roomId({ platform, ...there.place }));
  deps.fail('after-send');
  return { ...outcome, repeated, mayHaveArrived };
}

async function send(notice: Notice, there: There, body: string, deps: OutboxDependencies): Promise<SendOutcome> {
  if (notice.content.kind !== 'file' || !reveals(there.shown, 'drafts'))
    return there.messenger.post(there.place, body, notice.key);
  const sender = there.messenger.canSendFile;
  if (!sender) return there.messenger.post(there.place, body, notice.key);
  return sender.sendFile(there.place, await deps.document(notice), body, notice.key);
}

async function conclude(notice: Notice, outcome: Tried, there: There, deps: OutboxDependencies): Promise<void> {
  const now = deps.clock.now();
  if (outcome.kind === 'sent') {
    const { stamp } = outcome;
    const end: End = { outcome: outcome.repeated ? 'repeated' : 'sent', ...(stamp ? { stamp } : {}) };
    const room = roomId({ platform: there.messenger.platform, ...there.place });
    await close(notice, { state: 'sent', ref: outcome.ref }, deps, end, room);
    return;
  }
  if (outcome.kind === 'unknown') {
    await wait(notice, { state: 'unknown', notBefore: now + UNKNOWN_GRACE }, deps);
    return;
  }
  if (isHopeless(outcome.reason, notice.attempts)) {
    await giveUp(notice, outcome.detail, deps);
    return;
  }
  const pause = pauseAfter(notice.attempts + 1, RETRY);
  // The refusal concerns this attempt only, so an earlier one stays unknown.
  const state = outcome.mayHaveArrived ? 'unknown' : 'ready';
  const refused = notice.to.kind === 'room' && notice.attempts > 1 && isOfPlace(outcome.reason);
  const reason = outcome.reason === 'unreachable' ? { reason: outcome.reason } : {};
  await wait(notice, { state, notBefore: outcome.retryAt ?? now + pause, ...reason }, deps, refused);
}

/** Schedules the next attempt. A notice that has waited too long is reported, so that another way is tried too. */
async function wait(notice: Notice, to: NoticeSettlement, deps: OutboxDependencies, refused = false): Promise<void> {
  const late = notice.attempts > 1 && deps.clock.now() - notice.dueAt >= deps.patience;
  if (late || refused) await deps.delayed(notice, refused);
  await settle(notice, to, deps);
}

/** Makes a notice wait for the newer reminder that covers it. If that one fails, other ways are tried for both. */
async function yieldTo(newer: Notice, notice: Notice, deps: OutboxDependencies): Promise<void> {
  const notBefore = Math.max(newer.notBefore, deps.clock.now()) + AFTER_NEWER;
  const to: NoticeSettlement = { notBefore, reason: 'unreachable', state: notice.wasUnknown ? 'unknown' : 'ready' };
  if (newer.attempts > 1) await wait(notice, to, deps);
  else await settle(notice, to, deps);
}

function giveUp(notice: Notice, reason: string, deps: OutboxDependencies): Promise<void> {
  return close(notice, { state: 'dead', reason }, deps, { outcome: 'undeliverable' }, '');
}

/**
 * Ends a notice and records its outcome. Both writes are queued together, the record first: after a crash either both
 * are on disk, or the row is still `sending` and is searched for and ended again; the record has each notice once.
 */
async function close(
  notice: Notice,
  to: NoticeSettlement,
  deps: OutboxDependencies,
  end: End,
  place: string,
): Promise<void> {
  await Promise.all([deps.settled(notice, end, place), settle(notice, to, deps)]);
}

function settle(notice: Notice, to: NoticeSettlement, deps: OutboxDependencies): Promise<boolean> {
  return deps.store.outbox.settle(notice.key, notice.fence, to);
}
