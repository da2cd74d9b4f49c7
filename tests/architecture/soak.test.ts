import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What has more to play in a soak takes its numbers and variants from there. */
const GROWS = /from '.*(fakes\/soak|\.\/schedules)\.ts'/;
const TAGGED = /@module-tag (soak|grows)\b|\btags: '(soak|grows)'/;

it('a test that has more to play in a soak says so by a tag, without which a short soak leaves it out', () => {
  const growing = globSync('tests/**/*.test.ts').filter((file) => GROWS.test(readFileSync(file, 'utf8')));
  expect(growing.length).toBeGreaterThan(20);
  expect(growing.filter((file) => !TAGGED.test(readFileSync(file, 'utf8')))).toEqual([]);
});

it('a file that only a soak plays has no variants: the first of them would be played nowhere', () => {
  const alone = globSync('tests/**/*.test.ts').filter((file) => /@module-tag soak\b/.test(readFileSync(file, 'utf8')));
  expect(alone.length).toBeGreaterThan(10);
  expect(alone.filter((file) => /\bvariants[(<]/.test(readFileSync(file, 'utf8')))).toEqual([]);
});
