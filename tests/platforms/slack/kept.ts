import type { KeptValues } from '../../../src/use-cases/ports.ts';

/** Kept values in memory; they outlive the platform when a test starts it again with the same ones. */
export function memoryKept(values = new Map<string, string>()): KeptValues & { readonly values: Map<string, string> } {
  return {
    values,
    get: async (key) => values.get(key) ?? null,
    put: async (key, value) => void values.set(key, value),
    swap: async (key, before, value) => {
      const isAsBefore = (values.get(key) ?? null) === before;
      if (isAsBefore) values.set(key, value);
      return isAsBefore;
    },
    remove: async (key) => values.delete(key),
    list: async (prefix, limit) =>
      [...values]
        .filter(([key]) => key.startsWith(prefix))
        .slice(0, limit)
        .map(([key, value]) => ({ key, value })),
    watch: async (prefix, _limit, heard) => {
      for (const [key, value] of values) if (key.startsWith(prefix)) heard(key, value);
    },
  };
}

export const silent = { info: () => {}, warn: () => {}, error: () => {} };
