import { afterEach, expect, it } from 'vitest';
import { ManualClock } from '../../../fakes/clock.ts';
import { wordsOf } from '../../../fakes/wecom/bot-chats.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { CHEN, GROUP, LI, type Rig, startRig } from './rig.ts';
import { seenBy } from './waits.ts';

let rig: Rig;
let clock: ManualClock;
afterEach(() => rig.stop());

/** The clock stands until somebody acts; while the connection is made anew it moves on. */
async function start(): Promise<void> {
  clock = new ManualClock('2026-03-02T09:40:00+08:00');
  rig = await startRig({ clock, server: new BotServer({ now: () => clock.now() }) });
}

const after = (act: () => void) => seenBy(rig, clock, act, GROUP);
const say = (text: string) => after(() => rig.server.say(LI, `@计时 ${text}`, { chat: GROUP }));
/** What came, and the pressed card as it is then. */
const tap = async (label: string, by = LI) => {
  const found = rig.server.chats.cardWith(GROUP, label);
  if (!found) throw new Error(`no button ${label}`);
  const came = await after(() => rig.server.click(by, found.shown, found.key));
  return [...came, wordsOf(found.shown)];
};
const tick = (...options: string[]) =>
  after(() => {
    const vote = rig.server.chats.in(GROUP).findLast((one) => one.card?.card_type === 'vote_interaction');
    if (vote?.card?.card_type !== 'vote_interaction') throw new Error('no vote');
    rig.server.click(LI, vote, vote.card.submit_button.key, options);
  });
async function files(receipt: string): Promise<readonly string[]> {
  expect((await say('登记报送')).join()).toContain('[下一步]');
  const back = await say(`报送事项：1\n渠道：1\n报送时间：1分钟前\n回执：${receipt}\n所报稿件：1`);
  expect(back.join()).toContain(`受理编号${receipt}`);
  return tap('确认登记报送');
}
/** A draft, its approval and its filing, each by a line or a tap in the group. */
async function reports(kind: string, draft: string, receipt: string): Promise<readonly string[]> {
  // The draft itself, with what to do about it, and no line beside it that says the same.
  const compiled = (await say(kind)).filter((one) => one.includes(draft));
  expect(compiled).toHaveLength(1);
  expect(compiled.join()).toContain('提请审批');
  expect((await say('提请审批')).join()).toContain('任何参与人员均可批准');
  await tap('批准');
  const filed = await files(receipt);
  expect(filed.join()).toMatch(
    new RegExp(`${kind === '总结报告' ? '处置总结报告' : kind}已由.*于.*通过12387网站报送.*，受理编号${receipt}`),
  );
  return filed;
}

/** Reports of news and of what was not sent yet are owed too, unless two people say that they are not. */
async function waivesReports(): Promise<void> {
  for (const report of ['续报', '补报']) {
    expect((await say('关闭：应报事项均已报送')).join()).toMatch(new RegExp(`不能结案.*○ ${report}`, 's'));
    expect((await tap('无须履行…')).join()).toContain(`无须履行：${report}`);
    await say('理由：其余情况无法查明');
    expect((await tap('同意', CHEN)).join()).toContain(`已复核同意：“${report}”无须履行`);
  }
}

/** Duties beside the Measures were met too, none of them with a text of ours. */
async function filesRest(drafts: number): Promise<void> {
  for (let n = 0; n < 20; n += 1) {
    if (!(await say('关闭：应报事项均已报送')).join().includes('[登记报送…]')) return;
    await say('登记报送');
    await say(`报送事项：1\n渠道：1\n报送时间：1分钟前\n所报稿件：${drafts + 1}\n暂无回执，因为：当面送达`);
    await tap('确认登记报送');
  }
}

it('a case in a group from the declaration to its end: each thing is said once, to the person who did it', async () => {
  await start();
  await say('新建事件 支付系统疑似用户数据泄露');
  await tap('否');
  await tap('监测告警');
  await tick('0', '1');
  await tick('0');
  const answered = await say('120万');
  expect(answered.filter((one) => one.includes('已记录：120万人。至少为“较大”'))).toHaveLength(1);
  expect(answered).toHaveLength(1);
  // What an answer changed is not said again with what is decided on it.
  const decided = (await tap('确认较大')).join();
  expect(decided).toContain('已定级：较大');
  expect(decided).not.toContain('已记录');
  for (const one of [
    '1 系统：支付系统',
    '2 地点：上海机房',
    '2 影响：约120万名用户',
    '2 措施：已隔离',
    '2 效果：已停止',
  ])
    expect(await say(one)).toHaveLength(1);
  const taken = await say('认领 2');
  expect(taken).toHaveLength(1);
  expect(taken.join()).toContain('还收不到单独提醒');

  const filed = await reports('首报', '首报第1稿', '2026-0331-17');
  // One message: what was filed and what comes next. The card that asked says that it was recorded.
  expect(filed).toHaveLength(2);
  expect(filed.join()).toContain('处置结束后30日内');
  expect(filed.join()).toContain('首报必填项中有2项尚不完整');
  // One more item is one message, though draft and status list what is to follow.
  for (const one of ['4 原因初步分析：口令泄露', '5 攻击路径：撞库', '修改 2 已造成的影响和危害：约121万名用户'])
    expect((await say(one)).filter((said) => !said.includes('续报'))).toHaveLength(1);
  await reports('补报', '补报第2稿', '2026-0331-18');

  await say('处置结束：系统已恢复');
  const ended = await tap('确认');
  expect(ended[0]).toContain('处置总结报告须于4月1日24:00前按原渠道报送');
  // The pressed card says what was recorded; the status card is the one new message.
  expect(ended).toHaveLength(2);
  expect(ended[1]).toContain('处置工作已于09:54结束');
  const summary = await reports('总结报告', '处置总结报告第3稿', '2026-0331-19');
  expect(summary.join()).not.toContain('处置结束后30日内');
  // A leak that may be a crime owes more than the Measures: the police first.
  expect(summary.join()).toMatch(/处置总结报告已于.*报送；以下事项尚待登记报送：向公安机关报案.*另有10项/s);
  const refused = (await say('关闭：应报事项均已报送')).join();
  expect(refused).toMatch(/不能结案.*向公安机关报案.*告知用户.*获知时间尚未确认/s);
  expect(refused).toContain('[登记报送…][无须履行…]');
  await filesRest(3);
  expect((await say('关闭：应报事项均已报送')).join()).toMatch(/不能结案.*获知时间尚未确认/s);
  await say('确认起算');
  await say('以哪个时间为准：2\n理由：监测告警');
  await waivesReports();
  await say('关闭：应报事项均已报送');
  const closed = await tap('确认');
  expect(closed).toHaveLength(2);
  expect(closed[0]).toMatch(/已于.*结案/);
  expect(closed[1]).toContain('已结案');

  const [row] = await rig.store.incidents({ limit: 1 });
  const state = await rig.store.incident(row?.id ?? '');
  expect(state?.closed).not.toBeNull();
  expect(state?.filings.flatMap(({ receipt }) => receipt ?? [])).toEqual([
    '2026-0331-17',
    '2026-0331-18',
    '2026-0331-19',
  ]);
  expect(rig.server.refusals).toEqual([]);
});
