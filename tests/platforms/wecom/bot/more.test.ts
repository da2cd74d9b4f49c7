import { afterEach, expect, it } from 'vitest';
import { ManualClock } from '../../../fakes/clock.ts';
import { wordsOf } from '../../../fakes/wecom/bot-chats.ts';
import { CHEN, GROUP, LI, type Rig, startRig } from './rig.ts';
import { acted, pressed, settled, shownWith, voteIn } from './waits.ts';

let rig: Rig;
afterEach(() => rig.stop());

const AT = '@计时 ';
async function declared(options: Parameters<typeof startRig>[0] = {}): Promise<void> {
  rig = await startRig(options);
  rig.server.say(LI, `${AT}新建事件 支付系统故障`, { chat: GROUP });
  await shownWith(rig.server, GROUP, '是否涉及关键信息基础设施');
}
const state = async () => {
  const [row] = await rig.store.incidents({ limit: 5 });
  return row ? rig.store.incident(row.id) : null;
};

/** One of the newest list, which is answered. */
async function chosen(user: string, label: string) {
  const { shown, options, key } = await voteIn(rig.server, GROUP);
  const option = options.find(({ text }) => text === label);
  if (!option) throw new Error(`no ${label} among ${options.map(({ text }) => text).join()}`);
  rig.server.click(user, shown, key, [option.id]);
  return shown;
}

it('what cannot be taken back is asked once more, on the card itself', async () => {
  await declared();
  const { server } = rig;
  server.say(CHEN, `${AT}更多`, { chat: GROUP });
  const more = await chosen(CHEN, '涉密，停止收集…');
  await settled(() => wordsOf(more).includes('可能涉及国家秘密'));
  expect((await state())?.stopped).toBeNull();
  const sure = server.chats.cardWith(GROUP, '涉密，停止收集…');
  if (!sure) throw new Error('not asked');
  server.click(CHEN, sure.shown, sure.key);
  await expect.poll(async () => (await state())?.stopped !== null).toBe(true);
  expect(rig.failed).toEqual([]);
});

it('更多 is one list with all that the group may see; a bare number goes on answering the question', async () => {
  await declared();
  const { server } = rig;
  const before = server.chats.in(GROUP).length;
  server.say(CHEN, `${AT}更多`, { chat: GROUP });
  const { shown, options } = await voteIn(server, GROUP);
  expect(server.chats.in(GROUP)).toHaveLength(before + 1);
  expect(wordsOf(shown)).toMatch(/^〔INC-\d{4}-0001〕更多\n/);
  const labels = options.map(({ text }) => text);
  for (const label of ['依据', '时间线', '群设置…', '改名…', '结案…', '涉密，停止收集…'])
    expect(labels).toContain(label);
  // Of lead, legal and approver alone: in a group everybody would read it.
  expect(labels).not.toContain('内部研判清单');
  await chosen(CHEN, '依据');
  await shownWith(server, GROUP, '依据');
  server.say(CHEN, `${AT}1`, { chat: GROUP });
  await shownWith(server, GROUP, '按“其他网络运营者”办理：');
});

it('a rare kind of operator changes the clocks, so it is asked first', async () => {
  await declared();
  const { server } = rig;
  server.say(CHEN, `${AT}更多`, { chat: GROUP });
  const more = await chosen(CHEN, '属中央和国家机关');
  await settled(() => wordsOf(more).includes('随之改变'));
  expect((await state())?.facts['operator']).toBeUndefined();
  await pressed(server, CHEN, GROUP, '属中央和国家机关');
  await expect.poll(async () => (await state())?.facts['operator']?.value).toBe('central_state_organ');
});

it('a running countdown is one message that ends before WeCom ends it', async () => {
  const clock = new ManualClock('2026-03-02T09:00:00+08:00');
  await declared({ clock });
  const { server } = rig;
  server.say(LI, `${AT}倒计时`, { chat: GROUP });
  const running = await shownWith(server, GROUP, /^〔INC-\d{4}-0001〕(?:如属较大以上：)?涉及/);
  const frames = () => server.requests.filter((one) => one.cmd === 'aibot_respond_msg');
  const last = () => JSON.stringify(frames().at(-1)?.body);
  await expect
    .poll(
      () => {
        clock.advance(1_000);
        return last().includes('"finish":true');
      },
      { timeout: 60_000, interval: 2 },
    )
    .toBe(true);
  expect(frames().length).toBeGreaterThan(15);
  expect(clock.now() - Date.parse('2026-03-02T09:00:00+08:00')).toBeLessThan(360_000);
  expect(wordsOf(running)).toContain('发送“倒计时”可继续');
  expect(server.chats.words(GROUP).filter((one) => one.includes('实时倒计时'))).toHaveLength(1);
});

it('a running countdown ends with the service, also where that is started again', async () => {
  const clock = new ManualClock('2026-03-02T09:00:00+08:00');
  await declared({ clock });
  const { server, service } = rig;
  server.say(LI, `${AT}倒计时`, { chat: GROUP });
  await shownWith(server, GROUP, /^〔INC-\d{4}-0001〕(?:如属较大以上：)?涉及/);
  await service.stop();
  await service.start();
  const isCountdown = ({ body }: { readonly body?: unknown }) => JSON.stringify(body).includes('"id":"cd-');
  const frames = () => server.requests.filter((one) => one.cmd === 'aibot_respond_msg' && isCountdown(one)).length;
  const before = frames();
  clock.advance(30_000);
  server.say(CHEN, `${AT}记录 接手后`, { chat: GROUP });
  await expect.poll(async () => (await state())?.notes.length).toBe(1);
  expect(frames()).toBe(before);
});

