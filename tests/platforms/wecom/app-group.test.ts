import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '../../../src/incident/commands.ts';
import { type Organisation, organisationSchema } from '../../../src/incident/people/profile.ts';
import type { OutgoingMessage, Place } from '../../../src/use-cases/ports.ts';
import { CORP } from '../../fakes/wecom/app-server.ts';
import { type AppBot, choose, startAppBot, tap, write } from './app-bot.ts';

const account = (id: string) => [{ platform: 'wecom-app', tenant: CORP, id }];
const organisation: Organisation = organisationSchema.parse({
  organisation: '示例公司',
  entities: [{ id: 'shanghai', name: '示例（上海）有限公司', province: '31', operator: 'other' }],
  people: [
    { id: 'zhang', name: '张三', accounts: account('zhangsan') },
    { id: 'li', name: '李四', roles: ['lead', 'approver'], accounts: account('lisi') },
    { id: 'wang', name: '王五', roles: ['responder'], accounts: account('wangwu') },
    { id: 'zhao', name: '赵六', roles: ['legal'], accounts: [{ platform: 'mail', tenant: CORP, id: 'zhaoliu' }] },
  ],
  rooms: [
    { platform: 'wecom-app', tenant: CORP, address: 'yingji' },
    { platform: 'console', tenant: 'local', address: 'main', refuge: true },
  ],
});

let bot: AppBot;
beforeEach(async () => {
  bot = await startAppBot({ organisation });
});
afterEach(() => bot.stop());

const message = (more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  incident: 'INC-2026-0001',
  card: {
    tone: 'urgent',
    drill: false,
    title: { raw: 'INC-2026-0001 · 时限已到' },
    summary: { raw: '须立即报告' },
    blocks: [
      {
        kind: 'actions',
        actions: [
          {
            id: 'fill_in',
            label: { raw: '填写' },
            does: { kind: 'form', form: { form: 'item', args: { incident: 'INC-2026-0001', item: 'art7.2' } } },
          },
        ],
      },
    ],
  },
  language: 'zh-CN',
  revision: 3,
  surface: null,
  ring: false,
  ...more,
});
const post = (place: Place, more: Partial<OutgoingMessage> = {}, key = 'k1') =>
  bot.platform.messenger.post(place, bot.platform.messenger.render(message(more)), key);
const yingji: Place = { tenant: CORP, address: 'yingji', thread: 'root' };
const chats = (): readonly string[] =>
  bot.wecom.delivered.filter(({ to }) => to.startsWith('chat:')).map(({ text }) => text);

