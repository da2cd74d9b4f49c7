import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { APP, type Message, seal } from '../../fakes/feishu/server.ts';
import { CALLBACK, CHEN, press, ROOM, SOON, shown, startBot, write } from './bot.ts';

const ID = 'INC-2026-0001';
const UNSURE = /^(不清楚|否)$/;
const bound = z.looseObject({ d: z.looseObject({ alone: z.record(z.string(), z.string()) }) });

describe('a group, over the long connection', () => {
  it('shows the status card, asks below it, and edits both in place when a button is pressed', async () => {
    const bot = await startBot();
    await write(bot, CHEN, '新建事件 支付系统疑似泄露');
    const status = await shown(bot, ROOM, /支付系统疑似泄露/, 'top');
    expect(status.root).toBeNull();
    const question = await shown(bot, ROOM, /关键信息基础设施（关基，以认定通知为准）/);
    const asked = bot.server.in(ROOM, status.id);
    expect(asked.length).toBeGreaterThan(0);
    const before = bot.server.messages.length;
    const { answer } = await press(bot, CHEN, question, /：否$/);
    expect(answer).toMatchObject({ toast: { type: 'success' } });
    await expect
      .poll(async () => {
        await bot.house.settle();
        return status.edits + question.edits > 0;
      }, SOON)
      .toBe(true);
    expect(bot.server.messages).toHaveLength(before);
    expect(bot.server.wrong).toEqual([]);
  });

  it('an event delivered again changes nothing and is answered once', async () => {
    const bot = await startBot();
    const event = bot.server.message(ROOM, CHEN, { text: '@_user_1 帮助' });
    await bot.server.event('im.message.receive_v1', event, 'e-same');
    await shown(bot, ROOM, /新建事件/);
    await bot.server.event('im.message.receive_v1', event, 'e-same');
    await bot.house.settle();
    expect(bot.server.messages.filter((one) => /新建事件/.test(bot.server.words(one)))).toHaveLength(1);
  });

  it('a line that is added to the message of what was recorded gets a mark of its own', async () => {
    const bot = await startBot();
    await write(bot, CHEN, '新建事件 支付系统疑似泄露');
    await shown(bot, ROOM, /支付系统疑似泄露/, 'top');
    await write(bot, CHEN, '2 地点：上海机房');
    await shown(bot, ROOM, /“地点”：上海机房/);
    expect(bot.server.reactions).toEqual([]);
    await write(bot, CHEN, '4 注入点在后台');
    await shown(bot, ROOM, /已记录2条[\s\S]*上海机房[\s\S]*注入点在后台/);
    await expect.poll(() => bot.server.reactions.map(({ emoji }) => emoji), SOON).toEqual(['DONE']);
  });

  it('ticks are one answer; none, and "don’t know" beside another, are refused with a sentence', async () => {
    const bot = await startBot();
    await write(bot, CHEN, '新建事件 勾选');
    await shown(bot, ROOM, /勾选/);
    const inRoom = () => bot.server.messages.filter(({ chat }) => chat === ROOM);
    const withTicks = () => inRoom().find((one) => bot.server.buttons(one).some(({ form }) => form !== null));
    for (let n = 0; n < 12 && !withTicks(); n += 1) {
      const asking = inRoom().findLast((one) => bot.server.buttons(one).some(({ label }) => UNSURE.test(label)));
      if (!asking) throw new Error('nothing is asked');
      const before = asking.content;
      await press(bot, CHEN, asking, UNSURE);
      const isNext = async (): Promise<boolean> => {
        bot.clock.advance(2_000);
        await bot.house.settle();
        return asking.content !== before || withTicks() !== undefined;
      };
      await expect.poll(isNext, SOON).toBe(true);
    }
    const ticks = withTicks();
    if (!ticks) throw new Error('no ticks were asked for');
    const button = bot.server.buttons(ticks).find(({ form }) => form !== null);
    const submit = new RegExp(`^${button?.label}$`);
    const list = button?.form?.['elements'] as readonly { options?: readonly { value: string }[] }[] | undefined;
    const values = (list ?? []).flatMap(({ options = [] }) => options.map(({ value }) => value));
    expect((await press(bot, CHEN, ticks, submit, { ticks: [] })).answer).toMatchObject({ toast: { type: 'error' } });
    const { alone: alones } = bound.parse(button?.value).d;
    const [alone] = Object.keys(alones);
    if (alone === undefined) throw new Error('nothing stands alone');
    const both = { ticks: [values[0], alone] };
    expect((await press(bot, CHEN, ticks, submit, both)).answer).toMatchObject({ toast: { type: 'error' } });
    const one = await press(bot, CHEN, ticks, submit, { ticks: [values[0]] });
    expect(one.answer).toMatchObject({ toast: { type: 'success' } });
  });

  it('a form goes to the person alone, keeps what was entered when it is wrong, and is recorded once', async () => {
    const bot = await startBot();
    await write(bot, CHEN, '新建事件 表单');
    const status = await shown(bot, ROOM, /表单/, 'top');
    // As a button of [More] carries it: the card has the most urgent five only.
    const value = { r: 1, i: ID, d: { kind: 'form', form: { form: 'awareness', args: { incident: ID } } } };
    const opened = await bot.server.event('card.action.trigger', bot.server.click(status, CHEN, value));
    await bot.house.settle();
    expect(opened.answer).toMatchObject({ toast: { type: 'info' } });
    const isForm = (): boolean => bot.server.in(CHEN, null).some((one) => bot.server.buttons(one).some((b) => b.form));
    await expect.poll(isForm, SOON).toBe(true);
    const [card] = bot.server.in(CHEN, null).filter((one) => bot.server.buttons(one).some((b) => b.form));
    if (!card) throw new Error('no form');
    const names = [...card.content.matchAll(/"tag":"input","name":"([^"]+)"/g)].map(([, name]) => name ?? '');
    const wrong = Object.fromEntries(names.map((name) => [name, '不是时间']));
    const refused = await press(bot, CHEN, card, /.*/, wrong);
    expect(refused.answer).toMatchObject({ toast: { type: 'error' }, card: { type: 'raw' } });
    expect(JSON.stringify(refused.answer)).toContain('不是时间');
    expect(bot.server.wrong).toEqual([]);
  });

  it('a report that somebody asks for comes to them alone, as a file', async () => {
    const bot = await startBot();
    await write(bot, CHEN, '新建事件 文件');
    const status = await shown(bot, ROOM, /文件/);
    const view = { view: 'download', args: { file: 'report', incident: ID, format: 'docx' } };
    const value = { r: 1, i: ID, d: { kind: 'view', view } };
    const { answer } = await bot.server.event('card.action.trigger', bot.server.click(status, CHEN, value));
    expect(answer).toMatchObject({ toast: { type: 'info' } });
    const file = await shown(bot, CHEN, /^首报-INC-2026-0001\.docx$/);
    expect(file.type).toBe('file');
    expect(bot.server.messages.filter(({ type, chat }) => type === 'file' && chat === ROOM)).toEqual([]);
  });

  it('a group of several companies sees nothing; the person is answered directly', async () => {
    const bot = await startBot();
    bot.server.addChat('oc_ext', [CHEN, 'ou_stranger'], { external: true });
    await write(bot, CHEN, '新建事件 不可外传', 'oc_ext');
    await shown(bot, 'oc_ext', /单聊/);
    await bot.house.settle();
    const there = bot.server.messages.filter((one) => one.chat === 'oc_ext').map((one) => bot.server.words(one));
    expect(there.join()).not.toContain('不可外传');
    expect(await bot.store.incident(ID)).not.toBeNull();
  });

  it('somebody of another company is shown nothing, whatever they write or press', async () => {
    const bot = await startBot();
    await write(bot, CHEN, '新建事件 内部');
    const status = await shown(bot, ROOM, /内部/);
    const { server } = bot;
    const foreign = server.message(ROOM, 'ou_stranger', { text: '@_user_1 状态' }, { tenant: 'tenant-other' });
    await server.event('im.message.receive_v1', foreign);
    await shown(bot, ROOM, /单聊/);
    const value = server.buttons(status)[0]?.value;
    const click = server.click(status, 'ou_stranger', value, undefined, 'tenant-other');
    const { answer } = await server.event('card.action.trigger', click);
    expect(answer).toMatchObject({ toast: { type: 'error' } });
    expect(server.messages.some(({ chat }) => chat === 'oc_p2p_ou_stranger')).toBe(false);
  });

  it('a filing that was filled in is read back, and recorded by the button of that card', async () => {
    const bot = await startBot();
    await write(bot, CHEN, '新建事件 报送');
    const status = await shown(bot, ROOM, /报送/);
    const { server } = bot;
    const ref = { form: 'filing', args: { incident: ID } };
    const version = async () => (await bot.store.incident(ID))?.version ?? 0;
    const click = async (message: Message, value: unknown, form?: object) =>
      (await server.event('card.action.trigger', server.click(message, CHEN, value, form))).answer;
    await click(status, { r: await version(), i: ID, d: { kind: 'form', form: ref } });
    const form = await shown(bot, CHEN, /回执编号/);
    const [send] = server.buttons(form);
    // Nothing is chosen for the person: to whom, and by which channel, is theirs to say.
    const chosen = { obligation: 'cac.art4.other', channel: 'web_12387', receipt: '2026-0331-17' };
    const answer = z
      .object({ card: z.object({ data: z.unknown() }) })
      .parse(await click(form, send?.value, { ...server.defaults(form), ...chosen }));
    const card = { ...form, content: JSON.stringify(answer.card.data) };
    expect(server.words(card)).toContain('2026-0331-17');
    expect((await bot.store.incident(ID))?.filings).toEqual([]);
    const record = server.buttons(card).find(({ label }) => label === '确认登记报送');
    await click(card, record?.value);
    expect((await bot.store.incident(ID))?.filings).toHaveLength(1);
  });

  it('is not acknowledged while nothing can be committed, and taken when it comes again', async () => {
    let broken = true;
    const bot = await startBot({
      store: (real) => ({
        ...real,
        change: (...args: Parameters<typeof real.change>) =>
          broken ? Promise.reject(new Error('disk full')) : real.change(...args),
      }),
    });
    const event = bot.server.message(ROOM, CHEN, { text: '@_user_1 新建事件 磁盘' });
    expect((await bot.server.event('im.message.receive_v1', event)).code).toBe(500);
    broken = false;
    expect((await bot.server.event('im.message.receive_v1', event)).code).toBe(200);
    await shown(bot, ROOM, /磁盘/);
  });

  it('a recalled status card is posted again, and what belongs below it as well', async () => {
    const bot = await startBot();
    await write(bot, CHEN, '新建事件 撤回');
    const status = await shown(bot, ROOM, /撤回/, 'top');
    const below = bot.server.in(ROOM, status.id).length;
    expect(below).toBeGreaterThan(0);
    status.recalled = true;
    bot.clock.advance(120_000);
    await expect
      .poll(async () => {
        bot.clock.advance(5_000);
        await bot.house.settle();
        const [again] = bot.server.in(ROOM, null).filter((one) => /撤回/.test(bot.server.words(one)));
        return again === undefined ? 0 : bot.server.in(ROOM, again.id).length;
      }, SOON)
      .toBeGreaterThan(0);
  });
});

