import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const sources = globSync('src/**/*.{ts,js}').map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const found = (pattern: RegExp): readonly string[] =>
  sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

/** Keys and steps that travel as strings have one reader each; nobody else takes them apart. */
describe('strings with parts', () => {
  it('are split at colons by the reader of steps alone; the other file reads a setting of tests', () => {
    const files = found(/\.split\(\s*(['"`]):\1/).toSorted();
    expect(files).toEqual(['src/incident/steps.ts', 'src/ops/failpoints.ts']);
  });

  it('the other way in a notice key is read by its reader alone', () => {
    expect(found(/split\(\s*(['"`])~\1/)).toEqual([]);
  });

  it('nobody looks at how a step begins', () => {
    expect(found(/startsWith\(\s*(['"`])(approval|follow|task|crossing|late)\b/)).toEqual([]);
  });
});
