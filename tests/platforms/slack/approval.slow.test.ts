import { expect, it } from 'vitest';
import type { Command } from '../../../src/incident/commands.ts';
import { type Organisation, organisationSchema } from '../../../src/incident/people/profile.ts';
import { button, press } from '../../fakes/slack/payloads.ts';
import { accountOf, CHANNEL, CHEN, LI } from './bot.ts';
import { declared } from './declared.ts';

const company: Organisation = organisationSchema.parse({
  organisation: '某某（上海）贸易有限公司',
  entities: [{ id: 'sh', name: '某某（上海）贸易有限公司', province: '31', operator: 'other' }],
  people: [
    { id: 'li', name: 'Li Wei', roles: ['responder', 'lead'], accounts: [accountOf(LI)], language: 'en' },
    { id: 'chen', name: '陈宇', roles: ['approver', 'filer'], accounts: [accountOf(CHEN)], language: 'zh-CN' },
  ],
});

it('an approver is asked in a direct message, reads the text and approves it there', async () => {
  const { bot, workspace, send, root, id, state } = await declared({ organisation: company });
  const say = async (intent: Command) => {
    const { version } = await state();
    const delivery = { platform: 'api', key: `k${version}`, body: '' };
    const caller = { account: accountOf(LI), name: 'Li Wei', language: 'en' } as const;
    const done = await bot.house.app.submit({ incident: id, intent, revision: version, caller, delivery });
    expect(done.kind).toBe('done');
  };
  await say({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await say({ type: 'decide_level', level: 'major' });
  await say({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  const draft = () => workspace.inThread(CHANNEL, root.ts).find(({ text }) => /draft|Draft|稿/.test(text));
  await expect.poll(() => draft() !== undefined).toBe(true);
  const at = { channel: CHANNEL, ts: draft()?.ts ?? '', thread: root.ts };
  await send(press(button(draft()?.blocks ?? [], '提请审批'), LI, at));

  const asked = () => workspace.messages.find(({ text }) => text.includes(`${id} · 请审批首报`));
  await expect.poll(() => asked() !== undefined).toBe(true);
  const message = asked();
  if (!message) throw new Error('nobody was asked');
  expect(message.channel).not.toBe(CHANNEL);
  const there = { channel: message.channel, ts: message.ts };
  await send(press(button(message.blocks, '阅读报送稿'), CHEN, there));
  await expect.poll(() => JSON.stringify(workspace.views.at(-1)?.view ?? {})).toContain('网络安全事件报告（首报）');

  await send(press(button(message.blocks, '批准'), CHEN, there));
  await expect.poll(async () => (await state()).approvals.at(-1)?.approved !== null).toBe(true);
  await expect.poll(() => JSON.stringify(draft()?.blocks)).toMatch(/陈宇于.*批准本稿，文本校验码/);
  await bot.service.idle();
});
