import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correctionForm, questionOf } from '../../src/conversation/asking/fact-forms.ts';
import { readAnswer } from '../../src/conversation/asking/read-answer.ts';
import type { StatedValue } from '../../src/incident/commands/parts.ts';
import { documentLines } from '../../src/report/paper.ts';
import { run } from '../regimes/support.ts';
import { Case, company, leakCase, minutes, regime, reportOf } from './cases.ts';

/** Several outages of one incident: stated one by one, added up until a person reads the guide otherwise, printed as stated. */

const WHOLE = 'cii_whole_outage_minutes';
const graded = (value: unknown) =>
  run({ operator: 'cii_involved', now: '2026-03-31T12:00:00+08:00', facts: { [WHOLE]: value } });
const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;

describe('the level', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 2, maxLength: 6 });

  test('is that of the sum, with a warning where the longest alone would give another', () => {
    fc.assert(
      fc.property(lengths, (spans) => {
        const sum = spans.reduce((total, one) => total + one, 0);
        const several = graded({ spans });
        expect(several.floor).toBe(graded(sum).floor);
        const longest = graded(Math.max(...spans)).floor;
        const warning = several.warnings.find(({ question }) => question === 'durations_added');
        expect(warning?.levelIfReadOtherwise ?? several.floor).toBe(longest);
      }),
      { numRuns: 60 },
    );
  });

  test('times and lengths count alike, and what goes on counts up to now', () => {
    const timed = { spans: [{ since: at('09:00'), until: at('09:06') }, 5] };
    expect(graded(timed).floor).toBe('major');
    expect(graded({ spans: [4, { since: at('11:54') }] }).floor).toBe('major');
    expect(graded({ spans: [3, { since: at('11:54') }] }).floor).toBe('general');
  });
});

const down = (it: Case, value: StatedValue) => it.do('chen-yu', { type: 'answer', fact: WHOLE, value });

describe('an incident', () => {
  const cii = (): Case => {
    const it = new Case(company);
    it.must('li-wei', { type: 'declare', title: '调度系统中断', awareness: at('09:20') });
    it.must('chen-yu', { type: 'answer', fact: 'system', value: 'grid' });
    return it;
  };

  test('refuses outages that overlap, or go on before another', () => {
    for (const spans of [
      [
        { since: at('09:00'), until: at('09:30') },
        { since: at('09:20'), until: at('09:40') },
      ],
      [{ since: at('09:00') }, { since: at('09:20'), until: at('09:40') }],
      [{ since: at('09:30'), until: at('09:00') }, 3],
    ])
      expect(down(cii(), { spans }).ok, JSON.stringify(spans)).toBe(false);
  });

  test('reaches the threshold when the sum does, and a person may read the guide otherwise, by two', () => {
    const it = cii();
    it.now = Date.parse(at('13:00'));
    it.must('chen-yu', {
      type: 'answer',
      fact: WHOLE,
      value: { spans: [{ since: at('09:00'), until: at('09:06') }, { since: at('12:57') }] },
    });
    expect(it.assess().assessment.floor).toBe('general');
    const next = it.assess().crossings.find(({ fact }) => fact === WHOLE);
    expect(Date.parse(next?.at ?? '')).toBe(Date.parse(at('13:01')));
    it.now += minutes(1);
    expect(it.assess().assessment.floor).toBe('major');
    it.must('chen-yu', {
      type: 'answer',
      fact: WHOLE,
      value: {
        spans: [
          { since: at('09:00'), until: at('09:06') },
          { since: at('12:57'), until: at('13:01') },
        ],
      },
    });
    expect(it.assess().assessment.floor).toBe('major');
    expect(it.assess().assessment.warnings.map(({ question }) => question)).toContain('durations_added');
    it.do('li-wei', { type: 'settle_question', question: 'durations_added', reading: 'longest', reason: 'x' });
    expect(it.assess().assessment.floor, 'one person alone').toBe('major');
  });

  test.each([
    ['zh', '关键信息基础设施整体中断运行，先后2次：2026年3月31日09时00分至09时06分（6分钟）、7分钟，累计13分钟'],
    ['en', '2 times'],
  ] as const)('prints each as it was stated (%s)', (language, said) => {
    const it = cii();
    expect(down(it, { spans: [{ since: at('09:00'), until: at('09:06') }, 7] }).ok).toBe(true);
    expect(documentLines(reportOf(it, { language })).join('\n')).toContain(said);
  });
});

describe('the answer', () => {
  const story = leakCase();
  const situation = { state: story.current, ia: story.assess(), regime };
  const question = questionOf(situation, 'site_outage_minutes');
  if (!question) throw new Error('not asked');
  const two = [
    { since: '2026-03-31T09:00:00.000+08:00', until: '2026-03-31T09:06:00.000+08:00' },
    { since: '2026-03-31T10:00:00.000+08:00', until: '2026-03-31T10:07:00.000+08:00' },
  ];
  const same = (spans: unknown) => JSON.parse(JSON.stringify(spans).replaceAll('.000', ''));

  test.each([
    ['断了两次，各6分钟', [6, 6]],
    ['2次，每次6分钟', [6, 6]],
    ['twice, 6 minutes each', [6, 6]],
    ['3 times 6 minutes', [6, 6, 6]],
    ['6分钟、7分钟', [6, 7]],
    ['6 minutes and 7 minutes', [6, 7]],
    ['两次：6分钟和7分钟', [6, 7]],
    ['9:00至9:06；10:00至10:07', two],
    ['9:00 to 9:06; 10:00 to 10:07', two],
  ])('%s', (words, spans) => {
    const read = readAnswer(question, words, situation);
    if (read?.kind !== 'commands') throw new Error(`${words}: ${JSON.stringify(read)}`);
    const [command] = read.commands;
    expect(same(command?.type === 'answer' && command.value)).toEqual(same({ spans }));
  });

  test.each([
    '9点到9点半，30分钟',
    '6分钟',
    '1小时30分钟',
    '9点到9点半',
    '两次',
    '3次：6分钟、7分钟',
    '9点起；10点到11点',
  ])('%s is not several', (words) => {
    expect(JSON.stringify(readAnswer(question, words, situation))).not.toContain('spans');
  });

  test('by the form', () => {
    const args = { incident: 'INC-2026-0001', fact: 'site_outage_minutes' };
    const parsed = correctionForm.parse(situation, args, { since: '6分钟；7分钟', until: '', basis: '' });
    expect(parsed).toMatchObject({ commands: [{ type: 'answer', value: { spans: [6, 7] } }] });
  });
});

test('the figures of related units: whoever relates two incidents is asked if they count together', () => {
  const it = leakCase();
  const asks = () => it.assess().assessment.warnings.map(({ question }) => question);
  expect(asks()).not.toContain('related_added');
  it.must('li-wei', { type: 'relate', incident: 'INC-2026-0002', how: 'related' });
  expect(asks()).toContain('related_added');
  it.must('li-wei', { type: 'relate', incident: 'INC-2026-0002', how: 'none' });
  expect(asks()).not.toContain('related_added');
});
