import type { Clock, KeptPrefix, KeptValues } from '../use-cases/ports.ts';

const MOST = 5_000;
/** Maximum number of entries that one pass checks: more than a busy day leaves. */
const PRUNED_AT_ONCE = 50_000;

/** Keys seen recently, also before a restart, so that a redelivery is not answered twice. */
export class Recently {
  readonly #deps: { readonly kept: KeptValues; readonly clock: Clock };
  readonly #prefix: KeptPrefix;
  readonly #for: number;
  readonly #seen = new Map<string, number>();

  /** @param prefix of the kept values, e.g. `answered:`; `milliseconds`: retention of a key. */
  constructor(deps: { readonly kept: KeptValues; readonly clock: Clock }, prefix: KeptPrefix, milliseconds: number) {
    this.#deps = deps;
    this.#prefix = prefix;
    this.#for = milliseconds;
  }

  /** Returns true if this process saw the key before; marks it in memory alone, for payloads whose effects have keys. */
  isKnownHere(key: string): boolean {
    const now = this.#deps.clock.now();
    if ((this.#seen.get(key) ?? 0) > now) return true;
    this.#seen.delete(key);
    this.#seen.set(key, now + this.#for);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > MOST && oldest !== undefined) this.#seen.delete(oldest);
    return false;
  }

  /** Marks the key as seen. Returns `known` if it was seen before. */
  async markSeen(key: string): Promise<'new' | 'known'> {
    const { kept, clock } = this.#deps;
    const now = clock.now();
    // Memory is checked first: of two concurrent deliveries only one counts as the first.
    if (this.isKnownHere(key)) return 'known';
    const before = await kept.get(`${this.#prefix}${key}`);
    if (before !== null && Number(before) > now) return 'known';
    await kept.put(`${this.#prefix}${key}`, String(now + this.#for));
    return 'new';
  }

  /** Removes kept keys whose time is over. */
  async prune(): Promise<void> {
    const { kept, clock } = this.#deps;
    for (const { key, value } of await kept.list(this.#prefix, PRUNED_AT_ONCE)) {
      if (Number(value) <= clock.now()) await kept.remove(key);
    }
  }
}
