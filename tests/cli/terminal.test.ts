import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { notStarted } from '../../src/cli/reason.ts';
import { sentenceIn, subjectIn } from '../../src/cli/sentence-translations.ts';
import { helpPage, isCommand } from '../../src/cli/usage.ts';
import { run } from '../../src/cli.ts';
import { fullVersion } from '../../src/ops/version.ts';

const HAN = /\p{Script=Han}/u;

/** A command line in a terminal of that locale; nothing else is set, so that a command that acts would be seen. */
async function jishi(line: string, LANG = 'en_US.UTF-8') {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    env: { LANG, DATA_DIR: '/nowhere/at/all' },
    out: (text: string) => void out.push(text),
    error: (text: string) => void err.push(text),
    stdin: () => Promise.reject(new Error('nothing is read')),
  };
  return { code: await run(line.split(' ').filter(Boolean), terminal), out: out.join('\n'), err: err.join('\n') };
}

const COMMANDS = helpPage('en')
  .split('\n')
  .flatMap((line) => /^ {2}([a-z]+) /.exec(line)?.[1] ?? []);

describe('help', () => {
  it('lists every command', () => {
    expect(COMMANDS.length).toBeGreaterThan(15);
    expect(COMMANDS.every(isCommand)).toBe(true);
  });

  it.each(COMMANDS)('%s --help shows its arguments in both languages and does nothing', async (command) => {
    const english = await jishi(`${command} --help`);
    expect(english).toMatchObject({ code: 0, err: '' });
    expect(english.out).toMatch(new RegExp(`^usage: jishi ${command}`));
    const chinese = await jishi(`${command} FILE -h`, 'zh_CN.UTF-8');
    expect(chinese).toMatchObject({ code: 0, err: '' });
    expect(chinese.out).toMatch(new RegExp(`^用法：jishi ${command}`));
    expect(chinese.out.split('\n').at(-1)).toMatch(HAN);
  });

  it('is the whole page alone, and says which command there is not', async () => {
    expect((await jishi('--help')).out).toBe(helpPage('en'));
    expect((await jishi('help backup')).out).toContain('jishi backup FILE');
    expect(await jishi('fly', 'zh_CN.UTF-8')).toMatchObject({ code: 2, err: expect.stringContaining('没有“fly”') });
    for (const locale of ['zh_CN.UTF-8', 'en_US.UTF-8'])
      expect((await jishi('fly', locale)).err.split('\n').slice(1).join('\n')).toBe((await jishi('help', locale)).out);
    expect(await jishi('fly --help')).toMatchObject({ code: 2, err: expect.stringContaining('“fly”') });
  });

  it('of wrong arguments is the usage of their command', async () => {
    expect(await jishi('backup')).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(/^usage: jishi backup FILE/),
    });
    expect((await jishi('guide --colour red', 'zh_CN.UTF-8')).err).toMatch(/^用法：jishi guide/);
  });

  it.each(['start --port 4000', 'start now', 'doctor --jsn', 'verify --jsn', 'restore --colour x'])(
    '%s does nothing but say how it is called',
    async (line) => {
      const { code, err } = await jishi(line);
      expect(code).toBe(2);
      expect(err).toMatch(/^usage: jishi /);
    },
  );

  it('--version is the version', async () => {
    expect(await jishi('--version')).toEqual({ code: 0, out: fullVersion(), err: '' });
  });
});

