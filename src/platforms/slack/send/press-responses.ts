import type { Clock } from '../../../use-cases/ports.ts';

/** Time (ms) for which a response address is used: Slack allows 30 minutes, the rest is for the request. */
const GOOD_FOR = 25 * 60_000;
const KEPT = 2_000;

interface Message {
  readonly channel: string;
  /** Timestamp of the message in Slack, its handle. */
  readonly ts: string;
}

/**
 * Response addresses of messages with a recently pressed button. The next edit of such a message uses its address,
 * because such responses do not count against the workspace's limits. They are lost with the process; then edits are
 * made as usual.
 */
export class PressResponses {
  readonly #clock: Clock;
  readonly #urls = new Map<string, { readonly url: string; readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  keep(message: Message, url: string): void {
    const key = keyOf(message);
    // The newest entry is last, so that the oldest are dropped.
    this.#urls.delete(key);
    this.#urls.set(key, { url, until: this.#clock.now() + GOOD_FOR });
    const [oldest] = this.#urls.size > KEPT ? this.#urls.keys() : [];
    if (oldest !== undefined) this.#urls.delete(oldest);
  }

  has(message: Message): boolean {
    return (this.#urls.get(keyOf(message))?.until ?? 0) > this.#clock.now();
  }

  /** Returns the address for one edit of the message; null if there is none. */
  take(message: Message): string | null {
    const url = this.has(message) ? this.#urls.get(keyOf(message))?.url : undefined;
    this.#urls.delete(keyOf(message));
    return url ?? null;
  }
}

function keyOf({ channel, ts }: Message): string {
  return `${channel} ${ts}`;
}
