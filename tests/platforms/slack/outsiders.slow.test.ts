import { describe, expect, it, onTestFinished } from 'vitest';
import { event, said, slash } from '../../fakes/slack/payloads.ts';
import { BOT_USER } from '../../fakes/slack/workspace.ts';
import { type BotOptions, CHANNEL, CHEN, LI, workspace as newWorkspace } from './bot.ts';
import { declared, start } from './declared.ts';

const OPEN = 'C00OPEN0001';
const GUEST = 'U00GUEST009';
const FOREIGN = 'U00FOREIGN1';
const OTHER = 'T00OTHER001';
const SECRET = /payroll/;

/** An incident declared in an open channel without a profile: its thread is for every colleague to read. */
async function declaredOpenly(options: BotOptions = {}) {
  const all = await start(options);
  all.workspace.addChannel(OPEN, { name: 'open', members: [LI, BOT_USER] });
  await all.send(event({ type: 'member_joined_channel', user: BOT_USER, channel: OPEN }));
  await all.bot.service.idle();
  await all.send(slash('new Secret breach of payroll', LI, OPEN, { channel_name: 'open' }));
  await expect.poll(() => all.workspace.inThread(OPEN, null).length).toBe(1);
  const [row] = await all.bot.store.incidents({ limit: 1 });
  const ask = (line: string, who: string) =>
    all
      .send(slash(line, who, 'C00OTHER001', { channel_name: 'privategroup' }))
      .then((answer) => JSON.stringify(answer));
  return { ...all, id: row?.id ?? '', ask };
}
const mention = (message: Parameters<typeof said>[0], more: object = {}) => {
  const payload = said(message, 'app_mention');
  return { ...payload, event: { ...payload.event, ...more } };
};

describe('who is not known to be a colleague', () => {
  it('a guest who is not in the open channel sees nothing of it, the first time as well', async () => {
    const { workspace, id, ask } = await declaredOpenly();
    workspace.addUser(GUEST, 'Guest', 'en-US', { isRestricted: true });
    for (const _ of ['first', 'second']) {
      expect(await ask('list', GUEST)).not.toMatch(SECRET);
      expect(await ask(`status ${id}`, GUEST)).not.toMatch(SECRET);
    }
  });

  it('a colleague sees it, the first time as well, also one of another workspace of the organisation', async () => {
    const slack = await newWorkspace();
    onTestFinished(() => slack.server.close());
    slack.server.workspace.enterprise = 'E00GRID0001';
    const { workspace, ask } = await declaredOpenly(slack);
    expect(await ask('list', CHEN)).toMatch(SECRET);
    workspace.addUser('U00GRID0001', 'Grid', 'en-US', { team: OTHER, enterprise: 'E00GRID0001' });
    workspace.addUser(FOREIGN, 'Foreign', 'en-US', { team: OTHER, enterprise: 'E00OTHER001' });
    expect(await ask('list', 'U00GRID0001')).toMatch(SECRET);
    expect(await ask('list', FOREIGN)).not.toMatch(SECRET);
  });

  it('while Slack does not tell, nothing is shown and that is said; declaring and the thread go on', async () => {
    const { bot, workspace, server, send, id, ask } = await declaredOpenly();
    await bot.house.settle();
    for (let n = 0; n < 9; n++) server.fail('users.info', { kind: 'status', status: 503, done: false });
    const listed = await ask('list', CHEN);
    expect(listed).not.toMatch(SECRET);
    expect(listed).toContain('Slack has not confirmed your account yet');
    expect(await send(slash('new Second', CHEN, CHANNEL))).not.toBeNull();
    const root = workspace.inThread(OPEN, null)[0]?.ts ?? '';
    await send(mention(workspace.say(OPEN, CHEN, `<@${BOT_USER}> note two servers are off`, root)));
    expect((await bot.store.incident(id))?.notes.map(({ text }) => text)).toEqual(['two servers are off']);
    expect((await bot.store.incidents({ limit: 9 })).map(({ title }) => title)).toContain('Second');
  });
});

describe('somebody of another organisation', () => {
  const shared = async () => {
    const all = await declared();
    all.workspace.addUser(FOREIGN, 'Foreign', 'en-US', { team: OTHER });
    const write = (text: string) => all.workspace.say(CHANNEL, FOREIGN, `<@${BOT_USER}> ${text}`, all.root.ts);
    const people = async () =>
      Object.values((await all.state()).people).map(({ account }) => `${account?.tenant}/${account?.id}`);
    return { ...all, write, people };
  };

  it('is recorded under their own workspace, live and after a gap, and shown nothing', async () => {
    const { bot, workspace, server, send, write, state, people } = await shared();
    await send(mention(write('note seen at our end too'), { user_team: OTHER, team: OTHER }));
    await bot.service.idle();
    expect((await state()).notes.map(({ text }) => text)).toEqual(['seen at our end too']);
    for (const line of ['timeline', 'status', 'list', 'draft']) {
      await send(mention(write(line), { user_team: OTHER, team: OTHER }));
    }
    await bot.service.idle();
    const told = JSON.stringify(workspace.ephemerals.filter(({ user }) => user === FOREIGN));
    expect(told).not.toContain('Outage');
    expect(told).not.toContain('seen at our end');
    expect(told).toContain('Only people in this organisation can see the content');
    server.cut();
    write('note said in the gap');
    await expect.poll(async () => (await state()).notes.length).toBe(2);
    expect((await people()).filter((one) => one.endsWith(FOREIGN))).toEqual([`${OTHER}/${FOREIGN}`]);
  });

  it('pins to the thread of an incident under their own workspace; elsewhere they are offered none', async () => {
    const { bot, workspace, send, root, state, people } = await shared();
    const pin = async (message: { ts: string }) => {
      const item = { type: 'message', channel: CHANNEL, ts: message.ts };
      await send(event({ type: 'reaction_added', user: FOREIGN, reaction: 'pushpin', item, item_user: LI }));
      await bot.service.idle();
    };
    await pin(workspace.say(CHANNEL, LI, 'the bucket was public', root.ts));
    expect((await state()).notes.map(({ text }) => text)).toEqual(['the bucket was public']);
    expect(await people()).toContain(`${OTHER}/${FOREIGN}`);
    await pin(workspace.say(CHANNEL, LI, 'lunch at noon'));
    expect(JSON.stringify(workspace.ephemerals)).not.toContain('Outage');
  });

  it('reads their answer directly where the channel does not take it', async () => {
    const { bot, workspace, server, send, write } = await shared();
    server.fail('chat.postEphemeral', { kind: 'error', code: 'user_not_in_channel' });
    await send(mention(write('timeline'), { user_team: OTHER, team: OTHER }));
    await bot.service.idle();
    const direct = workspace.direct(FOREIGN).id;
    expect(workspace.inThread(direct, null).at(-1)?.text).toContain(
      'Only people in this organisation can see the content',
    );
  });
});
