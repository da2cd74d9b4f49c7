import { verifyStore } from '../../src/storage/sqlite/verify.ts';
import type { Checked } from '../../src/storage/verify.ts';

/** First problem of a store; null if there is none. */
export async function firstBroken(file: string, only: { readonly incident?: string } = {}): Promise<Checked | null> {
  for await (const checked of verifyStore(file, only)) if (checked.problem) return checked;
  return null;
}
