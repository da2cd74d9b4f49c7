import { expect, it } from 'vitest';
import { button, event, press, said, slash } from '../../fakes/slack/payloads.ts';
import { BOT_USER } from '../../fakes/slack/workspace.ts';
import { CHANNEL, CHEN, LI } from './bot.ts';
import { declared, start } from './declared.ts';

/** The question that is open asks when it became known; `write` says a line in the thread, without a mention. */
async function asked() {
  const all = await declared();
  const { workspace, send, root, bot } = all;
  const write = async (text: string, user = CHEN) => {
    const line = workspace.say(CHANNEL, user, text, root.ts);
    await send(said(line));
    await bot.service.idle();
    return line;
  };
  await write(`<@${BOT_USER}> no`, LI);
  return { ...all, write };
}

it('an answer in the thread is heard without a mention', async () => {
  const { write, state, workspace } = await asked();
  await write('20 minutes ago, our SIEM raised an alert');
  expect((await state()).candidates).toHaveLength(2);
  expect(workspace.ephemerals.at(-1)?.text).toContain('our SIEM raised an alert');
});

it('what may be said to somebody else is offered as the answer, to its author alone', async () => {
  const { write, state, workspace, send, bot, server } = await asked();
  const before = workspace.ephemerals.length;
  await write('thanks, looking at it');
  await write('back at my desk soon');
  expect(workspace.ephemerals).toHaveLength(before);
  await write('I think our SIEM raised an alert 20 minutes ago');
  expect((await state()).candidates).toHaveLength(1);
  const offer = workspace.ephemerals.at(-1);
  expect(offer?.text).toContain('的回答吗？');
  expect(offer?.user).toBe(CHEN);
  const responseUrl = `${server.url}/response/offer`;
  await send(
    press(button(offer?.blocks ?? [], '作为回答'), CHEN, { channel: CHANNEL, isEphemeral: true, responseUrl }),
  );
  await bot.service.idle();
  expect((await state()).candidates).toHaveLength(2);
  // The offer is gone, and said what came of it.
  expect(server.responses[0]?.body).toEqual({ delete_original: true });
  expect(server.responses).toHaveLength(2);
});

it('an edited answer is asked about', async () => {
  const { write, state, workspace, send, root, bot } = await asked();
  for (const words of ['20 minutes ago own alert', '1', 'personal information']) await write(`<@${BOT_USER}> ${words}`);
  const line = await write(`<@${BOT_USER}> 1.2 million`);
  expect((await state()).facts['personal_info_people']?.value).toBe(1_200_000);
  const message = { type: 'message', user: CHEN, ts: line.ts, thread_ts: root.ts };
  const edited = { user: CHEN, ts: '10.0' };
  await send(
    event({
      ...{ type: 'message', subtype: 'message_changed', channel: CHANNEL, ts: '9.9' },
      message: { ...message, text: `<@${BOT_USER}> 12 million`, edited },
      previous_message: { ...message, text: line.text },
    }),
  );
  await bot.service.idle();
  expect((await state()).facts['personal_info_people']?.value).toBe(1_200_000);
  const asks = workspace.ephemerals.at(-1);
  expect(asks?.text).toMatch(/要把120万人改为1200万人吗/);
  await send(press(button(asks?.blocks ?? [], '改为新内容'), CHEN, { channel: CHANNEL }));
  await bot.service.idle();
  expect((await state()).facts['personal_info_people']?.value).toBe(12_000_000);
});

it('a language needs no incident', async () => {
  const { bot, send } = await start();
  const answer = await send(slash('language zh', CHEN, CHANNEL));
  expect(JSON.stringify(answer)).toContain('中文');
  expect(await bot.store.incidents({ limit: 1 })).toEqual([]);
});

it('a line without a verb offers to open an incident with that title', async () => {
  const { bot, send } = await start();
  const answer = await send(slash('ransomware on the file server!!', LI, CHANNEL));
  expect(JSON.stringify(answer)).toContain('Open an incident “ransomware on the file server”');
  const offered = JSON.parse(JSON.stringify(answer)) as { blocks: unknown[] };
  await send(press(button(offered.blocks, /Open an incident/), LI, { channel: CHANNEL }));
  await expect
    .poll(async () => (await bot.store.incidents({ limit: 1 }))[0]?.title)
    .toBe('ransomware on the file server');
});
