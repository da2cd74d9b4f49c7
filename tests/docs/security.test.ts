import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = readFileSync('docs/security.md', 'utf8');
const [, threats = ''] = /## Against whom\n([\s\S]*?)\n## /.exec(page) ?? [];
const rows = threats.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| who |'));

it('the threats are there', () => {
  expect(rows.length).toBeGreaterThan(12);
});

it.each(rows.map((row) => row.split(' | ')))('%s: names a test that exists', (_who, _could, _stops, tests = '') => {
  const named = [...tests.matchAll(/\]\(\.\.\/(tests\/[^)]+)\)(?:: ((?:“[^”]+”(?:, )?)+))?/g)];
  expect(named.length).toBeGreaterThan(0);
  for (const [, file = '', names = ''] of named) {
    const content = readFileSync(file, 'utf8');
    for (const [, name = ''] of names.matchAll(/“([^”]+)”/g)) expect(content).toContain(name);
  }
});

it('the Chinese page names the same tests, row by row', () => {
  const chinese = readFileSync('docs/security.zh-CN.md', 'utf8');
  const links = (text: string) => [...text.matchAll(/\.\.\/(tests\/[^)]+)\)/g)].map(([, file]) => file);
  expect(links(chinese)).toEqual(links(threats));
});
