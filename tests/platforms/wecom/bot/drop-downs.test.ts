import { afterEach, expect, it } from 'vitest';
import { ManualClock } from '../../../fakes/clock.ts';
import { wordsOf } from '../../../fakes/wecom/bot-chats.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { deskOf } from './desk.ts';
import { CHEN, GROUP, type Rig, startRig } from './rig.ts';

let rig: Rig;
let clock: ManualClock;
afterEach(async () => {
  expect(rig.server.refusals).toEqual([]);
  await rig.stop();
});

const { say, tap, choose, press, state } = deskOf(() => ({ rig, clock }));
/** What the card says now that was changed last. */
const changed = (): string => {
  const card = rig.server.chats.in(GROUP).findLast(({ edits }) => edits > 0);
  return card ? wordsOf(card) : '';
};

async function declared(): Promise<void> {
  clock = new ManualClock('2026-03-02T09:40:00+08:00');
  rig = await startRig({ clock, server: new BotServer({ now: () => clock.now() }) });
  await say('新建事件 支付系统疑似用户数据泄露');
}

/** Level major since 09:30, a draft compiled at 09:40. */
async function drafted(): Promise<void> {
  await declared();
  for (const answer of ['否', '09:30 运维告警', '1', '1', '120万']) await say(answer);
  await say('首报');
  clock.advance(20 * 60_000);
}

it('records a filing by drop-downs on one card: chosen, read back in its place, confirmed there', async () => {
  await drafted();
  const form = await say('登记报送');
  for (const words of ['登记报送', '报送事项：', '渠道：(请选择)', '所报稿件：(请选择)']) expect(form).toContain(words);
  expect(await choose(['12387热线电话', '首报第1稿'])).toBe('');
  expect(changed()).toContain('您将登记');
  for (const words of ['通过12387热线电话', '第1稿，未经批准', '提前', '[确认登记报送]', '回执编号'])
    expect(changed()).toContain(words);
  expect((await state()).filings).toEqual([]);
  // What has no drop-down is written, and read back with the rest.
  const back = await say('报送时间：09:50\n回执：2026-0302-17\n接听人：值班员王某\n与记录不一致仍报送的理由：待核实');
  for (const words of ['12387热线电话', '09:50', '2026-0302-17', '值班员王某']) expect(back).toContain(words);
  await tap('确认登记报送');
  const [filing] = (await state()).filings;
  expect(filing).toMatchObject({ channel: 'hotline_12387', receipt: '2026-0302-17', draft: 1 });
});

it('a second press on the confirmation of a filing shows what was recorded', async () => {
  await drafted();
  await say('登记报送');
  await choose(['12387网站', '首报第1稿']);
  const found = rig.server.chats.cardWith(GROUP, '确认登记报送');
  if (!found) throw new Error('not read back');
  await press(() => {
    rig.server.click('liwei', found.shown, found.key);
    rig.server.click(CHEN, found.shown, found.key);
  });
  expect((await state()).filings).toHaveLength(1);
  expect(changed()).toContain('liwei');
  expect(changed()).toMatch(/已登记报送：.*12387网站/);
  await press(() => rig.server.click(CHEN, found.shown, found.key));
  expect(changed()).toMatch(/已登记报送：.*12387网站/);
  expect(rig.server.chats.words(GROUP).join('\n')).not.toContain('没有变化');
  expect((await state()).filings).toHaveLength(1);
});

it('what was read back before another filing of the same report was recorded is not recorded as well', async () => {
  await drafted();
  await say('登记报送');
  await choose(['12387网站', '首报第1稿']);
  const before = rig.server.chats.cardWith(GROUP, '确认登记报送');
  await say('报送时间：09:50\n回执：2026-0302-17');
  await tap('确认登记报送');
  expect((await state()).filings).toHaveLength(1);
  if (!before) throw new Error('not read back');
  await press(() => rig.server.click(CHEN, before.shown, before.key));
  expect((await state()).filings).toHaveLength(1);
  expect(wordsOf(before.shown)).toMatch(/liwei已于\d\d:\d\d登记过该事项的报送/);
});

it('joint assessment takes two pages of one card, and leaves open what nobody chose', async () => {
  await drafted();
  await say('不涉嫌');
  const form = await say('集中研判');
  expect(form).toContain('集中研判（1/2）');
  expect(form).toContain('系统损失：(请选择)');
  const before = Object.keys((await state()).facts);
  expect(await choose(['较大：系统'])).toBe('');
  expect(changed()).toContain('集中研判（2/2）');
  await choose([]);
  const { facts } = await state();
  expect(Object.keys(facts).filter((fact) => !before.includes(fact))).toEqual(['system_loss']);
  expect(changed()).toContain('集中研判');
  expect(changed()).not.toContain('▼');
});

it('“not reportable” asks for the time of review by a drop-down, then for the reason in words', async () => {
  await declared();
  for (const answer of ['否', '09:30 运维告警', '2', '7', '不清楚']) await say(answer);
  await say('暂不报告');
  expect(await choose(['3天后'])).toBe('');
  expect(changed()).toContain('下次研判：3天后');
  expect(changed()).toContain('理由');
  expect((await state()).notReportable).toBeNull();
  expect(await say('未达到任何指标')).toContain('您将作出以下决定');
  expect((await state()).proposals).toEqual([]);
  await tap('确认');
  // One person alone ends no clock: another one has to agree.
  const [proposed] = (await state()).proposals;
  expect(proposed?.command).toMatchObject({ type: 'not_reportable', reason: '未达到任何指标' });
  expect(JSON.stringify(proposed?.command)).toContain('2026-03-05');
});
