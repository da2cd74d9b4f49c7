import { expect, it } from 'vitest';
import { FIELD_WORDS, profileFields } from '../../src/cli/organisation-fields.ts';
import { run } from '../../src/cli.ts';

async function jishi(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<[number, string]> {
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const code = await run(args, { env, out: say, error: say, stdin: async () => '' });
  return [code, said.join('\n')];
}

it('every field of the profile has a meaning in both languages, and no other name has one', () => {
  expect(profileFields().length).toBeGreaterThan(100);
  const silent = ({ path }: { readonly path: string }): boolean =>
    !FIELD_WORDS.get(path)?.en || !/\p{Script=Han}|\{platforms\}/u.test(FIELD_WORDS.get(path)?.zh ?? '');
  expect(profileFields().filter(silent)).toEqual([]);
  const paths = new Set(profileFields().map(({ path }) => path));
  expect([...FIELD_WORDS.keys()].filter((path) => !paths.has(path))).toEqual([]);
});

it.each([
  ['en', {}, '| `accounts[].id` | id of the account there; nobody is matched by name (required) |  |'],
  ['zh', { LANG: 'zh_CN.UTF-8' }, '| `accounts[].id` | 该平台上的账号；从不按姓名匹配（必填） |  |'],
] as const)('organisation fields prints every field without settings: %s', async (language, env, line) => {
  const [code, shown] = await jishi(['organisation', 'fields'], env);
  expect(code).toBe(0);
  expect(shown.split('\n')).toContain(line);
  expect(shown).toContain('`slack`');
  for (const { path } of profileFields()) expect(shown).toContain(path.replace(/^\w+(?:\[\])?\./, ''));
  expect(await jishi(['organisation', 'fields', '--language', language])).toEqual([0, shown]);
  expect((await jishi(['organisation', 'fields', '--language', 'fr']))[0]).toBe(2);
});

it('rights prints both tables, in the language of the terminal or the one asked for', async () => {
  const [code, english] = await jishi(['rights']);
  expect(code).toBe(0);
  expect(english).toContain('| approve `approve` | – | – | ● | – | – | – | – |');
  expect(english).toMatch(/^\| a deadline comes later `later` \| lead; approver; legal counsel \| needed \|/m);
  const [, chinese] = await jishi(['rights'], { LANG: 'zh_CN.UTF-8' });
  expect(await jishi(['rights', '--language', 'zh'])).toEqual([0, chinese]);
  expect(chinese).toMatch(/^\| 时限推后 `later` \|/m);
  expect((await jishi(['rights', 'lead']))[0]).toBe(2);
});
