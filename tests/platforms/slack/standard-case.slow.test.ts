import { expect, it } from 'vitest';
import type { Language } from '../../../src/incident/identity.ts';
import { act } from '../../golden/play.ts';
import type { Sent, Step } from '../../golden/script.ts';
import { slackDriver } from '../../golden/slack-driver.ts';
import { CHANNEL } from './bot.ts';

const say = (...lines: readonly string[]): readonly Step[] => lines.map((line) => ({ say: line }));
/** From the declaration to the first filing, ten minutes before the deadline. */
const CASES: Readonly<Record<Language, readonly Step[]>> = {
  en: [
    ...say('new suspected leak of customer data'),
    { tap: 'No' },
    { tap: 'Own alert' },
    { tick: ['Data', 'A crime'] },
    { tick: ['个人信息'] },
    ...say('1.2 million'),
    { tap: 'Confirm' },
    ...say('2 place: Shanghai', '2 impact: 1.2 million users', '2 measures: isolated'),
    { say: 'take 2', who: 'colleague' },
    { pass: 180 },
    { pass: 32 },
    ...say('first report', 'ask for approval'),
    { tap: 'Approve', who: 'colleague' },
    { file: '2026-0331-17' },
  ],
  'zh-CN': [
    ...say('新建事件 支付系统疑似用户数据泄露'),
    { tap: '否' },
    { tap: '自有告警' },
    { tick: ['数据泄露', '涉嫌违法犯罪'] },
    { tick: ['个人信息'] },
    ...say('120万'),
    { tap: '确认较大' },
    ...say('2 地点：上海机房', '2 影响：约120万名用户', '2 措施：已隔离'),
    { say: '认领 2', who: 'colleague' },
    { pass: 180 },
    { pass: 32 },
    ...say('首报', '提请审批'),
    { tap: '批准', who: 'colleague' },
    { file: '2026-0331-17' },
  ],
};

const isNew = ({ where, what }: Sent): boolean => where === CHANNEL && what === 'chat.postMessage';
const isEphemeral = ({ what }: Sent): boolean => what === 'chat.postEphemeral';
/** Slack notifies of a message that mentions somebody or is shown in the channel as well. */
function rings({ body }: Sent): boolean {
  const params = body as Readonly<Record<string, unknown>>;
  return /<[@!]/.test(String(params['text'])) || params['reply_broadcast'] === 'true';
}

it.each(['en', 'zh-CN'] as const)(
  'a standard case in %s is quiet: at most 12 new messages, 3 that ring',
  async (language) => {
    const driver = await slackDriver(language);
    const acts: { readonly did: string; readonly messages: number; readonly rings: number; readonly own: number }[] =
      [];
    try {
      await driver.received();
      for (const step of CASES[language]) {
        expect(await act(driver, step), JSON.stringify(step)).toBe(true);
        const sent = await driver.received();
        const posted = sent.filter(isNew);
        const own = sent.filter(isEphemeral).length;
        acts.push({ did: JSON.stringify(step), messages: posted.length, rings: posted.filter(rings).length, own });
      }
    } finally {
      await driver.stop();
    }
    expect(acts.at(-1), 'the filing').toMatchObject({ messages: 1 });
    const sum = (of: 'messages' | 'rings'): number => acts.reduce((all, one) => all + one[of], 0);
    expect(sum('messages')).toBeLessThanOrEqual(12);
    expect(sum('rings')).toBeLessThanOrEqual(3);
    // One new message for one thing a person did: the card, and its first question below it.
    for (const { did, messages } of acts.slice(1)) expect(messages, did).toBeLessThanOrEqual(1);
  },
);
