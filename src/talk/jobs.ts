import { z } from 'zod';
import { type Backoff, pauseAfter } from '../ops/backoff.ts';
import { messageOf } from '../ops/errors.ts';
import { parseJson } from '../ops/json.ts';
import { Worker } from '../ops/worker.ts';
import type { KeptKey, KeptPrefix } from '../use-cases/ports.ts';
import type { TalkNeeds } from './acts.ts';

/** Does a job. Throws for a retry, or `Hopeless` for none. */
export type DoJob<Job> = (job: Job) => Promise<void>;
export class Hopeless extends Error {}

export interface JobsDependencies<Job> extends TalkNeeds {
  readonly platform: string;
  /** Prefix of the jobs among the kept values of the platform. */
  readonly prefix: KeptPrefix;
  readonly schema: z.ZodType<Job>;
}
interface Entry<Job> {
  readonly job: Job;
  readonly attempts: number;
  /** Earliest time of the next attempt, epoch ms. */
  readonly notBefore: number;
}

const PAUSE: Backoff = { first: 2_000, longest: 5 * 60_000 };
const MAX_ATTEMPTS = 12;
/** Maximum of jobs read per pass, by key. Waiting jobs count too: behind this many of them a due job is not read. */
const BATCH = 1_000;

/**
 * Work for a person's request that needs the platform first (fetching a file, reading a message). It is on disk before
 * the payload is acknowledged, done afterwards one at a time, and repeated after a crash: its effects have idempotency
 * keys. After several failures it is kept with its body for the operator.
 */
export class Jobs<Job> {
  readonly #deps: JobsDependencies<Job>;
  readonly #worker: Worker;
  #do: DoJob<Job> | null = null;

  constructor(deps: JobsDependencies<Job>) {
    this.#deps = deps;
    const onError = (error: unknown): void => deps.log.error({ err: error }, 'jobs could not be read');
    const work = { pass: () => this.#pass() };
    this.#worker = new Worker({ work, onError, clock: deps.clock, longestSleep: PAUSE.longest });
  }

  /** Adds a job, on disk when it resolves. The same key means the same job. */
  async add(key: string, job: Job): Promise<void> {
    const { kept, prefix } = this.#deps;
    if ((await kept.get(`${prefix}${key}`)) === null)
      await this.#put(`${prefix}${key}`, { job, attempts: 0, notBefore: 0 });
    this.#worker.wake();
  }

  start(doJob: DoJob<Job>): void {
    this.#do = doJob;
    this.#worker.wake();
  }

  /** Resolves when the jobs in flight are finished. */
  stop(): Promise<void> {
    this.#do = null;
    return this.#worker.stop();
  }

  idle(): Promise<void> {
    return this.#worker.idle();
  }

  async #pass(): Promise<number | null> {
    const { kept, clock, prefix } = this.#deps;
    let next: number | null = null;
    for (const { key: listed, value } of await kept.list(prefix, BATCH)) {
      if (!this.#do) return null;
      const key: KeptKey = `${prefix}${listed.slice(prefix.length)}`;
      const entry = this.#entryOf(value);
      if (entry === null) {
        await this.#giveUp(key, value, 'not readable');
        continue;
      }
      const due = entry.notBefore > clock.now() ? entry.notBefore : await this.#attempt(key, entry, this.#do);
      if (due !== null) next = Math.min(next ?? due, due);
    }
    return next;
  }

  /** Does a job; returns the time of its next attempt, null for none. */
  async #attempt(key: KeptKey, entry: Entry<Job>, doJob: DoJob<Job>): Promise<number | null> {
    const { kept, clock, log, platform } = this.#deps;
    try {
      await doJob(entry.job);
      await kept.remove(key);
      return null;
    } catch (error) {
      const attempts = entry.attempts + 1;
      if (error instanceof Hopeless || attempts >= MAX_ATTEMPTS) {
        await this.#giveUp(key, JSON.stringify(entry.job), messageOf(error));
        return null;
      }
      log.warn({ err: error, where: platform, attempts }, 'a job failed; it is tried again');
      const notBefore = clock.now() + pauseAfter(attempts, PAUSE);
      await this.#put(key, { ...entry, attempts, notBefore });
      return notBefore;
    }
  }

  /** Keeps a failed job with its body for the operator. */
  async #giveUp(key: KeptKey, body: string, error: string): Promise<void> {
    const { kept, clock, inbox, platform } = this.#deps;
    await inbox.failed({ platform, key, body, error, at: clock.now() });
    await kept.remove(key);
  }

  #put(key: KeptKey, entry: Entry<Job>): Promise<void> {
    return this.#deps.kept.put(key, JSON.stringify(entry));
  }

  #entryOf(value: string): Entry<Job> | null {
    const { schema } = this.#deps;
    const entry = z.object({ job: schema, attempts: z.number(), notBefore: z.number() });
    const parsed = entry.safeParse(parseJson(value));
    if (parsed.success) return parsed.data;
    // Older versions stored the job without attempts.
    const job = schema.safeParse(parseJson(value));
    return job.success ? { job: job.data, attempts: 0, notBefore: 0 } : null;
  }
}
