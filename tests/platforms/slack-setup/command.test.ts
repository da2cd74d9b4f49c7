import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectCommand, createAsk } from '../../../src/cli/connect.ts';
import { run } from '../../../src/cli.ts';
import { APP_TOKEN, BOT_TOKEN, startApi } from './api.ts';

/** What is typed, and what is seen of it. */
function keyboard(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  let seen = '';
  output.on('data', (part: Buffer) => (seen += part.toString()));
  return { input, asking: () => createAsk(input, output), seen: () => seen };
}

/** The command with these words after it, and these lines on standard input. */
async function connect(args: readonly string[], env: Record<string, string>, lines: readonly string[] = []) {
  const home = mkdtempSync(join(tmpdir(), 'jishi-connect-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const envFile = join(home, '.env');
  const { input, asking } = keyboard(false);
  input.end(lines.map((line) => `${line}\n`).join(''));
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const code = await connectCommand(args, { env, out: say, error: say, stdin: async () => '' }, asking, envFile);
  return { code, said: said.join('\n'), envFile };
}

it('runs from a pipe as from a keyboard', async () => {
  const api = await startApi();
  const env = { SLACK_API_URL: api.url, LANG: 'zh_CN.UTF-8' };
  const args = ['slack', '--command', '/cn-incident'];
  const { code, said, envFile } = await connect(args, env, [APP_TOKEN, BOT_TOKEN, '']);
  expect(code).toBe(0);
  expect(decodeURIComponent(said)).toContain('"command":"/cn-incident"');
  expect(decodeURIComponent(said)).toContain('新建事件');
  expect(readFileSync(envFile, 'utf8')).toContain('SLACK_COMMAND=/cn-incident');
});

it('the manifest speaks the language of the terminal', async () => {
  const api = await startApi();
  const said = async (LANG: string) =>
    decodeURIComponent((await connect(['slack'], { SLACK_API_URL: api.url, LANG })).said);
  expect(await said('zh_CN.UTF-8')).toContain('新建事件');
  expect(await said('en_US.UTF-8')).not.toContain('新建事件');
});

it.each([
  [['slack', '--http', 'http://jishi.example.com'], {}, /--http must be an address such as https/],
  [['slack', '--http', 'https://jishi.example.com/path'], {}, /--http must be an address such as https/],
  [['slack', '--add'], {}, /connect the first one without it/],
  [['slack', '--command', 'incident'], {}, /look like \/incident/],
  [['slack'], { HTTPS_PROXY: 'proxy:3128' }, /HTTPS_PROXY must be/],
])('%j with %j is refused with a sentence', async (args, env, expected) => {
  const { code, said } = await connect(args, env);
  expect(code).toBe(2);
  expect(said).toMatch(expected);
});

it.each([[], ['teams'], ['slack', '--htp', 'x'], ['slack', '--language', 'fr']])(
  'connect %s is refused with its usage',
  async (...args) => {
    const said: string[] = [];
    const say = (text: string): void => void said.push(text);
    const terminal = { env: {}, out: say, error: say, stdin: async () => '' };
    expect(await run(['connect', ...args], terminal)).toBe(2);
    expect(said.join('\n')).toMatch(/usage: jishi connect slack/);
  },
);

describe('on a terminal', () => {
  it('a secret is not shown while it is typed, anything else is', async () => {
    const { input, asking, seen } = keyboard(true);
    const typed = asking();
    const secret = typed.ask('Token: ', { secret: true });
    input.write('xoxb-secret\r');
    expect(await secret).toBe('xoxb-secret');
    const open = typed.ask('Channel: ', { secret: false });
    input.write('incidents\r');
    expect(await open).toBe('incidents');
    typed.close();
    expect(seen()).toContain('Token: ');
    expect(seen()).toContain('incidents');
    expect(seen()).not.toContain('xoxb');
  });

  it('Ctrl-C ends the question', async () => {
    const { input, asking } = keyboard(true);
    const typed = asking();
    const answer = typed.ask('Token: ', { secret: true });
    input.write('\u0003');
    expect(await answer).toBeNull();
  });
});
