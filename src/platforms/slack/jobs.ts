import { z } from 'zod';
import { messageOf } from '../../ops/errors.ts';
import { parseJson } from '../../ops/json.ts';
import type { Clock, InboxStore, KeptValues, Log } from '../../use-cases/ports.ts';
import { PLATFORM } from './wire.ts';

/**
 * Work that a payload asked for and that needs Slack first (reading a message, fetching a file). It is on disk before the
 * payload is acknowledged, done afterwards, and done again after a crash; what it does is keyed, so twice is once.
 */
export const jobSchema = z.discriminatedUnion('kind', [
  /** A reaction put a message on the record. */
  z.strictObject({ kind: z.literal('pin'), channel: z.string(), ts: z.string(), user: z.string(), team: z.string() }),
  z.strictObject({
    kind: z.literal('file'),
    incident: z.string(),
    file: z.string(),
    name: z.string(),
    channel: z.string(),
    thread: z.string().nullable(),
    user: z.string(),
    team: z.string(),
  }),
  /** The content of an incident declared in an open channel moves to a private one. */
  z.strictObject({
    kind: z.literal('private'),
    incident: z.string(),
    channel: z.string(),
    /** Who asked for it, and in which thread; nobody when the profile does. */
    asked: z.strictObject({ user: z.string(), thread: z.string().nullable() }).optional(),
  }),
]);
export type Job = z.infer<typeof jobSchema>;
const entrySchema = z.object({ job: jobSchema, attempts: z.number(), notBefore: z.number() });
type Entry = z.infer<typeof entrySchema>;

/** Throws when it should be tried again later; a reason not to try again is `Hopeless`. */
export type DoJob = (job: Job) => Promise<void>;
export class Hopeless extends Error {}

const PREFIX = 'job:';
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 5 * 60_000;
const MAX_ATTEMPTS = 12;
/** Those that rest are looked at too, so that they never hide one that is due. */
const BATCH = 1_000;

export class Jobs {
  readonly #deps: { kept: KeptValues; clock: Clock; log: Log; inbox: Pick<InboxStore, 'failed'> };
  #do: DoJob | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #cancel: (() => void) | null = null;

  constructor(deps: { kept: KeptValues; clock: Clock; log: Log; inbox: Pick<InboxStore, 'failed'> }) {
    this.#deps = deps;
  }

  /** Durable when it resolves. The same key is the same job. */
  async add(key: string, job: Job): Promise<void> {
    const known = await this.#deps.kept.get(PREFIX + key);
    if (known === null) {
      await this.#deps.kept.put(PREFIX + key, JSON.stringify({ job, attempts: 0, notBefore: 0 } satisfies Entry));
    }
    this.wake();
  }

  start(doJob: DoJob): void {
    this.#do = doJob;
    this.wake();
  }

  /** Resolves when the jobs in flight are finished. */
  async stop(): Promise<void> {
    this.#do = null;
    this.#cancel?.();
    await this.#running;
  }

  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  wake(): void {
    if (!this.#do) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#cancel?.();
    this.#running = this.#pass()
      .catch((error: unknown) => this.#deps.log.error({ err: error }, 'jobs could not be read'))
      .finally(() => {
        this.#running = null;
        if (this.#again) {
          this.#again = false;
          this.wake();
        }
      });
  }

  async #pass(): Promise<void> {
    const { kept, clock } = this.#deps;
    let next: number | null = null;
    for (const { key, value } of await kept.list(PREFIX, BATCH)) {
      const parsed = entrySchema.safeParse(parseJson(value));
      if (!parsed.success) {
        await this.#giveUp(key, value, 'not readable');
        continue;
      }
      const due = parsed.data.notBefore;
      if (due > clock.now()) next = Math.min(next ?? due, due);
      else await this.#attempt(key, parsed.data);
      if (!this.#do) return;
    }
    const later = Math.min(next ?? clock.now() + LONGEST_PAUSE, clock.now() + LONGEST_PAUSE);
    this.#cancel = clock.at(later, () => this.wake());
  }

  async #attempt(key: string, entry: Entry): Promise<void> {
    const { kept, clock, log } = this.#deps;
    try {
      await this.#do?.(entry.job);
      await kept.remove(key);
    } catch (error) {
      const attempts = entry.attempts + 1;
      if (error instanceof Hopeless || attempts >= MAX_ATTEMPTS) {
        await this.#giveUp(key, JSON.stringify(entry.job), messageOf(error));
        return;
      }
      log.warn({ err: error, job: entry.job.kind, attempts }, 'job failed; it is tried again');
      const pause = Math.min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE);
      await kept.put(key, JSON.stringify({ ...entry, attempts, notBefore: clock.now() + pause } satisfies Entry));
      this.#again = true;
    }
  }

  /** Kept with its body for the operator. */
  async #giveUp(key: string, body: string, error: string): Promise<void> {
    const { kept, clock, inbox } = this.#deps;
    await inbox.failed({ platform: PLATFORM, key, body, error, at: clock.now() });
    await kept.remove(key);
  }
}
