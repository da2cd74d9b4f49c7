import { expect, it } from 'vitest';
import { dingtalkRig } from './dingtalk-rig.ts';
import { feishuRig } from './feishu-rig.ts';
import type { MakeRig, Rig, Who } from './rig.ts';
import { wecomBotRig } from './wecom-bot-rig.ts';

const PLATFORMS: Readonly<Record<string, MakeRig>> = {
  Feishu: feishuRig,
  DingTalk: dingtalkRig,
  'the smart bot of WeCom': wecomBotRig,
};
const ID = 'INC-2026-0001';

/** What stands in the group, one text for each message. */
const standing = async (rig: Rig): Promise<readonly string[]> =>
  (await rig.standing?.('home')) ?? (await rig.seen(rig.place('home'))).map(({ text }) => text);
async function says(rig: Rig, who: Who, text: string): Promise<void> {
  await (await rig.write(who, text, 'home', ID)).deliver();
  await rig.bot.settle();
}
async function withTwo(make: MakeRig, test: (rig: Rig) => Promise<void>): Promise<void> {
  const rig = await make({ three: true });
  try {
    await (await rig.write('lead', '新建事件 网上商城', 'home')).deliver();
    await says(rig, 'lead', '2 地点：上海机房');
    await says(rig, 'colleague', '4 注入点在后台');
    await test(rig);
  } finally {
    await rig.stop();
  }
}

it.each(Object.entries(PLATFORMS))('%s: what two people record within minutes is one message', (_, make) =>
  withTwo(make, async (rig) => {
    const before = await standing(rig);
    const both = before.filter((text) => text.includes('上海机房') && text.includes('注入点在后台'));
    expect(both.some((text) => text.includes('已记录2条'))).toBe(true);
    await rig.bot.pass(4);
    await says(rig, 'lead', '8 无其他情况');
    expect((await standing(rig)).length).toBe(before.length + 1);
  }),
);

it.each(Object.entries(PLATFORMS))(
  '%s: a stop takes all of it back, and what follows brings none of it again',
  (_, make) =>
    withTwo(make, async (rig) => {
      const { bot } = rig;
      type Intent = Parameters<typeof bot.house.app.submit>[0]['intent'];
      const submit = async (who: Who, intent: Intent): Promise<void> => {
        const caller = { account: rig.account(who), name: who, language: 'en', room: null } as const;
        const { version: revision } = await bot.state(ID);
        const delivery = { platform: 'test', key: `k${revision}`, body: '' };
        const done = await bot.house.app.submit({ incident: ID, intent, revision, caller, delivery, room: null });
        expect(done.kind).toBe('done');
        bot.clock.advance(5_000);
        await bot.settle();
      };
      await submit('lead', { type: 'stop_state_secret' });
      expect((await standing(rig)).join()).not.toMatch(/上海机房|注入点在后台/);
      await submit('lead', { type: 'lift_stop', reason: 'no secret' });
      const proposal = (await bot.state(ID)).proposals.at(-1)?.id ?? '';
      await submit('stranger', { type: 'second', proposal, agree: true });
      expect((await bot.state(ID)).stopped).toBeNull();
      await says(rig, 'colleague', '8 无其他情况');
      const now = await standing(rig);
      expect(now.some((text) => /第8项“其他情况”：无其他情况/.test(text))).toBe(true);
      expect(now.filter((text) => /已记录\d条/.test(text))).toEqual([]);
    }),
);
