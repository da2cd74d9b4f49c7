import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type BrokenAt, checkedChain } from '../../incident/record/chain.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Immutable } from '../../law/types.ts';
import type { Store } from '../ports.ts';

export const verifiedSchema = z.strictObject({
  /** Number of the last event, and its hash. */
  events: z.number().int(),
  head: z.string(),
  /** First event that does not fit its predecessor, with the flaw; null if the chain is intact. */
  broken: z.strictObject({ version: z.number().int(), flaw: z.string() }).nullable(),
  files: z.array(z.strictObject({ file: z.string(), state: z.enum(['ok', 'missing', 'changed']) })),
});
export type Verified = Immutable<z.infer<typeof verifiedSchema>>;

/** Checks the chain of an incident up to the version of `state`, and the hashes of its files. */
export async function verified(
  { record, blobs }: Pick<Store, 'record'> & { readonly blobs: Pick<Store['blobs'], 'get'> },
  { id, version, evidence }: IncidentState,
): Promise<Verified> {
  const chain = checkedChain();
  let broken: BrokenAt | null = null;
  let [events, head] = [0, ''];
  for await (const row of record(id)) {
    if (row.version > version) break;
    broken = chain(row);
    if (broken) break;
    [events, head] = [row.version, row.hash];
  }
  if (!broken && events < version) broken = { version: events + 1, flaw: 'head' };
  const files: Verified['files'][number][] = [];
  for (const file of new Set(evidence.map((one) => one.file))) {
    const content = await blobs.get(file);
    files.push({ file, state: content === null ? 'missing' : (await hashOf(content)) === file ? 'ok' : 'changed' });
  }
  return { events, head, broken, files };
}

async function hashOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of content) hash.update(part);
  return hash.digest('hex');
}
