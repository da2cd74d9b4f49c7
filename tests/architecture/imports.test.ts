import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cruise, type IForbiddenRuleType } from 'dependency-cruiser';
import { afterAll, expect, it } from 'vitest';

const home = mkdtempSync(join(tmpdir(), 'jishi-imports-'));
symlinkSync(resolve('node_modules'), join(home, 'node_modules'));
afterAll(() => rmSync(home, { recursive: true }));

const rules: { default: { forbidden: IForbiddenRuleType[] } } = await import(resolve('.dependency-cruiser.js'));

/** The names of the rules that a small house of these files breaks. */
async function broken(files: Record<string, string>): Promise<readonly string[]> {
  const base = mkdtempSync(join(home, 'case-'));
  symlinkSync(join(home, 'node_modules'), join(base, 'node_modules'));
  writeFileSync(
    join(base, 'package.json'),
    '{"dependencies":{"hono":"*","luxon":"*"},"devDependencies":{"vitest":"*"}}',
  );
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  }
  const result = await cruise(['src'], {
    baseDir: base,
    validate: true,
    ruleSet: { forbidden: rules.default.forbidden },
    doNotFollow: { path: ['node_modules'] },
    tsPreCompilationDeps: true,
  });
  if (typeof result.output === 'string') throw new Error(result.output);
  return [...new Set(result.output.summary.violations.map((violation) => violation.rule.name))].toSorted();
}
const here = 'export const here = 1;';
const from = (path: string): string => `import { here } from '${path}';\nexport const there = here;`;

it.each<[string, Record<string, string>, readonly string[]]>([
  ['the law knows nothing', { 'src/law/a.ts': from('../incident/b.ts'), 'src/incident/b.ts': here }, ['law-imports']],
  ['inwards is fine', { 'src/use-cases/a.ts': from('../law/b.ts'), 'src/law/b.ts': here }, []],
  [
    'also for types',
    {
      'src/incident/a.ts': "import type { B } from '../http/b.ts';\nexport type A = B;",
      'src/http/b.ts': 'export type B = 1;',
    },
    ['incident-imports'],
  ],
  [
    'config knows the profile only',
    { 'src/config/a.ts': from('../incident/state.ts'), 'src/incident/state.ts': here },
    ['config-imports'],
  ],
  [
    'the profile is fine',
    { 'src/config/a.ts': from('../incident/people/profile.ts'), 'src/incident/people/profile.ts': here },
    [],
  ],
  ['i18n is a leaf', { 'src/i18n/a.ts': from('../ops/b.ts'), 'src/ops/b.ts': here }, ['i18n-imports']],
  [
    'no file system in the core',
    { 'src/law/a.ts': "import { readFileSync } from 'node:fs';\nreadFileSync('x');" },
    ['pure-packages'],
  ],
  [
    'hashing in the core is fine',
    { 'src/incident/a.ts': "import { createHash } from 'node:crypto';\ncreateHash('x');" },
    [],
  ],
  ['no server in the core', { 'src/report/a.ts': "import { Hono } from 'hono';\nnew Hono();" }, ['pure-packages']],
  ['time in the core is fine', { 'src/law/a.ts': "import { DateTime } from 'luxon';\nDateTime.fromMillis(0);" }, []],
  [
    'platforms keep apart',
    { 'src/platforms/a/a.ts': from('../b/b.ts'), 'src/platforms/b/b.ts': here },
    ['platforms-apart'],
  ],
  [
    'platforms do not store',
    { 'src/platforms/a/a.ts': from('../../storage/b.ts'), 'src/storage/b.ts': here },
    ['platforms-apart', 'platforms-imports'],
  ],
  [
    'stores keep apart',
    { 'src/storage/sqlite/a.ts': from('../postgres/b.ts'), 'src/storage/postgres/b.ts': here },
    ['stores-apart'],
  ],
  [
    'delivery does not know the stores',
    { 'src/delivery/a.ts': from('../storage/b.ts'), 'src/storage/b.ts': here },
    ['delivery-imports'],
  ],
  [
    'nobody calls the wiring',
    { 'src/http/a.ts': from('../wiring.ts'), 'src/wiring.ts': here },
    ['http-imports', 'wiring-on-top'],
  ],
  ['the wiring calls everybody', { 'src/wiring.ts': from('./storage/b.ts'), 'src/storage/b.ts': here }, []],
  [
    'no circles',
    { 'src/law/a.ts': `${from('./b.ts')}\n${here}`, 'src/law/b.ts': `${from('./a.ts')}\n${here}` },
    ['no-circles'],
  ],
  [
    'no development tools',
    { 'src/ops/a.ts': "import { it } from 'vitest';\nit('', () => {});" },
    ['no-dev-dependencies-in-src'],
  ],
])('%s', async (_name, files, expected) => {
  expect(await broken(files)).toEqual(expected);
});
