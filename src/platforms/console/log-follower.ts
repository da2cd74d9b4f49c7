import { InOrder } from '../../talk/in-order.ts';
import type { LoggedMessage } from '../../use-cases/ports.ts';

export interface LogFollowerDependencies {
  /** Messages for this reader with a `seq` after that one, oldest first. */
  missed(after: number): Promise<readonly LoggedMessage[]>;
  /** Returns true if this reader may read a message. */
  mayRead(message: LoggedMessage): boolean;
  show(message: LoggedMessage): Promise<void>;
  failed(error: unknown): void;
}

/**
 * Orders the messages of a log that several processes report, by `seq`. A missing number is on its way, or was never
 * used: both can be told from the log, because each number is committed before any higher one.
 */
export class LogFollower {
  readonly #deps: LogFollowerDependencies;
  #seen: number | null;
  readonly #order = new InOrder();

  /** `after`: what the reader saw last; null shows what comes from now on. */
  constructor(after: number | null, deps: LogFollowerDependencies) {
    this.#deps = deps;
    this.#seen = after;
    if (after !== null) this.#next(() => this.#catchUp(after));
  }

  hear(message: LoggedMessage): void {
    this.#next(async () => {
      const seen = this.#seen;
      // A later one came first, and it was read then.
      if (seen !== null && message.seq <= seen) return;
      if (seen !== null && message.seq > seen + 1) await this.#catchUp(seen);
      else if (this.#deps.mayRead(message)) await this.#deps.show(message);
      this.#seen = Math.max(message.seq, this.#seen ?? 0);
    });
  }

  async #catchUp(after: number): Promise<void> {
    for (const message of await this.#deps.missed(after)) {
      await this.#deps.show(message);
      this.#seen = Math.max(message.seq, this.#seen ?? 0);
    }
  }

  #next(work: () => Promise<void>): void {
    this.#order.run('', work).catch((error: unknown) => this.#deps.failed(error));
  }
}
