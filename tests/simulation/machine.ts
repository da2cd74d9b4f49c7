import type { TimeSource } from '../../src/ops/system-clock.ts';
import type { Random } from './random.ts';

/** More happenings than this within a minute are a loop that spins. */
const SPINNING = 5_000;
const MINUTE = 60_000;

interface Waiting {
  readonly at: number;
  /** Drawn: what comes at the same instant comes in any order. */
  readonly order: number;
  readonly run: () => void;
}

/**
 * The machine and the world around it: time that passes when told, a clock on the wall that may be set, and the turns of
 * the event loop. Everything that waits, waits here.
 */
export class Machine implements TimeSource {
  readonly #random: Random;
  readonly #crashed: (error: unknown) => void;
  readonly #waiting: Waiting[] = [];
  #turns: (() => void)[] = [];
  #elapsed = 0;
  #offset: number;
  #minute = 0;
  #inMinute = 0;
  /** When the wall clock was set, in elapsed ms. */
  readonly #jumps: number[] = [];
  /** When the bot was killed, in elapsed ms. */
  readonly #kills = new Set<number>();

  /** `crashed` hears of what is thrown in a turn; nothing else is there to catch it. */
  constructor(random: Random, start: number, crashed: (error: unknown) => void) {
    this.#random = random;
    this.#offset = start;
    this.#crashed = crashed;
  }

  /** Milliseconds that really passed since the beginning. */
  get elapsed(): number {
    return this.#elapsed;
  }

  readonly wall = (): number => this.#elapsed + this.#offset;

  readonly after = (ms: number, run: () => void): (() => void) => {
    const entry = { at: this.#elapsed + ms, order: this.#random.next(), run };
    insert(this.#waiting, entry);
    return () => {
      const index = this.#waiting.indexOf(entry);
      if (index >= 0) this.#waiting.splice(index, 1);
    };
  };

  /** Runs something when the current turn of the event loop is over. */
  readonly afterTurn = (run: () => void): void => {
    this.#turns.push(run);
  };

  setWall(by: number): void {
    this.#offset += by;
    this.#jumps.push(this.#elapsed);
  }

  noteKill(): void {
    this.#kills.add(this.#elapsed);
  }

  /** Whether what came in at an instant may have been lost with the process: nothing was committed after it. */
  killedAt(instant: number): boolean {
    return this.#kills.has(instant);
  }

  /** Whether the wall clock was set after one instant and not after the other (elapsed ms). */
  jumpedBetween(after: number, until: number): boolean {
    return this.#jumps.some((at) => at >= after && at <= until);
  }

  /** Resolves when nothing is left that does not wait for time to pass. `between` is asked after each turn. */
  async settle(between: () => Promise<void>): Promise<void> {
    for (;;) {
      this.#count();
      // By then every promise that can go on has gone on.
      await new Promise((resolve) => setImmediate(resolve));
      await between();
      const turns = this.#turns;
      if (turns.length === 0) return;
      this.#turns = [];
      for (const turn of turns) this.#attempt(turn);
    }
  }

  /** Moves to the next thing that waits, at most to `until` (elapsed ms), and lets it run. */
  step(until: number): void {
    const next = this.#waiting[0];
    if (!next || next.at > until) {
      this.#elapsed = until;
      return;
    }
    this.#count();
    this.#waiting.shift();
    this.#elapsed = Math.max(this.#elapsed, next.at);
    this.#attempt(next.run);
  }

  /** Throws when nothing comes to rest any more. */
  #count(): void {
    const minute = Math.floor(this.#elapsed / MINUTE);
    this.#inMinute = minute === this.#minute ? this.#inMinute + 1 : 0;
    this.#minute = minute;
    if (this.#inMinute > SPINNING) throw new Error(`something spins at ${this.#elapsed} ms`);
  }

  #attempt(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#crashed(error);
    }
  }
}

/** Keeps the list in order of time. */
function insert(list: Waiting[], entry: Waiting): void {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = list[middle];
    if (other && (other.at < entry.at || (other.at === entry.at && other.order < entry.order))) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, entry);
}
