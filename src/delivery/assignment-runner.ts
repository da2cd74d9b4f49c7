import type { Assignment, Assignments, Clock } from '../use-cases/ports.ts';
import { type Loops, type Running as RunningWork, Worker } from './worker.ts';

/** A missed word of a pointer costs this much, in ms. */
const POLL = 2_000;
/** Time (ms) without work after which an assignment is given back. */
const LINGER = 1_000;

interface Running {
  readonly assignment: Assignment;
  readonly loops: Loops;
  /** Ends it before everything is done. */
  readonly interrupt: () => void;
  readonly ended: Promise<void>;
}

export interface AssignmentRunnerDependencies {
  readonly assignments: Assignments;
  readonly clock: Clock;
  readonly loopsOf: (assignment: Assignment) => Loops;
  readonly failed: (error: unknown) => void;
}

/** Worker that shares the deliveries with other processes: takes assignments, does what is due, and gives them back. */
export class AssignmentRunner implements RunningWork {
  readonly #deps: AssignmentRunnerDependencies;
  readonly #workers: readonly Worker[];
  readonly #taking: Worker;
  readonly #sweeping: Worker;
  readonly #running = new Map<string, Running>();
  readonly #except: Set<string>;
  readonly #forget: () => void;
  #stopped = false;

  /** `except` names the platforms that are not delivered to until enabled. */
  constructor(deps: AssignmentRunnerDependencies, except: ReadonlySet<string>) {
    this.#deps = deps;
    this.#except = new Set(except);
    const { assignments, clock, failed: onError } = deps;
    const take = async (): Promise<number> => {
      for (const assignment of await assignments.take(this.#except)) this.#start(assignment);
      return clock.now() + POLL;
    };
    this.#taking = new Worker({ work: { pass: take }, clock, onError });
    this.#sweeping = new Worker({ work: { pass: () => assignments.sweep() }, clock, onError });
    this.#workers = [this.#taking, this.#sweeping];
    this.#forget = assignments.onPointer(() => this.#taking.wake());
    for (const worker of this.#workers) worker.wake();
  }

  /** Something may have changed. */
  wake(): void {
    for (const { loops } of this.#running.values()) for (const worker of loops.workers) worker.wake();
    this.#sweeping.wake();
  }

  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  /** Delivers to a platform from now on. */
  open(platform: string): void {
    this.#except.delete(platform);
    this.#taking.wake();
  }

  /** Resolves when nothing is under way for a platform and nothing more will be. */
  async close(platform: string): Promise<void> {
    this.#except.add(platform);
    const ended = () => this.#end(({ assignment }) => platformOf(assignment) === platform);
    await Promise.all([ended(), this.#taking.idle()]);
    await ended();
  }

  /** Resolves when everything is given back. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#forget();
    // At once: what this process has may be somebody else's by now.
    await Promise.all([this.#end(() => true), ...this.#workers.map((worker) => worker.stop())]);
    await this.#end(() => true);
  }

  #start(assignment: Assignment): void {
    const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<void>();
    const loops = this.#deps.loopsOf(assignment);
    const running: Running = { assignment, loops, interrupt, ended: this.#run(assignment, loops, interrupted) };
    this.#running.set(assignment.key, running);
    void running.ended.then(() => {
      if (this.#running.get(assignment.key) === running) this.#running.delete(assignment.key);
      // Work that came meanwhile is free for any instance.
      for (const worker of [this.#taking, this.#sweeping]) worker.wake();
    });
  }

  async #run(assignment: Assignment, loops: Loops, interrupted: Promise<void>): Promise<void> {
    const done = await this.#work(loops.workers, interrupted);
    await Promise.all(loops.workers.map((worker) => worker.stop()));
    while (!(await this.#giveBack(assignment, loops, done))) await this.#rest(LINGER);
  }

  /**
   * Gives an assignment back. Until that is committed no other process can have it; when this process ends it is free
   * in any case.
   */
  async #giveBack(assignment: Assignment, loops: Loops, done: boolean): Promise<boolean> {
    try {
      await assignment.giveBack(loops.budgetLeft(), done);
      return true;
    } catch (error) {
      this.#deps.failed(error);
      return this.#stopped;
    }
  }

  /** Works until nothing is left to do (true) or it is interrupted (false). */
  async #work(workers: readonly Worker[], interrupted: Promise<void>): Promise<boolean> {
    const { clock } = this.#deps;
    const isInterrupted = interrupted.then(() => true);
    for (const worker of workers) worker.wake();
    for (;;) {
      if (await Promise.race([this.#rest(LINGER), isInterrupted])) return false;
      if (workers.every((worker) => worker.isFreeUntil(clock.now() + LINGER))) return true;
    }
  }

  #rest(ms: number): Promise<false> {
    const { clock } = this.#deps;
    return new Promise((resolve) => {
      clock.at(clock.now() + ms, () => resolve(false));
    });
  }

  async #end(which: (running: Running) => boolean): Promise<void> {
    const ending = [...this.#running.values()].filter(which);
    for (const { interrupt } of ending) interrupt();
    await Promise.all(ending.map(({ ended }) => ended));
  }
}

function platformOf({ key }: Assignment): string {
  return key.split('/')[0] ?? '';
}