/** Sentences in the code of what an operator reads: texts of three words or more, with X for what varies. */
function sentencesOf(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text);
    if (ts.isTemplateExpression(node))
      found.push(node.head.text + node.templateSpans.map((span) => `X${span.literal.text}`).join(''));
    node.forEachChild(visit);
  };
  source.forEachChild((node) => (ts.isImportDeclaration(node) ? undefined : visit(node)));
  return found.filter(
    (text) =>
      /^(?!SELECT )[^`.; ]\S* \S+ \S+/.test(text) &&
      /[a-z]{3}/.test(text) &&
      !HAN.test(text.replace(/[（(].*[)）]|\p{Script=Han}+/gu, '')),
  );
}

/** Sentences of the sources that no terminal shows: keys, schemas and reasons for developers. */
const NOT_SHOWN =
  /^(?:Bearer X|no regime|usage of X|jishi[\w -]*: (?:law: |[X: ])+$|X?jishi X$|INSERT |UPDATE kept |SET |CREATE |LOCK |BEGIN|id text, |the store is closed|an aggregate |Query read|\w+ = )/;

/** Parts of which sentences are put together, with one of the sentences; each of those has its words. */
const PUT_TOGETHER: Readonly<Record<string, string>> = {
  'X X, but a bot has kept its record there': 'a.sqlite is gone, but a bot has kept its record there',
  'X: put it back, or restore a backup. To begin with an empty record, remove X firstX.':
    'a.sqlite is gone, but a bot has kept its record there: put it back, or restore a backup. To begin with an empty record, remove record.known first.',
  ', and the schema jishi_mark of the database':
    'the database x is empty, but a bot has kept its record there: put it back, or restore a backup. To begin with an empty record, remove record.known first, and the schema jishi_mark of the database.',
  'broken: X XX: XX': 'broken: file abc: hash',
  ', event X': 'broken: incident INC-2026-0001, event 3: hash',
  'use its name in pinyin or the two digits of GB/T 2260':
    'entities[0].province: x is not a province; use its name in pinyin or the two digits of GB/T 2260',
  'entities[X].province: X is not a province; X': 'entities[0].province: x is not a province; did you mean shanghai?',
  'X of validity of X at X': 'gap of validity of duties at 2026-01-01',
  'X of validity at X': 'overlap of validity at 2026-01-01',
};

/** Returns true if a sentence, or the one without what may be missing at its end, or behind a place, has its words. */
function isTranslated(text: string): boolean {
  const forms = [
    PUT_TOGETHER[text] ?? text,
    text.replace(/X$/, ''),
    text.replace(/(?<=[a-z])X/g, ''),
    `X ${text}`,
    `${text}: X`,
  ];
  return forms.some((one) => HAN.test(sentenceIn('zh-CN', one))) || HAN.test(subjectIn('zh-CN', text));
}

describe('in Chinese', () => {
  const findings = globSync('src/platforms/*/doctor.ts');
  const settings = [...globSync(['src/config/*.ts', 'src/platforms/{slack/setup/variables,*/index}.ts'])];

  const ours = globSync('src/cli/*.ts').filter((file) => !file.endsWith('usage.ts'));
  const stores = [
    ...globSync('src/storage/{errors,event-kinds,migrations,verify}.ts'),
    ...globSync('src/storage/{high-water,sqlite/{open,restore,backup}}.ts'),
    ...globSync('src/storage/postgres/{rights,migrations,bulk-load,silence-restored,connect}.ts'),
    ...globSync('src/{wiring/{open-store,laws,alert-sources},documents/template-file,scenarios/load}.ts'),
  ];
  const laws = globSync('src/{regimes,use-cases/classify}/*.ts');

  it.each([...findings, ...ours, ...stores, ...laws])('every result, finding and error has its words: %s', (file) => {
    const shown = sentencesOf(file).filter((text) => !NOT_SHOWN.test(text));
    expect(shown.filter((text) => !isTranslated(text))).toEqual([]);
  });

  it('every error of a setting has its words', () => {
    const problems = settings.flatMap(sentencesOf).filter((text) => /^(?:must|is|names|has) /.test(text));
    expect(problems.length).toBeGreaterThan(15);
    expect(problems.filter((text) => !isTranslated(text))).toEqual([]);
  });

  it('what varies stays as it is, and a sentence without a translation stays English', () => {
    expect(sentenceIn('zh-CN', 'only 12 MB left at ./data')).toBe('./data 仅剩 12 MB 空间');
    const lost =
      'the database has lost what was on record at 2026: 25 of 73 events are missing, and the last known event is not in INC-2026-0003 and 4 more. A backup was put back, a standby without the last entries took over, or somebody deleted rows. Stop every instance and run jishi restored, which lists what is missing. To go on with what is there, remove x first.';
    expect(sentenceIn('zh-CN', `broken: store jishi: behind (${lost})`)).toBe(
      '异常：存储 jishi：缺少已有记录（数据库缺少 2026 时已有的记录：共73条记录，缺失25条；以下事件缺少最后已知的记录：INC-2026-0003 等，另有4起。可能是恢复了备份、由缺少最后条目的备用库接管，或有人删除了数据。请停止全部实例并运行 jishi restored，该命令会列出缺少的内容。如要以现有内容继续，请先删除 x。）',
    );
    expect(sentenceIn('zh-CN', 'long connection: can be checked once the bot is running')).toBe(
      '长连接：机器人运行后才能检查',
    );
    expect(sentenceIn('zh-CN', 'certificate has expired')).toBe('certificate has expired');
    expect(sentenceIn('en', 'empty')).toBe('empty');
  });
});

describe('a start that cannot be', () => {
  const settings = { host: '10.99.99.99', port: 443, dataDir: './data' };
  const failure = (code: string, syscall: string) => Object.assign(new Error(`${syscall} ${code}`), { code, syscall });

  it.each([
    ['a low port', failure('EACCES', 'listen'), 'this user may not open port 443; set PORT to one above 1023'],
    [
      'a foreign address',
      failure('EADDRNOTAVAIL', 'listen'),
      '10.99.99.99 is not an address of this machine; set HOST to one that is',
    ],
    [
      'a closed folder',
      failure('EACCES', 'open'),
      './data cannot be written by this user (open EACCES); change its owner or set DATA_DIR',
    ],
    [
      'a file in place of the folder',
      failure('EEXIST', 'mkdir'),
      './data cannot be written by this user (mkdir EEXIST); change its owner or set DATA_DIR',
    ],
    ['a full disk', failure('SQLITE_FULL', 'write'), 'the disk of ./data is full; make space, then start again'],
    [
      'a failing disk',
      failure('SQLITE_IOERR_READ', 'read'),
      'the disk of ./data failed (read SQLITE_IOERR_READ): it is damaged, detached or over a quota; check it, then start again',
    ],
  ])('names the setting: %s', (_, error, sentence) => {
    expect(notStarted(error, settings, 'en')).toBe(`Jishi cannot start: ${sentence}`);
    const reason = sentenceIn('zh-CN', sentence);
    expect(reason).toMatch(HAN);
    expect(notStarted(error, settings, 'zh-CN')).toBe(`“计时”无法启动：${reason}`);
  });

  it('ends with 78 when a setting is wrong, so that a service is not started again', async () => {
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    const terminal = { env: { PORT: 'eighty' }, out: say, error: say, stdin: async () => '' };
    expect(await run(['start'], terminal)).toBe(78);
    expect(said.join()).toMatch(/PORT/);
  });
});
