import { describe, expect, it } from 'vitest';
import { slash, submit } from '../../fakes/slack/payloads.ts';
import { BOT_USER, TEAM } from '../../fakes/slack/workspace.ts';
import { CHANNEL, CHEN, LI } from './bot.ts';
import { declared, start } from './declared.ts';

describe('the command', () => {
  it('lists and shows what the asker may see, wherever it is asked, to the asker only', async () => {
    const { bot, workspace, send, id } = await declared();
    await bot.house.settle();
    workspace.addChannel('C00LUNCH001', { name: 'lunch', isPrivate: true, members: [CHEN, 'U00WANG0001', BOT_USER] });
    workspace.addUser('U00WANG0001', 'Wang', 'en-US');
    await bot.service.idle();
    const elsewhere = { channel_name: 'privategroup' };
    for (const text of ['list', `status ${id}`, 'status']) {
      const answer = await send(slash(text, LI, 'C00LUNCH001', elsewhere));
      expect(answer, text).toMatchObject({ response_type: 'ephemeral' });
      expect(JSON.stringify(answer), text).toContain(id);
      expect(JSON.stringify(answer), text).toContain('Outage');
      const stranger = await send(slash(text, 'U00WANG0001', 'C00LUNCH001', elsewhere));
      expect(stranger, text).toMatchObject({ response_type: 'ephemeral' });
      expect(JSON.stringify(stranger), text).not.toContain('Outage');
    }
    expect(workspace.inThread('C00LUNCH001', null)).toEqual([]);
  });

  it('a drill is declared at once with a title, or through the form without one', async () => {
    const { bot, workspace, send } = await start();
    await send(slash('drill 60x Ransomware on the file server', LI, CHANNEL));
    const [row] = await bot.store.incidents({ limit: 1 });
    expect(row).toMatchObject({ id: expect.stringMatching(/^DRILL-/), title: 'Ransomware on the file server' });
    expect((await bot.store.incident(row?.id ?? ''))?.segments.at(-1)?.rate).toBe(60);
    expect(JSON.stringify(await send(slash('演练', CHEN, CHANNEL)))).toContain('演练');
    await send(slash('演练 60倍', CHEN, CHANNEL));
    await expect.poll(() => workspace.views.length).toBe(1);
    expect(JSON.stringify(workspace.views[0]?.view)).toContain('演练');
  });

  it('the form of a drill begins at the speed that was asked for', async () => {
    const { workspace, send } = await start();
    await send(slash('drill 10x', LI, CHANNEL));
    await expect.poll(() => workspace.views.length).toBe(1);
    expect(JSON.stringify(workspace.views[0]?.view)).toMatch(/"initial_option":\{[^}]*\{[^}]*10×?[^}]*\},"value":"10"/);
  });

  it('a language that was asked for is spoken from that answer on; a file is said how to be given', async () => {
    const { send } = await declared();
    const own = async (text: string) => JSON.stringify(await send(slash(text, LI, CHANNEL)));
    expect(await own('language 中文')).toContain('以后将用中文与您交流');
    expect(await own('帮助')).toContain('可以发送的内容');
    expect(await own('upload')).toContain('📌');
    expect(await own('language en')).toContain('I will write to you in English from now on');
    expect(await own('帮助')).toContain('Commands');
  });

  it('a language that was asked for stands on the record of what is declared later, whatever Slack is set to', async () => {
    const { bot, send } = await start();
    await send(slash('language 中文', LI, CHANNEL));
    await send(slash('new Outage', LI, CHANNEL));
    await bot.service.idle();
    await bot.house.settle();
    const [row] = await bot.store.incidents({ limit: 1 });
    const people = Object.values((await bot.store.incident(row?.id ?? ''))?.people ?? {});
    expect(people).toMatchObject([{ language: 'zh-CN', choseLanguage: true }]);
  });

  it('the global shortcut opens the form; nothing is in a channel then, so the modal shows the card', async () => {
    const { bot, workspace, send } = await start();
    await send({
      type: 'shortcut',
      callback_id: 'incident_new',
      trigger_id: 'trigger.global',
      user: { id: LI, team_id: TEAM, username: 'li' },
      team: { id: TEAM, domain: 'fake' },
    });
    await expect.poll(() => workspace.views.length).toBe(1);
    const modal = workspace.views[0];
    if (!modal) throw new Error('no modal');
    const entries = { title: { value: 'Outage' }, awareness: { value: '' }, drill: {}, speed: {} };
    const answer = await send(submit(modal.view, modal.id, LI, entries));
    expect(answer).toMatchObject({ response_action: 'update' });
    const [row] = await bot.store.incidents({ limit: 1 });
    expect(JSON.stringify(answer)).toContain(`${row?.id} is open and its deadlines`);
  });
});
