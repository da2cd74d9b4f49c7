import { createHash } from 'node:crypto';
import type { Surface } from '../conversation/cards/card.ts';
import type { Room } from '../incident/identity.ts';
import { hasLeft, roomOf } from '../incident/rooms.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Fail } from '../ops/failpoints.ts';
import { traced } from '../ops/tracing.ts';
import { sentNotice } from '../use-cases/notices/sent-messages.ts';
import type { Clock, Messenger, OutgoingMessage, Place, SendOutcome, Store, SurfaceRow } from '../use-cases/ports.ts';
import type { Budgets } from './budgets.ts';
import { type Earlier, earlierAttempt } from './earlier-attempt.ts';
import type { Outages } from './outages.ts';

export interface ShowingDependencies {
  readonly store: Store;
  readonly messengers: ReadonlyMap<string, Messenger>;
  readonly clock: Clock;
  readonly fail: Fail;
  /** Receives the outcome of each request, so that outages are detected. */
  readonly outages: Pick<Outages, 'heard'>;
  /** Time (epoch ms) at which this process began to deliver. */
  readonly began: number;
  /** Returns the surfaces of an incident in a room, as they should be now. */
  surfaces(state: IncidentState, room: Room): readonly Surface[];
}

/** Pause (ms) before a rejected send is retried. */
export const RETRY = 5_000;
/** Pause (ms) for a row whose incident, room or platform this process does not know. */
const STRANGE = 60_000;
const ROOT_MISSING = 1_000;
/** Handle of a surface that an act of a person showed. */
const RENEWED = 'renewed';
/** Shortest interval (ms) at which a card is renewed, for any speed of a drill. */
const SHORTEST_INTERVAL = 1_000;

/** Pause (ms) before the row is checked again; null: it is up to date. */
type Rest = number | null;

interface Wanted {
  readonly state: IncidentState;
  readonly room: Room;
  readonly messenger: Messenger;
  readonly surface: Surface;
}
interface Sending {
  readonly messenger: Messenger;
  readonly place: Place;
  readonly body: string;
  readonly wanted: Wanted;
}
/** State of a surface after it was shown: its hash, and when it becomes stale. */
interface After {
  readonly hash: string;
  readonly refreshAt: number | null;
  readonly refreshEvery: number | null;
}

/** Brings one card in one room up to date: posts it, edits it, or leaves it. */
export class Showing {
  readonly #deps: ShowingDependencies;
  readonly #budgets: Budgets;
  /** Content hash of the last post without an answer, by surface. */
  readonly #unanswered = new Map<string, string>();

  constructor(deps: ShowingDependencies, budgets: Budgets) {
    this.#deps = deps;
    this.#budgets = budgets;
  }

  async keep(row: SurfaceRow): Promise<Rest> {
    const wanted = await this.#wanted(row);
    if (!wanted) return STRANGE;
    const place = await this.#place(row, wanted.room);
    const { surface, messenger } = wanted;
    const isBehind = surface.behind === true && messenger.postsOnce === true;
    const isElsewhere = surface.apart === true && !messenger.canEdit;
    if ((surface.ifPosted || isBehind || isElsewhere) && row.ref === null)
      return this.#keepIfPosted(row, wanted, place);
    return place ? this.#keepAt(row, wanted, place) : ROOT_MISSING;
  }

