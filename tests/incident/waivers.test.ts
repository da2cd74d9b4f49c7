import { describe, expect, it } from 'vitest';
import { localise } from '../../src/conversation/cards/localise.ts';
import { dutyRows } from '../../src/conversation/filing/obligations.ts';
import { closingNeeds } from '../../src/incident/closing.ts';
import type { Command } from '../../src/incident/commands.ts';
import { isoOf } from '../../src/incident/drill-clock.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { InspectionItem } from '../../src/law/inspection.ts';
import { reportWith } from '../../src/law/regime.ts';
import { leniencyPack } from '../../src/report/evidence.ts';
import { dossierOf } from '../../src/report/inspection/dossier.ts';
import { filingTopics } from '../../src/report/inspection/handling-topics.ts';
import { documentLines } from '../../src/report/paper.ts';
import { owedReports } from '../../src/report/updates.ts';
import { clockBackTold } from '../../src/use-cases/notices/filing-notices.ts';
import { company, Story } from '../conversation/story.ts';

const REASON = 'agreed with counsel, see the minutes of 31 March';

/** An incident of 09:00 with a figure; `Zhao Min` agrees to what Li Wei proposes. */
function leak(people: number, profile = company): Story {
  const story = new Story('2026-03-31T09:30:00+08:00', profile);
  story.do({ type: 'declare', title: 'Leak', system: 'shop', awareness: '2026-03-31T09:00:00+08:00' });
  return story.wait(1).do({ type: 'answer', fact: 'personal_info_people', value: people });
}

function agreed(story: Story, command: Command): Story {
  story.wait(1).do(command);
  const open = story.situation.state.proposals.findLast(({ settled }) => settled === null);
  return open ? story.wait(1).do({ type: 'second', proposal: open.id, agree: true }, 'Zhao Min') : story;
}

const answer = (fact: string, value: Extract<Command, { type: 'answer' }>['value']): Command => ({
  type: 'answer',
  fact,
  value,
});

const kinds = (of: string | readonly string[]): string | string[] => (typeof of === 'string' ? of : [...of]);

describe('a certain duty that people waived', () => {
  const individuals = (story: Story) =>
    story.situation.ia.obligations.find(({ id }) => id === 'pipl.art57.individuals')?.status;
  const waived = () => agreed(leak(3_000), { type: 'not_owed', obligation: 'pipl.art57.individuals', reason: REASON });

  it('is owed again once the figures reach a higher level than its deciders saw', () => {
    const story = waived();
    expect(individuals(story)).toBe('void');
    story.wait(1).do(answer('personal_info_people', 4_000));
    expect(individuals(story)).toBe('void');
    story.wait(1).do(answer('personal_info_people', 12_000_000));
    expect(individuals(story)).toBe('running');
    agreed(story, { type: 'not_owed', obligation: 'pipl.art57.individuals', reason: REASON });
    expect(individuals(story)).toBe('void');
  });

  it.each([
    ['tampered_or_forged', 'leaked_or_stolen', 'running'],
    ['lost', 'tampered_or_forged', 'running'],
    ['unknown', 'leaked_or_stolen', 'running'],
    ['tampered_or_forged', ['tampered_or_forged', 'leaked_or_stolen'], 'running'],
    ['tampered_or_forged', 'unknown', 'void'],
    [['tampered_or_forged', 'leaked_or_stolen'], 'leaked_or_stolen', 'void'],
  ] as const)('at the same level, %j before and %j now: %s', (before, after, status) => {
    const story = leak(3_000)
      .wait(1)
      .do(answer('personal_info_compromise', kinds(before)));
    const level = story.situation.ia.assessment.floor;
    agreed(story, { type: 'not_owed', obligation: 'pipl.art57.individuals', reason: REASON });
    expect(individuals(story)).toBe('void');
    agreed(story, answer('personal_info_compromise', kinds(after)));
    expect(story.situation.ia.assessment.floor).toBe(level);
    expect(individuals(story)).toBe(status);
    agreed(story, { type: 'not_owed', obligation: 'pipl.art57.individuals', reason: REASON });
    expect(individuals(story)).toBe('void');
  });
});

