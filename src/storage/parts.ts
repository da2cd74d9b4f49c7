import { createHash } from 'node:crypto';
import type { BlobStore } from '../use-cases/ports.ts';

type Content = Parameters<BlobStore['put']>[0];

/** Steps of keeping a content: begun under an id of its own, visible once it is finished. */
export interface PartsStore {
  begin(): Promise<number>;
  add(id: number, n: number, part: Uint8Array): Promise<unknown>;
  /** Completes a content, or drops it if the same is there already. */
  finish(id: number, sha256: string, size: number): Promise<unknown>;
  drop(id: number): Promise<unknown>;
}

/** Stores a content in parts. If even the drop of a failed one cannot be written, a later start does it. */
export function storingParts(store: PartsStore): BlobStore['put'] {
  return async (content) => {
    const id = await store.begin();
    try {
      const hash = createHash('sha256');
      let size = 0;
      let n = 0;
      for await (const part of inParts(content)) {
        hash.update(part);
        size += part.byteLength;
        await store.add(id, n++, part);
      }
      const sha256 = hash.digest('hex');
      await store.finish(id, sha256, size);
      return { sha256, size };
    } catch (error) {
      await store.drop(id).catch(() => undefined);
      throw error;
    }
  };
}

/** Size of a stored part of a file in bytes. */
const PART = 256 * 1024;

/** Content of any chunking in parts as they are stored. */
export async function* inParts(content: Content): AsyncGenerator<Uint8Array> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    for (let offset = 0; offset < chunk.byteLength; ) {
      const piece = chunk.subarray(offset, offset + PART - size);
      // Copied: whoever hands out chunks may reuse their memory before the part is written.
      pending.push(new Uint8Array(piece));
      size += piece.byteLength;
      offset += piece.byteLength;
      if (size === PART) {
        yield Buffer.concat(pending);
        pending = [];
        size = 0;
      }
    }
  }
  if (size > 0) yield Buffer.concat(pending);
}
