import type { KeptValues } from '../../use-cases/ports.ts';

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
