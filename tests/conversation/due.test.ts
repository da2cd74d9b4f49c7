import { beforeEach, describe, expect, it } from 'vitest';
import { headline } from '../../src/conversation/cards/headline.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import { recipientText } from '../../src/conversation/cards/situation.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { reminderCard } from '../../src/conversation/reminding/reminders.ts';
import { parseStep } from '../../src/incident/steps.ts';
import { read, regime, Story } from './story.ts';

let story: Story;
beforeEach(() => {
  story = new Story('2026-03-31T09:42:00+08:00');
  story.do({ type: 'declare', title: '支付系统疑似用户数据泄露' });
});

const CII = 60;
/** The reminder of a step at a time of that day, about the clocks of so many minutes, or all. */
function reminder(time: string, step: string, minutes: number | null, language: 'en' | 'zh-CN'): string[] {
  story.now = Date.parse(`2026-03-31T${time}:00+08:00`);
  const { ia } = story.situation;
  const obligations = ia.clocks.filter((c) => minutes === null || c.dueMinutes === minutes).map(({ id }) => id);
  return read(reminderCard(story.situation, { step: parseStep(step), dueAt: ia.now, obligations }, null), language);
}
function surface(key: string, language: 'en' | 'zh-CN'): string[] {
  const { state, ia } = story.situation;
  const found = surfacesOf({ state, ia, regime }).find((one) => one.key === key);
  return found ? read(found.card, language) : [];
}

describe('while it is open whether a CII is involved', () => {
  it('says on what the first deadline depends, and whom it concerns once', () => {
    const lines = reminder('10:42', 'due', CII, 'zh-CN');
    expect(lines.slice(0, 3)).toEqual([
      'INC-2026-0007 · 已到时限（如涉及关基）',
      '如属较大以上，向保护工作部门、公安机关报送首报，时限10:42，尚未报送；请立即报送，再登记 · 支付系统疑似用户数据泄露',
      '如属较大以上，向保护工作部门、公安机关报送首报，时限10:42，尚未报送；请立即报送，再登记',
    ]);
    expect(lines.filter((line) => line.includes('公安机关'))).toHaveLength(2);
    expect(lines).toContain('请先回答：是否涉及关键信息基础设施。');
  });

  it('leads with the deadline that is still ahead, and lists the one that has passed', () => {
    const lines = reminder('12:42', 'late120', null, 'en');
    expect(lines[0]).toBe('1 h left for INC-2026-0007, if no CII is involved');
    expect(lines[1]).toMatch(
      /^First report to the provincial .* by 13:42, if the level is [^·]* or above · 支付系统疑似用户数据泄露$/,
    );
    expect(lines).toContain(
      'First report to the protection department (保护工作部门) and the police (公安机关) was due at 10:42 and is not filed, if the level is 较大 (Major, 2 of 4) or above and CII is involved',
    );
  });

  it('names the deadline that ends now, not the older one, with the fastest way next to it', () => {
    const lines = reminder('13:42', 'due', null, 'zh-CN');
    expect(lines.slice(0, 7)).toEqual([
      'INC-2026-0007 · 已到时限',
      '如属较大以上且不涉及关基，向属地省级网信部门报送首报，时限13:42，尚未报送；请立即报送，再登记 · 支付系统疑似用户数据泄露',
      '如属较大以上且不涉及关基，向属地省级网信部门报送首报，时限13:42，尚未报送；请立即报送，再登记',
      '请先回答：是否涉及关键信息基础设施。',
      '最快方式：拨打12387，按电话报告稿报告。',
      '事件：支付系统疑似用户数据泄露',
      '首报：10:42前应报保护工作部门、公安机关，尚未报送，请立即报送（如属较大以上且涉及关基）',
    ]);
  });

  it('says that nobody answered only while nobody did', () => {
    expect(reminder('10:30', 'm15', CII, 'zh-CN').join()).toContain('请先回答');
    story.do({ type: 'answer', fact: 'operator', value: 'unknown' });
    const said = reminder('10:30', 'm15', CII, 'zh-CN').join();
    expect(said).toContain('目前尚不清楚，请尽快查明');
    expect(said).not.toContain('请先回答');
  });

  it('does not say that nothing is missing below what somebody has yet to enter', () => {
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) story.do({ type: 'take_item', item: `art7.${n}` });
    const { ia, state } = story.situation;
    const due = { step: parseStep('m15'), dueAt: ia.now, obligations: ia.clocks.map(({ id }) => id) };
    const said = read(reminderCard(story.situation, due, null, [state.lead]), 'zh-CN').join();
    expect(said).toContain('负责的内容还缺');
    expect(said).not.toContain('首报所需内容已齐');
  });

  it('leaves neither out on the card once both have passed', () => {
    reminder('13:42', 'due', null, 'en');
    expect(surface('status', 'zh-CN')[1]).toBe(
      '如属较大以上：涉及关键信息基础设施的，已逾期（时限10:42），请立即报保护工作部门、公安机关；其他情形，报属地省级网信部门的时限（13:42）已到，尚未报送，请立即报送',
    );
    reminder('14:42', 'late60', null, 'en');
    expect(surface('status', 'zh-CN')[1]).toBe(
      '已逾期，请立即报送，再登记。如属较大以上：涉及关键信息基础设施的，应于10:42前报保护工作部门、公安机关，已逾期4小时；其他情形，应于13:42前报属地省级网信部门，已逾期1小时',
    );
  });
});

