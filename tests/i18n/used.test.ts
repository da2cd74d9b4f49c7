import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => join('src', name));
/** The program without its texts. */
const program = files
  .filter((file) => /\.(?:ts|js|json|yaml|html)$/.test(file) && !file.includes('i18n/'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
const quoted = new Set([...program.matchAll(/(['"`])([a-z][\w.]*)\1/g)].map(([, , text = '']) => text));
/** Keys made from parts: `act.${id}` is one for every `act.…`. At least a part of a key stands in each. */
const made = [...new Set([...program.matchAll(/`[\w.]*(?:\$\{[^`}]*\}[\w.]*)+`/g)].map(([text]) => text.slice(1, -1)))]
  .filter((text) => /[a-z]\w+\.|\.\w*[a-z]{2}/.test(text.replace(/\$\{[^}]*\}/g, '')))
  .map((text) => new RegExp(`^${text.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '.*')}$`));

it('every text is used: its key stands in the program, whole or as a part that is completed', () => {
  const tables = files.filter((file) => /i18n\/en(?:\/[\w-]+)?\.json$/.test(file));
  const keys = tables.flatMap((file) => Object.keys(JSON.parse(readFileSync(file, 'utf8'))));
  expect(keys.length).toBeGreaterThan(2_000);
  // The page leaves out the name of its table.
  const isUsed = (key: string): boolean => quoted.has(key) || made.some((pattern) => pattern.test(key));
  const unused = keys.filter((key) => !isUsed(key) && !isUsed(key.replace(/^console\./, '')));
  expect(unused).toEqual([]);
});
