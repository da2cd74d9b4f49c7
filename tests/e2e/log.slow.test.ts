import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { newDataFolder } from '../fakes/folder.ts';
import { freePort } from '../fakes/program.ts';

const START = join(import.meta.dirname, '../../src/start.js');
const SECRETS = {
  API_TOKEN: 'api-token-5e1f-0123456789abcdef-x',
  CONSOLE_SECRET: 'console-secret-77aa-0123456789abcdef',
  SLACK_BOT_TOKEN: 'xoxb-not-a-real-token',
  SLACK_SIGNING_SECRET: 'signing-secret-91c3',
  SMTP_URL: 'smtp://user:smtp-password-4d@127.0.0.1:1',
  HEARTBEAT_URL: 'http://127.0.0.1:1/heartbeat-secret-2b',
};
const WORDS = ['张三的手机号被泄露', 'free text of a note', 'Chen Yu', '13900139000', 'someone@example.com'];

it('the whole program says nothing of what people wrote and nothing secret, with every detail switched on and everything failing', async () => {
  const dataDir = newDataFolder('log');
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  let output = '';
  const child = spawn(process.execPath, [START], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'trace',
      SLACK_API_URL: 'http://127.0.0.1:1/api',
      ...SECRETS,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdout.on('data', (part: Buffer) => (output += part.toString('utf8')));
  child.stderr.on('data', (part: Buffer) => (output += part.toString('utf8')));
  await expect.poll(() => output, { timeout: 60_000 }).toContain(`127.0.0.1:${port}`);

  const call = (path: string, body: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${SECRETS.API_TOKEN}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
    });
  const answer: unknown = await (await call('/api/v1/incidents', JSON.stringify({ title: WORDS[0] }))).json();
  const declared = z.object({ id: z.string(), revision: z.number() }).parse(answer);
  const intents = `/api/v1/incidents/${declared.id}/intents`;
  const note = { type: 'add_note', text: WORDS.join(' '), author: WORDS[2] };
  expect((await call(intents, JSON.stringify({ intent: note, revision: declared.revision }))).status).toBe(200);
  // What is wrong with these is said to who sent them, not to the log.
  expect((await call(intents, JSON.stringify({ intent: { type: WORDS[1] }, revision: 1 }))).status).toBe(422);
  expect((await call(intents, `{"intent": ${WORDS[1]}`)).status).toBeGreaterThanOrEqual(400);
  await call(`/slack/events?token=${SECRETS.SLACK_BOT_TOKEN}`, `payload=${WORDS[1]}`);
  await expect.poll(() => output, { timeout: 60_000 }).toMatch(/sign of life was not taken/);

  const figures = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(figures).toContain('jishi_commands_total{type="declare",outcome="committed"} 1');
  expect(figures).toMatch(/jishi_outbox_notices\{state="dead"\} \d/);
  for (const hidden of [...Object.values(SECRETS), ...WORDS, 'smtp-password-4d', 'heartbeat-secret-2b']) {
    expect(output).not.toContain(hidden);
  }
});