describe('a group per incident', () => {
  it('is made with those who decide, shows the incident with links, and asks whoever declared directly', async () => {
    await write(bot, 'zhangsan', '新建事件 客户库疑似泄露');
    const [group] = bot.wecom.groups.values();
    expect(group).toEqual({ name: 'INC-2026-0001 客户库疑似泄露', owner: 'zhangsan', members: ['zhangsan', 'lisi'] });
    expect(chats()[0]).toMatch(/INC-2026-0001[\s\S]*客户库疑似泄露/);
    expect(chats()[0]).toContain('(http://127.0.0.1:3999/visit/card/status?incident=INC-2026-0001)');
    expect(bot.wecom.cardsOf('zhangsan')).not.toEqual([]);
    // Whoever may take the lead is asked that alone.
    expect(bot.wecom.cardsOf('lisi').map(({ buttons }) => buttons[0]?.text)).toEqual(['我来牵头']);
  });

  it('asks whoever declared, and whoever answers from elsewhere; the group only sees what comes of it', async () => {
    await write(bot, 'zhangsan', '新建事件 客户库疑似泄露');
    const questions = (user: string): number => bot.wecom.cardsOf(user).length;
    const quiet = chats().length;
    const asked = questions('zhangsan');
    const told = questions('lisi');
    await tap(bot, 'zhangsan', /告知|告警/);
    expect(questions('zhangsan')).toBe(asked + 1);
    expect(questions('lisi')).toBe(told);
    await write(bot, 'lisi', '不清楚');
    expect(questions('lisi')).toBe(told + 1);
    expect(chats().length - quiet).toBeLessThanOrEqual(1);
  });

  it('shows itself to its members and to nobody else', async () => {
    await write(bot, 'zhangsan', '新建事件 客户库疑似泄露');
    await write(bot, 'lisi', '状态');
    expect(bot.wecom.seenBy('user:lisi').join()).toContain('客户库疑似泄露');
    await write(bot, 'wangwu', 'INC-2026-0001 状态');
    expect(bot.wecom.seenBy('user:wangwu').join()).not.toContain('客户库疑似泄露');
  });

  it('notices who was added by hand', async () => {
    await write(bot, 'zhangsan', '新建事件 客户库疑似泄露');
    const [chat] = bot.wecom.groups.keys();
    const place = { tenant: CORP, address: chat ?? '', thread: null };
    bot.wecom.groups.get(chat ?? '')?.members.push('wangwu');
    bot.clock.advance(10 * 60_000);
    await post(place);
    await write(bot, 'wangwu', 'INC-2026-0001 状态');
    expect(bot.wecom.seenBy('user:wangwu').join()).toContain('客户库疑似泄露');
  });

  it('keeps its texts after a state-secret stop, which are counted; what went to people is recalled for a day', async () => {
    await write(bot, 'zhangsan', '新建事件 客户库疑似泄露');
    const early = bot.wecom.delivered.flatMap(({ msgid }) => msgid ?? []);
    bot.clock.advance(25 * 3_600_000);
    await bot.settle();
    await write(bot, 'lisi', '状态');
    const late = bot.wecom.delivered.flatMap(({ msgid, to }) => (msgid && to === 'user:lisi' ? msgid : []));
    await write(bot, 'zhangsan', '更多');
    await choose(bot, 'zhangsan', '涉密，停止收集…');
    await tap(bot, 'zhangsan', /涉密，停止收集…/);
    for (let n = 0; n < 20; n += 1) {
      bot.clock.advance(60_000);
      await bot.settle();
    }
    expect(bot.wecom.recalled.size).toBeGreaterThan(0);
    expect(late.filter((id) => bot.wecom.recalled.has(id))).not.toEqual([]);
    expect(early.filter((id) => bot.wecom.recalled.has(id))).toEqual([]);
    expect(chats().join()).toMatch(/“计时”无法修改或删除此前已发送的至少\d+条消息/);
  });

  it.each<readonly [string, Command | null]>([
    ['renaming', { type: 'rename', title: '另一个标题' }],
    ['a state-secret stop', { type: 'stop_state_secret' }],
    ['a move out of chat', { type: 'leave_chat', reason: '账号被盗' }],
    ['taking the room off', null],
  ])('keeps no old title in its name after %s', async (_, command) => {
    await write(bot, 'zhangsan', '新建事件 客户库疑似泄露');
    const incident = 'INC-2026-0001';
    const { rooms = {} } = (await bot.store.incident(incident)) ?? {};
    const [room] = Object.values(rooms);
    if (!room) throw new Error('no room');
    const off: readonly Command[] = [
      { type: 'add_room', room: { ...room, address: 'yingji', made: undefined } },
      { type: 'remove_room', room: Object.keys(rooms)[0] ?? '' },
      { type: 'second', proposal: 'p1', agree: true },
    ];
    for (const intent of command ? [command] : off) {
      const { version = 0 } = (await bot.store.incident(incident)) ?? {};
      const id = intent.type === 'second' ? 'zhaoliu' : 'lisi';
      const result = await bot.house.app.submit({
        ...{ incident, intent, revision: version, room: null },
        caller: {
          account: { platform: id === 'lisi' ? 'wecom-app' : 'mail', tenant: CORP, id },
          name: id,
          language: 'zh-CN',
        },
        delivery: { platform: 'wecom-app', key: intent.type, body: '' },
      });
      expect(result).toMatchObject({ kind: 'done' });
    }
    for (let n = 0; n < 5; n += 1) {
      bot.clock.advance(60_000);
      await bot.settle();
    }
    const [group] = bot.wecom.groups.values();
    expect(group?.name).toMatch(/^INC-2026-0001/);
    expect(group?.name).not.toContain('客户库');
    expect(chats().join()).toContain('客户库');
  });

  it('is replaced by messages to each when the app may not make groups', async () => {
    bot.wecom.seesEverybody = false;
    await write(bot, 'zhangsan', '新建事件 只能单发');
    expect(bot.wecom.groups.size).toBe(0);
    expect(bot.wecom.cardsOf('lisi').length).toBeGreaterThan(0);
    expect(bot.logged.join()).toContain('可见范围');
  });

  it('is replaced by messages to each when somebody dissolves it', async () => {
    await post(yingji);
    bot.wecom.groups.clear();
    expect(await post(yingji, {}, 'k2')).toMatchObject({ kind: 'sent' });
    expect(bot.wecom.cardsOf('wangwu')).toHaveLength(1);
  });

  it('is found again when it was made just before a crash', async () => {
    bot.wecom.losses.push('appchat/create');
    expect(await post(yingji)).toMatchObject({ kind: 'refused', reason: 'unreachable' });
    expect(await post(yingji)).toMatchObject({ kind: 'sent' });
    expect(bot.wecom.groups.size).toBe(1);
    expect(chats()).toHaveLength(1);
  });
});

