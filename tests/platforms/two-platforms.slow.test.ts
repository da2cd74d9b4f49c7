import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BotProgram, freePort } from '../fakes/program.ts';
import { button, buttonsIn, press, slash } from '../fakes/slack/payloads.ts';
import { TEAM } from '../fakes/slack/workspace.ts';
import { BotServer } from '../fakes/wecom/bot-server.ts';
import { CHANNEL, LI, workspace } from './slack/bot.ts';
import { pressed, shownWith } from './wecom/bot/waits.ts';

/** The real program between a fake Slack and a fake WeCom, over sockets: one incident in both at once. */
const SOON = { timeout: 20_000, interval: 20 };
const GROUP = 'wrGROUP0001';
const LI_WECOM = 'liwei';
const CHEN = 'chenyu';
const TITLE = 'zqTITLEqz';
/** Ids are given by the year in Shanghai. */
const ID = `INC-${new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()}-0001`;

async function stage(slackIs: 'home' | 'abroad') {
  const wecom = new BotServer();
  const { server: slack, apiUrl } = await workspace();
  const dataDir = mkdtempSync(join(tmpdir(), 'jishi-two-'));
  const file = join(dataDir, 'organisation.json');
  const room = { platform: 'slack', tenant: TEAM, address: CHANNEL, location: slackIs, language: 'en' };
  const accounts = [
    { platform: 'slack', tenant: TEAM, id: LI },
    { platform: 'wecom', tenant: wecom.botId, id: LI_WECOM },
  ];
  const profile = {
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: 'shanghai', operator: 'other' }],
    people: [{ id: 'li', name: '李伟', roles: ['lead', 'approver', 'administrator'], accounts }],
    rooms: [{ ...room, open: false, ...(slackIs === 'abroad' ? { entities: ['sh'] } : {}) }],
  };
  writeFileSync(file, JSON.stringify(profile));
  const program = new BotProgram(dataDir, await freePort(), {
    ...{ ORGANISATION_FILE: file, API_TOKEN: 'a-token-for-tests-of-32-characters' },
    ...{ SLACK_BOT_TOKEN: 'xoxb-test', SLACK_APP_TOKEN: 'xapp-test', SLACK_API_URL: apiUrl },
    ...{ WECOM_BOT_ID: wecom.botId, WECOM_BOT_SECRET: 'secret-test', WECOM_BOT_WS_URL: await wecom.listen() },
  });
  onTestFinished(async () => {
    await program.end('SIGKILL');
    await Promise.all([slack.close(), wecom.close()]);
    rmSync(dataDir, { recursive: true, force: true });
  });
  await program.start();
  await expect.poll(() => slack.sockets.size > 0 && wecom.isConnected, SOON).toBe(true);
  const root = () => slack.workspace.inThread(CHANNEL, null)[0];
  const inThread = () => slack.workspace.inThread(CHANNEL, root()?.ts ?? '');
  return {
    ...{ slack, wecom, program, root, inThread },
    words: () => wecom.chats.words(GROUP),
    tell: (text: string, user = LI_WECOM) => wecom.say(user, `@计时 ${text}`, { chat: GROUP }),
    /** What the posts in Slack were made for, each once. */
    keys: () =>
      slack.workspace.messages.flatMap(({ metadata }) => (metadata ? [String(metadata.event_payload['key'])] : [])),
    /** An answer over the API. */
    intent: async (intent: object): Promise<void> => {
      const url = `${program.url}/api/v1/incidents/${ID}`;
      const headers = {
        authorization: 'Bearer a-token-for-tests-of-32-characters',
        'content-type': 'application/json',
      };
      const { revision } = JSON.parse(await (await fetch(url, { headers })).text());
      const body = JSON.stringify({ intent, revision });
      const answer = await fetch(`${url}/intents`, { method: 'POST', headers, body });
      expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([200, '']);
    },
    /** Nothing has gone to either for as long as a pause between two messages takes. */
    settled: async (): Promise<void> => {
      let sent = -1;
      let still = 0;
      const looks = (): number => {
        const now = slack.calls.length + wecom.requests.length;
        still = now === sent ? still + 1 : 0;
        sent = now;
        return still;
      };
      await expect.poll(looks, { timeout: 20_000, interval: 150 }).toBeGreaterThan(6);
    },
    command: (text: string) => slack.send('slash_commands', slash(text, LI, CHANNEL), { within: 3_000 }),
  };
}
type Stage = Awaited<ReturnType<typeof stage>>;

/** Presses a button of the thread in Slack once it is there. */
async function pressedInSlack({ slack, inThread }: Stage, label: RegExp): Promise<void> {
  const withIt = () => inThread().findLast(({ blocks }) => buttonsIn(blocks).some((one) => label.test(one.label)));
  await expect.poll(() => withIt() !== undefined, { ...SOON, message: String(label) }).toBe(true);
  const message = withIt();
  if (!message) throw new Error(String(label));
  const at = { channel: CHANNEL, ts: message.ts, thread: message.thread };
  await slack.send('interactive', press(button(message.blocks, label), LI, at), { within: 3_000 });
}

/** Waits until the thread in Slack, its root or what is below it, shows these words. */
const shownInSlack = ({ root, inThread }: Stage, words: string) =>
  expect
    .poll(() => JSON.stringify([root()?.blocks, ...inThread().map(({ blocks }) => blocks)]), {
      ...SOON,
      message: words,
    })
    .toContain(words);

it('an incident of Slack and of a WeCom group: what is said in one shows in the other, whose outage costs nothing', async () => {
  const s = await stage('home');
  await s.command(`new ${TITLE}`);
  await expect.poll(() => s.root() !== undefined, SOON).toBe(true);
  s.tell(`绑定 ${ID}`);
  await shownInSlack(s, 'Who learned of it first here');

  // A tap in WeCom; the thread in Slack asks what comes next, in its own language.
  await pressed(s.wecom, CHEN, GROUP, '自有告警');
  await shownInSlack(s, 'What happened?');
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
  for (const words of ['zqRENAMEDqz', '已定级：较大', '李伟于']) expect(caughtUp).toContain(words);
  for (const all of [s.words(), s.keys()]) expect(new Set(all).size).toBe(all.length);
  expect(s.words().filter((one) => one.includes('可能重复'))).toEqual([]);
  expect(s.wecom.refusals).toEqual([]);
  // Each in its own language: no word of a card of the other.
  expect(s.words().join()).not.toMatch(/Report by|Level:|What happened/);
  expect(JSON.stringify(s.slack.workspace.messages)).not.toMatch(/须于|级别：|发生了什么/);
}, 30_000);

it('with the room in Slack abroad nothing unreleased reaches Slack, whatever is written in WeCom', async () => {
  const s = await stage('abroad');
  s.tell(`新建事件 ${TITLE}`);
  await expect.poll(() => s.root() !== undefined, SOON).toBe(true);
  await shownInSlack(s, 'Report items');
  await pressed(s.wecom, CHEN, GROUP, '自有告警');
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
  await shownWith(s.wecom, GROUP, '向境外群放行');
  s.tell('境外群：1\n允许在该群展示的内容：2\n理由：总部需要\n数据出境的依据：不含个人信息和重要数据');
  await shownInSlack(s, TITLE);
  await s.settled();
  expect(new Set(sent().match(/zq[A-Z]+qz|1,?234,?567|123万|1\.2 million/g))).toEqual(new Set([TITLE]));
}, 30_000);
