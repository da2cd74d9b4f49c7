import { expect, it } from 'vitest';
import type { Harness } from './harness.ts';

/** Small values by key. */
export function keptContract(current: () => Harness): void {
  it('a kept value is there until it is removed, and of several who remove it one hears that it was', async () => {
    const { kept } = current().store;
    expect(await kept.get('a:1')).toBeNull();
    await kept.put('a:1', 'one');
    await kept.put('a:1', 'two');
    expect(await kept.get('a:1')).toBe('two');
    expect((await Promise.all([1, 2, 3].map(() => kept.remove('a:1')))).toSorted()).toEqual([false, false, true]);
    expect(await kept.get('a:1')).toBeNull();
  });

  it('of several who replace the same kept value one does, and the others leave it as it is', async () => {
    const { kept } = current().store;
    const swap = (before: string | null) =>
      Promise.all(['x', 'y', 'z'].map(async (value) => ((await kept.swap('c:1', before, value)) ? [value] : [])));
    const first = (await swap(null)).flat();
    expect(first).toEqual([await kept.get('c:1')]);
    const second = (await swap(first[0] ?? null)).flat().filter((value) => value !== first[0]);
    expect(second.length).toBeLessThanOrEqual(1);
    const last = await kept.get('c:1');
    expect((await swap('none of these')).flat()).toEqual([]);
    expect((await swap(null)).flat()).toEqual([]);
    expect(await kept.get('c:1')).toBe(last);
  });

  it('who watches a corner of the kept values is told what is there, as it is listed, and no more than they want', async () => {
    const { kept } = current().store;
    for (const key of ['b:2', 'a:2', 'a:1', 'a:3', 'aa']) await kept.put(key, `of ${key}`);
    const told: [string, string | null][] = [];
    await kept.watch('a:', 2, (key, value) => told.push([key, value]));
    expect(told).toEqual([
      ['a:1', 'of a:1'],
      ['a:2', 'of a:2'],
    ]);
    expect((await kept.list('a:', 2)).map(({ key, value }) => [key, value])).toEqual(told);
  });
}
