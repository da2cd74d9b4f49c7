import { afterEach, describe, expect, it } from 'vitest';
import { organisationSchema } from '../../../../src/incident/people/profile.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { GROUP, LI, type Rig, startRig } from './rig.ts';
import { pressed, settled, shownWith } from './waits.ts';

let rig: Rig;
afterEach(() => rig.stop());

const TITLE = '客户张三名单泄露';
const NOTE = '王五的电脑';
const CONTENT = new RegExp(`${TITLE}|${NOTE}|1,200,000|120万`);
const OTHER = 'wrGROUP0002';
const lines = ['状态', '问题', '倒计时', '清单', '时间线', '全部回答', '出稿', '更多', '人员', '依据', '任务', '列表'];

/** An organisation with a WeCom group that everybody in the company reads. */
async function declaredIn(
  chat: string,
  settings: object,
  server = new BotServer(),
  hasWritten = chat === LI,
): Promise<string> {
  const room = { platform: 'wecom', tenant: server.botId, address: GROUP, language: 'zh-CN', open: true };
  const organisation = organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
    people: [
      {
        id: 'li',
        name: '李伟',
        roles: ['lead', 'approver', 'administrator'],
        accounts: [{ platform: 'wecom', tenant: server.botId, id: LI }],
      },
      { id: 'fa', name: '法务', roles: ['legal'], accounts: [{ platform: 'wecom', tenant: server.botId, id: 'fa' }] },
    ],
    rooms: [room],
    ...settings,
  });
  rig = await startRig({ server, organisation });
  if (hasWritten) {
    server.say(LI, '你好', {});
    await settled(() => server.chats.words(LI).length > 0);
  }
  const isGroup = chat !== LI;
  server.say(LI, `${isGroup ? '@计时 ' : ''}新建事件 ${TITLE}`, isGroup ? { chat } : {});
  await settled(() => server.chats.words(chat).some((one) => one.includes('INC-')));
  await rig.house.settle();
  const [row] = await rig.store.incidents({ limit: 1 });
  const id = row?.id ?? '';
  for (const line of ['备注 王五的电脑', '120万']) {
    server.say(LI, `${id} ${line}`, {});
    await rig.service.idle();
    await rig.house.settle();
  }
  return id;
}

/** Everything that came into a conversation because of some lines, each of them answered. */
async function asked(chat: string, asking: readonly string[]): Promise<string> {
  const before = rig.server.chats.in(chat).length;
  for (const line of asking) {
    const count = rig.server.chats.in(chat).length;
    rig.server.say(LI, `@计时 ${line}`, { chat });
    await rig.service.idle();
    await rig.house.settle();
    await settled(() => rig.server.chats.in(chat).length > count);
  }
  return JSON.stringify(rig.server.chats.in(chat).slice(before));
}

/** An incident in a group the profile does not list: the content waits for a lead's word. */
async function boundAndConfirmed(id: string): Promise<void> {
  rig.server.say(LI, `@计时 绑定 ${id}`, { chat: OTHER });
  await shownWith(rig.server, OTHER, '未列入组织档案');
  expect(rig.server.chats.words(OTHER).join()).not.toContain(TITLE);
  rig.server.say(LI, '@计时 确认本群', { chat: OTHER });
  await shownWith(rig.server, OTHER, TITLE);
}

describe('an open group of an organisation that keeps content out of open rooms', () => {
  it.each([{ openChannels: 'thread', channelPerIncident: true }, { openChannels: 'private' }])(
    'answers nothing there that the room may not show, whatever a participant asks: %j',
    async (settings) => {
      const id = await declaredIn(GROUP, settings);
      const said = (await asked(GROUP, lines.slice(0, 6))) + (await asked(GROUP, lines.slice(6)));
      expect(said).not.toMatch(CONTENT);
      expect(said).toContain('请在与机器人的单聊中查看');
      expect(said).toContain(id);
      expect(said).toContain('牵头');
    },
  );

  it('renews the card there, takes an answer without repeating it, and shows everything to the same person alone', async () => {
    const id = await declaredIn(GROUP, { openChannels: 'private' });
    const card = await pressed(rig.server, LI, GROUP, '刷新');
    await settled(() => card.edits > 0);
    const said = await asked(GROUP, [`${id} 备注 王五的电脑`]);
    expect(said).toContain('已记入');
    expect(said).not.toMatch(CONTENT);
    rig.server.say(LI, `${id} 状态`, {});
    await shownWith(rig.server, LI, TITLE);
  });
});

