import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { newDataFolder } from '../fakes/folder.ts';
import { freePort } from '../fakes/program.ts';
import { AGENT, CORP, WecomServer } from '../fakes/wecom/app-server.ts';
import { BotServer } from '../fakes/wecom/bot-server.ts';
import { seal } from '../fakes/wecom/seal.ts';
import { xml } from '../platforms/wecom/app-bot.ts';

// @module-tag soak: log.slow.test.ts has the log of the whole program; ops/logger every kind of value.

const PROGRAM = join(import.meta.dirname, '../crash/whole-child.ts');
const KEYS = {
  token: 'callback-token-3c',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: CORP,
};
const SECRETS = {
  bot: 'bot-secret-8f21',
  app: 'app-secret',
  robot: 'robot-key-b07d',
  mail: 'smtp-password-4d',
  token: KEYS.token,
  aes: KEYS.encodingAesKey,
  code: 'oauth-code-6e90',
  api: 'api-token-5e1f-0123456789abcdef-x',
};
const WORDS = ['张三的手机号被泄露', 'free text of a note', '陈宇本人', '13900139000', 'chen.yu@example.com'];
/** What a careless server says in its error: much of what it was sent. */
const ECHO = `refused: ${WORDS[0]} ${WORDS[2]} ${WORDS[3]} ${WORDS[4]} key=${SECRETS.robot} access_token=${SECRETS.app}`;
const GROUP = 'wrGROUP0000';
const SOON = { timeout: 60_000, interval: 50 };
/** Retries of one pass must not crowd the next: an hour would make all of them due at once. */
const STEP = 10 * 60_000;

/** Lets people in and takes no letter, naming in its error the letter and who it was for. */
async function mailServer(): Promise<{ url: string; refused: () => number }> {
  let refused = 0;
  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => done(null, { user: auth.username }),
    onData: (stream, session, done) => {
      stream.resume();
      stream.on('end', () => {
        refused += 1;
        const to = session.envelope.rcptTo.map(({ address }) => address).join();
        done(Object.assign(new Error(`5.7.1 <${to}> ${ECHO}`), { responseCode: 550 }));
      });
    },
  });
  smtp.on('error', () => {});
  const listening = smtp.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  onTestFinished(() => new Promise<void>((resolve) => smtp.close(resolve)));
  const address = listening.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { url: `smtp://jishi:${SECRETS.mail}@127.0.0.1:${port}?from=jishi@example.com`, refused: () => refused };
}

/** Somebody writes to the app. */
function sealed(id: string): { readonly query: URLSearchParams; readonly body: string } {
  const text = xml({ FromUserName: 'zhangsan', MsgType: 'text', MsgId: id, Content: WORDS.join(' ') });
  const { signature, timestamp, nonce, encrypt } = seal(KEYS, text, Date.now());
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
  return { query, body: `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>` };
}

function profileIn(folder: string): string {
  const file = join(folder, 'organisation.json');
  const person = {
    ...{ id: 'chen', name: WORDS[2], email: WORDS[4], roles: ['responder', 'lead', 'approver', 'filer'] },
    accounts: [{ platform: 'wecom', tenant: 'aib-test', id: 'chenyu' }],
  };
  const room = { platform: 'wecom', tenant: 'aib-test', address: GROUP, webhook: 'bell' };
  const entity = { id: 'sh', name: '某某（上海）贸易有限公司', province: '31' };
  writeFileSync(
    file,
    JSON.stringify({ organisation: entity.name, entities: [entity], people: [person], rooms: [room] }),
  );
  return file;
}

