import type { Clock } from '../use-cases/ports.ts';

/** Kind of outgoing work; a notice precedes a card. */
export type OutgoingKind = 'notice' | 'card';
/** Time (ms) after a person's last request during which sends yield. */
const QUIET = 8;
/** Maximum time (ms) that outgoing work waits for a quiet moment. */
const PATIENCE: Readonly<Record<OutgoingKind, number>> = { notice: 10, card: 60 };

/** Time (ms) without a request after which several pieces of work share a turn, and thus a commit. */
const ALONE = 1_000;
/** Maximum number of pieces in a shared turn: about as much work as one commit. */
const SHARED = 8;

interface Waiting {
  readonly since: number;
  readonly go: () => void;
}

/**
 * Queue of all outgoing work. Without a clock one piece runs per turn of the event loop, so that a person's request
 * waits for one piece at most. With a clock a piece also waits, up to `PATIENCE`, until no request has arrived for
 * `QUIET` ms; after `ALONE` ms without a request up to `SHARED` pieces run per turn.
 */
export class OutgoingQueue {
  readonly #afterTurn: (run: () => void) => void;
  readonly #clock: Clock | null;
  readonly #waiting: Readonly<Record<OutgoingKind, Waiting[]>> = { notice: [], card: [] };
  #scheduled = false;
  #servedAt = Number.NEGATIVE_INFINITY;

  /** `afterTurn` runs a function after the current turn of the event loop. */
  constructor(options: { readonly afterTurn?: (run: () => void) => void; readonly courteous?: Clock } = {}) {
    this.#afterTurn = options.afterTurn ?? setImmediate;
    this.#clock = options.courteous ?? null;
  }

  /** A person's request arrived: sends yield for `QUIET` ms. */
  served(): void {
    if (this.#clock) this.#servedAt = this.#clock.now();
  }

  /** Resolves in a later turn of the event loop; pieces of one kind keep their order. */
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
    // A clock that was set back must not prolong the wait.
    return Math.min(this.#servedAt + QUIET - now, since + PATIENCE[of] - now, PATIENCE[of]);
  }
}
