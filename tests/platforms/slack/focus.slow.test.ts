import { expect, it, onTestFinished } from 'vitest';
import { button, event, press, said, slash } from '../../fakes/slack/payloads.ts';
import { BOT_USER } from '../../fakes/slack/workspace.ts';
import { CHANNEL, CHEN, LI, sender, startBot, workspace } from './bot.ts';
import { start } from './declared.ts';
import { memoryKept } from './kept.ts';

const GENERAL = 'C00OPEN0001';
const OTHER = 'C00EMPTY001';

/** Anna (Li) declared in one channel, Ben (Chen) in another that she reads as well. */
async function twoChannels() {
  const all = await start();
  const { bot, workspace: at, send } = all;
  for (const address of [GENERAL, OTHER]) {
    at.addChannel(address, { name: address.toLowerCase(), isPrivate: true, members: [LI, CHEN, BOT_USER] });
    await send(event({ type: 'member_joined_channel', user: BOT_USER, channel: address }));
  }
  await bot.service.idle();
  await send(slash('new Of Li', LI, GENERAL));
  await send(slash('new Of Chen', CHEN, CHANNEL));
  await bot.house.settle();
  const rows = await bot.store.incidents({ limit: 2 });
  const idOf = (title: string) => rows.find((row) => row.title === title)?.id ?? '';
  const say = async (line: string, who: string, channel: string) => {
    const before = at.ephemerals.length;
    const ack = await send(slash(line, who, channel));
    await bot.service.idle();
    await bot.house.settle();
    return JSON.stringify([ack, at.ephemerals.slice(before)]);
  };
  return { ...all, say, ofLi: idOf('Of Li'), ofChen: idOf('Of Chen') };
}

it('a command without an id is about the incident of its channel, not the only one of the person, and names it', async () => {
  const { bot, say, ofLi, ofChen, send } = await twoChannels();
  const version = async (id: string) => (await bot.store.incident(id))?.version;
  const before = await version(ofLi);
  for (const line of ['note attacker exported rows at 09:40', 'status', 'take 2', 'rename Of the channel']) {
    const answer = await say(line, LI, CHANNEL);
    expect(answer, line).toContain(ofChen);
    expect(answer, line).not.toContain(ofLi);
  }
  const asked = await say('state secret', LI, CHANNEL);
  expect(asked).toContain(`Stop collecting in ${ofChen}`);
  await send(press(button(JSON.parse(asked), /State secrets/), LI, { channel: CHANNEL }));
  await bot.house.settle();
  expect((await bot.store.incident(ofChen))?.stopped).not.toBeNull();
  expect((await bot.store.incident(ofLi))?.stopped).toBeNull();
  expect(await version(ofLi)).toBe(before);
});

it('a member of the channel who has not acted yet is shown the incident of the channel', async () => {
  const { say, ofChen, workspace: at } = await twoChannels();
  at.addUser('U00NEW00001', 'Wu', 'zh-CN');
  at.channels.get(CHANNEL)?.members.add('U00NEW00001');
  for (const line of ['状态', '列表', '备注 门禁记录已调取', '时间线']) {
    const answer = await say(line, 'U00NEW00001', CHANNEL);
    expect(answer, line).toContain(ofChen);
    expect(answer, line).not.toContain('没有');
  }
});

it('in a channel that shows none, buttons ask which incident is meant, also for the only one of the person', async () => {
  const { bot, say, send, workspace: at, ofLi } = await twoChannels();
  const asked = await say('note the log is kept', LI, OTHER);
  expect(asked).toContain('Which incident');
  expect(asked).toContain(ofLi);
  const before = at.ephemerals.length;
  await send(press(button(JSON.parse(asked), /This one/), LI, { channel: OTHER }));
  await bot.service.idle();
  expect(JSON.stringify([at.ephemerals.slice(before), bot.server.responses])).toMatch(/INC-\d{4}-\d{4} · Recorded/);
});

it('after a restart a line that was refused or not understood before it is not answered again', async () => {
  const slack = await workspace();
  const kept = memoryKept();
  const at = slack.server.workspace;
  const first = await startBot({ ...slack, kept });
  await sender(first)(slash('new Outage', LI, CHANNEL));
  await expect.poll(() => at.inThread(CHANNEL, null).length).toBe(1);
  await first.house.settle();
  const root = at.inThread(CHANNEL, null)[0]?.ts ?? '';
  for (const line of ['close it all', 'zzz qqq'])
    await sender(first)(said(at.say(CHANNEL, LI, `<@${BOT_USER}> ${line}`, root), 'app_mention'));
  await first.service.idle();
  expect(at.ephemerals).toHaveLength(2);
  await first.stop(true);
  const again = await startBot({ ...slack, kept, dataDir: first.dataDir });
  onTestFinished(async () => {
    await again.stop();
    await slack.server.close();
  });
  const missed = at.say(CHANNEL, LI, `<@${BOT_USER}> blorf nagle`, root);
  slack.server.cut();
  await expect.poll(() => at.ephemerals.length, { timeout: 60_000 }).toBe(3);
  await again.service.idle();
  expect(at.ephemerals).toHaveLength(3);
  expect(missed.text).toContain('blorf');
});

it('two people who declare the same title in the same channel are told of each other, and may open another', async () => {
  const { bot, send, workspace: at } = await start();
  await send(slash('new Ransomware on the file server', LI, CHANNEL));
  const asked = await send(slash('new Ransomware on the file server', CHEN, CHANNEL));
  expect(JSON.stringify(asked)).toContain('INC-');
  expect(await bot.store.incidents({ limit: 5 })).toHaveLength(1);
  await send(press(button([asked], /另|Open another/), CHEN, { channel: CHANNEL }));
  await bot.house.settle();
  expect(await bot.store.incidents({ limit: 5 })).toHaveLength(2);
  await send(slash('new Ransomware on the file server', LI, 'C00ELSE0001', { channel_name: 'privategroup' }));
  expect(at.messages.length).toBeGreaterThan(0);
});

it('what Slack does not take is said with another way, and nothing is said to be kept', async () => {
  const { bot, server, workspace: at, send } = await start();
  server.fail('views.open', { kind: 'error', code: 'expired_trigger_id' });
  await send(slash('new', LI, CHANNEL, { response_url: `${server.url}/response/1` }));
  await bot.service.idle();
  await expect
    .poll(() => JSON.stringify([at.ephemerals, server.responses, at.messages]))
    .toContain('/incident new` followed by a title');
  await send(slash('new Outage', LI, CHANNEL));
  await bot.house.settle();
  const [row] = await bot.store.incidents({ limit: 1 });
  const id = row?.id ?? '';
  const revision = (await bot.store.incident(id))?.version ?? 0;
  await bot.house.app.submit({
    ...{ incident: id, revision, caller: 'api' },
    intent: { type: 'compile_draft', report: 'initial', cannotDetermine: [] },
    delivery: { platform: 'slack', key: 'draft', body: '' },
  });
  server.fail('files.getUploadURLExternal', { kind: 'error', code: 'unknown_method' });
  const value = `9|${JSON.stringify({ i: id, d: { kind: 'view', view: { view: 'download', args: { incident: id, format: 'docx' } } } })}`;
  await send(press({ action_id: 'a', value }, LI, { channel: CHANNEL }));
  await bot.service.idle();
  const told = JSON.stringify([at.ephemerals, server.responses]);
  expect(told).toContain('did not accept the file');
  expect(told).toContain('"Read"');
  expect(told).not.toContain('kept for the operator');
  expect(bot.failed).toEqual([]);
});
