import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Zip, ZipPassThrough } from 'fflate';
import type { BundleFacts, BundlePart, InspectionFacts } from '../use-cases/documents/document-port.ts';

/** Files added to every bundle, so that it can be verified without Jishi. */
const COMPANIONS = ['VERIFY.md', 'verify.py'].map((path) => ({
  path,
  content: new Uint8Array(readFileSync(new URL(path, import.meta.url))),
}));
/** Maximum size (bytes) of a file in the plain zip format, the only format the library writes. */
const LARGEST = 2 ** 32 - 1;

interface Entry {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/**
 * Streams the parts as a zip, never wholly in memory. The same parts and facts give the same bytes. Nothing is
 * compressed and every zip field is fixed, so that a verifier can rebuild the file and detect any changed byte. `facts`
 * is called after the last part. Throws for a bundle of 4 GB or more.
 */
export async function* bundleZip(
  parts: AsyncIterable<BundlePart>,
  facts: () => BundleFacts | InspectionFacts,
): AsyncGenerator<Uint8Array> {
  const zip = new Zipped();
  const entries: Entry[] = [];
  for await (const part of parts) entries.push(yield* zip.add(part));
  for (const part of COMPANIONS) entries.push(yield* zip.add(part));
  const manifest = utf8(`${JSON.stringify({ schema: 1, ...facts(), files: entries }, null, 2)}\n`);
  const sealed = utf8(`${createHash('sha256').update(manifest).digest('hex')}  manifest.json\n`);
  yield* zip.add({ path: 'manifest.json', content: manifest });
  yield* zip.add({ path: 'manifest.sha256', content: sealed });
  yield* zip.end();
}

class Zipped {
  #made: Uint8Array[] = [];
  #size = 0;
  readonly #zip = new Zip((error, chunk) => {
    if (error) throw error;
    this.#made.push(chunk);
  });

  async *add({ path, content }: BundlePart): AsyncGenerator<Uint8Array, Entry> {
    const file = new ZipPassThrough(path);
    // The library writes local time: local midnight gives the same bytes in every time zone.
    file.mtime = new Date(1980, 0, 1);
    file.os = 3;
    file.attrs = (0o644 << 16) >>> 0;
    this.#zip.add(file);
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      hash.update(chunk);
      size += chunk.byteLength;
      file.push(chunk);
      yield* this.#taken();
    }
    file.push(new Uint8Array(), true);
    yield* this.#taken();
    return { path, size, sha256: hash.digest('hex') };
  }

  *end(): Generator<Uint8Array> {
    this.#zip.end();
    yield* this.#taken();
  }

  *#taken(): Generator<Uint8Array> {
    const made = this.#made;
    this.#made = [];
    for (const chunk of made) {
      this.#size += chunk.byteLength;
      if (this.#size > LARGEST) throw new Error('this bundle would be larger than 4 GB');
      yield chunk;
    }
  }
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
