import { localiseCard } from '../../src/conversation/cards/localise.ts';
import type { Messenger, OutgoingMessage, Place, SendOutcome } from '../../src/use-cases/ports.ts';
import type { Machine } from './machine.ts';
import type { Random } from './random.ts';

/** One run of the bot, from its start to its crash. What comes back to a dead one is heard by nobody. */
export interface Life {
  readonly number: number;
  alive: boolean;
}
export interface Traits {
  readonly platform: string;
  readonly tenant: string;
  /** Edits a minute it promises; 0: it cannot edit. */
  readonly edits: number;
  /** Whether it can be asked what it has, or drops by itself what it gets twice. */
  readonly history: 'full' | 'drops' | 'none';
  /** After this long without an answer the adapter gives up, ms. */
  readonly timeout: number;
}
/** How badly a platform behaves; shares of calls, and the mean time one way in ms. */
export interface Weather {
  readonly latency: number;
  readonly lostRequests: number;
  readonly lostAnswers: number;
  readonly serverErrors: number;
  readonly limited: number;
}
export const FINE: Weather = { latency: 40, lostRequests: 0, lostAnswers: 0, serverErrors: 0, limited: 0 };

export interface Message {
  readonly ref: string;
  /** What a platform that drops repetitions knows it by. */
  readonly id: string;
  readonly address: string;
  readonly thread: string | null;
  readonly key: string;
  readonly body: string;
  readonly deleted: boolean;
}
/** A call as the adapter saw it. Instants are elapsed ms, `wall` is what the bot's clock said. */
export interface Attempt {
  readonly kind: 'post' | 'edit' | 'find';
  readonly key: string;
  readonly address: string;
  readonly thread: string | null;
  readonly body: string;
  readonly life: number;
  readonly wall: number;
  readonly began: number;
  ended: number | null;
  arrived: boolean;
  outcome: string | null;
  /** Why it was refused. */
  reason: string | null;
  retryAt: number | null;
}

type Found = Awaited<ReturnType<NonNullable<Messenger['canFind']>['find']>>;
interface Call<T> {
  readonly life: Life;
  readonly attempt: Attempt;
  readonly apply: () => T;
  readonly unknown: T;
  readonly refused: (reason: 'unreachable' | 'rate_limited', retryAt: number | null) => T;
}

/** Edits a minute the platform itself bears before it answers 429; what it promises is less. */
const EDITS_BORNE = 50;
const MINUTE = 60_000;

/** A chat platform as the bot meets it: slow, forgetful, sometimes down, and with people who delete what we wrote. */
export class Peer {
  readonly traits: Traits;
  readonly messages: Message[] = [];
  readonly attempts: Attempt[] = [];
  readonly gone = new Set<string>();
  weather: Weather = FINE;
  down = false;
  readonly #machine: Machine;
  readonly #random: Random;
  readonly #saw: (what: string) => void;
  #edits: number[] = [];

  constructor(traits: Traits, world: { machine: Machine; random: Random; saw: (what: string) => void }) {
    this.traits = traits;
    this.#machine = world.machine;
    this.#random = world.random;
    this.#saw = world.saw;
  }

