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
const lines = ['状态', '问题', '倒计时', '清单', '时间线', '全部答复', '出稿', '更多', '人员', '依据', '任务', '列表'];

/** An organisation with a WeCom group that everybody in the company reads. */
async function declaredIn(chat: string, settings: object): Promise<string> {
  const server = new BotServer();
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
    ],
    rooms: [room],
    ...settings,
  });
  rig = await startRig({ server, organisation });
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

describe('an open group of an organisation that keeps content out of open rooms', () => {
  it.each([{ openChannels: 'thread', channelPerIncident: true }, { openChannels: 'private' }])(
    'answers nothing there that the room may not show, whatever a participant asks: %j',
    async (settings) => {
      const id = await declaredIn(GROUP, settings);
      const said = (await asked(GROUP, lines.slice(0, 6))) + (await asked(GROUP, lines.slice(6)));
      expect(said).not.toMatch(CONTENT);
      expect(said).toContain('请与我单聊查看');
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

describe('a group that is none of the rooms of an incident', () => {
  it('shows id, clocks and lead of one that was declared in a direct conversation, and names no title', async () => {
    const id = await declaredIn(LI, {});
    const said = await asked(OTHER, [`状态 ${id}`, '列表', `${id} 时间线`, `${id} 问题`]);
    expect(said).toContain(id);
    expect(said).not.toMatch(CONTENT);
    expect(said).toContain('请与我单聊查看');
  });

  it('shows it from the moment on that somebody binds it there', async () => {
    const id = await declaredIn(LI, {});
    rig.server.say(LI, `@计时 绑定 ${id}`, { chat: OTHER });
    await shownWith(rig.server, OTHER, TITLE);
    expect(await asked(OTHER, ['时间线'])).toContain(NOTE);
  });
});
