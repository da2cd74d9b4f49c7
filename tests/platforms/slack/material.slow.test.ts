import { describe, expect, it } from 'vitest';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { button, event, messageShortcut, press, said, slash, submit } from '../../fakes/slack/payloads.ts';
import { BOT_USER, type FakeMessage, TEAM } from '../../fakes/slack/workspace.ts';
import { CHANNEL, CHEN, LI } from './bot.ts';
import { declared, start } from './declared.ts';

const FILE = { id: 'F77', name: 'log.txt' };
const GRAFANA = {
  username: 'Grafana',
  bot_id: 'B1',
  user: undefined,
  attachments: [{ title: 'DB exfiltration', text: '2.1M rows' }],
};
const pin = ({ channel, ts }: FakeMessage) =>
  event({
    type: 'reaction_added',
    user: LI,
    reaction: 'pushpin',
    item: { type: 'message', channel, ts },
    event_ts: '1.1',
  });

describe('a message of an alert bot', () => {
  it('goes on the record by 📌 with the words of its attachments and the name of the bot', async () => {
    const { bot, workspace, send, root, state } = await declared();
    await send(pin(workspace.say(CHANNEL, 'U00GRAFANA1', '', root.ts, [], GRAFANA)));
    await bot.service.idle();
    expect((await state()).notes).toMatchObject([{ text: 'DB exfiltration\n2.1M rows', author: 'Grafana' }]);
  });

  it('without anything to read is said to be so', async () => {
    const { bot, workspace, send, root, state } = await declared();
    await send(pin(workspace.say(CHANNEL, 'U00GRAFANA1', '', root.ts, [], { bot_id: 'B1' })));
    await bot.service.idle();
    expect((await state()).notes).toHaveLength(0);
    expect(workspace.ephemerals.at(-1)?.text).toContain('no readable text');
  });

  it('is title and candidate of the incident declared from it', async () => {
    const { bot, workspace, send } = await start();
    const alert = workspace.say(CHANNEL, 'U00GRAFANA1', '', null, [], GRAFANA);
    await send(messageShortcut('incident_new_from_message', alert, LI));
    await expect.poll(() => workspace.views.length).toBe(1);
    const modal = workspace.views[0];
    expect(JSON.stringify(modal?.view)).toContain('"initial_value":"DB exfiltration"');
    await send(submit(modal?.view ?? {}, modal?.id ?? '', LI, { title: { value: 'DB exfiltration' } }));
    const [row] = await bot.store.incidents({ limit: 1 });
    const candidates = (await bot.store.incident(row?.id ?? ''))?.candidates;
    expect(candidates?.at(-1)?.description).toBe('Grafana: DB exfiltration\n2.1M rows');
  });

  it('of a person names the person, not the account', async () => {
    const { bot, workspace, send } = await start();
    await send(messageShortcut('incident_new_from_message', workspace.say(CHANNEL, CHEN, '数据库被拖'), LI));
    await expect.poll(() => workspace.views.length).toBe(1);
    const modal = workspace.views[0];
    await send(submit(modal?.view ?? {}, modal?.id ?? '', LI, { title: { value: '数据库被拖' } }));
    const [row] = await bot.store.incidents({ limit: 1 });
    const candidates = (await bot.store.incident(row?.id ?? ''))?.candidates;
    expect(candidates?.at(-1)?.description).toBe('陈宇: 数据库被拖');
  });
});

