import { expect, it } from 'vitest';
import { dingtalkRig } from '../../contract/platform/dingtalk-rig.ts';
import type { Act, Who } from '../../contract/platform/rig.ts';

const ID = 'INC-2026-0001';

it('the standard case by three people, to its first filing: at most twelve new messages in the group', async () => {
  const rig = await dingtalkRig({ three: true });
  const counts: Record<string, number> = {};
  const posted = async (): Promise<number> => (await rig.standing?.('home'))?.length ?? 0;
  /** Counts what the bot posts in the group because of an act, once nothing more comes. */
  const counted = async (act: string, run: () => Promise<Act | undefined>): Promise<void> => {
    const before = await posted();
    await (await run())?.deliver();
    await rig.bot.pass(1);
    counts[act] = (counts[act] ?? 0) + (await posted()) - before;
  };
  const say = (act: string, text: string, who: Who = 'lead') => counted(act, () => rig.write(who, text, 'home'));
  const tap = (act: string, label: RegExp, who: Who = 'lead') => counted(act, () => rig.press(who, label, 'home'));
  try {
    await say('declare', '新建事件 支付系统疑似用户数据泄露');
    await tap('first question', /^否$/);
    await tap('answers', /监测告警/);
    await counted('answers', () => rig.tick('colleague', ['数据泄露', '涉嫌违法犯罪'], 'home'));
    await counted('answers', () => rig.tick('colleague', ['个人信息'], 'home'));
    await say('verdict', '120万', 'colleague');
    await tap('level', /确认较大/);
    await say('fields', '2 地点：上海机房\n2 影响：约120万名用户\n2 措施：已隔离\n2 效果：已停止', 'colleague');
    await say('take', '认领 2', 'stranger');
    await say('draft', '首报', 'colleague');
    await say('approval', '提请审批', 'colleague');
    await say('approved', '同意');
    const { drafts } = await rig.bot.state(ID);
    const at = new Date(rig.bot.clock.now()).toISOString();
    const filing = { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at } as const;
    const { draft = 0 } = drafts.at(-1) ?? {};
    await counted('filing', async () => {
      await rig.bot.change(ID, { ...filing, draft, receipt: '2026-0331-17' }, rig.account('stranger'));
      return undefined;
    });
    expect((await rig.bot.state(ID)).filings).toHaveLength(1);
    expect(rig.refusals()).toBe(0);
    const sum = Object.values(counts).reduce((one, other) => one + other, 0);
    expect(sum, JSON.stringify(counts)).toBeLessThanOrEqual(12);
  } finally {
    await rig.stop();
  }
});
