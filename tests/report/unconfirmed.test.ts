import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { isoOf } from '../../src/incident/drill-clock.ts';
import type { InspectionItem } from '../../src/law/inspection.ts';
import { reportWith } from '../../src/law/regime.ts';
import type { ReportRole } from '../../src/law/types.ts';
import { compileReport } from '../../src/report/compile.ts';
import { dossierOf } from '../../src/report/inspection/dossier.ts';
import { handlingTopics } from '../../src/report/inspection/handling-topics.ts';
import { documentLines } from '../../src/report/paper.ts';
import { papersOf } from '../../src/report/papers.ts';
import { company, Story } from '../conversation/story.ts';
import { allPacks } from '../fakes/law.ts';

/** Statements that wait for a second person, and those taken back, as the papers print them. */

const REASON = 'agreed with counsel, see the minutes of 31 March';
const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;
type Value = Extract<Command, { type: 'answer' }>['value'];

function declared(): Story {
  const story = new Story(at('09:30'), company);
  return story.do({ type: 'declare', title: 'Leak', system: 'shop', awareness: at('09:00') });
}

function linesOf(story: Story, role: ReportRole = 'first'): readonly string[] {
  const order = { report: reportWith(story.situation.regime, role), cannotDetermine: [] };
  return documentLines(compileReport(story.situation, order, 'zh'));
}

const impact = (story: Story): string => linesOf(story).find((line) => line.startsWith('（五）')) ?? '';

describe('an answer that waits for a second person', () => {
  const cases: readonly (readonly [fact: string, stated: Value, now: Value, printed: string, gone: string])[] = [
    ['personal_info_people', 1_200_000, 0, '约120万人（待复核）', ''],
    ['personal_info_people', 1_200_000, 'unknown', '约120万人（待复核）', ''],
    ['personal_info_people', 1_200_000, 3_000, '约3,000人（待复核）', '120万'],
    ['direct_loss_cny', 6_000_000, 0, '600万元（待复核）', ''],
    ['site_outage_minutes', 700, 0, '共约11小时40分（待复核）', ''],
    ['site_outage_minutes', 700, 'unknown', '共约11小时40分（待复核）', ''],
    ['site_outage_minutes', 700, 5, '共约5分钟（待复核）', '11小时'],
    ['site_outage_minutes', { since: at('05:00') }, { since: at('05:00'), until: at('05:05') }, '5分钟（待复核）', ''],
  ];

  it.each(cases)('%s %j → %j is printed with its mark: %s', (fact, stated, now, printed, gone) => {
    const story = declared().do({ type: 'answer', fact, value: stated });
    const confirmed = impact(story);
    expect(confirmed).not.toContain('待复核');
    story.wait(1).do({ type: 'answer', fact, value: now });
    const [open] = story.situation.state.proposals;
    expect(open?.settled).toBeNull();
    expect(impact(story)).toContain(printed);
    if (gone !== '') expect(impact(story)).not.toContain(gone);
    story.do({ type: 'second', proposal: open?.id ?? '', agree: false }, 'Zhao Min');
    if (typeof stated === 'number') expect(impact(story)).toBe(confirmed);
    expect(impact(story)).not.toContain('待复核');
  });

  it('core data do not leave the report because one person says that there are none', () => {
    const answers: readonly (readonly [string, Value])[] = [
      ['data_class', ['core']],
      ['data_compromise', ['leaked_or_stolen']],
      ['data_threat', 'serious'],
    ];
    const story = declared();
    for (const [fact, value] of answers) story.do({ type: 'answer', fact, value });
    expect(impact(story)).toContain('核心数据：泄露或者被窃取');
    story.wait(1).do({ type: 'answer', fact: 'data_class', value: ['none'] });
    expect(story.situation.state.proposals).toHaveLength(1);
    expect(impact(story)).toContain('核心数据：泄露或者被窃取（待复核）');
  });
});

