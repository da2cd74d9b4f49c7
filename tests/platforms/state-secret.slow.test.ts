import { expect, it } from 'vitest';
import { button, event, press } from '../fakes/slack/payloads.ts';
import { wordsOf } from '../fakes/wecom/bot-chats.ts';
import { CHANNEL, LI } from './slack/bot.ts';
import { CHEN, GROUP, ID, LI_WECOM, SOON, shownInSlack, stage } from './stage.ts';
import { settled, shownWith } from './wecom/bot/waits.ts';

// @module-tag soak: delivery/state-secret has every surface in memory, contract/platform/privacy the stop on each platform.

const WORD = 'zqWORDqz';
/** The word people wrote, and the figures of the verdict. */
const MARK = /zqWORDqz|1[.,]234|123\.4万|123万|1234567|1\.2 million/;
const LINES = ['状态', '问题', '清单', '时间线', '全部回答', '依据', '任务', '更多', '列表', '出稿', '读稿', '人员'];

it('a state-secret stop leaves no word in Slack, in WeCom or in the console, whatever is asked for afterwards', async () => {
  const s = await stage('home');
  const { slack, wecom, program } = s;
  const headers = { authorization: 'Bearer a-token-for-tests-of-32-characters' };
  const get = async (path: string): Promise<string> => {
    const answer = await fetch(`${program.url}/api/v1/${path}`, { headers });
    return `${answer.status} ${Buffer.from(await answer.arrayBuffer()).toString('utf8')}`;
  };
  await s.command(`new ${WORD}`);
  await expect.poll(() => s.root() !== undefined, SOON).toBe(true);
  s.tell(`绑定 ${ID}`);
  await shownWith(wecom, GROUP, WORD);
  wecom.say(LI_WECOM, `${ID} 状态`, {});
  await shownWith(wecom, LI_WECOM, WORD);
  await s.intent({ type: 'answer', fact: 'personal_info_people', value: 1_234_567, basis: WORD });
  await s.intent({ type: 'fill_field', field: 'art7.2.impact', value: { state: 'known', text: WORD } });
  await s.intent({ type: 'add_note', text: WORD });
  await s.intent({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  await s.command('task zqWORDqz @li');
  await slack.send('events_api', event({ type: 'app_home_opened', user: LI, channel: 'D1', tab: 'home' }));
  await shownInSlack(s, WORD);
  await shownWith(wecom, GROUP, '首报第1稿');
  await s.settled();
  const posted = () => slack.workspace.messages.filter(({ user }) => user !== LI);
  const leaks = () => posted().filter((message) => MARK.test(JSON.stringify(message)));
  expect(leaks().length).toBeGreaterThan(1);
  expect(await get(`incidents/${ID}`)).toMatch(MARK);

  // Typed in a thread of Slack: asked once, with the id.
  const asked = await s.command('state secret');
  expect(JSON.stringify(asked)).toContain(`Stop collecting in ${ID}`);
  expect(await get(`incidents/${ID}`)).toMatch(MARK);
  const before = { group: wecom.chats.in(GROUP).length, alone: wecom.chats.in(LI_WECOM).length };
  const views = slack.workspace.views.length;
  const ephemerals = slack.workspace.ephemerals.length;
  await slack.send('interactive', press(button([asked], /State secrets/), LI, { channel: CHANNEL }));

  // Slack: every message that stood there is edited.
  await expect.poll(leaks, { timeout: 60_000 }).toEqual([]);
  await shownInSlack(s, 'This may involve state secrets');
  const stopped = await shownWith(wecom, GROUP, /可能涉及国家秘密/);
  expect(wordsOf(stopped)).not.toContain('已登记');
  // WeCom: a card that stands there changes when it is pressed, whichever it is.
  const old = wecom.chats.in(GROUP).slice(0, before.group);
  for (const card of old) {
    if (card.card?.card_type !== 'button_interaction') continue;
    const [first] = card.card.button_list;
    if (first) wecom.click(CHEN, card, first.key);
  }
  for (const line of LINES) {
    s.tell(`${ID} ${line}`);
    wecom.say(LI_WECOM, `${ID} ${line}`, {});
    await s.command(`${ID} ${line}`);
  }
  await slack.send('events_api', event({ type: 'app_home_opened', user: LI, channel: 'D1', tab: 'home' }));
  await settled(() => wecom.chats.in(LI_WECOM).length > before.alone);
  await s.settled();
  const after = [
    ...wecom.chats.in(GROUP).slice(before.group),
    ...wecom.chats.in(LI_WECOM).slice(before.alone),
    ...slack.workspace.views.slice(views),
    ...slack.workspace.ephemerals.slice(ephemerals),
    ...slack.acks.slice(-LINES.length),
  ];
  expect(after.length).toBeGreaterThan(LINES.length);
  expect(after.filter((one) => MARK.test(JSON.stringify(one)))).toEqual([]);
  expect(leaks()).toEqual([]);
  expect(old.some((one) => one.edits > 0)).toBe(true);
  expect(old.filter((one) => one.edits > 0 && MARK.test(JSON.stringify(one)))).toEqual([]);

  // Console and API.
  const paths = [
    '',
    '/record',
    '/report?format=md&language=zh',
    '/timeline',
    '/cards',
    '/bundle',
    '/article11?format=md&language=zh',
  ];
  const answers = [await get('incidents'), ...(await Promise.all(paths.map((path) => get(`incidents/${ID}${path}`))))];
  expect(answers[1]).toMatch(/^200 /);
  expect(answers.filter((one) => MARK.test(one))).toEqual([]);
});
