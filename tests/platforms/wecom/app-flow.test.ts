import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/use-cases/ports.ts';
import { CORP } from '../../fakes/wecom/app-server.ts';
import { type AppBot, choose, click, deliver, startAppBot, tap, write, xml } from './app-bot.ts';

let bot: AppBot;
const ZHANG = 'user:zhangsan';
const state = async (id = 'INC-2026-0001') => {
  const found = await bot.store.incident(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

describe('a person alone with the app', () => {
  beforeEach(async () => {
    bot = await startAppBot();
  });
  afterEach(() => bot.stop());

  it('declares and answers by tapping: two cards, the locked answer, then only what changed', async () => {
    await write(bot, 'zhangsan', '新建事件 客户库疑似泄露');
    expect(bot.wecom.seenBy(ZHANG)).toHaveLength(2);
    expect(bot.wecom.seenBy(ZHANG)[0]).toMatch(/已登记：客户库疑似泄露[\s\S]*10:42/);
    await tap(bot, 'zhangsan', /：否$/);
    expect((await bot.store.events('INC-2026-0001')).at(-1)?.event).toMatchObject({
      type: 'fact_stated',
      payload: { fact: 'operator' },
    });
    expect(bot.wecom.updates).toMatchObject([
      {
        userids: ['zhangsan'],
        agentid: 1000002,
        button: { replace_name: expect.stringMatching(/^✓ (?:张三|zhangsan)：涉及关基：否$/) },
      },
    ]);
    expect(bot.wecom.seenBy(ZHANG).slice(2).join('\n')).toMatch(/13:42/);
    const renewed = bot.wecom.cardsOf('zhangsan').slice(2);
    expect(renewed.map(({ buttons }) => buttons.some(({ text }) => text === '涉及关基：否'))).toEqual([false]);
    expect(bot.logged.filter((line) => !line.startsWith('a name'))).toEqual([]);
  });

  it('an answer is said once, at the head of the question that comes of it', async () => {
    await write(bot, 'zhangsan', '新建事件 客户库疑似泄露');
    await tap(bot, 'zhangsan', /：否$/);
    const after = async (act: () => Promise<void>): Promise<readonly string[]> => {
      bot.clock.advance(61_000);
      await bot.settle();
      const before = bot.wecom.seenBy(ZHANG).length;
      await act();
      return bot.wecom.seenBy(ZHANG).slice(before);
    };
    const known = await after(() => write(bot, 'zhangsan', '09:20 运维告警'));
    expect(known.filter((one) => one.includes('已记录09:20（起算待确认），须于13:20前报送'))).toHaveLength(1);
    // The deadline moved, which the status says; and what happened is asked.
    expect(known).toHaveLength(2);
    await choose(bot, 'zhangsan', '数据泄露事件');
    const affected = await after(() => choose(bot, 'zhangsan', '个人信息'));
    expect(affected).toHaveLength(1);
    expect(affected[0]).toContain('已记录“受影响方面”：个人信息。');
    const counted = await after(() => write(bot, 'zhangsan', '120万'));
    expect(counted.filter((one) => one.includes('已记录：120万人。至少为“较大”'))).toHaveLength(1);
    expect(counted.join()).toContain('出现下列任一情形，将升为“重大”');
    const unknown = await after(() => write(bot, 'zhangsan', '不清楚'));
    expect(unknown.filter((one) => one.includes('已列入待查明事项'))).toHaveLength(1);
    expect(unknown).toHaveLength(1);
    const decided = await after(() => tap(bot, 'zhangsan', /确认较大/));
    expect(decided).toHaveLength(1);
    expect(decided[0]).toMatch(/已定级：较大[\s\S]*zhangsan于.*确认|已定级：较大[\s\S]*张三于.*确认/);
  });

  it('what cannot be taken back is asked once more: the question, and one red button that means it', async () => {
    await write(bot, 'zhangsan', '新建事件 可能涉密');
    await write(bot, 'zhangsan', '更多');
    await choose(bot, 'zhangsan', '涉密，停止收集…');
    expect((await state()).stopped).toBeNull();
    const asked = bot.wecom.cardsOf('zhangsan').at(-1);
    expect(bot.wecom.seenBy(ZHANG).at(-1)).toContain('恢复须经另一人复核同意');
    expect(asked?.buttons).toMatchObject([{ text: '涉密，停止收集…' }]);
    await click(bot, 'zhangsan', { task: asked?.task ?? '', key: asked?.buttons[0]?.key ?? '' });
    expect((await state()).stopped).not.toBeNull();
  });

  it('a list stays open when one of its items was taken', async () => {
    await write(bot, 'zhangsan', '新建事件 要认领');
    await write(bot, 'zhangsan', '清单');
    await tap(bot, 'zhangsan', /^认领$/);
    expect(bot.wecom.seenBy(ZHANG).join()).toContain('第1项现由您负责');
    expect(bot.wecom.updates).toEqual([]);
  });

  it('one message delivered three times is one incident and one answer', async () => {
    const plain = xml({ FromUserName: 'zhangsan', MsgType: 'text', Content: '新建事件 一次', MsgId: '7001' });
    for (let i = 0; i < 3; i += 1) expect(await deliver(bot, plain)).toEqual({ status: 200, body: '' });
    await bot.settle();
    expect(await bot.store.incidents({ limit: 10 })).toHaveLength(1);
    expect(bot.wecom.seenBy(ZHANG)).toHaveLength(2);
  });

  it('two different taps within one second both count, and one delivered twice counts once', async () => {
    await write(bot, 'zhangsan', '新建事件 两次点击');
    const [status, question] = bot.wecom.cardsOf('zhangsan');
    if (!status || !question) throw new Error('no cards');
    const before = (await state()).version;
    await click(bot, 'zhangsan', { task: status.task, key: 'b0', time: '1774921400' });
    const after = (await state()).version;
    expect(after).toBeGreaterThan(before);
    // The other card was made for the state before, so it is told so: it was not taken for a redelivery.
    await click(bot, 'zhangsan', { task: question.task, key: 'b0', time: '1774921400' });
    const event = {
      FromUserName: 'zhangsan',
      MsgType: 'event',
      Event: 'template_card_event',
      CreateTime: '1774921500',
    };
    const again = xml({ ...event, EventKey: 'b0', TaskId: status.task, ResponseCode: 'same' });
    await deliver(bot, again);
    await bot.settle();
    const seen = bot.wecom.seenBy(ZHANG).length;
    const version = (await state()).version;
    await deliver(bot, again);
    await bot.settle();
    expect((await state()).version).toBe(version);
    expect(bot.wecom.seenBy(ZHANG).length - seen).toBeLessThanOrEqual(2);
  });

  it('a card that is not ours any more is explained', async () => {
    await click(bot, 'zhangsan', { task: 'js-gone', key: 'b0' });
    expect(bot.wecom.seenBy(ZHANG)).toEqual([expect.stringContaining('已失效')]);
  });

  it('remembers which incident a person is on', async () => {
    await write(bot, 'zhangsan', '新建事件 第一起');
    await write(bot, 'lisi', '新建事件 别人的');
    await write(bot, 'zhangsan', '记录 09:50 已断开外网');
    expect(JSON.stringify((await state()).notes)).toContain('已断开外网');
  });

  const photo = (MsgId: string, MediaId: string) =>
    deliver(bot, xml({ FromUserName: 'zhangsan', MsgType: 'image', MsgId, MediaId, PicUrl: 'http://x' }));

  it('keeps a picture as evidence once, also when the first fetch fails', async () => {
    await write(bot, 'zhangsan', '新建事件 有照片');
    bot.wecom.given.set('m1', Buffer.from('a photo'));
    bot.wecom.failures.push({ api: 'media/get', errcode: -1, errmsg: 'busy' });
    expect(await photo('501', 'm1')).toEqual({ status: 200, body: '' });
    await photo('501', 'm1');
    await bot.settle();
    bot.clock.advance(10_000);
    await bot.settle();
    const events = (await bot.store.events('INC-2026-0001')).filter(({ event }) => event.type === 'evidence_added');
    expect(events).toMatchObject([{ event: { payload: { evidence: { name: 'photo.jpg', size: 7 } } } }]);
    expect(bot.wecom.seenBy(ZHANG).filter((text) => text.includes('photo.jpg'))).toHaveLength(1);
  });

  it('keeps a picture that may belong to several incidents, and asks with buttons', async () => {
    await write(bot, 'zhangsan', '新建事件 第一起');
    await write(bot, 'zhangsan', '新建事件 第二起');
    for (const { key } of await bot.kept.list('', 500)) {
      if (key.endsWith('focus:@zhangsan')) await bot.kept.remove(key);
    }
    bot.wecom.given.set('m9', Buffer.from('a photo'));
    await photo('509', 'm9');
    await bot.settle();
    expect(bot.wecom.seenBy(ZHANG).at(-1)).toContain('文件属于哪起事件');
    const card = bot.wecom.cardsOf('zhangsan').at(-1);
    expect(card?.text).toContain('"id":"0","text":"0002 第二起"');
    const ids = '<OptionIds><OptionId><![CDATA[0]]></OptionId></OptionIds>';
    const item = `<SelectedItem><QuestionKey><![CDATA[row]]></QuestionKey>${ids}</SelectedItem>`;
    const selected = `<SelectedItems>${item}</SelectedItems>`;
    await click(bot, 'zhangsan', { task: card?.task ?? '', key: card?.buttons[0]?.key ?? '', selected });
    await bot.settle();
    expect((await state('INC-2026-0002')).evidence).toMatchObject([{ name: 'photo.jpg' }]);
    expect((await state('INC-2026-0001')).evidence).toEqual([]);
  });

  it('says so when a picture is gone, too large, of no incident, or of a kind that is not taken', async () => {
    await photo('502', 'm2');
    await bot.settle();
    expect(bot.wecom.seenBy(ZHANG).at(-1)).toMatch(/哪一?起事件/);
    await write(bot, 'zhangsan', '新建事件 有照片');
    await photo('503', 'unknown');
    await bot.settle();
    expect(bot.wecom.seenBy(ZHANG).at(-1)).toContain('未能保存');
    bot.wecom.given.set('m3', new Uint8Array(20 * 1024 * 1024 + 1));
    await photo('504', 'm3');
    await bot.settle();
    expect(bot.wecom.seenBy(ZHANG).at(-1)).toContain('20 MB');
    await deliver(bot, xml({ FromUserName: 'zhangsan', MsgType: 'location', MsgId: '505' }));
    await bot.settle();
    expect(bot.wecom.seenBy(ZHANG).at(-1)).toContain('只能接收');
  });

  it('sends the draft as a file to whoever asks', async () => {
    await write(bot, 'zhangsan', '新建事件 要报告');
    await write(bot, 'zhangsan', '下载');
    await tap(bot, 'zhangsan', /DOCX/);
    expect([...bot.wecom.media.values()].map(({ name }) => name)).toEqual(['INC-2026-0001.docx']);
    expect(bot.wecom.seenBy(ZHANG).at(-1)).toBe('media-1');
  });

  it('the menu is made at the start, and a tap on it is the same as the words', async () => {
    expect(bot.wecom.menus).toMatchObject([
      { button: [{ name: '新建事件' }, { name: '事件' }, { name: '帮助', key: 'help' }] },
    ]);
    await deliver(bot, xml({ FromUserName: 'lisi', MsgType: 'event', Event: 'click', EventKey: 'new' }));
    await bot.settle();
    expect(bot.wecom.seenBy('user:lisi').at(-1)).toMatch(
      /\[.+\]\(http:\/\/127\.0\.0\.1:3999\/visit\/form\/new_incident\?drill=false\)/,
    );
    await deliver(bot, xml({ FromUserName: 'lisi', MsgType: 'event', Event: 'enter_agent', EventKey: '' }));
    await bot.settle();
    expect(bot.wecom.seenBy('user:lisi')).toHaveLength(1);
  });

  it('asks WeCom once what somebody is called', async () => {
    await write(bot, 'zhangsan', '帮助');
    await write(bot, 'zhangsan', '新建事件 有名字');
    expect(bot.wecom.calls.filter((api) => api === 'user/get')).toHaveLength(1);
    expect(Object.values((await state()).people).map(({ name }) => name)).toContain('张三');
  });

  it('speaks the language that was asked for, on cards and lines, also after a restart', async () => {
    await write(bot, 'zhangsan', '新建事件 customer database');
    await write(bot, 'zhangsan', '语言 英文');
    expect(bot.wecom.seenBy(ZHANG).at(-1)).toBe('I will write to you in English from now on.');
    const before = bot.wecom.seenBy(ZHANG).length;
    await write(bot, 'zhangsan', '09:20 alert');
    const said = bot.wecom.seenBy(ZHANG).slice(before).join('\n');
    expect(said).toContain('What type of incident?');
    expect(said).not.toMatch(/属于哪类事件|已记录/);
    await bot.stop(true);
    bot = await startAppBot({ dataDir: bot.dataDir });
    await write(bot, 'zhangsan', 'status');
    expect(bot.wecom.seenBy(ZHANG).join('\n')).toMatch(/report to .* by/i);
  });

  it('nobody else sees it', async () => {
    await write(bot, 'zhangsan', '新建事件 保密');
    await write(bot, 'lisi', 'INC-2026-0001 状态');
    expect(bot.wecom.seenBy('user:lisi').join()).not.toContain('保密');
  });
});

describe('a store that cannot commit', () => {
  afterEach(() => bot.stop());

  it('acknowledges nothing, so that WeCom delivers again, and then takes it', async () => {
    let broken = true;
    const breaking = (store: Store): Store => ({
      ...store,
      change: (request) => (broken ? Promise.reject(new Error('disk full')) : store.change(request)),
    });
    bot = await startAppBot({ store: breaking });
    const plain = xml({ FromUserName: 'zhangsan', MsgType: 'text', Content: '新建事件 磁盘满', MsgId: '7002' });
    expect((await deliver(bot, plain)).status).toBe(503);
    broken = false;
    expect((await deliver(bot, plain)).status).toBe(200);
    await bot.settle();
    expect(await bot.store.incidents({ limit: 10 })).toHaveLength(1);
    expect(bot.wecom.seenBy(ZHANG)).toHaveLength(2);
  });
});

describe('WeCom warns of an app that is rarely used', () => {
  afterEach(() => bot.stop());

  it('which is an alarm, said to the administrators on another platform, until it is in use again', async () => {
    const { organisationSchema } = await import('../../../src/incident/people/profile.ts');
    const organisation = organisationSchema.parse({
      organisation: '示例公司',
      entities: [{ id: 'shanghai', name: '示例（上海）有限公司', province: '31' }],
      people: [
        {
          id: 'admin',
          name: '管理员',
          roles: ['administrator'],
          accounts: [
            { platform: 'wecom-app', tenant: 'wx5823bf96d3bd56c7', id: 'wangwu' },
            { platform: 'slack', tenant: 'T1', id: 'U1' },
          ],
        },
      ],
    });
    bot = await startAppBot({ organisation });
    const event = (name: string) =>
      deliver(bot, xml({ FromUserName: 'sys', MsgType: 'event', Event: name, CreateTime: '1774921321' }));
    await event('low_active_alert');
    expect(bot.service.health()).toMatchObject({ ok: false, detail: expect.stringContaining('rarely used') });
    expect(bot.alarms).toEqual(['wecom-app_warned']);
    expect(bot.told).toMatchObject([{ to: { kind: 'person', account: { platform: 'slack', id: 'U1' } } }]);
    // Whoever the other account does not reach is told by the app, while it still works.
    expect(bot.told).toMatchObject([{ to: { others: [{ platform: 'wecom-app' }] } }]);
    await event('close_inactive_agent');
    expect(bot.told.at(-1)).toMatchObject({ to: { account: { platform: 'slack' }, others: [] } });
    expect(bot.alarms).toEqual(['wecom-app_warned', 'wecom-app_stopped']);
    await event('reopen_inactive_agent');
    expect(bot.service.health()).toEqual({ ok: true, detail: 'up' });
  });
});

describe('a person of the profile who linked their account', () => {
  afterEach(() => bot.stop());

  it('is called by the name of the profile on the card they answered', async () => {
    const { organisationSchema } = await import('../../../src/incident/people/profile.ts');
    bot = await startAppBot({
      organisation: organisationSchema.parse({
        organisation: '示例公司',
        entities: [{ id: 'shanghai', name: '示例（上海）有限公司', province: '31' }],
        people: [{ id: 'zhao', name: '赵敏', roles: ['lead', 'approver'], accounts: [] }],
      }),
    });
    bot.wecom.users.set('wo8xKcDAAAmR2fV9', '赵');
    const offered = await bot.links.offer('zhao');
    await bot.links.redeem(offered?.code ?? '', { platform: 'wecom-app', tenant: CORP, id: 'wo8xKcDAAAmR2fV9' });
    await write(bot, 'wo8xKcDAAAmR2fV9', '新建事件 客户库疑似泄露');
    await tap(bot, 'wo8xKcDAAAmR2fV9', /监测告警/);
    expect(bot.wecom.updates).toMatchObject([{ button: { replace_name: expect.stringMatching(/^✓ 赵敏：监测告警/) } }]);
    expect(bot.wecom.calls).not.toContain('user/get');
  });
});

it('without an address for pages a form is lines to send back, and only what is wrong is asked for again', async () => {
  bot = await startAppBot({ publicUrl: null });
  await write(bot, 'zhangsan', '新建事件 客户库疑似泄露');
  await write(bot, 'zhangsan', '填写 4');
  expect(bot.wecom.seenBy(ZHANG).at(-1)).toMatch(/逐行回复[\s\S]*原因初步分析：[\s\S]*估算数据截至：/);
  await write(bot, 'zhangsan', '原因初步分析：口令外泄\n估算数据截至：那天');
  expect(bot.wecom.seenBy(ZHANG).at(-1)).toMatch(/还需更正[\s\S]*估算数据截至：/);
  expect(bot.wecom.seenBy(ZHANG).at(-1)).not.toContain('口令外泄');
  await write(bot, 'zhangsan', '09:20');
  expect(JSON.stringify((await state()).fields)).toContain('口令外泄');
  await bot.stop();
});
