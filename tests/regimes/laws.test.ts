import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadLaws } from '../../src/regimes/laws.ts';
import { loadRegimes } from '../../src/regimes/load.ts';
import { packsFor } from '../../src/regimes/load-packs.ts';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'jishi-laws-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

const kept = () => join(cache, 'laws');

describe('the laws kept from one start to the next', () => {
  test('are those that were read, in one file', async () => {
    const regimes = await loadRegimes();
    const read = { regimes, packs: packsFor(regimes) };
    expect(await loadLaws(null, cache)).toEqual(read);
    expect(readdirSync(cache)).toEqual(['laws']);
    const before = readFileSync(kept());
    expect(await loadLaws(null, cache)).toStrictEqual(read);
    expect(readFileSync(kept())).toEqual(before);
  });

  test('are read anew in place of some of another version, and of some that were damaged', async () => {
    const read = await loadLaws(null, cache);
    const good = readFileSync(kept());
    const another = Buffer.from(good).fill(0, 0, 1);
    for (const wrong of [another, good.subarray(0, -1)]) {
      writeFileSync(kept(), wrong);
      expect(await loadLaws(null, cache)).toEqual(read);
      expect(readFileSync(kept())).toEqual(good);
    }
  });

  test('are the same where nothing can be kept', async () => {
    expect((await loadLaws(null, join(cache, 'not', 'there'))).packs.size).toBeGreaterThan(10);
  });

  test('are never those of a folder of the organisation', async () => {
    await expect(loadLaws(join(cache, 'none'), cache)).rejects.toThrow('does not exist');
    expect(readdirSync(cache)).toEqual([]);
  });
});
