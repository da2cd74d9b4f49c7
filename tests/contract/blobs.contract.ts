import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { collect, type Harness } from './harness.ts';

const PART = 256 * 1024;

export function blobContract(harness: () => Harness): void {
  describe('files', () => {
    const read = async (sha256: string): Promise<Buffer | null> => {
      const content = await harness().store.blobs.get(sha256);
      return content && Buffer.concat(await collect(content));
    };
    const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
    const patterned = (size: number): Buffer =>
      Buffer.from(Array.from({ length: size }, (_, i) => (i * 7 + (i >> 8)) % 251));

    it.each([0, 1, PART - 1, PART, PART + 1, 3 * PART])('come back byte for byte: %i bytes', async (size) => {
      const h = harness();
      const content = patterned(size);
      expect(await h.store.blobs.put(content)).toEqual({ sha256: sha256(content), size });
      await h.reopen();
      expect((await read(sha256(content)))?.equals(content)).toBe(true);
    });

    it('may arrive in chunks of any size, from a source that reuses its memory', async () => {
      const content = patterned(2 * PART + 99);
      async function* chunks() {
        const memory = Buffer.alloc(300_001);
        for (let at = 0; at < content.length; at += memory.length) {
          const length = content.copy(memory, 0, at);
          yield memory.subarray(0, length);
          memory.fill(0);
        }
      }
      const stored = await harness().store.blobs.put(chunks());
      expect(stored).toEqual({ sha256: sha256(content), size: content.length });
      expect((await read(stored.sha256))?.equals(content)).toBe(true);
    });

    it('are given out in parts of at most 256 kB', async () => {
      const { store } = harness();
      const stored = await store.blobs.put(patterned(2 * PART + 1));
      const parts = await collect((await store.blobs.get(stored.sha256)) ?? []);
      expect(parts.map((part) => part.byteLength)).toEqual([PART, PART, 1]);
    });

    it('are kept once, also when the same content arrives twice at a time', async () => {
      const content = patterned(PART + 5);
      const { store } = harness();
      const stored = await Promise.all([store.blobs.put(content), store.blobs.put(content)]);
      expect(await store.blobs.put(content)).toEqual(stored[0]);
      expect(stored[0]).toEqual(stored[1]);
      expect((await read(sha256(content)))?.equals(content)).toBe(true);
    });

    it('are not there before they are complete, nor after a source that fails', async () => {
      const { store } = harness();
      async function* failing() {
        yield patterned(PART);
        throw new Error('connection lost');
      }
      await expect(store.blobs.put(failing())).rejects.toThrow('connection lost');
      expect(await store.blobs.get(sha256(patterned(PART)))).toBeNull();
      expect(await store.blobs.get('0'.repeat(64))).toBeNull();
    });
  });
}
