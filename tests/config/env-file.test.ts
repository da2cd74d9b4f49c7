import { chmodSync, chownSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { readDotEnv } from '../../src/config/dotenv.ts';
import { setInEnvFile } from '../../src/config/env-file.ts';
import { loadConfig } from '../../src/config/load.ts';
import { PLATFORM_SETTINGS } from '../../src/platforms/registry.ts';

const SECRET = 'a-secret-of-32-characters-or-more-1';

function fileWith(content: string | Buffer, name = '.env'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'jishi-env-')), name);
  writeFileSync(path, content);
  return path;
}
function loaded(dotEnv: string, env: Record<string, string> = {}) {
  const all = loadConfig(env, PLATFORM_SETTINGS, dotEnv);
  const lines = (all.ok ? all.ignored : all.errors).map(({ variable, problem }) => `${variable} ${problem}`);
  return { ok: all.ok, lines, config: all.ok ? all.config : null };
}

describe('names nobody reads', () => {
  test.each([
    ['CONSOL_SECRET=x', 'CONSOLE_SECRET'],
    ['SLACK_TOKEN=x', 'SLACK_BOT_TOKEN'],
    ['JISHI_PORT=1', 'PORT'],
    ['HEARTBEAT_ULR=x', 'HEARTBEAT_URL'],
    ['CONSOLE_SECRET_FLIE=x', 'CONSOLE_SECRET_FILE'],
  ])('%s is named with the setting that was meant', (line, meant) => {
    const { ok, lines } = loaded(line);
    expect([ok, lines]).toEqual([true, [expect.stringMatching(new RegExp(`is ignored; did you mean ${meant}\\?$`))]]);
  });

  it('without a near name, and lines that set nothing, are named as well', () => {
    expect(loaded('# fine\n\nWEATHER=fine\nCONSOLE_SECRET: x\nPOSTGRES_PASSWORD=x\nexport PORT=1\n').lines).toEqual([
      'WEATHER is not a setting and is ignored',
      '.env:4 is ignored: a line must be NAME=value',
    ]);
  });

  it('lines of a value between quotation marks are no lines of their own', () => {
    expect(loaded(`CONSOLE_SECRET="${SECRET}\nmore"\n`).lines).toEqual([expect.stringContaining('must consist of')]);
    expect(loaded('DATA_DIR="/a\n b"\n').lines).toEqual([]);
  });
});

test('a # that would cut a value short is an error, not a shorter secret', () => {
  expect(loaded(`CONSOLE_SECRET=${SECRET}#def\n`)).toMatchObject({
    ok: false,
    lines: ['CONSOLE_SECRET has a # in its value, which begins a comment: put the value between "…"'],
  });
  const kept = loaded(`CONSOLE_SECRET="${SECRET}#def" # a comment\nPORT=4000 # another\n`);
  expect(kept.config).toMatchObject({ consoleSecret: `${SECRET}#def`, port: 4000 });
});

test.each([
  ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('PORT=4000\r\n', 'utf16le')])],
  ['GBK', Buffer.concat([Buffer.from('PORT=4000\r\n# '), Buffer.from([0xc0, 0xee])])],
])('a file of Windows in %s is refused with the remedy', (_, content) => {
  expect(() => readDotEnv({}, fileWith(content))).toThrow(/is not UTF-8 text; save it as UTF-8/);
});

describe('a secret in a file', () => {
  const secret = fileWith(`${SECRET}\n`, 'secret');

  it('counts like the variable itself', () => {
    expect(loaded('', { CONSOLE_SECRET_FILE: secret }).config).toMatchObject({ consoleSecret: SECRET });
    const slack = { SLACK_BOT_TOKEN_FILE: fileWith('xoxb-1', 'bot'), SLACK_APP_TOKEN_FILE: fileWith('xapp-1', 'app') };
    expect(loaded('', slack).config?.platformSettings).toEqual({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
    });
  });

  it('beside the variable, missing, empty or too short is an error that names it', () => {
    const errors = (env: Record<string, string>) => loaded('', env).lines;
    expect(errors({ CONSOLE_SECRET: SECRET, CONSOLE_SECRET_FILE: secret })).toEqual([
      'CONSOLE_SECRET_FILE is set, and so is CONSOLE_SECRET: keep one of them',
    ]);
    expect(errors({ API_TOKEN_FILE: '/no/such/file' })[0]).toMatch(/^API_TOKEN_FILE names a file that cannot be read/);
    expect(errors({ API_TOKEN_FILE: fileWith(' \n') })).toEqual(['API_TOKEN_FILE names an empty file']);
    expect(errors({ API_TOKEN_FILE: fileWith('short') })[0]).toMatch(/^API_TOKEN must be at least 32/);
  });

  it('is there for secrets only', () => expect(loaded('PORT_FILE=x').lines[0]).toMatch(/^PORT_FILE is not a setting/));
});

describe('writing .env', () => {
  it.skipIf(process.getuid?.() !== 0)('keeps owner, group and mode of the file', () => {
    const file = fileWith('# mine\nPORT=1\n');
    chmodSync(file, 0o640);
    chownSync(file, 1234, 4321);
    setInEnvFile(file, { PORT: '2', SLACK_BOT_TOKEN: 'xoxb-1' });
    const { uid, gid, mode } = statSync(file);
    expect([uid, gid, mode & 0o777]).toEqual([1234, 4321, 0o640]);
    expect(readFileSync(file, 'utf8')).toBe('# mine\nPORT=2\nSLACK_BOT_TOKEN=xoxb-1\n');
  });

  it('takes away what all other users may', () => {
    const file = fileWith('PORT=1\n');
    chmodSync(file, 0o664);
    setInEnvFile(file, { PORT: '2' });
    expect(statSync(file).mode & 0o777).toBe(0o660);
  });

  it('makes a new one for its owner only', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'jishi-env-')), '.env');
    setInEnvFile(file, { PORT: '2' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
