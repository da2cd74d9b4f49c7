import type { z } from 'zod';
import type { Card } from '../../conversation/card.ts';
import { sentenceCard } from '../../conversation/sentence.ts';
import { parseJson } from '../../ops/json.ts';
import type { Clock, KeptValues, Log } from '../../use-cases/ports.ts';

const PAUSE = 5_000;

export interface GivenDependencies {
  readonly kept: KeptValues;
  readonly clock: Clock;
  readonly log: Log;
}

/** What people gave, on disk until it is fetched: in the background, again after a crash, one at a time. */
export class Given<Job> {
  readonly #deps: GivenDependencies;
  readonly #prefix: string;
  readonly #schema: z.ZodType<Job>;
  #take: ((job: Job) => Promise<void>) | null = null;
  #running: Promise<void> = Promise.resolve();
  #cancel: () => void = () => {};

  constructor(deps: GivenDependencies, prefix: string, schema: z.ZodType<Job>) {
    this.#deps = deps;
    this.#prefix = prefix;
    this.#schema = schema;
  }

  /** `take` throws when it should be tried again; what it does is keyed, so twice is once. */
  start(take: (job: Job) => Promise<void>): Promise<void> {
    this.#take = take;
    return this.run();
  }

  /** On disk when it resolves. */
  add(id: string, job: Job): Promise<void> {
    return this.#deps.kept.put(this.#prefix + id, JSON.stringify(job));
  }

  run(): Promise<void> {
    this.#running = this.#running
      .then(() => this.#pass())
      .catch((error: unknown) => this.#deps.log.error({ err: error }, 'what was given could not be looked at'));
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#take = null;
    this.#cancel();
    await this.#running;
  }

  idle(): Promise<void> {
    return this.#running;
  }

  async #pass(): Promise<void> {
    const { kept, clock, log } = this.#deps;
    for (const { key, value } of await kept.list(this.#prefix, 1_000)) {
      const job = this.#schema.safeParse(parseJson(value));
      if (!job.success || !this.#take) continue;
      try {
        await this.#take(job.data);
        await kept.remove(key);
      } catch (error) {
        log.warn({ err: error }, 'what somebody gave could not be kept; it is tried again');
        this.#cancel();
        this.#cancel = clock.at(clock.now() + PAUSE, () => void this.run());
      }
    }
  }
}

/** A file that arrived and was refused: which one, and the reason there was. */
export function notKept(name: string, why: Card): Card {
  const actions = why.blocks.filter(({ kind }) => kind === 'actions');
  return sentenceCard({ key: 'wecom.file_refused', params: { name: { raw: name }, why: why.summary } }, actions);
}
