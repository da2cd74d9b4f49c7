import { type Backoff, pauseAfter } from '../../ops/backoff.ts';
import { messageOf } from '../../ops/errors.ts';
import type { Clock } from '../../use-cases/ports.ts';
import { NoAnswer } from './http-client.ts';

export interface AccessTokenDependencies {
  readonly clock: Clock;
  /** Name of the token call in errors, e.g. `gettoken`. */
  readonly api: string;
  /** Requests a token; `life` in milliseconds. */
  readonly request: () => Promise<{ readonly value: string; readonly life: number }>;
  /** True for an error with which the platform no longer takes a token. */
  readonly isStale: (error: unknown) => boolean;
  /** True for an error of the platform itself, which is thrown on as it is. */
  readonly isOwn: (error: unknown) => boolean;
}

/** A token is renewed this long (ms) before its end. */
const EARLY = 5 * 60_000;
/** Pause (ms) after a refusal: failing calls in a loop get a whole company blocked. */
const REST: Backoff = { first: 5_000, longest: 5 * 60_000 };

/** Access token of an app: requested once for all who wait, kept, and renewed once when the platform refuses it. */
export class AccessToken {
  readonly #deps: AccessTokenDependencies;
  #token: { readonly value: string; readonly until: number } | null = null;
  #fetching: Promise<string> | null = null;
  #failed: { readonly error: unknown; readonly until: number; readonly times: number } | null = null;

  constructor(deps: AccessTokenDependencies) {
    this.#deps = deps;
  }

  async with<T>(ask: (token: string) => Promise<T>): Promise<T> {
    const token = await this.get();
    try {
      return await ask(token);
    } catch (error) {
      if (!this.#deps.isStale(error)) throw error;
      // Somebody else may have renewed it meanwhile; only the one that failed is dropped.
      if (this.#token?.value === token) this.#token = null;
      return ask(await this.get());
    }
  }

  /** Token that should still work. Rejects with the error of the token call, without a new request too soon. */
  async get(): Promise<string> {
    const now = this.#deps.clock.now();
    if (this.#token && this.#token.until > now) return this.#token.value;
    if (this.#failed && this.#failed.until > now) throw this.#failed.error;
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #fetch(): Promise<string> {
    const { clock, api, request, isOwn } = this.#deps;
    try {
      const { value, life } = await request();
      this.#token = { value, until: clock.now() + Math.max(life - EARLY, life / 2) };
      this.#failed = null;
      return value;
    } catch (error) {
      const times = (this.#failed?.times ?? 0) + 1;
      const rest = pauseAfter(times, REST);
      // However the token call ended, the request that needed the token was not sent.
      const reason = error instanceof NoAnswer ? error.reason : messageOf(error);
      const failure = isOwn(error) ? error : new NoAnswer(api, reason, false);
      this.#failed = { error: failure, times, until: clock.now() + rest };
      throw failure;
    }
  }
}