describe('a file', () => {
  const withFile = async () => {
    const all = await declared();
    all.workspace.files.set(FILE.id, { ...FILE, content: new Uint8Array([1, 2]), shared: true });
    all.workspace.addChannel('D00DM', { isPrivate: true, members: [LI, BOT_USER] });
    all.workspace.fileAddress = `${all.server.url}/files/`;
    const evidence = async () => (await all.state()).evidence.map(({ name }) => name);
    return { ...all, evidence };
  };

  it('of a message added to the incident is kept with it', async () => {
    const { bot, workspace, send, root, evidence } = await withFile();
    const message = workspace.say(CHANNEL, CHEN, 'see this log', root.ts, [FILE]);
    await send(messageShortcut('incident_add', message, LI));
    await expect.poll(() => workspace.views.length).toBe(1);
    const modal = workspace.views[0];
    await send(submit(modal?.view ?? {}, modal?.id ?? '', LI, { text: { value: 'see this log' }, at: { value: '' } }));
    await bot.service.idle();
    expect(await evidence()).toEqual(['log.txt']);
  });

  it('said to the bot outside of the thread goes where the words went', async () => {
    const { bot, workspace, send, evidence } = await withFile();
    const message = workspace.say(CHANNEL, LI, `<@${BOT_USER}> note see log`, null, [FILE]);
    await send(said(message, 'app_mention'));
    await bot.service.idle();
    expect(await evidence()).toEqual(['log.txt']);
  });

  it('alone in a direct message is kept for the one open incident', async () => {
    const { bot, workspace, send, evidence } = await withFile();
    await send(said(workspace.say('D00DM', LI, '', null, [FILE])));
    await bot.service.idle();
    await expect.poll(() => workspace.inThread('D00DM', null).at(-1)?.text).toContain('log.txt');
    expect(await evidence()).toEqual(['log.txt']);
  });

  it('alone in a direct message is asked about where several are open, and kept where it is put', async () => {
    const { bot, workspace, send, id, evidence } = await withFile();
    await send(slash('new Another outage', LI, CHANNEL));
    await send(said(workspace.say('D00DM', LI, '', null, [FILE])));
    await bot.service.idle();
    const answer = workspace.inThread('D00DM', null).at(-1);
    expect(answer?.text).toContain('log.txt');
    expect(JSON.stringify(answer?.blocks)).toContain(id);
    const at = { channel: 'D00DM', ts: answer?.ts ?? '' };
    const row = (answer?.blocks ?? []).filter((block) => JSON.stringify(block).includes(id));
    await send(press(button(row, 'This one'), LI, at));
    await bot.service.idle();
    expect(await evidence()).toEqual(['log.txt']);
  });

  it('Slack does not hand out is said to be missing, not tried for an hour', async () => {
    const { bot, workspace, send, root } = await withFile();
    await send(
      said(workspace.say(CHANNEL, LI, `<@${BOT_USER}>`, root.ts, [{ id: 'F99', name: 'gone.txt' }]), 'app_mention'),
    );
    await bot.service.idle();
    expect(workspace.ephemerals.at(-1)?.text).toContain('Not saved as evidence: gone.txt');
  });
});

describe('an incident declared in no channel', () => {
  it('says how a channel gets to show it, and that works', async () => {
    const { bot, workspace, send } = await start();
    await send({
      type: 'shortcut',
      callback_id: 'incident_new',
      trigger_id: 'trigger.g1',
      user: { id: LI, team_id: TEAM, username: 'li' },
      team: { id: TEAM, domain: 'fake' },
    });
    await expect.poll(() => workspace.views.length).toBe(1);
    const modal = workspace.views[0];
    const answer = await send(submit(modal?.view ?? {}, modal?.id ?? '', LI, { title: { value: 'Outage' } }));
    const [row] = await bot.store.incidents({ limit: 1 });
    const command = `/incident bind ${row?.id}`;
    expect(JSON.stringify(answer)).toContain(command);
    await send(slash(command.replace('/incident ', ''), LI, CHANNEL));
    await expect.poll(() => workspace.inThread(CHANNEL, null).length).toBe(1);
  });
});

describe('the private channel of an incident', () => {
  it('speaks the language of the room it takes the place of', async () => {
    const { bot, workspace, send, server } = await start();
    workspace.addChannel('C00PUBLIC01', { name: 'open', members: [LI, CHEN, BOT_USER] });
    await send(event({ type: 'member_joined_channel', user: BOT_USER, channel: 'C00PUBLIC01' }));
    await bot.service.idle();
    await send(slash('new Payroll', LI, 'C00PUBLIC01', { channel_name: 'open' }));
    await expect.poll(() => workspace.inThread('C00PUBLIC01', null).length).toBe(1);
    const root = workspace.inThread('C00PUBLIC01', null)[0];
    const at = { channel: 'C00PUBLIC01', ts: root?.ts ?? '', responseUrl: `${server.url}/response/1` };
    await send(press(button(root?.blocks ?? [], /Move/), LI, at));
    await bot.service.idle();
    const own = [...workspace.channels.values()].find(({ name }) => name.startsWith('inc-'));
    expect(own?.topic).toContain('next deadline');
    const [row] = await bot.store.incidents({ limit: 1 });
    const rooms = Object.values((await bot.store.incident(row?.id ?? ''))?.rooms ?? {});
    expect(rooms.find(({ insteadOf }) => insteadOf !== undefined)?.language).toBe('en');
  });

  it('keeps the zone of its readers', async () => {
    const room = { platform: 'slack', tenant: TEAM, address: 'C00PUBLIC01', open: true, zone: 'Europe/Berlin' };
    const organisation = organisationSchema.parse({
      organisation: '某公司',
      entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
      openChannels: 'private',
      rooms: [{ ...room, language: 'en' }],
    });
    const { bot, workspace, send } = await start({ organisation });
    workspace.addChannel('C00PUBLIC01', { name: 'open', members: [LI, CHEN, BOT_USER] });
    await send(slash('new Payroll', LI, 'C00PUBLIC01', { channel_name: 'open' }));
    await bot.service.idle();
    const [row] = await bot.store.incidents({ limit: 1 });
    const rooms = Object.values((await bot.store.incident(row?.id ?? ''))?.rooms ?? {});
    expect(rooms.find(({ insteadOf }) => insteadOf !== undefined)).toMatchObject({
      language: 'en',
      zone: 'Europe/Berlin',
    });
  });
});
