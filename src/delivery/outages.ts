import type { SendOutcome } from '../use-cases/ports.ts';

export interface OutagesDependencies {
  /** Makes due what waits for its platform, and looks for it. */
  readonly hurry: () => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/**
 * Outages of platforms. Notices to an unreachable platform are retried ever more rarely; its first answer ends the
 * wait.
 */
export class Outages {
  readonly #deps: OutagesDependencies;
  readonly #answering = new Set<string>();
  readonly #under = new Set<Promise<void>>();

  constructor(deps: OutagesDependencies) {
    this.#deps = deps;
  }

  /** Records a platform's answer to a send; the first answer since the start counts as a return. */
  heard(platform: string, outcome: SendOutcome): void {
    if (outcome.kind === 'unknown') return;
    if (outcome.kind === 'refused' && outcome.reason === 'unreachable') this.#answering.delete(platform);
    else if (!this.#answering.has(platform)) this.returned(platform);
  }

  /** Records that a platform can be reached, as it reports itself. */
  returned(platform: string): void {
    this.#answering.add(platform);
    const under = this.#deps
      .hurry()
      .catch(this.#deps.failed)
      .finally(() => this.#under.delete(under));
    this.#under.add(under);
  }

  get busy(): boolean {
    return this.#under.size > 0;
  }

  async idle(): Promise<void> {
    while (this.busy) await Promise.all(this.#under);
  }
}