describe('figures of what did not happen, or not in that way', () => {
  const answered = (answers: Readonly<Record<string, Value>>): Story => {
    const story = declared();
    for (const [fact, value] of Object.entries(answers)) {
      story.do({ type: 'answer', fact, value });
      for (const { id, settled } of story.situation.state.proposals)
        if (!settled) story.do({ type: 'second', proposal: id, agree: true }, 'Zhao Min');
    }
    return story;
  };
  const spread = { tampered_illegal_content: true, tampered_home_page_minutes: 45, tampered_other_page_minutes: 150 };
  const counts = { tampered_forwards: 50_000, tampered_views: 70_000, tampered_finding: 'fairly_large' };

  it('no report says how far illegal content spread after two people denied that it did', () => {
    const told = answered({ ...spread, ...counts });
    for (const figure of ['45分钟', '2小时30分', '5万次', '7万次', '较大范围传播'])
      expect(impact(told)).toContain(figure);
    told.do({ type: 'answer', fact: 'tampered_illegal_content', value: false });
    expect(impact(told)).toContain('被转发约5万次');
    const [open] = told.situation.state.proposals;
    told.do({ type: 'second', proposal: open?.id ?? '', agree: true }, 'Zhao Min');
    expect(impact(told)).not.toMatch(/违法|转发|浏览|传播/);
  });

  const kinds: readonly (readonly [Value | null, string])[] = [
    [null, '泄露的公民个人信息涉及约120万人'],
    ['unknown', '泄露的公民个人信息涉及约120万人'],
    [['leaked_or_stolen', 'lost'], '泄露的公民个人信息涉及约120万人'],
    [['lost'], '受影响的公民个人信息涉及约120万人'],
    [['tampered_or_forged'], '受影响的公民个人信息涉及约120万人'],
    [['none'], '受影响的公民个人信息涉及约120万人'],
  ];
  it.each(kinds)('120万 people of whose information %j is stated: %s', (compromise, printed) => {
    const stated = compromise === null ? {} : { personal_info_compromise: compromise };
    expect(impact(answered({ personal_info_people: 1_200_000, ...stated }))).toContain(printed);
  });
});

interface Relieving {
  readonly fact: string;
  readonly stated: Value;
  readonly now: Value;
  /** Answers on which the effect of the changed one depends. */
  readonly others?: Readonly<Record<string, Value>>;
}
const DATA = { data_class: ['core'], data_compromise: ['leaked_or_stolen'], data_threat: 'serious' };
/** Answers that lose a duty, so that a second person has to agree. */
const RELIEVING: readonly Relieving[] = [
  { fact: 'occurrence', stated: at('08:00'), now: at('09:20') },
  { fact: 'personal_info_compromise', stated: ['leaked_or_stolen'], now: ['none'] },
  { fact: 'personal_info_people', stated: 1_200_000, now: 0 },
  { fact: 'personal_info_people', stated: 1_200_000, now: { min: 0, max: 900_000 } },
  { fact: 'data_class', stated: ['core'], now: ['none'], others: DATA },
  { fact: 'data_compromise', stated: ['leaked_or_stolen'], now: ['none'], others: DATA },
  {
    fact: 'personal_info_compromise',
    stated: ['leaked_or_stolen'],
    now: ['lost'],
    others: { personal_info_people: 1_200_000 },
  },
  { fact: 'suspected_crime', stated: true, now: false },
  { fact: 'direct_loss_cny', stated: 6_000_000, now: 10 },
  { fact: 'site_outage_minutes', stated: 700, now: 5 },
  { fact: 'system', stated: 'grid', now: 'shop' },
];

describe('a statement that waits for a second person, in any report or paper', () => {
  const packs = [...allPacks().values()].map(({ pack }) => pack);
  const entities = company.entities.map((one) => ({ ...one, packs: packs.map(({ id }) => id) }));
  const allLines = (story: Story): readonly string[] => [
    ...(['first', 'update', 'final'] as const).flatMap((role) => linesOf(story, role)),
    ...papersOf(story.situation, 'zh').flatMap(({ paper }) => documentLines({ ...paper, appendix: [] })),
  ];

  it.each(RELIEVING)('$fact $now changes no line without a mark', ({ fact, stated, now, others = {} }) => {
    const story = new Story(at('09:30'), { ...company, entities }, packs);
    story.do({ type: 'declare', title: 'Leak', system: 'shop', awareness: at('09:00') });
    for (const [other, value] of Object.entries({ ...others, [fact]: stated }))
      story.do({ type: 'answer', fact: other, value });
    const before = new Set(allLines(story));
    story.do({ type: 'answer', fact, value: now });
    expect(story.situation.state.standing).not.toEqual([]);
    expect(allLines(story).filter((line) => !before.has(line) && !line.includes('待复核'))).toEqual([]);
  });
});

describe('a filing whose time no second person confirmed', () => {
  /** Due 13:00; entered at 14:03 with the time 12:30 and no proof. */
  function filed(): Story {
    const story = declared().do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    story.do({ type: 'answer', fact: 'suspected_crime', value: true });
    return story.wait(273).do({
      type: 'record_filing',
      obligation: 'cac.art4.other',
      channel: 'web_12387',
      at: at('12:30'),
      contradictionsKept: REASON,
    });
  }
  const told = (story: Story): readonly string[] =>
    [
      ...(['update', 'supplement', 'final'] as const).flatMap((role) => linesOf(story, role)),
      ...papersOf(story.situation, 'zh').flatMap(({ paper }) => documentLines(paper)),
    ].filter((line) => line.includes('12时30分'));

  it('is marked in every report and paper until two people stand by it', () => {
    const story = filed();
    expect(told(story).length).toBeGreaterThan(3);
    expect(told(story).filter((line) => !line.includes('12时30分（待复核）'))).toEqual([]);
    const [open] = story.situation.state.proposals;
    story.do({ type: 'second', proposal: open?.id ?? '', agree: true }, 'Chen Yu');
    expect(told(story).join()).not.toContain('待复核');
  });

  it('stays marked after the second person refused', () => {
    const story = filed();
    const [open] = story.situation.state.proposals;
    story.do({ type: 'second', proposal: open?.id ?? '', agree: false }, 'Chen Yu');
    expect(told(story).filter((line) => !line.includes('12时30分（待复核）'))).toEqual([]);
  });
});

