/**
 * The entry of a table under a key that came from outside; undefined for names every object inherits (`constructor`,
 * `toString`, `__proto__`), which `table[key]` would answer with a function.
 */
export function entryOf<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
