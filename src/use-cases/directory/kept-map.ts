import type { z } from 'zod';
import { parseJson } from '../../ops/json.ts';
import type { KeptPrefix, KeptValues } from '../ports.ts';

const MOST = 100_000;

/** Map whose entries are kept values with a common prefix: on disk, and shared by all instances. */
export class KeptMap<T> {
  readonly #kept: KeptValues;
  readonly #prefix: KeptPrefix;
  readonly #schema: z.ZodType<T>;
  readonly #changed: (key: string) => void;
  readonly #entries = new Map<string, T>();

  /**
   * `prefix`, e.g. `chat:`; strings are stored as they are, other values as JSON. `changed`: called with the key of an
   * entry that was put or read here, or changed by another instance.
   */
  constructor(
    kept: KeptValues,
    prefix: KeptPrefix,
    schema: z.ZodType<T>,
    changed: (key: string) => void = () => undefined,
  ) {
    this.#kept = kept;
    this.#prefix = prefix;
    this.#schema = schema;
    this.#changed = changed;
  }

  /** Loads the entries, and then follows changes by other instances. */
  async recall(): Promise<void> {
    await this.#kept.watch(this.#prefix, MOST, (key, value) => void this.#take(key.slice(this.#prefix.length), value));
  }

  /** Reads an entry from disk, because another instance may just have written it. */
  async look(key: string): Promise<T | undefined> {
    const before = this.#entries.get(key);
    const value = await this.#kept.get(`${this.#prefix}${key}`);
    // A value written meanwhile is newer than the one read.
    return this.#entries.get(key) === before ? this.#take(key, value) : this.#entries.get(key);
  }

  #take(key: string, value: string | null): T | undefined {
    const found = [parseJson(value), value].map((one) => this.#schema.safeParse(one)).find(({ success }) => success);
    if (found?.success) this.#entries.set(key, found.data);
    else this.#entries.delete(key);
    this.#changed(key);
    return found?.data;
  }

  get(key: string): T | undefined {
    return this.#entries.get(key);
  }
  values(): readonly T[] {
    return [...this.#entries.values()];
  }
  entries(): readonly (readonly [string, T])[] {
    return [...this.#entries];
  }

  /** Sets an entry: visible here at once, on disk when it resolves. */
  async put(key: string, value: T): Promise<void> {
    this.#entries.set(key, value);
    this.#changed(key);
    await this.#kept.put(`${this.#prefix}${key}`, typeof value === 'string' ? value : JSON.stringify(value));
  }
  async prune(isOld: (value: T) => boolean): Promise<void> {
    for (const [key, value] of this.#entries) if (isOld(value)) await this.remove(key);
  }
  async remove(key: string): Promise<void> {
    this.#entries.delete(key);
    await this.#kept.remove(`${this.#prefix}${key}`);
  }
}

/** Returns kept values with keys below `prefix`, so that platforms keep their values apart. */
export function withPrefix(kept: KeptValues<string>, prefix: string): KeptValues {
  return {
    get: (key) => kept.get(prefix + key),
    put: (key, value) => kept.put(prefix + key, value),
    swap: (key, before, value) => kept.swap(prefix + key, before, value),
    remove: (key) => kept.remove(prefix + key),
    list: async (start, limit) =>
      (await kept.list(prefix + start, limit)).map(({ key, value }) => ({ key: key.slice(prefix.length), value })),
    watch: (start, limit, changed) =>
      kept.watch(prefix + start, limit, (key, value) => changed(key.slice(prefix.length), value)),
  };
}
