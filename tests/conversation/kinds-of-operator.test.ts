import { describe, expect, it } from 'vitest';
import { nextQuestion } from '../../src/conversation/asking/next-question.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import { dutyRows } from '../../src/conversation/filing/obligations.ts';
import { saidLine } from '../../src/conversation/record/command-confirmations.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { company, Story } from './story.ts';

/** An entity that runs both kinds of system, and one that is a central organ as well; systems with and without a mark. */
const organisation = organisationSchema.parse({
  ...company,
  entities: [
    { id: 'bj', name: '北京公司', province: '11', operator: ['other', 'cii_involved'] },
    { id: 'zy', name: '中央单位', province: '11', operator: ['central_state_organ', 'cii_involved'] },
  ],
  systems: [
    { id: 'unmarked', name: '门户', entity: 'bj' },
    { id: 'plain', name: '内网', entity: 'bj', cii: false },
    { id: 'grid', name: '调度', entity: 'bj', cii: true },
    { id: 'core', name: '专网', entity: 'zy', cii: true },
    { id: 'office', name: '办公', entity: 'zy' },
  ],
});
const CII = ['cac.art4.cii.protection_department', 'cac.art4.cii.public_security'];

function leakAt(system: string): Story {
  return new Story('2026-03-31T09:42:00+08:00', organisation)
    .do({ type: 'declare', title: '数据泄露', system })
    .do({ type: 'answer', fact: 'affected', value: ['personal_info'] })
    .do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
}
const first = ({ situation }: Story) =>
  situation.ia.obligations.filter(({ form, status }) => form === 'first' && status !== 'void');
const certain = (story: Story): readonly string[] =>
  first(story)
    .flatMap(({ id, provisional }) => (provisional ? [] : [id]))
    .toSorted();
const asked = ({ situation }: Story) => nextQuestion(situation)?.id;

describe('the kind of operator of an incident', () => {
  it.each([
    ['grid', CII],
    ['plain', ['cac.art4.other']],
    ['core', [...CII, 'cac.art4.central'].toSorted()],
  ])('is that of entity and system together, where the system is marked: %s', (system, ids) => {
    const story = leakAt(system);
    expect(certain(story)).toEqual(ids);
    expect(
      first(story)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(ids);
    expect(asked(story)).not.toBe('operator');
  });

  it.each([
    ['unmarked', []],
    ['office', ['cac.art4.central']],
  ])('is asked first where the system has no mark, and what depends on it is only possible: %s', (system, ids) => {
    const story = leakAt(system);
    expect(asked(story)).toBe('operator');
    expect(certain(story)).toEqual(ids);
    expect(first(story).flatMap(({ id, provisional }) => (provisional ? [id] : []))).toEqual(
      expect.arrayContaining(CII),
    );
  });

  it('the answer names every recipient, each with its own deadline', () => {
    const story = leakAt('office').do({ type: 'answer', fact: 'operator', value: 'cii_involved' });
    const said = saidLine(story.situation, { type: 'answer', fact: 'operator', value: 'cii_involved' });
    const text = said ? localise(said, 'zh-CN') : '';
    expect(text).toMatch(/10:42前报.*保护工作部门.*公安机关.*11:42前报.*网信工作机构/);
  });

  it('a duty of a kind that is certain names no kind as its condition, while another one is asked about', () => {
    const conditions = (people: number) => {
      const story = leakAt('office').do({ type: 'answer', fact: 'personal_info_people', value: people });
      return Object.fromEntries(
        dutyRows(story.situation).flatMap(({ duty, state }) =>
          duty.form === 'first' ? [[duty.id, localise(state, 'zh-CN')]] : [],
        ),
      );
    };
    expect(conditions(1_200_000)).toEqual({
      'cac.art4.central': '尚未报送',
      ...Object.fromEntries(CII.map((id) => [id, '如涉及关基'])),
    });
    expect(conditions(900_000)['cac.art4.central']).not.toContain('中央');
  });
});
