import { expect, it } from 'vitest';
import { z } from 'zod';
import { KeptMap } from '../../src/use-cases/directory/kept-map.ts';
import type { KeptValues } from '../../src/use-cases/ports.ts';

it('a look at the disk does not undo what was put meanwhile', async () => {
  const disk = new Map([['chat:a', 'asked']]);
  const read = Promise.withResolvers<void>();
  const kept: KeptValues = {
    get: async (key) => {
      const value = disk.get(key) ?? null;
      await read.promise;
      return value;
    },
    put: async (key, value) => void disk.set(key, value),
    swap: async () => false,
    remove: async (key) => disk.delete(key),
    list: async () => [],
    watch: async () => {},
  };
  const map = new KeptMap(kept, 'chat:', z.string());
  const looked = map.look('a');
  await map.put('a', 'made');
  read.resolve();
  expect([await looked, map.get('a'), await map.look('a')]).toEqual(['made', 'made', 'made']);
});
