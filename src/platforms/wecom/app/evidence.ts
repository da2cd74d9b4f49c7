import { z } from 'zod';
import type { Clock, KeptValues, Log } from '../../../use-cases/ports.ts';
import type { Download, WecomApp } from './api.ts';
import { WecomError } from './errors.ts';

/** As everywhere: larger ones are kept elsewhere and named in a note. */
const MAX_BYTES = 20 * 1024 * 1024;
const PAUSE = 10_000;
const PREFIX = 'given:';

/** Something somebody gave, on disk until it is fetched. WeCom keeps it for three days. */
const jobSchema = z.strictObject({ media: z.string(), incident: z.string(), user: z.string(), message: z.string() });
export type Given = z.infer<typeof jobSchema>;
export type Fetched = Download | 'too_large' | 'gone';

export interface EvidenceDependencies {
  readonly api: WecomApp;
  readonly kept: KeptValues;
  readonly clock: Clock;
  readonly log: Log;
  /** Puts it on the record, or says why not; keyed, so twice is once. Throws when it should be tried again. */
  keep(given: Given, fetched: Fetched): Promise<void>;
}

/** Fetches what people give in the background, and again after a crash. */
export class Evidence {
  readonly #deps: EvidenceDependencies;
  #running: Promise<void> = Promise.resolve();
  #cancel: () => void = () => {};
  #stopped = false;

  constructor(deps: EvidenceDependencies) {
    this.#deps = deps;
  }

  /** On disk when it resolves. */
  add(given: Given): Promise<void> {
    return this.#deps.kept.put(`${PREFIX}${given.message}`, JSON.stringify(given));
  }

  /** Fetches everything that waits; one at a time. */
  run(): Promise<void> {
    this.#running = this.#running
      .then(() => this.#pass())
      .catch((error: unknown) => this.#deps.log.error({ err: error }, 'what was given could not be looked at'));
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#running;
  }

  async #pass(): Promise<void> {
    const { kept, clock, log } = this.#deps;
    for (const { key, value } of await kept.list(PREFIX, 1_000)) {
      const given = jobSchema.safeParse(JSON.parse(value));
      if (!given.success || this.#stopped) continue;
      try {
        await this.#deps.keep(given.data, await this.#fetch(given.data));
        await kept.remove(key);
      } catch (error) {
        log.warn({ err: error }, 'what somebody gave could not be kept; it is tried again');
        this.#cancel();
        this.#cancel = clock.at(clock.now() + PAUSE, () => void this.run());
      }
    }
  }

  async #fetch({ media }: Given): Promise<Fetched> {
    try {
      return await this.#deps.api.download(media, MAX_BYTES);
    } catch (error) {
      // 40007, 40058: there is no such media, or no longer.
      if (error instanceof WecomError && (error.code === 40007 || error.code === 40058)) return 'gone';
      throw error;
    }
  }
}