describe('with the bot alone', () => {
  const OWN = `oc_p2p_${CHEN}`;

  it('greets, declares, and keeps a file as evidence', async () => {
    const bot = await startBot();
    await write(bot, CHEN, '你好', OWN);
    await shown(bot, CHEN, /登记网络安全事件/);
    await write(bot, CHEN, '新建事件 单聊', OWN);
    await shown(bot, CHEN, /单聊/);
    bot.server.files.set('img_1', { name: 'photo.png', content: Buffer.from('\x89PNG') });
    const image = bot.server.message(OWN, CHEN, { image_key: 'img_1' }, { type: 'image' });
    await bot.server.event('im.message.receive_v1', image);
    await shown(bot, CHEN, /已作为附件保存/);
    const state = await bot.store.incident(ID);
    expect(state?.evidence).toMatchObject([{ name: expect.stringMatching(/^[\da-f]{8}\.png$/) }]);
  });

  it('keeps a file that may belong to several incidents, asks with buttons, and places it where one is pressed', async () => {
    const bot = await startBot();
    await write(bot, CHEN, '新建事件 第一起', OWN);
    await write(bot, CHEN, '新建事件 第二起', OWN);
    await shown(bot, CHEN, /第二起/);
    for (const { key } of await bot.store.kept.list('', 500)) {
      if (key.endsWith(`focus:@${CHEN}`)) await bot.store.kept.remove(key);
    }
    bot.server.files.set('img_2', { name: 'photo.png', content: Buffer.from('\x89PNG') });
    const image = bot.server.message(OWN, CHEN, { image_key: 'img_2' }, { type: 'image' });
    await bot.server.event('im.message.receive_v1', image);
    const asked = await shown(bot, CHEN, /文件属于哪起事件/);
    const [first] = bot.server.buttons(asked);
    await bot.server.event('card.action.trigger', bot.server.click(asked, CHEN, first?.value));
    await shown(bot, CHEN, /已作为附件保存/);
    const kept = await Promise.all([ID, 'INC-2026-0002'].map(async (id) => (await bot.store.incident(id))?.evidence));
    expect(kept.flat()).toMatchObject([{ name: expect.stringMatching(/\.png$/) }]);
  });

  it('the name that Feishu gives is on the record', async () => {
    const bot = await startBot();
    await write(bot, CHEN, '新建事件 姓名', OWN);
    await expect.poll(async () => JSON.stringify(await bot.store.incident(ID)), SOON).toContain('陈宇');
  });

  it('the language is the person’s once they ask for it', async () => {
    const bot = await startBot();
    await write(bot, CHEN, 'English', OWN);
    await write(bot, CHEN, 'help', OWN);
    await shown(bot, CHEN, /drill/);
  });
});

