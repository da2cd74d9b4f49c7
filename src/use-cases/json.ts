import type { Json } from './ports.ts';

/** Value as plain JSON: undefined members are omitted, and a value outside JSON becomes null. */
export function jsonOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null));
}
