import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { whyNotStarted } from '../../src/cli/reason.ts';
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

/** Returns true if a sentence, or the one without what may be missing at its end, or behind a place, has its words. */
function isTranslated(text: string): boolean {
  const forms = [text, text.replace(/X$/, ''), `X ${text}`, `${text}: X`];
  return forms.some((one) => HAN.test(sentenceIn('zh-CN', one))) || HAN.test(subjectIn('zh-CN', text));
}

describe('in Chinese', () => {
  const findings = globSync('src/platforms/*/doctor.ts');
  const settings = [...globSync(['src/config/*.ts', 'src/platforms/{slack/setup/variables,*/index}.ts'])];

  const ours = [...globSync('src/cli/*{-findings,doctor,organisation}.ts'), 'src/storage/postgres/rights.ts'];

  it.each([...findings, ...ours])('every finding has its words: %s', (file) => {
    expect(sentencesOf(file).filter((text) => !isTranslated(text))).toEqual([]);
  });

  it('every error of a command has its words', () => {
    const errors = globSync('src/cli/*.ts')
      .flatMap(sentencesOf)
      .filter((text) => /^jishi [a-z]+: .*[a-z]{3}/.test(text));
    expect(errors.length).toBeGreaterThan(15);
    expect(errors.filter((text) => !isTranslated(text))).toEqual([]);
  });

  it('every error of a setting has its words', () => {
    const problems = settings.flatMap(sentencesOf).filter((text) => /^(?:must|is|names|has) /.test(text));
    expect(problems.length).toBeGreaterThan(15);
    expect(problems.filter((text) => !isTranslated(text))).toEqual([]);
  });

  it('what varies stays as it is, and a sentence without a translation stays English', () => {
    expect(sentenceIn('zh-CN', 'only 12 MB left at ./data')).toBe('./data 仅剩 12 MB 空间');
    expect(sentenceIn('zh-CN', 'long connection: seen when the bot runs')).toBe('长连接：机器人运行后才能查明');
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
      '10.99.99.99 is no address of this machine; set HOST to one that is',
    ],
    [
      'a closed folder',
      failure('EACCES', 'open'),
      './data cannot be written by this user (open EACCES); change its owner or set DATA_DIR',
    ],
  ])('names the setting: %s', (_, error, sentence) => {
    expect(whyNotStarted(error, settings)).toBe(sentence);
    expect(sentenceIn('zh-CN', sentence)).toMatch(HAN);
  });

  it('ends with 78 when a setting is wrong, so that a service is not started again', async () => {
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    const terminal = { env: { PORT: 'eighty' }, out: say, error: say, stdin: async () => '' };
    expect(await run(['start'], terminal)).toBe(78);
    expect(said.join()).toMatch(/PORT/);
  });
});