it('another instance may take over and give back: stopped and started again it goes on', async () => {
  await declared();
  const { server, service } = rig;
  await service.stop();
  expect(service.health()).toEqual({ ok: false, detail: 'down' });
  await service.start();
  server.say(CHEN, `${AT}记录 接手后`, { chat: GROUP });
  await expect.poll(async () => (await state())?.notes.length).toBe(1);
  await pressed(server, CHEN, GROUP, '否');
  await expect.poll(async () => (await state())?.facts['operator']?.value).toBe('other');
});

it('a file that was asked for comes once, also when the press is delivered again after a restart', async () => {
  await declared();
  const { server, wsUrl, dataDir } = rig;
  server.say(LI, `${AT}首报`, { chat: GROUP });
  await shownWith(server, GROUP, '[报送稿 DOCX]');
  const found = server.chats.cardWith(GROUP, 'DOCX');
  if (!found) throw new Error('no draft');
  const files = () => server.chats.in(GROUP).filter(({ file }) => file !== null).length;
  server.click(CHEN, found.shown, found.key, [], 'evt-again');
  await settled(() => files() === 1);
  await rig.stop(true);
  rig = await startRig({ server, wsUrl, dataDir });
  server.click(CHEN, found.shown, found.key, [], 'evt-again');
  server.say(CHEN, `${AT}列表`, { chat: GROUP });
  await shownWith(server, GROUP, '事件列表');
  await rig.service.idle();
  expect(files()).toBe(1);
  await server.close();
});

it('an old or foreign card, a button that is not on it and a row without it change nothing and are answered', async () => {
  await declared();
  const { server } = rig;
  const found = server.chats.cardWith(GROUP, '否');
  if (!found) throw new Error('no card');
  const before = (await state())?.version;
  server.click(CHEN, { ...found.shown, task: 'js-0000000000-unknown' }, 'b0');
  await shownWith(server, GROUP, '该卡片已失效');
  server.click(CHEN, found.shown, '{"type":"close"}');
  await settled(() => server.chats.words(GROUP).filter((one) => one.includes('该卡片已失效')).length === 2);
  expect((await state())?.version).toBe(before);
});

it('a stranger who never saw the incident cannot act on it with a card that was passed on', async () => {
  await declared();
  const { server } = rig;
  const found = server.chats.cardWith(GROUP, '否');
  if (!found) throw new Error('no card');
  const before = (await state())?.version;
  // Pressed in a conversation in which the incident is not shown.
  server.chats.open('mallory', 'single');
  server.click('mallory', { ...found.shown, chat: 'mallory' }, found.key);
  await settled(() => server.chats.in('mallory').length > 0 || server.refusals.length > 0);
  await rig.service.idle();
  expect((await state())?.version).toBe(before);
  expect(server.chats.words('mallory').join()).not.toContain('支付系统故障');
});

it('what cannot be handled is kept without its secrets, and said', async () => {
  await declared();
  const { server } = rig;
  rig.house.app.text = async () => {
    throw new Error('broken');
  };
  server.say(CHEN, `${AT}状态`, { chat: GROUP });
  await shownWith(server, GROUP, '处理出错');
  expect(rig.failed).toMatchObject([{ error: expect.stringContaining('broken') }]);
  expect(JSON.stringify(rig.failed)).not.toContain('req_id');
});

it('what is written in one conversation is taken in its order, though nobody wrote there for days', async () => {
  const clock = new ManualClock('2026-03-02T09:00:00+08:00');
  await declared({ clock });
  const { server } = rig;
  clock.advance(49 * 3_600_000);
  const both = (): void => {
    server.say(LI, `${AT}2 措施：甲`, { chat: GROUP });
    server.say(LI, `${AT}修改 2 措施：乙`, { chat: GROUP });
  };
  await acted(rig, clock, both, GROUP);
  const versions = (await state())?.fields['art7.2.measures']?.versions.map(({ text }) => text);
  expect(versions).toEqual(['甲', '乙']);
});

it('one message that fails does not stop the next of its conversation', async () => {
  await declared();
  const { server } = rig;
  const text = rig.house.app.text;
  rig.house.app.text = async (input) => {
    rig.house.app.text = text;
    throw new Error(`broken by ${input.line}`);
  };
  server.say(CHEN, `${AT}记录 甲`, { chat: GROUP });
  server.say(CHEN, `${AT}记录 乙`, { chat: GROUP });
  await expect.poll(async () => (await state())?.notes.map((note) => note.text)).toEqual(['乙']);
  expect(rig.failed).toMatchObject([{ error: expect.stringContaining('broken by 记录 甲') }]);
});

it('a direct conversation is about the only open incident: photos and the countdown need no word of it', async () => {
  await declared();
  const { server } = rig;
  server.sendFile(LI, Buffer.from([0xff, 0xd8, 0xff, 1, 2, 3]));
  await shownWith(server, LI, '已作为附件保存：');
  expect((await state())?.evidence).toMatchObject([{ mediaType: 'image/jpeg', size: 6 }]);
  server.say(LI, '倒计时');
  const running = await shownWith(server, LI, /^〔INC-\d{4}-0001〕如属较大以上：涉及关键/);
  expect(running.card).toBeNull();
  // With two open ones nobody can know.
  server.say(LI, `${AT}新建事件 官网首页被篡改`, { chat: GROUP });
  await shownWith(server, GROUP, /INC-\d{4}-0002/);
  server.sendFile(LI, Buffer.from([0xff, 0xd8, 0xff, 1]));
  await shownWith(server, LI, '文件属于哪起事件');
});
