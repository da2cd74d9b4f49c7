import { afterEach, expect, it } from 'vitest';
import { ManualClock } from '../../../fakes/clock.ts';
import { wordsOf } from '../../../fakes/wecom/bot-chats.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { GROUP, LI, type Rig, startRig } from './rig.ts';
import { acted } from './waits.ts';

let rig: Rig;
let clock: ManualClock;
afterEach(() => rig.stop());

it('the standard case, to its first filing: new messages in the group, by act', async () => {
  clock = new ManualClock('2026-03-02T09:40:00+08:00');
  rig = await startRig({ clock, server: new BotServer({ now: () => clock.now() }) });
  const counts: [act: string, messages: number][] = [];
  const after = async (name: string, act: () => void) => {
    const words = (await acted(rig, clock, act, GROUP)).map(wordsOf);
    counts.push([name, words.length]);
    return words;
  };
  const say = (text: string) =>
    after(text.replace(/\n/g, ' / '), () => rig.server.say(LI, `@计时 ${text}`, { chat: GROUP }));
  const tap = (label: string) =>
    after(`[${label}]`, () => {
      const found = rig.server.chats.cardWith(GROUP, label);
      if (!found) throw new Error(`no button ${label}`);
      rig.server.click(LI, found.shown, found.key);
    });
  const tick = (...options: string[]) =>
    after(`tick ${options.join()}`, () => {
      const vote = rig.server.chats.in(GROUP).findLast((one) => one.card?.card_type === 'vote_interaction');
      if (vote?.card?.card_type !== 'vote_interaction') throw new Error('no vote');
      rig.server.click(LI, vote, vote.card.submit_button.key, options);
    });
  await say('新建事件 支付系统疑似用户数据泄露');
  await tap('否');
  await tap('自有告警');
  await tick('0', '1');
  await tick('0');
  await say('120万');
  await tap('确认较大');
  await say('1 系统：支付系统\n2 地点：上海机房\n2 影响：约120万名用户\n2 措施：已隔离\n2 效果：已停止');
  await say('认领 2');
  await say('首报');
  await say('提请审批');
  await tap('批准');
  await say('登记报送');
  await say('报送事项：1\n渠道：1\n报送时间：1分钟前\n回执：2026-0331-17\n所报稿件：1');
  await tap('确认登记报送');
  // An answer by a press changes its card; what was typed is answered by one message, and only the first card and the
  // verdict come with a second one: the question, the list of what is to be reported.
  expect(counts).toEqual([
    ['新建事件 支付系统疑似用户数据泄露', 2],
    ['[否]', 0],
    ['[自有告警]', 0],
    ['tick 0,1', 0],
    ['tick 0', 0],
    ['120万', 2],
    ['[确认较大]', 0],
    [expect.stringContaining('1 系统：支付系统 / 2 地点'), 1],
    ['认领 2', 1],
    ['首报', 1],
    ['提请审批', 1],
    ['[批准]', 0],
    ['登记报送', 1],
    [expect.stringContaining('报送事项：1'), 1],
    ['[确认登记报送]', 1],
  ]);
  expect(counts.reduce((sum, [, n]) => sum + n, 0)).toBeLessThanOrEqual(12);
  expect(rig.server.refusals).toEqual([]);
}, 120_000);