  async #wanted(row: SurfaceRow): Promise<Wanted | null> {
    const state = await this.#deps.store.incident(row.incident);
    const room = state && roomOf(state, row.room);
    const messenger = room && this.#deps.messengers.get(room.platform);
    if (!state || !room || !messenger) return null;
    const surface = this.#deps.surfaces(state, room).find(({ key }) => key === row.key);
    return surface ? { state, room, messenger, surface } : null;
  }

  /**
   * Edits a card if an earlier post of it arrived, and posts none otherwise. The row has no handle of that post, e.g.
   * while its outcome is unknown.
   */
  async #keepIfPosted(row: SurfaceRow, wanted: Wanted, place: Place | null): Promise<Rest> {
    const there = place && (await this.#earlier(row, { ...wanted, place }, surfaceKey(row)));
    if (there?.kind === 'arrived') return this.keep({ ...row, ref: there.ref });
    if (there?.kind === 'unreadable' || there?.kind === 'under_way') return RETRY;
    // The platform tells the handle of a message that arrived only to one who posts it again.
    if (place && there?.drops && wanted.messenger.canEdit) return this.#keepAt(row, wanted, place);
    const at = this.#deps.clock.now();
    await this.#deps.store.surfaces.shown(row, { ref: null, hash: '', at, refreshAt: null });
    return null;
  }

  async #keepAt(row: SurfaceRow, wanted: Wanted, place: Place): Promise<Rest> {
    const { store, clock } = this.#deps;
    const { messenger } = wanted;
    const isFirst = !messenger.canEdit && row.ref === null;
    const render = (): string => messenger.render(messageOf(wanted, isFirst));
    const shows = newsFor(wanted, isFirst);
    // A surface with comparable news is rendered only if it is posted.
    const body = shows === undefined || row.shownHash === null ? render() : null;
    const after = this.#after(row, wanted, shows ?? (body === null ? null : (messenger.fingerprint?.(body) ?? body)));
    // After an edit without an answer the shown content is unknown, so an equal hash proves nothing.
    const isShown = after.hash === row.shownHash && row.attemptedAt === null;
    // A platform without edits gets one final message, not one per card.
    const isSaid = !messenger.canEdit && wanted.surface.ifPosted === true && row.key !== 'status';
    if (row.ref !== null && (isShown || isSaid || !(messenger.canEdit || messenger.news))) {
      await store.surfaces.shown(row, { ref: row.ref, at: clock.now(), ...after });
      return null;
    }
    // If the permit is gone by now, the row stays dirty for the next pass.
    const isCounted = row.ref !== null && messenger.canEdit && !messenger.canEdit.isFree?.(row.room, row.ref);
    if (isCounted && !this.#budgets.take(row, clock.now())) return null;
    const renewal = (await messenger.renewed?.(place, row, after.hash)) ?? 'none';
    if (renewal === 'shown') {
      await store.surfaces.shown(row, { ref: RENEWED, at: clock.now(), ...after });
      return null;
    }
    const shown = renewal === 'tried' ? repeatedBody(row, wanted) : (body ?? render());
    return this.#show(row, { messenger, place, body: shown, wanted }, after);
  }

  /** State after a surface was shown. `content`: readable content or news; null: the shown content stays. */
  #after(row: SurfaceRow, { messenger, surface }: Wanted, content: string | null): After {
    const hash = content === null ? (row.shownHash ?? '') : createHash('sha256').update(content).digest('hex');
    // On a platform without edits time alone changes no card; reminders state the time left.
    const { validUntil, datedUntil } = surface;
    const changes = messenger.canEdit ? [validUntil, datedUntil] : surface.key === 'status' ? [] : [validUntil];
    const instants = changes.flatMap((iso) => (iso ? [Date.parse(iso)] : []));
    const soonest = this.#deps.clock.now() + SHORTEST_INTERVAL;
    const refreshAt = instants.length === 0 ? null : Math.max(Math.min(...instants), soonest);
    return { hash, refreshAt, refreshEvery: surface.every ?? null };
  }

  async #show(row: SurfaceRow, what: Sending, after: After): Promise<Rest> {
    const { store, clock, fail, outages } = this.#deps;
    fail('before-surface');
    const attributes = { 'jishi.platform': what.messenger.platform, 'jishi.incident': row.incident };
    const spanned = { kind: 'client', attributes, remembered: `${row.incident} ${row.room} ${row.key}` } as const;
    const outcome = await traced('show card', spanned, async (note) => {
      const answered = await this.#send(row, what, after.hash);
      note({ 'jishi.outcome': answered.kind });
      return answered;
    });
    outages.heard(what.messenger, outcome, row.room);
    fail('after-surface');
    if (outcome.kind === 'sent') {
      await this.#note(row, what, outcome.ref);
      await store.surfaces.shown(row, { ref: outcome.ref, at: clock.now(), ...after });
      return null;
    }
    // On a platform without edits `gone` refers to the room, so the handle is kept.
    if (outcome.kind === 'refused' && outcome.reason === 'gone' && row.ref !== null && what.messenger.canEdit) {
      await store.surfaces.lost(row);
      return null;
    }
    if (outcome.kind === 'refused' && outcome.reason === 'rate_limited') {
      const until = outcome.retryAt ?? clock.now() + RETRY;
      if (what.messenger.canEdit) this.#budgets.pauseUntil(row.room, until);
      return until - clock.now();
    }
    if (outcome.kind === 'unknown' && row.ref !== null && what.messenger.canEdit)
      await store.surfaces.attempting(row, clock.now());
    return RETRY;
  }

  /** Records each message of a reposted card, so that it can be removed: the row holds only the last one. */
  async #note(row: SurfaceRow, { messenger, place, wanted }: Sending, ref: string): Promise<void> {
    const { state, room } = wanted;
    const { platform } = messenger;
    if (messenger.canEdit || !messenger.canRemove || state.stopped || hasLeft(state, platform)) return;
    const { store, clock } = this.#deps;
    const { tenant, address } = place;
    const sent = { platform, tenant, address, language: room.language, ref, isFile: false };
    await store.outbox.noteSent(sentNotice(sent, row.incident, clock.now()), ref);
  }

  /** Searches for an earlier post of a surface; null if none was attempted. */
  async #earlier(row: SurfaceRow, there: Pick<Sending, 'messenger' | 'place'>, key: string): Promise<Earlier | null> {
    const { attemptedAt: since } = row;
    return since === null ? null : earlierAttempt({ key, since, attemptedAt: since || null }, there, this.#deps);
  }

  /** Sends a post or an edit. A first post has a key made of the row, so that it is found again after a crash. */
  async #send(row: SurfaceRow, what: Sending, hash: string): Promise<SendOutcome> {
    const { store, clock } = this.#deps;
    const { messenger, place } = what;
    const { canEdit } = messenger;
    if (row.ref !== null && canEdit) return canEdit.edit(place, row.ref, what.body);
    // A new post on a platform without edits has a key of its own, unless its content is the same.
    const key = `${surfaceKey(row)}${canEdit ? '' : `:${hash}`}`;
    const earlier = await this.#earlier(row, what, key);
    if (earlier?.kind === 'arrived') return this.#correct(row, what, earlier.ref);
    if (earlier && earlier.kind !== 'again') return { kind: 'unknown', detail: earlier.kind };
    // Undefined after a restart: only the attempt is known then, not its content.
    const before = this.#unanswered.get(surfaceKey(row)) ?? (row.attemptedAt === null ? '' : undefined);
    const isSame = canEdit !== undefined || (before ?? hash) === hash;
    const isRepeated = earlier?.repeated === true && row.attemptedAt !== 0 && isSame;
    // The time of the first attempt stays, so that a repetition is the same message.
    const first = row.attemptedAt || clock.now();
    if (!(await store.surfaces.attempting(row, first))) return { kind: 'unknown', detail: 'not ours any more' };
    const outcome = await messenger.post(place, isRepeated ? repeatedBody(row, what.wanted) : what.body, key, first);
    const unanswered = outcome.kind === 'unknown' ? hash : before;
    if (outcome.kind === 'sent' || unanswered === undefined) this.#unanswered.delete(surfaceKey(row));
    else this.#unanswered.set(surfaceKey(row), unanswered);
    if (outcome.kind === 'sent' && earlier?.drops) return this.#correct(row, what, outcome.ref);
    // A refused post changes nothing, so the row's attempt is cleared, unless an earlier attempt may have arrived.
    if (outcome.kind === 'refused' && !outcome.partly && row.attemptedAt === null) {
      await store.surfaces.attempting(row, null);
    }
    return outcome;
  }

  /** Edits a message that had arrived before, which may show older content. If it is gone, the next post is a new one. */
  async #correct(row: SurfaceRow, { messenger, place, body }: Sending, ref: string): Promise<SendOutcome> {
    if (!messenger.canEdit) return { kind: 'sent', ref };
    const outcome = await messenger.canEdit.edit(place, ref, body);
    if (outcome.kind === 'refused' && outcome.reason === 'gone') await this.#deps.store.surfaces.attempting(row, null);
    return outcome;
  }

  async #place(row: SurfaceRow, room: Room): Promise<Place | null> {
    const address = { tenant: room.tenant, address: room.address };
    if (row.key === 'status') return { ...address, thread: null };
    const root = await this.#deps.store.surfaces.get(row.incident, row.room, 'status');
    return root?.ref ? { ...address, thread: root.ref } : null;
  }
}

