import { expect, it } from 'vitest';
import { tellOtherBuilds } from '../../src/wiring/other-builds.ts';
import { memoryKept } from '../platforms/slack/kept.ts';

it('an instance of another build on one store is named, the first start and the same build are not', async () => {
  const kept = memoryKept();
  const heard: ((key: string, value: string | null) => void)[] = [];
  const watched = {
    ...kept,
    watch: async (prefix: string, limit: number, hear: (key: string, value: string | null) => void) => {
      heard.push(hear);
      await kept.watch(prefix, limit, hear);
    },
  };
  const lines: object[] = [];
  const log = { warn: (fields: object) => void lines.push(fields) };
  await tellOtherBuilds(watched, log, '0.1.0 (aaaaaaaa)');
  await tellOtherBuilds(watched, log, '0.1.0 (aaaaaaaa)');
  expect(lines).toEqual([]);
  await tellOtherBuilds(watched, log, '0.1.0 (bbbbbbbb)');
  expect(lines).toEqual([{ build: '0.1.0 (bbbbbbbb)', before: '0.1.0 (aaaaaaaa)' }]);
  // As the database tells the instance that was there before.
  heard[0]?.('store:build', '0.1.0 (bbbbbbbb)');
  heard[2]?.('store:build', '0.1.0 (bbbbbbbb)');
  expect(lines.slice(1)).toEqual([{ build: '0.1.0 (aaaaaaaa)', other: '0.1.0 (bbbbbbbb)' }]);
});