describe('whoever declares in an open group that keeps the content out', () => {
  it('is asked alone and goes on there, while the group shows neither title nor question', async () => {
    const server = new BotServer();
    const id = await declaredIn(GROUP, { openChannels: 'private' }, server, true);
    await shownWith(rig.server, LI, '本单位最早何时获知');
    expect(rig.server.chats.words(GROUP).join()).toContain('首个问题已在单聊中发给登记人');
    expect(rig.server.chats.words(GROUP).join()).not.toMatch(/最早何时|客户张三/);
    rig.server.say(LI, '当前问题', {});
    await rig.service.idle();
    await settled(() => rig.server.chats.words(LI).filter((one) => one.includes('最早何时')).length > 1);
    expect(rig.server.chats.words(LI).join()).not.toContain('哪一起事件');
    expect(id).toMatch(/^INC-/);
  });

  it('is told in the group how to go on where the bot cannot write to them yet', async () => {
    const id = await declaredIn(GROUP, { openChannels: 'private' });
    expect(rig.server.chats.words(GROUP).join()).toContain(`发送“${id} 问题”`);
  });
});

it('an open group that shows no content is told so when it is to be moved, and nobody is sent back to it', async () => {
  await declaredIn(GROUP, { openChannels: 'private' }, new BotServer(), true);
  const before = rig.server.chats.words(LI).length;
  expect(await asked(GROUP, ['移到私密频道'])).toContain('内容不在本群显示');
  expect(rig.server.chats.words(LI).slice(before).join()).not.toContain('无须转移');
});

describe('an open group whose content everybody reads', () => {
  it('promises no private group when asked to move: it says what there is, and the room can be taken off', async () => {
    const id = await declaredIn(GROUP, { openChannels: 'thread' });
    const said = await asked(GROUP, ['移到私密频道']);
    expect(said).toContain('此处无法新建私密群');
    expect(said).toContain(`绑定 ${id}`);
    expect(said).not.toContain('将为');
    await boundAndConfirmed(id);
    const intents = [
      [LI, { type: 'add_person', person: 'fa' }],
      [LI, { type: 'remove_room', room: `wecom/${rig.server.botId}/${GROUP}` }],
      ['fa', { type: 'second', proposal: 'p1', agree: true }],
    ] as const;
    for (const [who, intent] of intents) {
      const state = await rig.store.incident(id);
      const account = { platform: 'wecom', tenant: rig.server.botId, id: who };
      await rig.house.app.submit({
        ...{ incident: id, revision: state?.version ?? 0, caller: { account, name: who, language: 'zh-CN' }, intent },
        delivery: { platform: 'wecom', key: intent.type, body: '' },
      });
      await rig.house.settle();
    }
    expect(await asked(GROUP, ['状态', `${id} 时间线`, '列表'])).not.toMatch(CONTENT);
  });
});

describe('a group that is none of the rooms of an incident', () => {
  it('shows id, clocks and lead of one that was declared in a direct conversation, and names no title', async () => {
    const id = await declaredIn(LI, {});
    const said = await asked(OTHER, [`状态 ${id}`, '列表', `${id} 时间线`, `${id} 问题`]);
    expect(said).toContain(id);
    expect(said).not.toMatch(CONTENT);
    expect(said).toContain('已单独发给李伟');
    const list = await asked(OTHER, ['列表']);
    expect(list).toContain('另有1起不在本群显示');
    expect(list).not.toContain(id);
  });

  it('shows its head once somebody binds it there, and its content once a lead confirms the group', async () => {
    const id = await declaredIn(LI, {});
    await boundAndConfirmed(id);
    expect(await asked(OTHER, ['时间线'])).toContain(NOTE);
  });
});

it('answers whoever can be reached alone what a group does not show, and the group says so by name', async () => {
  const id = await declaredIn(LI, {});
  const before = rig.server.chats.in(LI).length;
  const said = await asked(OTHER, [`状态 ${id}`, `${id} 时间线`]);
  expect(said).toContain('已单独发给李伟');
  expect(said).not.toMatch(CONTENT);
  expect(said).not.toContain('请与机器人单聊');
  const alone = rig.server.chats.words(LI).slice(before).join();
  expect(alone).toContain(TITLE);
  expect(alone).toContain(NOTE);
});

it('shows the assessment to lead and legal alone, also when it is asked for in the group', async () => {
  const id = await declaredIn(GROUP, {}, new BotServer(), true);
  const before = rig.server.chats.in(LI).length;
  expect(await asked(GROUP, [`${id} 内部研判清单`])).toContain('已单独发给李伟');
  expect(rig.server.chats.words(LI).slice(before).join()).toContain('内部研判');
});

it('names in a group who took or answered something, and says “you” to one person only', async () => {
  const id = await declaredIn(GROUP, { openChannels: 'thread' });
  const taken = await asked(GROUP, [`${id} 认领 2`]);
  expect(taken).toContain('第2项现由李伟负责');
  expect(taken).not.toContain('您');
  expect(await asked(GROUP, [`${id} 改名 名单泄露`])).toContain('（李伟）');
  const before = rig.server.chats.in(LI).length;
  rig.server.say(LI, `${id} 认领 3`, {});
  await settled(() => rig.server.chats.in(LI).length > before);
  expect(rig.server.chats.words(LI).slice(before).join()).toContain('第3项现由您负责');
});
