import { expect, it } from 'vitest';
import { GROUP, ID, SOON, shownInSlack, stage } from './stage.ts';
import { shownWith } from './wecom/bot/waits.ts';

// @module-tag soak: tests/talk/no-chat plays it in memory, with the whole report and the score.

it('chat is pulled away from Slack and WeCom in a drill and given back: nothing is lost, nothing comes twice', async () => {
  const s = await stage('home');
  const drill = ID.replace('INC', 'DRILL');
  const clock = (speed: number) => s.intent({ type: 'set_drill_speed', speed }, drill);
  await s.command('drill no-chat');
  await expect.poll(() => s.root() !== undefined, SOON).toBe(true);
  await clock(0);
  s.tell(`绑定 ${drill}`);
  await shownWith(s.wecom, GROUP, drill);

  // Fifteen minutes of the drill take three seconds, and it is long until chat comes back.
  await clock(300);
  await shownInSlack(s, 'chat is down from now on');
  await clock(0);
  await shownWith(s.wecom, GROUP, '聊天工具现已中断');
  await s.settled();
  const [keys, words] = [s.keys(), s.words()];
  await s.command(`${drill} note typed in a chat that is down`);
  await s.intent({ type: 'rename', title: 'zqWITHOUTCHATqz' }, drill);
  await s.intent({ type: 'answer', fact: 'personal_info_people', value: 1_234_567 }, drill);
  await s.settled();
  expect([s.keys(), s.words()]).toEqual([keys, words]);

  await clock(600);
  await shownInSlack(s, 'Chat is back');
  await clock(0);
  await shownInSlack(s, 'zqWITHOUTCHATqz');
  await shownWith(s.wecom, GROUP, 'zqWITHOUTCHATqz');
  await s.settled();
  expect(new Set(s.keys()).size).toBe(s.keys().length);
  expect(s.words().filter((one) => one.includes('可能重复'))).toEqual([]);
  expect(s.wecom.refusals).toEqual([]);
  const headers = { authorization: 'Bearer a-token-for-tests-of-32-characters' };
  const record = await (await fetch(`${s.program.url}/api/v1/incidents/${drill}/timeline`, { headers })).text();
  expect(record).toContain('zqWITHOUTCHATqz');
  expect(record).not.toContain('typed in a chat that is down');
});
