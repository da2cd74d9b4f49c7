import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../src/incident/record/chain.ts';
import type { RecordRow } from '../../../src/use-cases/ports.ts';
import { button, press, said, slash } from '../../fakes/slack/payloads.ts';
import { BOT_USER } from '../../fakes/slack/workspace.ts';
import { accountOf, type Bot, CHANNEL, CHEN, LI, sender, startBot, workspace } from './bot.ts';
import { declared, start } from './declared.ts';
import { memoryKept } from './kept.ts';

const current = async (bot: Bot) => {
  const [row] = await bot.store.incidents({ limit: 1 });
  const state = await bot.store.incident(row?.id ?? '');
  if (!state) throw new Error('nothing was declared');
  return state;
};
const personOf = async (bot: Bot, id: string) =>
  Object.values((await current(bot)).people).find(({ account }) => account?.id === id);
/** The types of what is on the record, which holds. */
const verified = async (bot: Bot): Promise<readonly string[]> => {
  const rows: RecordRow[] = [];
  for await (const row of bot.store.record((await current(bot)).id)) rows.push(row);
  expect(verifyChain(rows)).toBeNull();
  return rows.map(({ type }) => type);
};

describe('somebody met for the first time', () => {
  it.each([
    ['by a mention in the thread', CHEN, '陈宇', 'zh-CN'],
    ['by a command', LI, 'Li Wei', 'en'],
  ] as const)('has a name on the record %s', async (_, who, name, language) => {
    const { bot, workspace, send, root } = await declared();
    const mention = said(workspace.say(CHANNEL, CHEN, `<@${BOT_USER}> 记录 已断网`, root.ts), 'app_mention');
    if (who === CHEN) await send(mention);
    await bot.service.idle();
    expect(await personOf(bot, who)).toMatchObject({ name, language });
    expect(await verified(bot)).toContain('person_named');
  });

  it('is written to in their language and named in the draft', async () => {
    const { bot, workspace, send, root, id } = await declared();
    for (const text of ['我来牵头', '首报']) {
      await send(said(workspace.say(CHANNEL, CHEN, `<@${BOT_USER}> ${text}`, root.ts), 'app_mention'));
    }
    await bot.service.idle();
    await bot.house.settle();
    const caller = { account: accountOf(CHEN), name: '陈宇', language: 'zh-CN' } as const;
    const text = JSON.stringify(await bot.house.app.view({ view: 'text', args: { incident: id, draft: '1' } }, caller));
    expect(text).not.toContain(CHEN);
  });

  it('gets the name after a silence of Slack', async () => {
    const { bot, server, send } = await start();
    server.down = true;
    const answer = await send(slash('new 支付系统疑似用户数据泄露', CHEN, CHANNEL));
    expect(answer).not.toBeNull();
    expect(await personOf(bot, CHEN)).toMatchObject({ name: CHEN.toLowerCase(), language: null, unnamed: true });
    server.down = false;
    await send(slash('status', CHEN, CHANNEL));
    await expect.poll(async () => (await personOf(bot, CHEN))?.name).toBe('陈宇');
    await verified(bot);
  });

  it('is known at once after a restart', async () => {
    const slack = await workspace();
    const kept = memoryKept();
    const first = await startBot({ ...slack, kept });
    await sender(first)(slash('list', CHEN, CHANNEL));
    await first.service.idle();
    await first.stop();
    const again = await startBot({ ...slack, kept });
    slack.server.workspace.users.delete(CHEN);
    await sender(again)(slash('new Outage', CHEN, CHANNEL));
    expect(await personOf(again, CHEN)).toMatchObject({ name: '陈宇', language: 'zh-CN' });
    await again.stop();
    await slack.server.close();
  });
});

describe('the language of a first contact', () => {
  it('is that of the script typed: a Chinese title makes a Chinese room, also while Slack says nothing', async () => {
    const { bot, server, send, workspace } = await start();
    workspace.users.delete(CHEN);
    await send(slash('new 支付系统疑似用户数据泄露', CHEN, CHANNEL));
    await expect.poll(() => workspace.inThread(CHANNEL, null).length).toBe(1);
    expect(workspace.inThread(CHANNEL, null)[0]?.text).toContain('前报');
    const [room] = Object.values((await current(bot)).rooms);
    expect(room).toMatchObject({ language: 'zh-CN', assumed: true });
    expect(await personOf(bot, CHEN)).toMatchObject({ language: null });
    expect(server.callsOf('users.info').length).toBeGreaterThan(0);
    const help = JSON.stringify(await send(slash('帮助', CHEN, CHANNEL)));
    expect(help).toContain('演练');
    // How the bot is spoken to in Slack: a word of the grammar alone is passed over in a thread.
    expect(help).toContain('/incident。在事件消息列中，可直接回答当前问题');
  });

  it('gives way to what Slack tells: the room follows who declared', async () => {
    const { bot, send, workspace } = await start();
    await send(slash('new Payment outage', CHEN, CHANNEL));
    await bot.service.idle();
    await bot.house.settle();
    const [room] = Object.values((await current(bot)).rooms);
    expect(room?.language).toBe('zh-CN');
    expect(room?.assumed).toBeUndefined();
    await expect.poll(() => workspace.inThread(CHANNEL, null)[0]?.text).toContain('前报');
  });

  it('of a button is that of the room', async () => {
    const { bot, server, send, workspace } = await start();
    await send(slash('new 支付系统疑似用户数据泄露', CHEN, CHANNEL));
    await bot.service.idle();
    await bot.house.settle();
    const [first] = workspace.inThread(CHANNEL, null);
    const on = { channel: CHANNEL, ts: first?.ts ?? '' };
    await send(press(button(first?.blocks ?? [], '涉及关基：否'), CHEN, on));
    await bot.service.idle();
    await bot.house.settle();
    const [root] = workspace.inThread(CHANNEL, null);
    workspace.users.delete(LI);
    const at = { channel: CHANNEL, ts: root?.ts ?? '', responseUrl: `${server.url}/response/1` };
    await send(press(button(root?.blocks ?? [], '人员'), LI, at));
    await expect.poll(() => workspace.views.length).toBe(1);
    expect(JSON.stringify(workspace.views[0]?.view)).toContain('陈宇');
    expect(JSON.stringify(workspace.views[0]?.view)).toContain('我来牵头');
  });
});
