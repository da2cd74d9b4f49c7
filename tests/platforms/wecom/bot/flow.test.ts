import { afterEach, expect, it } from 'vitest';
import { loadOrganisation } from '../../../../src/config/organisation.ts';
import { wordsOf } from '../../../fakes/wecom/bot-chats.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { CHEN, GROUP, LI, type Rig, startRig } from './rig.ts';
import { pressed, settled, shownWith, voteIn } from './waits.ts';

let rig: Rig;
afterEach(() => rig.stop());

const AT = '@计时 ';
const state = async () => {
  const [row] = await rig.store.incidents({ limit: 5 });
  return row ? rig.store.incident(row.id) : null;
};
const words = (chat = GROUP) => rig.server.chats.words(chat);

async function declared(chat: string | null = GROUP): Promise<void> {
  rig = await startRig();
  const title = '新建事件 支付系统疑似用户数据泄露';
  rig.server.say(LI, chat ? `${AT}${title}` : title, chat ? { chat } : {});
  await shownWith(rig.server, chat ?? LI, '[刷新]');
  await shownWith(rig.server, chat ?? LI, '是否涉及关键信息基础设施');
}

/** Declared, and the question of the first card answered: the next one is there. */
async function asked(): Promise<void> {
  await declared();
  await pressed(rig.server, LI, GROUP, '否');
  await shownWith(rig.server, GROUP, '最早何时');
}

it('a case in a group: declared, answered by a tap, the card renewed in its place, the next question posted', async () => {
  await declared();
  const { server } = rig;
  const before = server.chats.in(GROUP).length;
  expect(words()[0]).toMatch(/^〔INC-\d{4}-0001〕已登记：支付系统疑似用户数据泄露事件是否涉及关键信息基础设施/);
  const clicked = await pressed(server, CHEN, GROUP, '否');
  await settled(() => clicked.edits > 0);
  expect(wordsOf(clicked)).not.toContain('已登记');
  expect((await state())?.facts['operator']?.value).toBe('other');
  expect(wordsOf(clicked)).not.toContain('关键信息基础设施');
  await rig.house.settle();
  // The news of the status is on the card that was pressed: only the next question is posted.
  expect(server.chats.in(GROUP).length).toBe(before + 1);
  const asked = await pressed(server, CHEN, GROUP, '监测告警');
  await settled(() => asked.edits > 0);
  expect(wordsOf(asked)).toMatch(/chenyu已于\d\d:\d\d回答：监测告警/);
  await voteIn(server, GROUP);
  for (const said of words()) expect(said).toMatch(/^〔INC-\d{4}-\d{4}〕/);
  expect(server.refusals).toEqual([]);
  expect(rig.failed).toEqual([]);
});

it('who takes an item leaves the checklist to the others: it is renewed in its place and says who took what', async () => {
  await declared();
  const { server } = rig;
  server.say(CHEN, `${AT}清单`, { chat: GROUP });
  const list = await pressed(server, CHEN, GROUP, '认领');
  await settled(() => list.edits === 1);
  await rig.service.idle();
  expect(wordsOf(list)).toMatch(/〔INC-\d{4}-0001〕报告内容 0\/8\n?chenyu已于\d\d:\d\d认领第1项/);
  expect(wordsOf(list)).toContain('chenyu还收不到单独提醒');
  // What its buttons mean now is kept right after.
  await rig.service.idle();
  const take =
    list.card?.card_type === 'button_interaction' && list.card.button_list.find(({ text }) => text === '认领');
  server.click(LI, list, take ? take.key : '', ['2']);
  await settled(() => list.edits === 2);
  expect(wordsOf(list)).toMatch(/liwei已于\d\d:\d\d认领第3项/);
  const owners = Object.values((await state())?.owners ?? {}).map(({ owner }) => owner);
  expect(new Set(owners).size).toBe(2);
});

it('ticks are one answer, and what stands alone is not mixed', async () => {
  await asked();
  const { server } = rig;
  await pressed(server, CHEN, GROUP, '监测告警');
  const { shown: vote, options, key } = await voteIn(server, GROUP);
  const before = vote.edits;
  server.click(LI, vote, key, []);
  await shownWith(server, GROUP, '请至少选择一项');
  const last = options.at(-1)?.id ?? '';
  server.click(LI, vote, key, ['0', last]);
  await shownWith(server, GROUP, '不能与其他选项同时选择');
  // Nobody has said when it began, so that "still going on" is not offered here.
  const named = (name: string): string => options.find(({ text }) => text.includes(name))?.id ?? '';
  expect(options.map(({ text }) => text).join()).not.toContain('仍在持续');
  server.click(LI, vote, key, [named('数据泄露'), named('涉嫌违法犯罪')]);
  await settled(() => vote.edits > before);
  expect((await state())?.facts['incident_type']?.value).toBe('data.leak');
  expect((await state())?.facts['suspected_crime']?.value).toBe(true);
  expect((await state())?.facts['ongoing']).toBeUndefined();
  expect(rig.failed).toEqual([]);
});