it('with a known operator the reminder leads with the clock whose step it is', () => {
  story.do({ type: 'answer', fact: 'operator', value: 'other' });
  const request = { from: '上海市网信办', recipient: 'provincial_cac', what: '补充材料' } as const;
  const times = { receivedAt: '2026-03-31T09:42:00+08:00', due: '2026-03-31T11:00:00+08:00' };
  story.do({ type: 'add_request', ...request, ...times });
  expect(reminder('13:42', 'due', null, 'zh-CN').slice(0, 2)).toEqual([
    'INC-2026-0007 · 已到时限',
    '如属较大以上，向属地省级网信部门报送首报，时限13:42，尚未报送；请立即报送，再登记 · 支付系统疑似用户数据泄露',
  ]);
});

it('what a phone shows of a question names the incident and the next deadline', () => {
  expect(surface('question', 'zh-CN')[1]).toBe(
    'INC-2026-0007 · 支付系统疑似用户数据泄露 · 级别：尚未确定 · 下一时限10:42（如属较大以上且涉及关基）',
  );
  expect(surface('question', 'en')[1]).toBe(
    'INC-2026-0007 · 支付系统疑似用户数据泄露 · level: not known yet · next deadline 10:42, if the level is 较大 (Major, 2 of 4) or above and critical information infrastructure (CII) is involved',
  );
});

describe('a call that may be the only way to be in time', () => {
  const OTHER = 240;
  const CALL = /(?:请|最快的方式是)先打电话报告|最快方式：拨打12387/;

  it.each([
    ['09:43', 'share50', CII, true],
    ['10:12', 'm30', CII, true],
    ['10:42', 'due', CII, true],
    ['11:12', 'late30', CII, true],
    ['11:42', 'share50', OTHER, false],
    ['13:12', 'm30', OTHER, true],
    ['13:42', 'due', OTHER, true],
    ['14:12', 'late30', OTHER, true],
  ] as const)('at %s (%s, %d minutes) is named with its script: %s', (time, step, minutes, isNamed) => {
    const lines = reminder(time, step, minutes, 'zh-CN');
    expect([CALL.test(lines.join('\n')), lines.at(-1)?.includes('[电话报告稿]')]).toEqual([isNamed, isNamed]);
  });

  it('is asked for below the open question that decides whom to call, by each answer to it', () => {
    const lines = reminder('10:12', 'm30', CII, 'zh-CN');
    const asked = lines.indexOf('请先回答：是否涉及关键信息基础设施。');
    expect(lines.slice(asked, asked + 2)).toEqual([
      '请先回答：是否涉及关键信息基础设施。',
      '回答“是”或一时不能确认的，请先打电话报告，再补送书面报告。',
    ]);
  });

  it('is never asked for in a drill or after a state-secret stop', () => {
    story.do({ type: 'stop_state_secret' });
    expect(reminder('10:12', 'm30', CII, 'zh-CN').join('\n')).not.toMatch(CALL);
    story = new Story('2026-03-31T09:42:00+08:00');
    story.do({ type: 'declare', title: 'Drill', drill: true });
    expect(reminder('10:12', 'm30', CII, 'zh-CN').join('\n')).not.toMatch(CALL);
  });
});

describe('the line on the first report names its recipient', () => {
  const KINDS = ['other', 'cii_involved', 'central_state_organ', ['other', 'cii_involved']] as const;
  const cases = KINDS.flatMap((operator) => [null, 1_200_000].map((people) => ({ operator, people })));

  it.each(cases)('before, at and after the limit: $operator, $people people', ({ operator, people }) => {
    const told = new Story('2026-03-31T09:42:00+08:00');
    told
      .do({ type: 'declare', title: 'Leak' })
      .do({ type: 'answer', fact: 'operator', value: typeof operator === 'string' ? operator : [...operator] });
    if (people !== null) told.do({ type: 'answer', fact: 'personal_info_people', value: people });
    const clocks = told.situation.ia.obligations.filter(({ form, due }) => form === 'first' && due !== null);
    const limits = [...new Set(clocks.flatMap(({ due }) => due ?? []))].toSorted();
    const [limit = ''] = limits;
    const recipients = clocks.filter(({ due }) => due === limit).flatMap(({ recipient }) => recipient ?? []);
    expect(recipients.length).toBeGreaterThan(0);
    for (const minutes of [-5, 0, 12, 600]) {
      told.now = Date.parse(limit) + minutes * 60_000;
      for (const language of ['en', 'zh-CN'] as const) {
        const line = localise(headline(told.situation), language);
        for (const one of recipients)
          expect(line, `${minutes}`).toContain(localise(recipientText(told.situation, one), language));
      }
    }
  });
});
