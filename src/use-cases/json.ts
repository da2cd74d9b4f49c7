import type { Json } from './ports.ts';

/** Value as plain JSON: undefined members are omitted, and a value outside JSON becomes null. */
export function jsonOf(value: unknown): Json {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? null : JSON.parse(text);
}
