import { expect, it } from 'vitest';
import { translate } from '../../../src/i18n/translate.ts';
import { dueLine } from '../../../src/platforms/slack/render/draw.ts';
import type { Log } from '../../../src/use-cases/ports.ts';
import { said, slash } from '../../fakes/slack/payloads.ts';
import { BOT_USER } from '../../fakes/slack/workspace.ts';
import { act } from '../../golden/play.ts';
import type { Sent, Step } from '../../golden/script.ts';
import { slackDriver } from '../../golden/slack-driver.ts';
import { CHANNEL, CHEN, LI, workspace } from './bot.ts';
import { declared, start } from './declared.ts';

it('a declaration before Slack has listed the channels asks for no invitation', async () => {
  const { server, apiUrl } = await workspace();
  for (let n = 0; n < 5; n += 1) server.fail('users.conversations', { kind: 'status', status: 404, done: false });
  const { bot, send } = await start({ server, apiUrl });
  const answer = JSON.stringify(await send(slash('new Outage', LI, CHANNEL)));
  expect(answer).toContain('is open and its deadlines');
  expect(answer).not.toContain('not in this channel');
  await expect.poll(() => server.workspace.inThread(CHANNEL, null)).toHaveLength(1);
  await bot.stop();
  await server.close();
});

it('people mentioned in a message stand on the record by their names', async () => {
  const { bot, workspace: at, send, root, state } = await declared();
  at.addUser('U00WANGLEI1', 'Wang Lei', 'en-US');
  const text = `<@${BOT_USER}> note <@U00WANGLEI1> kept the logs`;
  await send(said(at.say(CHANNEL, CHEN, text, root.ts), 'app_mention'));
  await bot.service.idle();
  expect((await state()).notes.map((note) => note.text)).toEqual(['@Wang Lei kept the logs']);
});

it('lines of one thread count in the order in which they were written, also while the first waits for a name', async () => {
  const { bot, workspace: at, send, root, state } = await declared();
  at.addUser('U00WANGLEI1', 'Wang Lei', 'en-US');
  const written = (text: string) => send(said(at.say(CHANNEL, CHEN, `<@${BOT_USER}> ${text}`, root.ts), 'app_mention'));
  await Promise.all([written('note <@U00WANGLEI1> kept the logs'), written('note the logs are gone')]);
  await bot.service.idle();
  expect((await state()).notes.map((note) => note.text)).toEqual(['@Wang Lei kept the logs', 'the logs are gone']);
});

it('a file that cannot be kept is refused once, however often its message is read', async () => {
  const { bot, workspace: at, send, root } = await declared();
  at.files.set('F7', { id: 'F7', name: 'dump.pcap', content: new Uint8Array([1]), shared: true });
  at.fileAddress = 'https://evil.example/files/';
  const line = at.say(CHANNEL, LI, `<@${BOT_USER}>`, root.ts, [{ id: 'F7', name: 'dump.pcap' }]);
  const payload = said(line);
  for (const event_id of ['Ev1', 'Ev2']) {
    await send({ ...payload, event_id, event: { ...payload.event, files: line.files, subtype: 'file_share' } });
    await bot.service.idle();
  }
  const told = at.ephemerals.filter(({ text }) => text.includes('dump.pcap'));
  expect(told).toHaveLength(1);
});

it('calls that Slack does not take are one line of the log for each outage', async () => {
  const lines: string[] = [];
  const keep = (_fields: object, message: string): void => void lines.push(message);
  const log: Log = { info: keep, warn: keep, error: keep };
  const { server, send, bot } = await start({ log });
  server.down = true;
  await send(slash('status', LI, CHANNEL));
  await send(slash('new Outage', LI, CHANNEL));
  await bot.service.idle();
  server.down = false;
  await expect.poll(() => server.workspace.inThread(CHANNEL, null).length, { timeout: 60_000 }).toBe(1);
  expect(lines.filter((one) => one.startsWith('the platform did not take a call'))).toHaveLength(1);
  await expect.poll(() => lines).toContain('the platform takes calls again');
});

it('the help says that an answer in the thread needs no mention, in both languages', () => {
  const params = { bot: 'jishi', command: '/incident' };
  expect(translate('en', 'slack.how', params)).toContain('without a mention');
  expect(translate('zh-CN', 'slack.how', params)).toContain('可直接回答当前问题');
});

/** What Slack received after the last of these steps. */
async function afterLast(language: 'en' | 'zh-CN', steps: readonly Step[]): Promise<readonly Sent[]> {
  const driver = await slackDriver(language);
  try {
    for (const step of steps) {
      await driver.received();
      expect(await act(driver, step), JSON.stringify(step)).toBe(true);
    }
    return await driver.received();
  } finally {
    await driver.stop();
  }
}
const textsOf = (sent: readonly Sent[], what: string): readonly string[] =>
  sent
    .filter((one) => one.what === what)
    .map(({ body }) => String((body as Readonly<Record<string, unknown>>)['text']));

it('an answer that puts a deadline into the past says so to its author, and nobody hears that the reminder is late', async () => {
  const sent = await afterLast('zh-CN', [
    { say: '新建事件 支付系统疑似用户数据泄露' },
    { tap: '否' },
    { pass: 100 },
    { say: '今天上午6点20 运维告警', who: 'colleague' },
  ]);
  expect(textsOf(sent, 'chat.postEphemeral').join()).toContain('据此已逾期（时限10:20），尚未报送');
  const posted = textsOf(sent, 'chat.postMessage');
  expect(posted).toHaveLength(2);
  for (const text of posted) {
    expect(text).toContain('已逾期1小时3分');
    expect(text).not.toContain('本提醒晚到');
  }
});

it('a passed deadline of the first report is not hidden by the later one of another duty', async () => {
  const sent = await afterLast('en', [
    { say: 'new suspected leak of customer data' },
    { tap: 'No' },
    { say: '09:20 alert' },
    { tick: ['Data', 'Suspected'] },
    { tick: ['Personal'] },
    { pass: 240 },
    { say: 'about 1.2 million' },
  ]);
  expect(textsOf(sent, 'chat.update').join()).toContain('deadline 13:20 has passed');
});

it('in a drill the wall time of a deadline says that it is none of the drill clock', () => {
  const segment = { wall: '2026-03-31T09:42:00+08:00', incidentTime: '2026-03-31T09:42:00+08:00', rate: 60 };
  const block = { kind: 'clock', text: 'x', due: '2026-03-31T10:42:00+08:00', tone: 'running' } as const;
  const lineOf = (more: object): string => JSON.stringify(dueLine({ ...block, ...more }, 'en'));
  expect(lineOf({ segment })).toContain('Real time (the drill clock runs 60×)');
  expect(lineOf({})).toContain('Your time');
});

it('a notification names the incident once, and the time line names who joined as they are called now', async () => {
  const sent = await afterLast('zh-CN', [
    { say: '新建事件 支付系统疑似用户数据泄露' },
    { tap: '否' },
    { tap: '监测告警' },
    { say: '时间线' },
  ]);
  const [body] = sent.filter(({ what }) => what === 'chat.postEphemeral').map((one) => JSON.stringify(one.body));
  expect(body).toContain('陈宇已加入');
  expect(body).not.toContain('尚未确认姓名的Slack账号已加入');
  const listed = await afterLast('zh-CN', [{ say: '新建事件 支付系统疑似用户数据泄露' }, { say: '清单' }]);
  expect(
    textsOf(listed, 'chat.postEphemeral')
      .join()
      .match(/INC-2026-0001/g),
  ).toHaveLength(1);
});