describe('connections', () => {
  it('comes back after it was cut, and takes what is sent then', async () => {
    const bot = await startBot();
    bot.server.drop();
    await expect.poll(() => bot.service.health().ok, SOON).toBe(false);
    bot.clock.advance(1_000);
    await expect.poll(() => bot.server.isConnected && bot.service.health().ok, SOON).toBe(true);
    await write(bot, CHEN, '新建事件 重连');
    await shown(bot, ROOM, /重连/);
  });

  it('callbacks: the address is confirmed, a signed event is taken, a forged one is refused', async () => {
    const bot = await startBot({ callbacks: true });
    const post = async ({ body, headers }: { body: string; headers: Record<string, string> }) =>
      bot.http.fetch(
        new Request('http://127.0.0.1/feishu/events', {
          method: 'POST',
          headers: { host: '127.0.0.1', ...headers },
          body,
        }),
      );
    const test = seal(
      CALLBACK.key,
      JSON.stringify({ type: 'url_verification', token: CALLBACK.token, challenge: 'c1' }),
    );
    expect(await (await post(test)).json()).toEqual({ challenge: 'c1' });
    const event = bot.server.message(ROOM, CHEN, { text: '@_user_1 新建事件 回调' });
    const signed = bot.server.callback('im.message.receive_v1', event, CALLBACK);
    const forged = { ...signed, headers: { ...signed.headers, 'X-Lark-Signature': '0'.repeat(64) } };
    expect((await post(forged)).status).toBe(403);
    expect((await post(bot.server.callback('im.message.receive_v1', event, { ...CALLBACK, token: 'x' }))).status).toBe(
      403,
    );
    for (const hours of [-25, 25]) {
      const captured = bot.server.callback('im.message.receive_v1', event, CALLBACK, 'old', hours);
      expect((await post(captured)).status).toBe(403);
    }
    expect(await bot.store.incident(ID)).toBeNull();
    expect((await post(signed)).status).toBe(200);
    await shown(bot, ROOM, /回调/);
  });
});