it('a lost update leaves the card clickable: the next tap gets who answered, and the question as it is now', async () => {
  await asked();
  const { server } = rig;
  await pressed(server, CHEN, GROUP, '监测告警');
  const { shown: vote, key } = await voteIn(server, GROUP);
  const before = vote.edits;
  server.fail('aibot_respond_update_msg', { kind: 'error', code: 846604 });
  server.click(CHEN, vote, key, ['0']);
  await settled(() => server.refusals.length > 0 || words().some((one) => one.includes('事件类型')));
  await shownWith(server, GROUP, '哪些方面受影响');
  expect(vote.edits).toBe(before);
  server.click(LI, vote, key, ['1']);
  await settled(() => vote.edits > before);
  expect(wordsOf(vote)).toMatch(/chenyu已于\d\d:\d\d回答/);
  expect((await state())?.facts['incident_type']?.value).toBe('data.leak');
});

it('a bare number answers the question asked last, and words answer it too', async () => {
  await declared();
  const { server } = rig;
  server.say(CHEN, `${AT}1`, { chat: GROUP });
  await shownWith(server, GROUP, '最早何时');
  expect((await state())?.facts['operator']?.value).toBe('other');
  await rig.house.settle();
  server.say(CHEN, `${AT}1`, { chat: GROUP });
  const { options } = await voteIn(server, GROUP);
  const crime = options.findIndex(({ text }) => text.includes('涉嫌违法犯罪')) + 1;
  server.say(CHEN, `${AT}1、${crime}`, { chat: GROUP });
  await settled(() => words().some((one) => one.includes('涉嫌违法犯罪”：是')));
  expect((await state())?.facts['incident_type']?.value).toBe('data.leak');
});

it('items, corrections and quotations in a group; each is echoed with its number', async () => {
  await declared();
  const { server } = rig;
  server.say(CHEN, `${AT}记录 09:50 已隔离两台服务器`, { chat: GROUP });
  await settled(() => words().some((one) => one.includes('记')));
  server.say(CHEN, `${AT}2 措施：已隔离两台服务器并重置口令`, { chat: GROUP });
  await shownWith(server, GROUP, /第2项.*已隔离两台服务器并重置口令/s);
  server.say(CHEN, `${AT}修改 2 措施：已隔离三台服务器`, { chat: GROUP });
  await shownWith(server, GROUP, /第2项.*已隔离三台服务器/s);
  const quote = `〔${(await state())?.id ?? ''}〕报告内容`;
  server.say(CHEN, `${AT}记录 引用后补充`, { chat: 'wrOTHER', quote });
  await settled(() => server.chats.in('wrOTHER').length > 0);
  // Shortly after midnight 09:50 is still to come and stays in the text.
  expect((await state())?.notes.map((note) => note.text).join()).toContain('已隔离两台服务器');
});

it('a file of which it is not clear to what it belongs is kept, and goes where a button says', async () => {
  await declared(null);
  const { server } = rig;
  server.say(LI, '新建事件 官网首页被篡改');
  await shownWith(server, LI, '官网首页被篡改');
  await rig.house.settle();
  server.say(CHEN, '你好');
  await rig.store.incidents({ limit: 2 });
  // Two are open and none was dealt with last by this person alone.
  await rig.store.kept.remove(`focus:@${LI}`);
  server.sendFile(LI, Buffer.from([0xff, 0xd8, 0xff, 1, 2, 3]));
  const asked = await shownWith(server, LI, '文件属于哪起事件');
  const card = asked.card;
  if (card?.card_type !== 'button_interaction') throw new Error('no buttons');
  const first = card.button_selection?.option_list.find(({ text }) => text.startsWith('0001'));
  server.click(LI, asked, card.button_list[0]?.key ?? '', [first?.id ?? '']);
  await shownWith(server, LI, '已作为附件保存');
  const evidence = async (nth: string) => {
    const row = (await rig.store.incidents({ limit: 2 })).find(({ id }) => id.endsWith(nth));
    return (await rig.store.incident(row?.id ?? ''))?.evidence;
  };
  expect(await evidence('-0001')).toMatchObject([{ mediaType: 'image/jpeg' }]);
  expect(await evidence('-0002')).toEqual([]);
  expect(rig.failed).toEqual([]);
});

