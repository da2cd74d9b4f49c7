import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { messages } from '../../../src/platforms/console/assets.ts';

const { en, 'zh-CN': zh } = messages;

const WEB = join(import.meta.dirname, '../../../src/platforms/console/web');
const scripts = readdirSync(WEB, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith('.ts'))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');

test('every text the page asks for exists', () => {
  const asked = [...scripts.matchAll(/\bt\('([\w.]+)'/g)].map((match) => `console.${match[1]}`);
  expect(asked.length).toBeGreaterThan(80);
  expect(asked.filter((key) => !(key in en))).toEqual([]);
});

test('no text is left that nothing asks for', () => {
  const families = [...scripts.matchAll(/\bt(?:Or)?\(`([\w.]+?)\$\{/g)].map((match) => `console.${match[1]}`);
  const unused = Object.keys(en)
    .filter((key) => key.startsWith('console.'))
    .filter((key) => !scripts.includes(`'${key.slice('console.'.length)}'`))
    .filter((key) => !families.some((family) => key.startsWith(family)));
  expect(unused).toEqual([]);
});

test('both languages say the same things with the same parameters', () => {
  const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted();
  expect(Object.keys(zh).toSorted()).toEqual(Object.keys(en).toSorted());
  for (const [key, text] of Object.entries(zh)) {
    const twin = Object.entries(en).find(([k]) => k === key)?.[1] ?? '';
    expect([key, parameters(text)]).toEqual([key, parameters(twin)]);
  }
});
