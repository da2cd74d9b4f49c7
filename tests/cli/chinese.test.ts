import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { FORMS } from '../../src/cli/usage.ts';
import { run } from '../../src/cli.ts';
import { commits, declaring, noting } from '../contract/fixtures.ts';
import { sqliteHarness } from '../storage/sqlite-harness.ts';

/** No file has this hash. */
const GHOST = 'f'.repeat(64);
const SECRET = 'a-secret-of-32-characters-or-more-1';

/** Lines that a command prints for a person in a terminal of that locale. */
async function jishi(line: readonly string[], env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const said: string[] = [];
  const say = (text: string): void => void said.push(...text.split('\n'));
  await run(line, { env: { PORT: '1', LANG: 'zh_CN.UTF-8', ...env }, out: say, error: say, stdin: async () => '{' });
  return said;
}

/** Lines with three or more words of English and no Chinese; code in backticks, forms of a command and data (JSON, CSV, ids) are not looked at. */
const english = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => {
    const words = line.replace(/`[^`]*`/g, '').match(/(?<![\w./:@-])[A-Za-z][a-z]+(?![\w./:@=-])/g) ?? [];
    return !/\p{Script=Han}/u.test(line) && !/^[[{"]|^ +jishi /.test(line) && words.length > 2;
  });

let folder = '';
let sound = '';

async function record(ghost: boolean): Promise<string> {
  const h = await sqliteHarness();
  await h.store.change(declaring('k1'));
  const evidence = { file: GHOST, name: 'ghost', size: 5, mediaType: 'text/plain' };
  if (ghost)
    await h.store.change(
      noting('INC-2026-0001', 'evidence', {
        decide: (c) => commits(c, [{ type: 'evidence_added', payload: { evidence } }]),
      }),
    );
  await h.store.close();
  return h.folder;
}

beforeAll(async () => {
  [folder, sound] = await Promise.all([record(true), record(false)]);
  return () => {
    for (const one of [folder, sound]) rmSync(one, { recursive: true, force: true });
  };
});

const PROFILE =
  'organisation: x\nentities: [{ id: a, name: 甲, province: "31" }]\npeople: [{ id: zhao, name: 赵敏, roles: [lead] }]\n';

/** Lines of each command: at least one that works, and those that fail. */
const LINES: Readonly<Record<keyof typeof FORMS, readonly (readonly string[])[]>> = {
  start: [['now']],
  doctor: [[], ['--ring', '无此人']],
  connect: [['slack', '--command', 'incident'], ['teams']],
  classify: [['-'], ['/nowhere.json'], ['BAD_CASE']],
  verify: [[], ['--anyway'], ['INC-2026-0001'], ['INC-2026-0009']],
  backup: [['TMP/b.sqlite'], ['TMP/none/b.sqlite'], ['TMP', '--keep', '2'], ['--done'], ['FOLDER/jishi.sqlite']],
  restore: [['/nowhere.sqlite'], ['FOLDER/jishi.sqlite'], ['FOLDER/jishi.sqlite', '--anyway']],
  restored: [[]],
  migrate: [
    ['--from', 'sqlite:/nowhere', '--to', 'postgres://a:b@127.0.0.1:1/x'],
    ['--from', 'sqlite:FOLDER/jishi.sqlite', '--to', 'postgres://a:b@127.0.0.1:1/x'],
    ['--from', 'sqlite:SOUND/jishi.sqlite', '--to', 'postgres://a:b@127.0.0.1:1/x'],
  ],
  export: [['INC-2026-0009'], ['--mentions', 'nothing-of-the-kind']],
  register: [[], ['--from', 'may']],
  import: [['/nowhere.csv'], ['BAD_CSV']],
  inspection: [
    ['--from', 'may'],
    ['--entity', 'nobody', '--from', '2026-01-01', '--to', '2026-12-31'],
  ],
  login: [['zhao'], ['nobody'], ['--auditor', 'x', '--entity', 'b', '--until', '2026-12-31']],
  sessions: [['list'], ['end', 'nobody'], ['end', '--all']],
  tokens: [
    ['list'],
    ['add', 'x', '--scopes', 'read'],
    ['add', 'x', '--scopes', 'fly'],
    ['list'],
    ['revoke', 'y'],
    ['revoke', 'x'],
  ],
  links: [['list'], ['supplier', 'x']],
  webhooks: [['log'], ['replay', 'x']],
  guide: [['TMP/guide', '--colour', 'red']],
  organisation: [['check'], ['check', '/nowhere.yaml'], ['fields', '--language', 'fr'], ['check', 'BAD_PROFILE']],
  rights: [['lead']],
  template: [
    ['check', '/nowhere.docx'],
    ['check', 'BAD_CASE'],
  ],
  regime: [
    ['check', '/nowhere'],
    ['new', 'A B'],
    ['show', 'none'],
    ['check', 'BAD_PACK'],
    ['form', 'none', 'x'],
    ['diff', 'BAD_PACK', 'BAD_PACK'],
  ],
  'what-if': [
    ['INC-2026-0009', '--list'],
    ['INC-2026-0001', '--fact', 'x'],
    ['INC-2026-0001', '--fact', 'nothing=1'],
  ],
  help: [[], ['backup'], ['fly']],
};

describe('no sentence in English is printed in a Chinese terminal', () => {
  it.each(Object.entries(LINES))('jishi %s', async (command, lines) => {
    const temporary = mkdtempSync(join(tmpdir(), 'jishi-zh-'));
    onTestFinished(() => rmSync(temporary, { recursive: true, force: true }));
    const file = (name: string, text: string): string => {
      writeFileSync(join(temporary, name), text);
      return join(temporary, name);
    };
    const names: Readonly<Record<string, string>> = {
      TMP: temporary,
      FOLDER: folder,
      SOUND: sound,
      BAD_CASE: file(
        'case.json',
        '{"regime":"cn-cac-2025","operator":"none","facts":{"x":1,"site_outage_minutes":-1}}',
      ),
      BAD_CSV: file('x.csv', 'a,b\n1,2\n'),
      BAD_PROFILE: file('bad.yaml', 'organisation: x\nentities: []\npeople: [{ id: a, nam: b, roles: [king] }]\n'),
      BAD_PACK: file('pack.yaml', 'id: x\nduties: [{ id: y }]\n'),
    };
    const profile = file('organisation.yaml', PROFILE);
    const data = mkdtempSync(join(temporary, 'data-'));
    for (const words of lines)
      for (const DATA_DIR of command === 'restore' ? [data] : [data, folder, sound]) {
        const line = words.map((word) => word.replace(/[A-Z]+(?:_[A-Z]+)?/g, (name) => names[name] ?? name));
        const env = { DATA_DIR, CONSOLE_SECRET: SECRET, ORGANISATION_FILE: profile };
        expect({ line, english: english(await jishi([command, ...line], env)) }).toEqual({ line, english: [] });
      }
  });

  it('--language goes with every command, before and against the locale', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'jishi-zh-'));
    onTestFinished(() => rmSync(empty, { recursive: true, force: true }));
    const line = ['verify', '--language', 'zh'];
    expect(await jishi(line, { DATA_DIR: empty, LANG: 'C' })).toEqual([`jishi verify：${empty} 中还没有记录`]);
    expect(await jishi(['verify', '--language=en'], { DATA_DIR: empty })).toEqual([
      `jishi verify: there is no record in ${empty} yet`,
    ]);
    expect((await jishi(['verify', '--language', 'fr'], { DATA_DIR: empty }))[0]).toMatch(/^用法/);
  });
});
