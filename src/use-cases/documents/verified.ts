import { createHash } from 'node:crypto';
import { type BrokenAt, checkedChain } from '../../incident/record/chain.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { App } from '../app.ts';
import type { Refusal, Store } from '../ports.ts';

type Verified = Exclude<Awaited<ReturnType<App['verify']>>, Refusal>;

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
