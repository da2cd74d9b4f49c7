import { afterEach, expect, it } from 'vitest';
import { ManualClock } from '../../../fakes/clock.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { deskOf } from './desk.ts';
import { CHEN, type Rig, startRig } from './rig.ts';

let rig: Rig;
let clock: ManualClock;
afterEach(() => rig.stop());

const { say, tap, state } = deskOf(() => ({ rig, clock }));

/** Level major since 09:30, a draft compiled at 09:40. */
async function drafted(): Promise<void> {
  clock = new ManualClock('2026-03-02T09:40:00+08:00');
  rig = await startRig({ clock, server: new BotServer({ now: () => clock.now() }) });
  await say('新建事件 支付系统疑似用户数据泄露');
  for (const answer of ['否', '09:30 运维告警', '1', '1', '120万']) await say(answer);
  await say('首报');
  expect((await state()).drafts).toHaveLength(1);
  clock.advance(20 * 60_000);
}

it('shows what is preset, keeps what was entered, and records a filing only when it is confirmed', async () => {
  await drafted();
  const form = await say('登记报送');
  expect(form).toContain('报送事项：(1 向属地省级网信部…)');
  expect(form).toContain('渠道：(请选择)');
  const wrong = await say(
    '报送事项：1、2\n渠道：1\n所报稿件：1\n报送时间：09:50\n回执：2026-0302-17\n与记录不一致仍报送的理由：待核实',
  );
  expect(wrong).toContain('还需更正');
  expect(wrong).toContain('报送事项');
  expect((await state()).filings).toEqual([]);
  // Only the line that was wrong is sent again; the rest is as it was entered.
  const back = await say('报送事项：1');
  expect((await state()).filings).toEqual([]);
  expect(back).toContain('您将登记');
  for (const words of ['12387', '09:50', '2026-0302-17', '提前']) expect(back).toContain(words);
  await tap('确认登记报送');
  const [filing] = (await state()).filings;
  expect(filing?.receipt).toBe('2026-0302-17');
  expect(Date.parse(filing?.filedAt ?? '')).toBe(Date.parse('2026-03-02T09:50:00+08:00'));
  // A row that looks like one of that form is no part of it any more.
  await say('时间：昨晚11点');
  expect((await state()).filings).toHaveLength(1);
});

it('a filing that cannot have happened is refused before it is read back, and the entries stay', async () => {
  await drafted();
  await say('登记报送');
  const early = await say('渠道：1\n所报稿件：1\n报送时间：09:35\n回执：2026-0302-17');
  expect(early).not.toContain('您将登记');
  const back = await say('报送时间：09:50');
  expect(back).toContain('您将登记');
  expect(back).toContain('2026-0302-17');
});

it('rows of one message are entries of the filing, each its own', async () => {
  await drafted();
  await say('登记报送');
  const back = await say('渠道：1\n回执：2026-0302-17\n报送时间：09:50\n所报稿件：1');
  expect(back).toContain('受理编号2026-0302-17\n');
  expect(back).toContain('09:50');
});

it('rows of another item in an open form go where they belong, unknown ones are asked back', async () => {
  await drafted();
  await say('填写 2');
  const said = await say('2 地点：上海机房\n3 趋势：可能继续扩散\n未知项：甲', CHEN);
  expect(said).toContain('未知项：甲');
  const again = '2 地点：上海机房\n措施：断网\n3 趋势：可能继续扩散\n未知项：乙';
  // A colleague stated a field of the form after it was opened: that is said first.
  expect(await say(again)).toContain('chenyu');
  expect((await state()).fields['art7.2.measures']).toBeUndefined();
  const own = await say(again);
  const { fields } = await state();
  expect(fields['art7.2.place']?.current?.text).toBe('上海机房');
  expect(fields['art7.2.measures']?.current?.text).toBe('断网');
  expect(fields['art7.3.trend']?.current?.text).toBe('可能继续扩散');
  expect(own).toContain('“未知项：乙”没有对应的栏目');
  expect(own).toContain('断网');
});