/** News of a surface on a platform without edits; undefined on any other. */
function newsFor(wanted: Wanted, isFirst: boolean): string | null | undefined {
  const { messenger, surface } = wanted;
  if (messenger.canEdit || !messenger.news) return undefined;
  const { brief: card, key } = surface;
  return messenger.news(card ? { card, surface: key } : messageOf(wanted, isFirst));
}

/** Body with the mark of a possible repetition. */
function repeatedBody(row: SurfaceRow, wanted: Wanted): string {
  const { messenger } = wanted;
  return messenger.render({ ...messageOf(wanted, !messenger.canEdit && row.ref === null), possiblyRepeated: true });
}

function messageOf({ state, room, surface, messenger }: Wanted, isFirst: boolean): OutgoingMessage {
  return {
    incident: state.id,
    card:
      (isFirst && messenger.postsOnce ? surface.opening : undefined) ??
      (messenger.canEdit ? undefined : surface.joint) ??
      surface.card,
    ...(isFirst && surface.key === 'status' ? { isFirst } : {}),
    language: room.language,
    revision: state.version,
    surface: surface.key,
    ring: false,
  };
}

/** Key to find a card in the history of its room. */
function surfaceKey({ incident, room, key }: SurfaceRow): string {
  return `surface:${incident}:${room}:${key}`;
}
