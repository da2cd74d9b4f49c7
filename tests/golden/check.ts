import { expect, it } from 'vitest';
import { firstDifferences, kept, withoutHashes } from './fixtures.ts';
import type { Transcripts } from './transcripts.ts';

/** A test for each transcript: what is made now is what is kept. A failure prints the first differences. */
export function checkGolden(transcripts: Transcripts, timeout: number): void {
  it.each(Object.entries(transcripts))('%s is what it was', { timeout }, async (name, make) => {
    const different = firstDifferences(kept(name), withoutHashes(await make()));
    expect(different, `${name} differs from the kept transcript: ${different}`).toBeNull();
  });
}
