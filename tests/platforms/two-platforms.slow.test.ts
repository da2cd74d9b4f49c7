import { expect, it } from 'vitest';
import { CHEN, GROUP, HQ, ID, pressedInSlack, SOON, shownInSlack, stage, TITLE } from './stage.ts';
import { pressed, shownWith } from './wecom/bot/waits.ts';

// @module-tag soak: the contract suite plays each platform, delivery/rooms rooms beside each other.

it('an incident of Slack and of a WeCom group: what is said in one shows in the other, whose outage costs nothing', async () => {
  const s = await stage('home');
  await s.command(`new ${TITLE}`);
  await expect.poll(() => s.root() !== undefined, SOON).toBe(true);
  s.tell(`绑定 ${ID}`);
  await shownInSlack(s, 'When did anyone in the company first know');

  // Taps in WeCom; the thread in Slack asks what comes next, in its own language.
  await pressed(s.wecom, CHEN, GROUP, '回答问题');
  await pressed(s.wecom, CHEN, GROUP, '监测告警');
  await shownInSlack(s, 'What type of incident?');
  // A button in Slack; so does the group.
  await pressedInSlack(s, /^Data leak$/);
  await shownWith(s.wecom, GROUP, '涉嫌违法犯罪');

  s.wecom.isDown = true;
  s.wecom.cut();
  const before = s.words();
  const { connections } = s.wecom;
  for (const line of ['rename zqRENAMEDqz', 'note while the group hears nothing']) await s.command(`${ID} ${line}`);
  await s.intent({ type: 'answer', fact: 'personal_info_people', value: 1_234_567 });
  await pressedInSlack(s, /^Confirm 较大/);
  await shownInSlack(s, 'Level: 较大');
  expect(s.words()).toEqual(before);
  s.wecom.isDown = false;
  await expect.poll(() => s.wecom.connections, SOON).toBe(connections + 1);
  await shownWith(s.wecom, GROUP, /级别：较大/);
  s.tell('改名 zqAGAINqz');
  await shownInSlack(s, 'zqAGAINqz');
  await s.settled();
  // What happened meanwhile was caught up with: all of it, once, and nothing of before again.
  const caughtUp = s.words().slice(before.length).join();
  for (const words of ['zqRENAMEDqz', '级别：较大']) expect(caughtUp).toContain(words);
  for (const all of [s.words(), s.keys()]) expect(new Set(all).size).toBe(all.length);
  expect(s.words().filter((one) => one.includes('可能重复'))).toEqual([]);
  expect(s.wecom.refusals).toEqual([]);
  // The second workspace of the program is up, by its own token, and by its name in health and metrics.
  const { parts } = JSON.parse(await (await fetch(`${s.program.url}/readyz`)).text());
  expect(parts).toContainEqual({ name: `slack/${HQ}`, ok: true, detail: expect.anything() });
  const metrics = await (await fetch(`${s.program.url}/metrics`)).text();
  expect(metrics).toContain(`jishi_platform_up{platform="slack",workspace="${HQ}"} 1`);
  expect(s.slack.callsOf('auth.test').map(({ token }) => token)).toContain('xoxb-hq');
  // Each in its own language: no word of a card of the other.
  expect(s.words().join()).not.toMatch(/Report by|Level:|What type/);
  expect(JSON.stringify(s.slack.workspace.messages)).not.toMatch(/须于|级别：|属于哪类事件/);
});

it('with the room in Slack abroad nothing unreleased reaches Slack, whatever is written in WeCom', async () => {
  const s = await stage('abroad');
  s.tell(`新建事件 ${TITLE}`);
  await expect.poll(() => s.root() !== undefined, SOON).toBe(true);
  await shownInSlack(s, 'Report items');
  await pressed(s.wecom, CHEN, GROUP, '监测告警');
  await pressed(s.wecom, CHEN, GROUP, '数据泄露');
  await shownWith(s.wecom, GROUP, '涉嫌违法犯罪');
  await s.intent({ type: 'answer', fact: 'personal_info_people', value: 1_234_567 });
  for (const line of [
    ...['记录 zqNOTEqz', '改名 zqTITLEqz二', '2 影响：zqTEXTqz', '5 可能的攻击者信息：zqTRACINGqz', '8 zqOTHERqz'],
    ...['首报 无法判明 原因', '提请审批', '状态', '时间线'],
  ])
    s.tell(line);
  await shownWith(s.wecom, GROUP, '首报第1稿');
  // He leads there too, and asks from there.
  for (const line of ['status', 'why', 'timeline', 'draft', 'read', 'list', 'people', 'items'])
    await s.command(`${ID} ${line}`);
  await s.settled();
  const sent = () => JSON.stringify([s.slack.calls, s.slack.acks, s.slack.responses]);
  expect(sent().match(/zq[A-Z]+qz|1,?234,?567|123万|1\.2 million/g)).toBeNull();

  s.tell('放行');
  await shownWith(s.wecom, GROUP, '允许境外群查看');
  s.tell('境外群：1\n允许在该群显示的内容：2\n理由：总部需要\n数据出境的依据：不含个人信息和重要数据');
  await shownInSlack(s, TITLE);
  await s.settled();
  expect(new Set(sent().match(/zq[A-Z]+qz|1,?234,?567|123万|1\.2 million/g))).toEqual(new Set([TITLE]));
});
