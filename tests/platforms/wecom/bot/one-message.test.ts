import { afterEach, expect, it } from 'vitest';
import { organisationSchema } from '../../../../src/incident/people/profile.ts';
import { ManualClock } from '../../../fakes/clock.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { CHEN, GROUP, LI, type Rig, startRig } from './rig.ts';
import { seenBy } from './waits.ts';

let rig: Rig;
let clock: ManualClock;
afterEach(() => rig.stop());

async function start(language: 'en' | 'zh-CN', operator?: 'other', others: readonly object[] = []): Promise<void> {
  clock = new ManualClock('2026-03-02T09:40:00+08:00');
  const server = new BotServer({ now: () => clock.now() });
  const organisation = organisationSchema.parse({
    organisation: '示例公司',
    languages: { rooms: language, people: language },
    entities: [{ id: 'shanghai', name: '示例（上海）有限公司', province: '31', ...(operator ? { operator } : {}) }],
    people: [
      {
        id: 'li',
        name: 'Li Wei',
        roles: ['lead', 'approver', 'legal', 'filer'],
        accounts: [{ platform: 'wecom', tenant: server.botId, id: LI }],
      },
      ...others,
    ],
    rooms: [{ platform: 'wecom', tenant: server.botId, address: GROUP }],
  });
  rig = await startRig({ clock, server, organisation });
}

const came = (act: () => void): Promise<readonly string[]> => seenBy(rig, clock, act, GROUP);
const say = (text: string, user = LI) => came(() => void rig.server.say(user, `@计时 ${text}`, { chat: GROUP }));
const tap = (label: string) =>
  came(() => {
    const found = rig.server.chats.cardWith(GROUP, label);
    if (!found) throw new Error(`no button ${label}`);
    rig.server.click(LI, found.shown, found.key);
  });
const tick = (...ids: string[]) =>
  came(() => {
    const vote = rig.server.chats.in(GROUP).findLast((one) => one.card?.card_type === 'vote_interaction');
    if (vote?.card?.card_type !== 'vote_interaction') throw new Error('no vote');
    rig.server.click(LI, vote, vote.card.submit_button.key, ids);
  });
/** The act comes to one message: a card with all its words, and no text in front of it. */
async function one(act: Promise<readonly string[]>): Promise<string> {
  const messages = await act;
  expect(messages).toHaveLength(1);
  expect(rig.server.chats.in(GROUP).at(-1)?.text).toBe('');
  return messages.join();
}

it('in English an act is one card as well: the declaration, verdicts with their questions, status, drafts, filing', async () => {
  await start('en', 'other');
  expect(await one(say('new suspected leak of customer data in the payment system'))).toMatch(/to .* by 13:40/);
  await one(say('09:30 our monitoring'));
  await tick('0', '1');
  await tick('0', '4');
  const verdict = await one(say('about 1.2 million'));
  expect(verdict).toContain('at least 较大 (Major, 2 of 4)');
  expect(verdict).toContain('How much direct economic loss was caused?');
  expect(await one(say('about 3 million RMB'))).toContain('Still at least 较大');
  await tap('Confirm');
  expect(await one(say('status'))).toContain('Left：');
  for (let n = 0; n < 2; n += 1) await one(say("don't know"));
  expect(rig.server.chats.words(GROUP).at(-1)).toContain('Legal counsel or the lead must judge: system loss');
  expect(await one(say('first report'))).toContain('[Ask for approval]');
  expect(await one(say('file'))).toContain('12387 website');
  expect(rig.server.refusals).toEqual([]);
});

it('a verdict below which something with many options is asked is one message, which offers every answer', async () => {
  await start('zh-CN');
  await say('新建事件 支付系统疑似用户数据泄露');
  await tap('否');
  await one(say('09:30 供应商来电'));
  await tick('0');
  await tick('0', '2');
  const kinds = await one(say('120万'));
  expect(kinds).toContain('受影响的是哪类网站或者平台？');
  expect(kinds).toContain('已记录：120万人。至少为“较大”');
  expect(kinds).toContain('不清楚');
  const outage = await one(say('不清楚'));
  expect(outage).toContain('从何时起不能访问');
  for (const words of ['[确认较大]', '7 不清楚', '09:30起，仍在持续']) expect(outage).toContain(words);
  expect(rig.server.refusals).toEqual([]);
});

it('what voids an approval is one message in the group, and who waits reads what changed by name', async () => {
  await start('zh-CN', 'other');
  for (const person of [LI, CHEN]) rig.server.say(person, '你好');
  await say('新建事件 支付系统疑似用户数据泄露', CHEN);
  for (const line of ['09:30 运维告警', '1', '1', '120万', '首报', '提请审批']) await say(line, CHEN);
  await tap('批准');
  // Named as approver first, then known by the account that approved: one person.
  expect((await say('人员')).join().match(/✅ Li Wei/g)).toHaveLength(1);
  const changed = await say('人数改成80万');
  expect(changed.filter((words) => words.includes('首报第1稿'))).toHaveLength(1);
  expect(rig.server.chats.in(GROUP).at(-1)?.text).toBe('');
  expect(changed.join()).toMatch(/因内容有变，第1稿的批准已失效：.*影响和危害/);
});

it('what a second person has to agree to is one message, which says who, and that nothing changes until then', async () => {
  await start('zh-CN', 'other', [
    {
      id: 'chen',
      name: 'Chen Yu',
      roles: ['legal', 'approver'],
      accounts: [{ platform: 'wecom', tenant: 'aib-test', id: CHEN }],
    },
  ]);
  for (const person of [LI, CHEN]) rig.server.say(person, '你好');
  await say('新建事件 支付系统疑似用户数据泄露');
  for (const line of ['09:30 运维告警', '1', '1', '120万', '应报事项']) await say(line);
  await came(() => {
    const found = rig.server.chats.cardWith(GROUP, '无须履行…');
    if (!found) throw new Error('no duty');
    rig.server.click(LI, found.shown, found.key, ['3']);
  });
  const proposed = await one(say('数据已加密，不会造成危害'));
  expect(proposed).toMatch(/Li Wei提议：“.+”无须履行。理由：数据已加密/);
  expect(proposed).toContain('须经Chen Yu复核同意');
  expect(proposed).not.toContain('理由已记录');
});

it('once no question is left the card names the next step, with its button', async () => {
  await start('zh-CN', 'other');
  await say('新建事件 支付系统疑似用户数据泄露');
  for (const line of ['09:30 运维告警', '1', '1', '120万']) await say(line);
  await tap('确认较大');
  for (let said = ''; !said.includes('没有待回答的问题'); ) said = (await say('不清楚')).join();
  const card = (await say('问题')).join();
  expect(card).not.toContain('[1 ');
  expect(card).toMatch(/首报还有.*处必填内容未填/);
  expect(card).toContain('填写首报');
});

it('what changes the next step names it beside the confirmation, and nothing else does', async () => {
  await start('zh-CN', 'other');
  await say('新建事件 支付系统疑似用户数据泄露');
  for (const line of ['09:30 运维告警', '1', '1', '120万']) await say(line);
  await tap('确认较大');
  expect((await say('1 系统：支付系统')).join()).not.toContain('首报还缺');
  await say('填写 2');
  expect((await say('地点：上海机房\n措施：已隔离\n效果：已停止')).join()).toMatch(
    /首报还有1处文字待确认。\*\*\n可发送“确认/,
  );
  expect((await say('认领 2')).join()).not.toContain('首报还缺');
});
