import { StoreError } from './errors.ts';

/** Parses a value that this store kept as JSON. Throws `StoreError` if its shape is wrong. */
export function stored<T>(json: string, is: (value: unknown) => value is T): T {
  const value: unknown = JSON.parse(json);
  if (!is(value))
    throw new StoreError('damaged', `a stored value of ${json.length} characters is not what was put there`);
  return value;
}

export function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Returns a type guard for objects that are distinguished by `kind`. */
export function hasKind<T extends { readonly kind: string }>(
  ...kinds: readonly T['kind'][]
): (value: unknown) => value is T {
  return (value): value is T =>
    typeof value === 'object' && value !== null && 'kind' in value && kinds.some((kind) => kind === value.kind);
}