describe('a room of the profile', () => {
  it('is a group of everybody with an account of the app', async () => {
    await post(yingji);
    expect(bot.wecom.groups.get('yingji')?.members).toEqual(['zhangsan', 'lisi', 'wangwu']);
    expect(await post({ ...yingji, address: 'unknown' })).toMatchObject({ kind: 'refused', reason: 'gone' });
    expect(await post({ ...yingji, tenant: 'elsewhere' })).toMatchObject({ kind: 'refused', reason: 'gone' });
  });

  it.each([
    [[{ platform: 'wecom-app', tenant: CORP, id: 'lisi' }], ['lisi']],
    ['everybody' as const, ['zhangsan', 'lisi', 'wangwu']],
  ])('calls those it is told to, in plain words with the way on: %j', async (mention, called) => {
    await post(yingji, { ring: true, mention, late: { seconds: 600 } });
    const last = bot.wecom.delivered.at(-1)?.message;
    if (last?.msgtype !== 'text') throw new Error('not a text');
    expect(last.text.mentioned_list).toEqual(called);
    expect(last.text.content).toMatch(/时限已到[\s\S]*须立即报告/);
    expect(last.text.content).toContain('/visit/card/status');
  });

  it('gets what may not have arrived once more, and it says so', async () => {
    await post(yingji);
    bot.wecom.losses.push('appchat/send');
    expect(await post(yingji, {}, 'k2')).toMatchObject({ kind: 'unknown' });
    expect(await bot.platform.messenger.canFind?.find(yingji, 'k2', bot.clock.now())).toEqual({ kind: 'unsearchable' });
  });
});

describe('a person', () => {
  const zhang: Place = { tenant: CORP, address: '@zhangsan', thread: null };

  it('is an address without asking; others of the company and of elsewhere are told apart', async () => {
    const direct = bot.platform.messenger.canMessagePeople;
    expect(await direct?.direct({ platform: 'wecom-app', tenant: CORP, id: 'zhangsan' })).toEqual(zhang);
    expect(await direct?.direct({ platform: 'wecom-app', tenant: 'other', id: 'zhangsan' })).toBeNull();
    expect(await direct?.direct({ platform: 'wecom', tenant: CORP, id: 'zhangsan' })).toBeNull();
  });

  it('gets a card once although the answer was lost: WeCom takes no task id twice', async () => {
    bot.wecom.losses.push('message/send');
    const body = bot.platform.messenger.render(message());
    const first = await bot.platform.messenger.post(zhang, body, 'k1');
    expect(first.kind).toBe('unknown');
    bot.clock.advance(15_000);
    expect(await bot.platform.messenger.canFind?.find(zhang, 'k1', bot.clock.now() - 60_000)).toEqual({
      kind: 'absent',
      drops: true,
    });
    expect((await bot.platform.messenger.post(zhang, body, 'k1')).kind).toBe('sent');
    expect(bot.wecom.seenBy('user:zhangsan')).toHaveLength(1);
  });

  it('gets a text once, too, as WeCom drops the same bytes', async () => {
    const body = bot.platform.messenger.render(message({ card: { ...message().card, blocks: [] } }));
    bot.wecom.losses.push('message/send');
    expect((await bot.platform.messenger.post(zhang, body, 'k1')).kind).toBe('unknown');
    expect((await bot.platform.messenger.post(zhang, body, 'k1')).kind).toBe('sent');
    expect(bot.wecom.seenBy('user:zhangsan')).toHaveLength(1);
    bot.clock.advance(31 * 60_000);
    const since = bot.clock.now() - 31 * 60_000;
    expect(await bot.platform.messenger.canFind?.find(zhang, 'k1', since)).toEqual({ kind: 'unsearchable' });
  });

  it('gets thirty a minute at most, as WeCom drops the rest without a word', async () => {
    const kinds: string[] = [];
    for (let i = 0; i < 40; i += 1) kinds.push((await post(zhang, {}, `k${i}`)).kind);
    expect(kinds.filter((kind) => kind === 'sent')).toHaveLength(30);
    bot.clock.advance(60_000);
    expect((await post(zhang, {}, 'later')).kind).toBe('sent');
  });

  it('gets a draft as a file after its words, uploaded once', async () => {
    const file = {
      name: '首报-INC-2026-0001.docx',
      mediaType: 'application/zip',
      content: new TextEncoder().encode('PK12345'),
    };
    const body = bot.platform.messenger.render(message());
    bot.wecom.losses.push('message/send');
    const send = () => bot.platform.messenger.canSendFile?.sendFile(zhang, file, body, 'k1');
    expect((await send())?.kind).toBe('unknown');
    expect((await send())?.kind).toBe('sent');
    expect([...bot.wecom.media.values()].map(({ name }) => name)).toEqual(['INC-2026-0001.docx']);
    expect(bot.wecom.seenBy('user:zhangsan')).toEqual([expect.stringContaining('时限已到'), 'media-1']);
  });

  it('who left the company is refused with the reason', async () => {
    bot.wecom.users.delete('zhangsan');
    const outcome = await post(zhang);
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: 'forbidden',
      detail: expect.stringContaining('可见范围'),
    });
  });
});
