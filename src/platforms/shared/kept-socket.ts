import { type Backoff, pauseAfter } from '../../ops/backoff.ts';
import type { Clock, Log } from '../../use-cases/ports.ts';

const PAUSE: Backoff = { first: 500, longest: 30_000 };
/** Time (ms) a connection must last to count as stable: a proxy may accept it and then cut it. */
const STABLE_AFTER = 30_000;
/** Time (ms) after which an opened connection that is not ready is dropped. */
const READY_WITHIN = 20_000;
/** Time (ms) an old connection gets to finish its payloads after a new one is up. */
const LINGER = 5_000;
const WATCH_EVERY = 10_000;

/** Connection, or the attempt to make one. */
export interface Link {
  close(): void;
  /** Requests an answer, so that silence proves a broken connection; or reports that data came since the last call. */
  probe?(): void;
}
/** Events of a connection, reported by the dialling code. */
export interface LinkEvents {
  ready(): void;
  /** Reports that data arrived, so the connection is alive. */
  heard(): void;
  /** Reports that the connection ended or failed; `wait`: shortest pause (ms) before another attempt. */
  lost(reason: string, wait?: number): void;
  /** Requests a new connection; this one stays up until then. */
  replace(): void;
}
export interface KeptSocketOptions {
  /** Name in the log. */
  readonly name: string;
  readonly dial: (events: LinkEvents) => Link;
  /** Silence (ms) after which a connection is dead. */
  readonly silentFor: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Returns a random number between 0 and 1, to spread reconnects. */
  readonly jitter: () => number;
  /** Called for each new connection; `missedSince`: time since which events may be missing, null for the first. */
  readonly connected: (missedSince: number | null) => void;
}

/**
 * Keeps one connection up: reconnects after growing, random pauses, reset only after a stable connection; drops a
 * silent one; opens a new one before the old is closed.
 */
export class KeptSocket {
  readonly #options: KeptSocketOptions;
  #current: Link | null = null;
  #attempt: Link | null = null;
  #isStopped = true;
  #failures = 0;
  #upSince = 0;
  #heardAt = 0;
  #downSince: number | null = null;
  #problem = '';
  #cancel: (() => void) | null = null;
  #unwatch: (() => void) | null = null;

  constructor(options: KeptSocketOptions) {
    this.#options = options;
  }

  get health(): { readonly ok: boolean; readonly detail: string } {
    if (this.#current) return { ok: true, detail: 'up' };
    return { ok: false, detail: this.#problem || (this.#isStopped ? 'down' : 'connecting') };
  }

  /** Starts the connection and keeps reconnecting. Resolves after the first attempt, whatever its result. */
  async start(): Promise<void> {
    this.#isStopped = false;
    this.#watch();
    await this.#connect();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#unwatch?.();
    const links = [this.#attempt, this.#current];
    this.#attempt = null;
    this.#current = null;
    for (const link of links) link?.close();
  }

  /** Makes one attempt; resolves when it is up or has failed. */
  #connect(): Promise<void> {
    const { dial, clock } = this.#options;
    const { promise, resolve } = Promise.withResolvers<void>();
    const late = clock.at(clock.now() + READY_WITHIN, () => events.lost('no answer to the sign-in'));
    const over = (): void => {
      late();
      resolve();
    };
    const events: LinkEvents = {
      ready: () => {
        over();
        if (this.#attempt === link) this.#up(link);
      },
      heard: () => {
        if (this.#current === link) this.#heardAt = clock.now();
      },
      lost: (reason, wait) => {
        over();
        link.close();
        if (this.#attempt === link || this.#current === link) this.#lost(link, reason, wait);
      },
      replace: () => {
        if (this.#current !== link || this.#attempt) return;
        const before = this.#failures;
        this.#ended();
        this.#again(before > 0 ? this.#pause() : 0);
      },
    };
    const link = dial(events);
    this.#attempt = link;
    return promise;
  }

  #up(link: Link): void {
    const { clock, log, name, connected } = this.#options;
    const old = this.#current;
    const missedSince = this.#downSince;
    this.#current = link;
    this.#attempt = null;
    this.#upSince = this.#heardAt = clock.now();
    this.#downSince = null;
    this.#problem = '';
    log.info({}, `connected to ${name}`);
    if (old) clock.at(clock.now() + LINGER, () => old.close());
    connected(missedSince);
  }

  #lost(link: Link, reason: string, wait = 0): void {
    const { clock, log, name } = this.#options;
    if (this.#current === link) {
      this.#current = null;
      this.#downSince = clock.now();
      this.#ended();
    } else {
      this.#attempt = null;
      this.#failures += 1;
    }
    this.#problem = reason;
    log.warn({ reason, failures: this.#failures }, `no connection to ${name}; trying again`);
    if (!this.#attempt) this.#again(Math.max(this.#pause(), wait));
  }

  /** Counts a failure; the end of a stable connection is not a failure, and resets the count. */
  #ended(): void {
    const isStable = this.#options.clock.now() - this.#upSince >= STABLE_AFTER;
    this.#failures = isStable ? 0 : this.#failures + 1;
  }

  #pause(): number {
    if (this.#failures === 0) return 0;
    return Math.round(pauseAfter(this.#failures, PAUSE) * (0.5 + this.#options.jitter() / 2));
  }

  #again(pause: number): void {
    if (this.#isStopped) return;
    const { clock } = this.#options;
    this.#cancel?.();
    this.#cancel = clock.at(clock.now() + pause, () => void this.#connect());
  }

  #watch(): void {
    const { clock, silentFor } = this.#options;
    this.#unwatch = clock.at(clock.now() + WATCH_EVERY, () => {
      const link = this.#current;
      link?.probe?.();
      if (link && clock.now() - this.#heardAt > silentFor) {
        link.close();
        this.#lost(link, 'silent');
      }
      this.#watch();
    });
  }
}