it('a file that is refused is refused for its reason', async () => {
  await declared(null);
  const { server } = rig;
  rig.house.app.attach = async ({ incident }) => ({
    kind: 'refused',
    incident,
    state: null,
    refusal: { code: 'closed' },
  });
  server.sendFile(LI, Buffer.from('photo!'));
  const told = await shownWith(server, LI, '未作为附件保存');
  expect(wordsOf(told)).toContain('本事件已结案，不能进行此操作');
  expect(wordsOf(told)).not.toContain('5分钟');
});

it('a direct conversation: the whole start of a case, a photo as evidence, a form as lines', async () => {
  await declared(null);
  const { server } = rig;
  await pressed(server, LI, LI, '否');
  server.sendFile(LI, Buffer.from([0xff, 0xd8, 0xff, 1, 2, 3]));
  await shownWith(server, LI, '已作为附件保存：');
  expect((await state())?.evidence).toMatchObject([{ mediaType: 'image/jpeg', size: 6 }]);
  await pressed(server, LI, LI, '补充信息');
  await shownWith(server, LI, '回复');
  server.say(LI, '供应商的存储桶曾被公开访问');
  await settled(() => words(LI).some((one) => one.includes('记')));
  await expect.poll(async () => (await state())?.notes.length).toBe(1);
  expect(rig.failed).toEqual([]);
});

it('answers what it does not know, greets, helps, and welcomes', async () => {
  rig = await startRig();
  const { server } = rig;
  server.enter(LI);
  await shownWith(server, LI, '[新建事件]');
  server.say(LI, '你好');
  await shownWith(server, LI, '今后的提醒可以单独发给您');
  // In a group that would not be true.
  server.say(CHEN, `${AT}你好`, { chat: GROUP });
  await shownWith(server, GROUP, '请单独给我发一句“你好”');
  server.say(LI, '帮助');
  await shownWith(server, LI, '新建事件');
  server.say(CHEN, '@安全 值班 机器人 /incident new Payment outage', { chat: GROUP });
  await shownWith(server, GROUP, 'Payment outage');
  expect(rig.failed).toEqual([]);
});

it('a running countdown changes one message until it ends, and says how to go on', async () => {
  await declared();
  const { server } = rig;
  server.say(LI, `${AT}倒计时`, { chat: GROUP });
  const running = await shownWith(server, GROUP, /^〔INC-\d{4}-0001〕如属较大以上：涉及关键/);
  expect(running.card).toBeNull();
  expect(server.requests.filter((one) => one.cmd === 'aibot_respond_msg')).toHaveLength(1);
});

it('in a group abroad nothing that people wrote is said, whatever is tapped or asked there', async () => {
  const profile = await loadOrganisation('manifests/organisation.example.yaml');
  const server = new BotServer();
  const there = {
    platform: 'wecom',
    tenant: server.botId,
    address: GROUP,
    location: 'abroad',
    language: 'en',
  } as const;
  rig = await startRig({ server, organisation: { ...profile, rooms: [{ ...there, entities: [], open: false }] } });
  server.say(LI, `${AT}新建事件 绝密项目泄露`, { chat: GROUP });
  await settled(() => server.chats.in(GROUP).length > 0);
  const id = (await state())?.id ?? '';
  server.say(LI, `${AT}记录 绝密的线索`, { chat: GROUP });
  server.say(LI, `${AT}2 措施：绝密的措施`, { chat: GROUP });
  await expect.poll(async () => (await state())?.notes.length).toBe(1);
  for (const asked of [
    '状态',
    '问题',
    '依据',
    '人员',
    '清单',
    '时间线',
    '首报',
    '下载',
    '填写 2',
    '修改 2 措施：绝密',
    '倒计时',
    `绑定 ${id}`,
  ]) {
    server.say(LI, `${AT}${asked}`, { chat: GROUP });
  }
  await expect.poll(() => words().length).toBeGreaterThan(8);
  await rig.service.idle();
  await rig.house.settle();
  for (const card of server.chats.in(GROUP).filter((one) => one.card?.card_type === 'button_interaction')) {
    for (const key of ['b0', 'b1', 'b2', 'b3', 'b4', 'b5']) server.click(LI, card, key);
  }
  await rig.service.idle();
  await rig.house.settle();
  expect(words().length).toBeGreaterThan(8);
  expect(words().filter((one) => one.includes('绝密'))).toEqual([]);
  await server.close();
});
