import { expect, it } from 'vitest';
import type { Language } from '../../../src/incident/identity.ts';
import { variants } from '../../fakes/soak.ts';
import { act } from '../../golden/play.ts';
import type { Sent, Step } from '../../golden/script.ts';
import { slackDriver } from '../../golden/slack-driver.ts';
import { tableIn } from '../message-table.ts';
import { CHANNEL } from './bot.ts';

// @module-tag grows

/** Acts of the table in the documents, in its order. */
const ACTS = [
  ...(['declare', 'first question', 'answers by a press', 'verdict', 'level', 'fields', 'take'] as const),
  ...(['reminder', 'draft', 'approval', 'approved', 'filing'] as const),
] as const;
type Did = Readonly<Record<(typeof ACTS)[number], readonly Step[]>>;
const say = (line: string): readonly Step[] => [{ say: line }];
/** From the declaration to the first filing, ten minutes before the deadline. */
const CASES: Readonly<Record<Language, Did>> = {
  en: {
    declare: say('new suspected leak of customer data'),
    'first question': [{ tap: 'No' }],
    'answers by a press': [{ tap: 'Own alert' }, { tick: ['Data', 'Suspected'] }, { tick: ['Personal'] }],
    verdict: say('1.2 million'),
    level: [{ tap: 'Confirm 较大' }],
    fields: say('1 system: payments\n2 place: Shanghai\n2 impact: 1.2 million users\n2 measures: isolated'),
    take: [{ say: 'take 2', who: 'colleague' }],
    reminder: [{ pass: 180 }, { pass: 32 }],
    draft: say('first report'),
    approval: say('ask for approval'),
    approved: [{ tap: 'Approve', who: 'colleague' }],
    filing: [{ file: '2026-0331-17' }],
  },
  'zh-CN': {
    declare: say('新建事件 支付系统疑似用户数据泄露'),
    'first question': [{ tap: '否' }],
    'answers by a press': [{ tap: '监测告警' }, { tick: ['数据泄露', '涉嫌违法犯罪'] }, { tick: ['个人信息'] }],
    verdict: say('120万'),
    level: [{ tap: '确认较大' }],
    fields: say('1 系统：支付系统\n2 地点：上海机房\n2 影响：约120万名用户\n2 措施：已隔离'),
    take: [{ say: '认领 2', who: 'colleague' }],
    reminder: [{ pass: 180 }, { pass: 32 }],
    draft: say('首报'),
    approval: say('提请审批'),
    approved: [{ tap: '批准', who: 'colleague' }],
    filing: [{ file: '2026-0331-17' }],
  },
};

const isNew = ({ where, what }: Sent): boolean => where === CHANNEL && what === 'chat.postMessage';
/** Slack notifies of a message that mentions somebody or is shown in the channel as well. */
function rings({ body }: Sent): boolean {
  const params = body as Readonly<Record<string, unknown>>;
  return /<[@!]/.test(String(params['text'])) || params['reply_broadcast'] === 'true';
}

it.each(variants<'en' | 'zh-CN'>('en', 'zh-CN'))(
  'the standard case in %s, to its first filing: new messages by act, as the documents list them',
  async (language) => {
    const driver = await slackDriver(language);
    const counts: [messages: number, rings: number][] = [];
    try {
      await driver.received();
      for (const did of ACTS) {
        const posted: Sent[] = [];
        for (const step of CASES[language][did]) {
          expect(await act(driver, step), JSON.stringify(step)).toBe(true);
          posted.push(...(await driver.received()).filter(isNew));
        }
        counts.push([posted.length, posted.filter(rings).length]);
      }
    } finally {
      await driver.stop();
    }
    const sum = counts.reduce(([m, r], [messages, ringing]) => [m + messages, r + ringing], [0, 0]);
    expect(sum[0]).toBeLessThanOrEqual(12);
    expect(sum[1]).toBeLessThanOrEqual(3);
    expect(tableIn('docs/reliability.md', 'declare', 2)).toEqual([...counts, sum]);
  },
);
