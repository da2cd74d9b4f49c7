/** Size of a stored part of a file in bytes. */
const PART = 256 * 1024;

/** Content of any chunking in parts as they are stored. */
export async function* inParts(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content) {
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
