import type { Kept } from './ports.ts';

/** Before a button with a reference is shown, what it refers to is on disk. */
export async function keepValues(kept: Kept, values: Readonly<Record<string, string>>): Promise<void> {
  await Promise.all(Object.entries(values).map(([hash, json]) => kept.put(`value:${hash}`, json)));
}

export function keptValue(kept: Kept, hash: string): Promise<string | null> {
  return kept.get(`value:${hash}`);
}

/** Under this key the id of a file is kept from before it is shared, so that it can be found afterwards. */
export function uploadKey(key: string): string {
  return `upload:${key}`;
}
