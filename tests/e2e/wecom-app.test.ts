import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newDataFolder } from '../fakes/folder.ts';
import { BotProgram, freePort } from '../fakes/program.ts';
import { AGENT, CORP, SECRET, WecomServer } from '../fakes/wecom/app-server.ts';
import { seal } from '../fakes/wecom/seal.ts';
import { KEYS, xml } from '../platforms/wecom/app-bot.ts';

// @module-tag soak: platforms/wecom/app-flow has the case; crash/kill kills the whole program.

/** The real program with the self-built app, killed on the way. */
const SOON = { timeout: 60_000, interval: 20 };
const ZHANG = 'user:zhangsan';

let wecom: WecomServer;
let program: BotProgram;
let dataDir: string;
beforeEach(async () => {
  wecom = await WecomServer.start();
  dataDir = newDataFolder('wecom-app-e2e');
  const port = await freePort();
  program = new BotProgram(dataDir, port, {
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    CONSOLE_SECRET: 'a-secret-of-the-console-32-letters',
    WECOM_CORP_ID: CORP,
    WECOM_AGENT_ID: AGENT,
    WECOM_APP_SECRET: SECRET,
    WECOM_CALLBACK_TOKEN: KEYS.token,
    WECOM_ENCODING_AES_KEY: KEYS.encodingAesKey,
    WECOM_API_URL: wecom.url,
  });
  await program.start();
});
afterEach(async () => {
  await program.end('SIGKILL');
  await wecom.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function deliver(fields: Readonly<Record<string, string>>): Promise<number> {
  const { signature, timestamp, nonce, encrypt } = seal(KEYS, xml({ FromUserName: 'zhangsan', ...fields }), Date.now());
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
  const response = await fetch(`${program.url}/wecom/callback?${query.toString()}`, {
    method: 'POST',
    body: `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
  });
  expect(await response.text()).toBe('');
  return response.status;
}
const said = (MsgId: string, Content: string) => ({ MsgType: 'text', MsgId, Content });

it('verifies its address, takes a case over kills and redeliveries, and everything arrives once', async () => {
  const { signature, timestamp, nonce, encrypt } = seal(KEYS, '1616140317555161061', Date.now());
  const echo = new URLSearchParams({ msg_signature: signature, timestamp, nonce, echostr: encrypt });
  const verified = await fetch(`${program.url}/wecom/callback?${echo.toString()}`);
  expect(await verified.text()).toBe('1616140317555161061');

  // Killed right after the acknowledgement; WeCom may deliver again.
  expect(await deliver(said('1', '新建事件 支付系统疑似数据泄露'))).toBe(200);
  await program.end('SIGKILL');
  await program.start();
  expect(await deliver(said('1', '新建事件 支付系统疑似数据泄露'))).toBe(200);
  await expect.poll(() => wecom.cardsOf('zhangsan').length, SOON).toBe(2);
  const id = /INC-\d{4}-\d{4}/.exec(wecom.seenBy(ZHANG).join())?.[0] ?? '';
  expect(id).toMatch(/-0001$/);

  // A tap; the answer to the next card is lost on the way and the program is killed.
  const [status] = wecom.cardsOf('zhangsan');
  const no = status?.buttons.find(({ text }) => text === '涉及关基：否');
  wecom.losses.push('message/send');
  const tap = {
    MsgType: 'event',
    Event: 'template_card_event',
    EventKey: no?.key ?? '',
    TaskId: status?.task ?? '',
    ResponseCode: 'code-1',
  };
  expect(await deliver(tap)).toBe(200);
  await expect.poll(() => wecom.updates.length, SOON).toBe(1);
  await program.end('SIGKILL');
  await program.start();
  await deliver(tap);
  await expect
    .poll(
      () =>
        wecom.cardsOf('zhangsan').filter(({ buttons }) => buttons.every(({ text }) => text !== '涉及关基：否')).length,
      SOON,
    )
    .toBeGreaterThan(1);

  expect(await deliver(said('2', '记录 09:50 已断开外网'))).toBe(200);
  await expect.poll(() => wecom.seenBy(ZHANG).join(), SOON).toContain('已记录');
  const tasks = wecom.cardsOf('zhangsan').map(({ task }) => task);
  expect(new Set(tasks).size).toBe(tasks.length);
  expect(wecom.seenBy(ZHANG).filter((text) => text.includes('-0002'))).toEqual([]);

  const ready: unknown = await (await fetch(`${program.url}/readyz`)).json();
  expect(JSON.stringify(ready)).toContain('wecom-app');
  expect(await program.end('SIGTERM')).toBe(0);
});
