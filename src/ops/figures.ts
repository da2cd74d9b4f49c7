/** Figures of the store for `/metrics`. */
export interface StoreFigures {
  readonly notices: Readonly<Record<string, number>>;
  /** Open incidents without drills. */
  readonly open: number;
  /** Earliest due time of a running clock, in epoch ms; null if none runs. */
  readonly nextDue: number | null;
  readonly overdue: number;
  readonly bytes: number;
  /** Instant (epoch ms) of the last backup; null if none is known. */
  readonly backup: number | null;
}

/** Longest wait (ms) of a scrape for an unresponsive store; Prometheus gives up after ten seconds. */
const PATIENCE = 1_000;

/**
 * Reads the figures once for all gauges of a scrape, and keeps the last ones: if the store does not respond, `/metrics`
 * shows them with `jishi_store_up 0` instead of failing.
 */
export class LastFigures {
  readonly #read: () => Promise<StoreFigures>;
  readonly #patience: number;
  #reading: Promise<boolean> | null = null;
  last: StoreFigures | null = null;

  constructor(read: () => Promise<StoreFigures>, patience = PATIENCE) {
    this.#read = read;
    this.#patience = patience;
  }

  /** Resolves with true once `last` is fresh, with false if the store fails or does not respond in time. */
  refresh(): Promise<boolean> {
    this.#reading ??= this.#again().finally(() => {
      this.#reading = null;
    });
    return inTime(this.#reading, this.#patience);
  }

  async #again(): Promise<boolean> {
    try {
      this.last = await this.#read();
      return true;
    } catch {
      return false;
    }
  }
}

/** Resolves with false if a check fails, is false, or takes longer than `patience`. */
export function inTime(work: Promise<unknown>, patience = PATIENCE): Promise<boolean> {
  const done = work.then(
    (value) => value !== false,
    () => false,
  );
  return Promise.race([done, later(patience)]);
}

function later(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms).unref());
}