describe('a level that was taken back', () => {
  const course = (story: Story): string => linesOf(story, 'final').find((line) => line.includes('处置经过')) ?? '';
  const decided = (): Story =>
    declared()
      .do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 })
      .do({ type: 'decide_level', level: 'particularly_significant', reason: REASON });

  it('is in no paper if nothing was filed with it', () => {
    const story = decided().do({ type: 'withdraw_decision', about: 'level', reason: REASON });
    story.wait(1).do({ type: 'decide_level', level: 'major' });
    expect(course(story)).toContain('定级为较大');
    expect(course(story)).not.toContain('特别重大');
  });

  it('is in no paper if another one was decided over it on the same figures', () => {
    const story = decided().wait(1).do({ type: 'decide_level', level: 'major' });
    for (const { id } of story.situation.state.proposals)
      story.do({ type: 'second', proposal: id, agree: true }, 'Zhao Min');
    expect(course(story)).toContain('定级为较大');
    expect(course(story)).not.toContain('特别重大');
  });

  it('is told if the figures changed before another one was decided', () => {
    const story = declared().do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    story.do({ type: 'decide_level', level: 'major' }).wait(30);
    story.do({ type: 'answer', fact: 'personal_info_people', value: 12_000_000 });
    story.do({ type: 'decide_level', level: 'significant' });
    expect(course(story)).toMatch(/定级为较大.*定级为重大/);
  });

  it('is told if a report was filed with it', () => {
    const story = decided().wait(5);
    const channel = 'web_12387';
    const filing = { at: isoOf(story.now), contradictionsKept: REASON };
    story.do({ type: 'record_filing', obligation: 'cac.art4.other', channel, ...filing });
    story.wait(1).do({ type: 'withdraw_decision', about: 'level', reason: REASON });
    const open = story.situation.state.proposals.find(({ settled }) => settled === null);
    if (open) story.do({ type: 'second', proposal: open.id, agree: true }, 'Zhao Min');
    expect(course(story)).toMatch(/定级为特别重大.*报送首报/);
  });
});

describe('the level that a report states', () => {
  const decide = (story: Story, level: string, more: Partial<Extract<Command, { type: 'decide_level' }>> = {}) => {
    story.wait(1).do({ type: 'decide_level', regime: story.situation.regime.id, level, reason: REASON, ...more });
    const open = story.situation.state.proposals.findLast(({ settled }) => settled === null);
    if (open) story.do({ type: 'second', proposal: open.id, agree: true }, 'Zhao Min');
  };
  const level = (story: Story, role: ReportRole = 'first') =>
    linesOf(story, role).find((line) => line.startsWith('（四）级别')) ?? '';

  it('cites the rules that lead to it, and none for a level below the figures, which they exclude', () => {
    const story = declared().do({ type: 'answer', fact: 'personal_info_people', value: 12_000_000 });
    expect(level(story)).toContain('重大第5项');
    decide(story, 'significant');
    expect(level(story)).toContain('重大第5项');
    decide(story, 'major');
    for (const role of ['first', 'update', 'final'] as const) {
      expect(level(story, role)).toContain('研判为较大网络安全事件');
      expect(level(story, role)).not.toContain('第5项');
    }
  });

  it('is that of the authority that determined it', () => {
    const story = declared().do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    decide(story, 'significant', { authority: '上海市网信办', proof: { office: '上海市网信办张科长' } });
    for (const role of ['first', 'update', 'final'] as const)
      expect(level(story, role)).toContain('经上海市网信办认定为重大网络安全事件');
    expect(linesOf(story, 'final').join()).toContain('经上海市网信办认定为重大');
    const item: InspectionItem = { id: 'x', topic: 'levels_decided', title: { zh: '', en: '' }, answers: [] };
    const dossier = dossierOf({ ...story.situation, events: [], hashes: new Map() }, 'en');
    const [told] = handlingTopics.levels_decided([dossier], item);
    expect(told?.text).toMatch(/decided by 上海市网信办 \(entered by Li Wei\)/);
  });
});
