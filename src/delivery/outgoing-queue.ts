import type { Clock } from '../use-cases/ports.ts';

/** A notice goes before a card. */
export type OutgoingKind = 'notice' | 'card';
/** Time (ms) after the last request of a person during which sends yield. */
const QUIET = 8;
/** Maximum wait for a quiet moment, in ms. */
const PATIENCE: Readonly<Record<OutgoingKind, number>> = { notice: 10, card: 60 };

/** Time (ms) without a request after which pieces share a turn, and so a commit. */
const ALONE = 1_000;
/** Most pieces in such a turn: together they take the loop about as long as one commit. */
const SHARED = 8;

interface Waiting {
  readonly since: number;
  readonly go: () => void;
}

/**
 * Queue of everything that is sent: one piece of work per turn of the event loop, so that a request never waits for more
 * than one. With a clock people go first: while requests come in, a piece waits for a quiet moment, but never for long;
 * while nobody asks for anything, several go in one turn.
 */
export class OutgoingQueue {
  readonly #afterTurn: (run: () => void) => void;
  readonly #clock: Clock | null;
  readonly #waiting: Readonly<Record<OutgoingKind, Waiting[]>> = { notice: [], card: [] };
  #scheduled = false;
  #servedAt = Number.NEGATIVE_INFINITY;

  /** `afterTurn` runs something when the current turn of the event loop is over. */
  constructor(options: { readonly afterTurn?: (run: () => void) => void; readonly courteous?: Clock } = {}) {
    this.#afterTurn = options.afterTurn ?? setImmediate;
    this.#clock = options.courteous ?? null;
  }

  /** A person's request arrived: sends yield for `QUIET` ms. */
  served(): void {
    if (this.#clock) this.#servedAt = this.#clock.now();
  }

  /** Resolves in a later turn of the event loop; pieces of one kind get their turns in the order of the calls. */
  next(of: OutgoingKind): Promise<void> {
    return new Promise((go) => {
      this.#waiting[of].push({ since: this.#clock?.now() ?? 0, go });
      if (!this.#scheduled) this.#schedule();
    });
  }

  #schedule(): void {
    this.#scheduled = true;
    this.#afterTurn(() => {
      this.#scheduled = false;
      this.#pass();
    });
  }

  #pass(): void {
    const [of, first] = this.#first();
    if (!first) return;
    const pause = this.#pauseOf(of, first);
    if (pause > 0 && this.#clock) {
      this.#scheduled = true;
      this.#clock.at(this.#clock.now() + pause, () => this.#schedule());
      return;
    }
    for (let left = this.#isAlone() ? SHARED : 1; left > 0; left -= 1) {
      const [kind] = this.#first();
      this.#waiting[kind].shift()?.go();
    }
    if (this.#first()[1]) this.#schedule();
  }

  #isAlone(): boolean {
    return this.#clock !== null && this.#clock.now() - this.#servedAt >= ALONE;
  }

  #first(): readonly [OutgoingKind, Waiting | undefined] {
    const [notice] = this.#waiting.notice;
    return notice ? ['notice', notice] : ['card', this.#waiting.card[0]];
  }

  #pauseOf(of: OutgoingKind, { since }: Waiting): number {
    if (!this.#clock) return 0;
    const now = this.#clock.now();
    // A clock that is set back must not make the wait longer.
    return Math.min(this.#servedAt + QUIET - now, since + PATIENCE[of] - now, PATIENCE[of]);
  }
}