  messenger(life: Life): Messenger {
    const { platform, tenant, edits, history } = this.traits;
    return {
      platform,
      render: (message) => JSON.stringify(bodyOf(message)),
      fingerprint: withoutRevision,
      post: (place, body, key, first) => this.#post(life, place, body, key, first),
      canMessagePeople: {
        direct: async (account) =>
          account.tenant === tenant ? { tenant, address: `dm:${account.id}`, thread: null } : null,
      },
      ...(edits > 0 ? { canEdit: { perMinute: edits, edit: this.#edit(life) } } : {}),
      ...(history === 'none' ? {} : { canFind: { find: this.#find(life) } }),
    };
  }

  /** A reader deletes a message of ours. */
  erase(ref: string): void {
    const index = this.messages.findIndex((m) => m.ref === ref);
    const old = this.messages[index];
    if (old) this.messages[index] = { ...old, deleted: true };
  }

  #post(life: Life, place: Place, body: string, key: string, first?: number): Promise<SendOutcome> {
    // Cards are dropped by an id of their posting, notices by their bytes.
    const id = `${key}:${first ?? body}`;
    const apply = (): SendOutcome => {
      const twin = this.messages.find((m) => m.address === place.address && m.id === id);
      if (this.traits.history === 'drops' && twin) return { kind: 'sent', ref: twin.ref };
      if (this.gone.has(place.address)) return { kind: 'refused', reason: 'gone', detail: 'archived' };
      const ref = `${this.traits.platform}-${this.messages.length + 1}`;
      this.messages.push({ ref, id, address: place.address, thread: place.thread, key, body, deleted: false });
      attempt.arrived = true;
      return { kind: 'sent', ref };
    };
    const attempt = this.#attempt('post', life, place, key, body);
    return this.#send(life, attempt, apply);
  }

  #edit(life: Life): (place: Place, ref: string, body: string) => Promise<SendOutcome> {
    return (place, ref, body) => {
      const attempt = this.#attempt('edit', life, place, ref, body);
      return this.#send(life, attempt, () => {
        const now = this.#machine.elapsed;
        this.#edits = this.#edits.filter((at) => at > now - MINUTE);
        if (this.#edits.length >= EDITS_BORNE) return this.#limited(attempt);
        const index = this.messages.findIndex((m) => m.ref === ref);
        const old = this.messages[index];
        if (!old || old.deleted || this.gone.has(place.address))
          return { kind: 'refused', reason: 'gone', detail: 'no such message' };
        this.#edits.push(now);
        this.messages[index] = { ...old, body };
        attempt.arrived = true;
        return { kind: 'sent', ref };
      });
    };
  }

  #find(life: Life): (place: Place, key: string) => Promise<Found> {
    return (place, key) => {
      if (this.traits.history === 'drops') return Promise.resolve({ kind: 'absent', drops: true });
      const attempt = this.#attempt('find', life, place, key, '');
      const apply = (): Found => {
        const found = this.messages.find((m) => isAt(m, place) && m.key === key && !m.deleted);
        attempt.arrived = true;
        return found ? { kind: 'found', ref: found.ref } : { kind: 'absent' };
      };
      return this.#call({ life, attempt, apply, unknown: { kind: 'unknown' }, refused: () => ({ kind: 'unknown' }) });
    };
  }

  #send(life: Life, attempt: Attempt, apply: () => SendOutcome): Promise<SendOutcome> {
    return this.#call<SendOutcome>({
      life,
      attempt,
      apply,
      unknown: { kind: 'unknown', detail: 'no answer' },
      refused: (reason, retryAt) => ({
        kind: 'refused',
        reason,
        detail: reason,
        ...(retryAt === null ? {} : { retryAt }),
      }),
    });
  }

  #limited(attempt: Attempt): SendOutcome {
    const retryAt = this.#machine.wall() + this.#random.int(2, 60) * 1_000;
    attempt.retryAt = retryAt;
    return { kind: 'refused', reason: 'rate_limited', retryAt, detail: '429' };
  }

  #attempt(kind: Attempt['kind'], life: Life, place: Place, key: string, body: string): Attempt {
    const attempt: Attempt = {
      ...{
        kind,
        key,
        address: place.address,
        thread: place.thread,
        body,
        life: life.number,
        wall: this.#machine.wall(),
      },
      ...{ began: this.#machine.elapsed, ended: null, arrived: false, outcome: null, reason: null, retryAt: null },
    };
    this.attempts.push(attempt);
    this.#saw(`${kind} ${place.address} ${key} ${body.length}`);
    return attempt;
  }

  #call<T extends { readonly kind: string }>(call: Call<T>): Promise<T> {
    const { timeout } = this.traits;
    const { weather } = this;
    const there = Math.min(this.#random.around(weather.latency), timeout - 1);
    const back = this.#random.around(weather.latency);
    return new Promise((resolve) => {
      const answer = (after: number, what: () => T): void => {
        this.#machine.after(after, () => {
          if (!call.life.alive) return;
          const outcome = what();
          call.attempt.ended = this.#machine.elapsed;
          call.attempt.outcome = outcome.kind;
          call.attempt.reason = 'reason' in outcome ? String(outcome.reason) : null;
          this.#saw(`answer ${call.attempt.kind} ${call.attempt.key} ${outcome.kind}`);
          resolve(outcome);
        });
      };
      if (this.down) {
        const refused = this.#random.chance(0.7);
        answer(refused ? there : timeout, () => (refused ? call.refused('unreachable', null) : call.unknown));
        return;
      }
      if (this.#random.chance(weather.limited)) {
        answer(there + back, () => {
          const retryAt = this.#machine.wall() + this.#random.int(2, 90) * 1_000;
          call.attempt.retryAt = retryAt;
          return call.refused('rate_limited', retryAt);
        });
        return;
      }
      if (this.#random.chance(weather.lostRequests)) {
        answer(timeout, () => call.unknown);
        return;
      }
      const lost = this.#random.chance(weather.lostAnswers) || there + back >= timeout;
      const broken = this.#random.chance(weather.serverErrors);
      const done = broken && this.#random.chance(0.5) ? () => call.unknown : call.apply;
      let outcome = call.unknown;
      this.#machine.after(there, () => {
        outcome = done();
      });
      answer(lost ? timeout : there + back, () => (lost || broken ? call.unknown : outcome));
    });
  }
}

/** Replies are looked for below their root. */
function isAt(message: Message, { address, thread }: Place): boolean {
  return message.address === address && message.thread === thread;
}

interface Body {
  readonly card: ReturnType<typeof localiseCard>;
  readonly revision: number;
  readonly incident: string;
  readonly late: number | null;
  readonly repeated: boolean;
  readonly ring: boolean;
}

/** What goes on the wire: the words as the room reads them, and what the buttons are bound to. */
function bodyOf(message: OutgoingMessage): Body {
  return {
    card: localiseCard(message.card, message.language),
    revision: message.revision,
    incident: message.incident,
    late: message.late?.seconds ?? null,
    repeated: message.possiblyRepeated ?? false,
    ring: message.ring,
  };
}

/** Bodies of these peers are all made by `bodyOf`. */
export function readBody(text: string): Body {
  return JSON.parse(text);
}

export function withoutRevision(body: string): string {
  return JSON.stringify({ ...readBody(body), revision: 0 });
}