describe('a certain duty with a threshold below those of the levels', () => {
  const threshold = { fact: 'personal_info_people', atLeast: 500_000 };
  const lost = { fact: 'personal_info_compromise', in: ['lost'] };
  const contract = (when: object) => ({
    ...{ id: 'acme', customer: { zh: '客户', en: 'Acme' }, when, hours: 24, from: 'awareness' },
    notify: { name: 'Acme SOC' },
  });
  const status = (story: Story) => story.situation.ia.obligations.find(({ id }) => id === 'contract.acme')?.status;

  it.each([
    ['another of its grounds', { any: [lost, threshold] }, 'running'],
    ['no ground of it', lost, 'void'],
  ] as const)('waived at 3,000 people, is at 900,000, where the threshold is %s: %#', (_, when, then) => {
    const story = leak(3_000, organisationSchema.parse({ ...company, contracts: [contract(when)] }));
    story.wait(1).do(answer('personal_info_compromise', 'lost'));
    agreed(story, { type: 'not_owed', obligation: 'contract.acme', reason: REASON });
    expect(status(story)).toBe('void');
    const level = story.situation.ia.assessment.floor;
    story.wait(1).do(answer('personal_info_people', 900_000));
    expect(story.situation.ia.assessment.floor).toBe(level);
    expect(status(story)).toBe(then);
  });
});

describe('a duty waived while it was only possible', () => {
  const open = (story: Story) =>
    story.situation.ia.clocks.flatMap(({ form, status, provisional }) =>
      form === 'first' && !provisional ? [status] : [],
    );
  const waived = () => agreed(leak(50_000), { type: 'not_owed', obligation: 'cac.art4.other', reason: REASON });

  it.each([
    ['a higher figure', answer('personal_info_people', 1_200_000)],
    ['another figure', answer('direct_loss_cny', 6_000_000)],
    ['a running outage', answer('site_outage_minutes', { since: '2026-03-31T06:00:00+08:00' })],
    ['a level that people decided', { type: 'decide_level', level: 'major', reason: REASON } as const],
  ])('is owed again once it is certain by %s, and people are told', (_, command) => {
    const story = waived();
    expect(story.situation.ia.owed).not.toContain('cac.art4.other');
    const before = story.situation;
    story.wait(1).do(command);
    expect(open(story)).toEqual(['running']);
    const told = clockBackTold(story.situation, before.state, () => before.ia);
    expect(told).toMatchObject({ ring: true });
  });

  it('stays waived while it is only possible, and can be waived again with the same reason', () => {
    const story = waived().wait(1).do(answer('personal_info_people', 60_000));
    expect(story.situation.ia.owed).not.toContain('cac.art4.other');
    story.wait(1).do(answer('daily_life_people', 10));
    expect(story.situation.ia.owed).not.toContain('cac.art4.other');
  });

  it('that was certain when two people waived it stays waived', () => {
    const story = leak(1_200_000).do(answer('affected', ['personal_info']));
    agreed(story, { type: 'not_owed', obligation: 'pipl.art57.individuals', reason: REASON });
    story.wait(1).do(answer('personal_info_people', 1_300_000));
    expect(story.situation.ia.owed).not.toContain('pipl.art57.individuals');
  });
});

