import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { wrongInMessage, wrongInView } from '../../fakes/slack/block-check.ts';

// @module-tag soak: platforms/slack has the limits of every card and form.

type Asked = Readonly<Record<string, string>>;

/** Runs the script against a validator that answers so; 429 first, as Slack may. */
async function validate(verdict: (asked: Asked) => object): Promise<{ code: number; said: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  let paused = false;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (!paused) {
        paused = true;
        return void response.writeHead(429, { 'retry-after': '0' }).end();
      }
      const one = Object.fromEntries(new URLSearchParams(body));
      asked.push(one);
      response.end(JSON.stringify(request.url === '/api/blocks.validate' ? verdict(one) : { ok: false }));
    });
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const child = spawn(process.execPath, ['scripts/slack-validate.ts'], {
    env: { PATH: process.env['PATH'], SLACK_API_URL: `http://127.0.0.1:${port}/api`, SLACK_VALIDATE_PAUSE_MS: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await once(child, 'exit');
  return { code, said: (await said).join('\n'), asked };
}

async function asksAll(): Promise<void> {
  const { code, said, asked } = await validate((one) => {
    const wrong = one['message']
      ? wrongInMessage(JSON.parse(one['message']))
      : wrongInView(JSON.parse(one['view'] ?? ''));
    return wrong.length === 0 ? { ok: true } : { ok: false, error: 'invalid_blocks', errors: [] };
  });
  expect(said).toMatch(/\d+ fine, 0 refused by Slack/);
  expect(code).toBe(0);
  expect(asked.length).toBeGreaterThan(200);
  expect(asked.every((one) => Object.keys(one).length === 1)).toBe(true);
  const all = JSON.stringify(asked);
  for (const part of ['涉及哪个系统', 'Which system is affected', '\\"modal\\"', '\\"home\\"'])
    expect(all).toContain(part);
  expect(new Set(asked.map((one) => JSON.stringify(one))).size).toBe(asked.length);
}

async function saysWhatIsWrong(): Promise<void> {
  const { code, said } = await validate((one) =>
    one['view']?.includes('"home"')
      ? { ok: false, error: 'invalid_view', errors: [{ pointer: '/blocks/0/text', code: 'x', message: 'too odd' }] }
      : { ok: true },
  );
  expect(code).toBe(1);
  expect(said).toMatch(/en declared status at home\n {2}\/blocks\/0\/text: too odd/);
}

it.each([
  ['asks about every card and form in both languages, once each, as messages and as views', asksAll] as const,
  ['says what Slack finds wrong, and where, and fails', saysWhatIsWrong] as const,
])('%s', (_, run) => run());