it('WeCom and mail, with every detail switched on and everything failing: nothing of people and nothing secret in the log', async () => {
  const folder = newDataFolder('log');
  const bot = new BotServer({ secret: SECRETS.bot });
  const app = await WecomServer.start();
  const mail = await mailServer();
  onTestFinished(async () => {
    await bot.close();
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const port = await freePort();
  const env = {
    ...{ PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'trace', ORGANISATION_FILE: profileIn(folder) },
    ...{
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      CONSOLE_SECRET: 'console-secret-77aa-0123456789abcdef',
      API_TOKEN: SECRETS.api,
    },
    ...{ WECOM_BOT_ID: bot.botId, WECOM_BOT_SECRET: SECRETS.bot, WECOM_BOT_WS_URL: await bot.listen() },
    ...{ WECOM_CORP_ID: CORP, WECOM_AGENT_ID: AGENT, WECOM_APP_SECRET: SECRETS.app, WECOM_API_URL: app.url },
    ...{ WECOM_CALLBACK_TOKEN: KEYS.token, WECOM_ENCODING_AES_KEY: KEYS.encodingAesKey },
    ...{ WECOM_WEBHOOK_KEYS: `bell=${SECRETS.robot}`, SMTP_URL: mail.url },
  };
  const child = spawn(process.execPath, [PROGRAM], { stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  child.stdin.write(`${JSON.stringify({ env, aheadMs: 0 })}\n`);
  await expect.poll(() => bot.isConnected, SOON).toBe(true);

  // Everything people write comes in by every door: the group, a direct message, the app, and things that are no such thing.
  for (const api of ['message/send', 'user/get', 'menu/create', 'auth/getuserinfo', 'agent/get', 'appchat/create'])
    for (let n = 0; n < 5; n += 1) app.failures.push({ api, errcode: 40_003, errmsg: ECHO });
  bot.say('chenyu', `@计时 新建事件 ${WORDS[0]}`, { chat: GROUP });
  await expect.poll(() => bot.chats.in(GROUP).length, SOON).toBeGreaterThan(0);
  bot.say('chenyu', `@计时 记录 ${WORDS.join(' ')}`, { chat: GROUP });
  bot.sendFile('chenyu', Buffer.from(WORDS.join(' ')));
  const call = async (path: string, body?: string): Promise<void> => {
    const post = body === undefined ? {} : { method: 'POST', body };
    await (await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...post })).arrayBuffer();
  };
  const api = async (path: string, what: object): Promise<{ id: string; revision: number }> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/incidents${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRETS.api}`, 'content-type': 'application/json' },
      body: JSON.stringify(what),
    });
    expect(response.ok, `${path} ${response.status}`).toBe(true);
    return z.looseObject({ id: z.string(), revision: z.number() }).parse(await response.json());
  };
  const { query, body } = sealed('0');
  await call(`/wecom/callback?${query}`, body);
  await call(`/wecom/callback?${query}`, `<xml><Encrypt>${WORDS[1]}</Encrypt></xml>`);
  await call(`/visit/back?code=${SECRETS.code}&state=${encodeURIComponent(WORDS.join(' '))}`);
  await expect.poll(() => app.calls.includes('message/send'), SOON).toBe(true);

  // WeCom goes silent, the robot refuses, the mail server too: only the alarm is left.
  for (let n = 0; n < 5_000; n += 1) app.failures.push({ api: 'webhook/send', errcode: 93_000, errmsg: ECHO });
  bot.isDown = true;
  bot.cut();
  let steps = 0;
  const { id, revision } = await api('', { title: 'wake' });
  let at = revision;
  const passes = async (): Promise<number> => {
    child.stdin.write(`${++steps * STEP}\n`);
    // Something that happens makes it look at the clock.
    ({ revision: at } = await api(`/${id}/intents`, {
      intent: { type: 'add_note', text: `wake ${steps}` },
      revision: at,
    }));
    return mail.refused();
  };
  await expect.poll(passes, { timeout: 200_000, interval: 1_000 }).toBeGreaterThan(0);
  expect(app.calls).toContain('webhook/send');
  await expect.poll(() => output, SOON).toMatch(/"alarm"/);
  for (const hidden of [...Object.values(SECRETS), ...WORDS]) expect(output).not.toContain(hidden);
});
