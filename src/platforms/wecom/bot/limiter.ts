/** How many messages a conversation may get: per minute and per hour. */
export interface Quota {
  readonly perMinute: number;
  readonly perHour: number;
}
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Counts the messages of each conversation over sliding windows. Pure arithmetic over an injected time. */
export class Limiter {
  readonly #sent = new Map<string, number[]>();

  /** When the next message may go, at the earliest now; null: at once. */
  waitFor(chat: string, quota: Quota, now: number): number | null {
    const sent = this.#recent(chat, now);
    const inMinute = sent.filter((at) => at > now - MINUTE);
    const hour = sent.length >= quota.perHour ? sent.at(-quota.perHour) : undefined;
    const minute = inMinute.length >= quota.perMinute ? inMinute.at(-quota.perMinute) : undefined;
    const free = Math.max(hour === undefined ? 0 : hour + HOUR, minute === undefined ? 0 : minute + MINUTE);
    return free > now ? free : null;
  }

  count(chat: string, now: number): void {
    this.#recent(chat, now).push(now);
  }

  #recent(chat: string, now: number): number[] {
    const known = this.#sent.get(chat) ?? [];
    const first = known.findIndex((at) => at > now - HOUR);
    if (first !== 0) known.splice(0, first < 0 ? known.length : first);
    this.#sent.set(chat, known);
    return known;
  }
}
