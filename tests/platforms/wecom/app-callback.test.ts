import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seal } from '../../fakes/wecom/seal.ts';
import fixture from '../../fixtures/wecom/crypto-vectors.json' with { type: 'json' };
import { type AppBot, deliver, KEYS, startAppBot, xml } from './app-bot.ts';

let bot: AppBot;
beforeEach(async () => {
  bot = await startAppBot();
});
afterEach(() => bot.stop());

const ask = (query: string, body?: string): Promise<Response> =>
  bot.http.fetch(
    new Request(`http://127.0.0.1/wecom/callback?${query}`, {
      headers: { host: '127.0.0.1' },
      ...(body === undefined ? {} : { method: 'POST', body }),
    }),
  );

/** A callback of these parts, sealed with these keys at the time of the clock plus `offset` seconds. */
function callback(plain: string, keys = KEYS, offset = 0): readonly [string, string] {
  const { signature, timestamp, nonce, encrypt } = seal(keys, plain, bot.clock.now() + offset * 1_000);
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
  return [query.toString(), `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`];
}

describe('the address is verified', () => {
  const [vector] = fixture.vectors;

  it.each([
    ['escaped', (echo: string) => encodeURIComponent(echo)],
    ['with a bare plus, as WeCom may send it', (echo: string) => echo.replaceAll('/', '%2F').replaceAll('=', '%3D')],
  ])('by the official vector, %s, with the bare plain text', async (_, written) => {
    if (!vector) throw new Error('no vector');
    bot.clock.jumpTo(Number(vector.timestamp) * 1_000);
    const query = `msg_signature=${vector.msg_signature}&timestamp=${vector.timestamp}&nonce=${vector.nonce}&echostr=${written(vector.encrypt)}`;
    const response = await ask(query);
    expect([response.status, await response.text()]).toEqual([200, '1616140317555161061']);
  });

  it('not without a signature', async () => {
    expect((await ask('echostr=abc')).status).toBe(403);
  });
});

describe('what WeCom did not send is refused, and the refusal never says why', () => {
  const text = { FromUserName: 'zhangsan', MsgType: 'text', Content: '新建事件 伪造', MsgId: '1' };
  const cases: readonly (readonly [string, () => readonly [string, string]])[] = [
    ['nothing', () => ['', '']],
    ['no XML', () => [callback(xml(text))[0], 'hello']],
    ['another token', () => callback(xml(text), { ...KEYS, token: 'other' })],
    ['another company', () => callback(xml(text), { ...KEYS, receiveId: 'wwother' })],
    ['too old', () => callback(xml(text), KEYS, -601)],
    ['from the future', () => callback(xml(text), KEYS, 601)],
    ['for another company inside', () => callback(xml({ ...text, ToUserName: 'wwother' }))],
    ['for another app', () => callback(xml({ ...text, AgentID: '7' }))],
    ['not XML inside', () => callback('{}')],
    ['a document type inside', () => callback(`<!DOCTYPE x [<!ENTITY a "b">]>${xml(text)}`)],
    ['a document type outside', () => [callback(xml(text))[0], `<!DOCTYPE x>${callback(xml(text))[1]}`]],
    ['the signature of another message', () => [callback(xml(text))[0], callback(xml(text))[1]]],
    ['far too long', () => [callback(xml(text))[0], 'x'.repeat(1024 * 1024 + 1)]],
  ];

  it.each(cases)('%s', async (_, made) => {
    const [query, body] = made();
    const response = await ask(query, body);
    expect([response.status, await response.text()]).toEqual([403, '']);
    await bot.settle();
    expect(await bot.store.incidents({ limit: 1 })).toEqual([]);
  });

  it('while the same, built well, is taken', async () => {
    const [query, body] = callback(xml(text));
    expect((await ask(query, body)).status).toBe(200);
    expect(await bot.store.incidents({ limit: 1 })).toHaveLength(1);
  });
});

it('what comes in pieces of unknown length, as through a proxy, is taken like any other', async () => {
  const url = await bot.http.listen();
  const post = (path: string, type: string, body: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'content-type': type, 'transfer-encoding': 'chunked' };
      const call = request(new URL(path, url), { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.once('error', reject);
      call.write(body.slice(0, 20));
      call.end(body.slice(20));
    });
  const [query, body] = callback(
    xml({ FromUserName: 'zhangsan', MsgType: 'text', Content: '新建事件 丢失', MsgId: '3' }),
  );
  expect(await post(`/wecom/callback?${query}`, 'text/xml', body)).toBe(200);
  expect(await bot.store.incidents({ limit: 1 })).toHaveLength(1);
  const form = 'application/x-www-form-urlencoded';
  expect(await post('/visit/enter', form, `token=${'x'.repeat(30)}`)).toBe(403);
  await bot.http.close();
});

it('numbers stay as they were written, entities are not read, and one tick is a list like several', async () => {
  const note = '新建事件 007 &amp; <b>';
  await deliver(bot, xml({ FromUserName: 'zhangsan', MsgType: 'text', Content: note, MsgId: '2' }));
  const [row] = await bot.store.incidents({ limit: 1 });
  expect(row?.title).toBe('007 &amp; <b>');
});