describe('a waived report on news', () => {
  const needs = ({ situation }: Story) =>
    closingNeeds(situation.state, situation.ia, owedReports(situation)).filter((one) => one.startsWith('report.'));
  /** Filed at 09:54 with 1.2 million, then 1.3 million; 续报 and 补报 waived by two people. */
  const waived = (): Story => {
    const story = leak(1_200_000)
      .do(answer('site_outage_minutes', { since: '2026-03-31T09:20:00+08:00' }))
      .do(answer('suspected_crime', false));
    const { regime } = story.situation;
    story.wait(10).do({ type: 'compile_draft', report: reportWith(regime, 'first'), cannotDetermine: [] });
    story.wait(1).do({
      type: 'record_filing',
      obligation: 'cac.art4.other',
      channel: 'web_12387',
      at: isoOf(story.now),
      draft: 1,
      contradictionsKept: REASON,
    });
    story.wait(5).do(answer('personal_info_people', 1_300_000));
    expect(needs(story)).toEqual(['report.update', 'report.supplement']);
    for (const obligation of ['report.update', 'report.supplement']) {
      agreed(story, { type: 'not_owed', obligation, reason: REASON });
    }
    expect(needs(story)).toEqual([]);
    return story;
  };

  it('stays waived while only time passes', () => {
    expect(needs(waived().wait(20))).toEqual([]);
  });

  it.each<readonly [string, (story: Story) => Story]>([
    ['a figure', (story) => story.do(answer('personal_info_people', 1_400_000))],
    ['an outage that lifts the level by itself', (story) => story.wait(26 * 60)],
    [
      'an earlier time of awareness, not confirmed',
      (story) => story.do({ type: 'add_awareness', at: '2026-03-31T08:00:00+08:00', source: 'call', reachedUs: true }),
    ],
    ['another figure', (story) => story.do(answer('direct_loss_cny', 6_000_000))],
    [
      'words of a field',
      (story) =>
        story.do({
          type: 'fill_field',
          field: 'art7.2.place',
          value: { state: 'known', text: 'Shanghai' },
          wording: '上海市',
        }),
    ],
    ['a higher level', (story) => story.do({ type: 'decide_level', level: 'significant', reason: REASON })],
  ])('is owed again after %s, and can be waived for that too', (_, change) => {
    const story = change(waived());
    expect(needs(story)).not.toEqual([]);
    for (const obligation of needs(story)) agreed(story, { type: 'not_owed', obligation, reason: REASON });
    expect(needs(story)).toEqual([]);
  });
});

describe("an authority's request that people drop", () => {
  const commands: readonly Command[] = [
    { type: 'drop_request', request: 'request.1', reason: REASON },
    { type: 'not_owed', obligation: 'request.1', reason: REASON },
  ];

  it.each(commands)('by $type needs two people, and says so wherever the request is told', (command) => {
    const story = leak(1_200_000);
    const due = isoOf(story.now + 3_600_000);
    const request = { type: 'add_request', recipient: 'public_security', receivedAt: isoOf(story.now), due } as const;
    story.do({ ...request, from: '浦东公安分局', what: '提供日志' });
    const status = () => story.situation.ia.obligations.find(({ id }) => id === 'request.1')?.status;
    story.wait(1).do(command);
    expect([status(), story.situation.state.notOwed]).toEqual(['running', {}]);
    const open = story.situation.state.proposals.findLast(({ settled }) => settled === null);
    story.do({ type: 'second', proposal: open?.id ?? '', agree: true }, 'Zhao Min');
    expect(status()).toBe('void');
    const { situation } = story;
    const pack = leniencyPack({ ...situation, language: 'en', steps: [], headHash: '' });
    const item: InspectionItem = { id: 'x', topic: 'authority_requests', title: { zh: '', en: '' }, answers: [] };
    const dossier = dossierOf({ ...situation, events: [], hashes: new Map() }, 'en');
    const board = dutyRows(situation).find(({ duty }) => duty.id === 'request.1');
    const told = [
      documentLines(pack).join('\n').split('浦东公安分局：提供日志')[1] ?? '',
      filingTopics
        .authority_requests([dossier], item)
        .map(({ text }) => text)
        .join(),
      board ? localise(board.state, 'en') : '',
    ];
    for (const text of told) expect(text).toMatch(/Li Wei \(proposed\), Zhao Min \(agreed\)[\s\S]*minutes of 31 March/);
    expect(story.try({ type: 'withdraw_decision', about: 'request.1' })).toBeNull();
    expect(status()).toBe('running');
  });
});
