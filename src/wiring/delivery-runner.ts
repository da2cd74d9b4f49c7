import { AssignmentRunner } from '../delivery/assignment-runner.ts';
import type { Outages } from '../delivery/outages.ts';
import { everything, type Loops, type Running } from '../delivery/worker.ts';
import type { Assignment, Assignments, Clock, Exclusive } from '../use-cases/ports.ts';

export interface DeliveryRunnerDependencies {
  readonly clock: Clock;
  readonly outages: Outages;
  readonly loops: (assignment?: Assignment) => Loops;
  readonly failed: (error: unknown) => void;
  readonly assignments?: Assignments | undefined;
  readonly exclusive?: Exclusive | undefined;
  /** Platforms with one connection only: not delivered to until enabled. */
  readonly apart: Iterable<string>;
}

/** Starts and ends delivery and scheduling: alone, or as one of several processes on the store. */
export class DeliveryRunner {
  readonly #deps: DeliveryRunnerDependencies;
  readonly #apart: Set<string>;
  #running: Running | null = null;
  #giveUp = (): Promise<void> => this.#end();

  constructor(deps: DeliveryRunnerDependencies) {
    this.#deps = deps;
    this.#apart = new Set(deps.apart);
  }

  start(): void {
    const { exclusive } = this.#deps;
    const begin = (): void => this.#begin();
    // Not before: after a restore things are put in order that nobody may overtake.
    if (exclusive) this.#giveUp = exclusive.hold(null, { held: begin, lost: () => this.#end() });
    else begin();
  }

  wake(): void {
    this.#running?.wake();
  }

  serve(platform: string): () => Promise<void> {
    this.#apart.delete(platform);
    this.#running?.open(platform);
    return async () => {
      this.#apart.add(platform);
      await this.#running?.close(platform);
    };
  }

  /** Returns true if another process delivers to a platform. */
  isElsewhere(platform: string): boolean {
    return this.#deps.assignments !== undefined && this.#apart.has(platform);
  }

  async settle(): Promise<void> {
    const { outages } = this.#deps;
    do {
      await outages.idle();
      await this.#running?.settle();
    } while (outages.busy);
  }

  stop(): Promise<void> {
    return this.#giveUp();
  }

  #begin(): void {
    const { assignments, clock, loops, failed } = this.#deps;
    this.#running = assignments
      ? new AssignmentRunner({ assignments, clock, loopsOf: loops, failed }, this.#apart)
      : everything(loops());
    this.#running.wake();
  }

  async #end(): Promise<void> {
    const ending = this.#running;
    this.#running = null;
    await ending?.stop();
    await this.#deps.outages.idle();
  }
}