describe('a call to one person', () => {
  const organisation = organisationSchema.parse({
    ...{ organisation: '示例公司', entities: [{ id: 'sh', name: '示例（上海）有限公司', province: '31' }] },
    people: [
      { id: 'chen', name: '陈宇', accounts: [{ platform: 'feishu', tenant: APP, id: CHEN }] },
      { id: 'zhao', name: '赵敏', roles: ['lead'], accounts: [{ platform: 'feishu', tenant: APP, id: 'ou_zhao' }] },
    ],
  });

  it.each([['phone'], [null]] as const)('is marked urgent by the way of the settings: %s', async (way) => {
    const bot = await startBot({ organisation, settings: way === null ? {} : { FEISHU_URGENT: way } });
    await write(bot, CHEN, '新建事件 支付系统疑似泄露');
    const called = await shown(bot, 'oc_p2p_ou_zhao', /支付系统疑似泄露/);
    await bot.house.settle();
    await expect
      .poll(() => bot.server.urged, SOON)
      .toEqual(way === null ? [] : [{ id: called.id, by: way, users: ['ou_zhao'] }]);
    expect(bot.server.wrong).toEqual([]);
  });

  it('that Feishu does not mark urgent has arrived all the same, once', async () => {
    const bot = await startBot({ organisation, settings: { FEISHU_URGENT: 'phone' } });
    bot.server.faults.push({ path: /urgent_phone/, fault: 99991672 });
    await write(bot, CHEN, '新建事件 支付系统疑似泄露');
    await shown(bot, 'oc_p2p_ou_zhao', /支付系统疑似泄露/);
    await bot.house.settle();
    expect(bot.server.messages.filter(({ chat }) => chat === 'oc_p2p_ou_zhao')).toHaveLength(1);
  });
});

it('a line that cannot be read goes to the second reader after it was answered; its writer alone gets the proposal', async () => {
  const asked: string[] = [];
  const quote = '120万个人';
  const mark = async (text: string) => {
    asked.push(text);
    return [{ fact: 'personal_info_people', quote, from: text.indexOf(quote) }];
  };
  const bot = await startBot({ reader: { model: 'stand-in', isAbroad: false, mark } });
  await write(bot, CHEN, '新建事件 会员数据异常');
  await shown(bot, ROOM, /会员数据异常/, 'top');
  await write(bot, CHEN, `昨夜从库里出去的大概是${quote}的资料`);
  const proposal = await shown(bot, `oc_p2p_${CHEN}`, /辅助识别/);
  expect(asked).toEqual([`昨夜从库里出去的大概是${quote}的资料`]);
  expect((await bot.store.incident(ID))?.facts['personal_info_people']).toBeUndefined();
  await press(bot, CHEN, proposal, /^记录$/);
  const entry = async () => (await bot.store.incident(ID))?.facts['personal_info_people'];
  await expect.poll(async () => (await entry())?.value, SOON).toBe(1_200_000);
  expect((await entry())?.basis).toContain('stand-in');
});
