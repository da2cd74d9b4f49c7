import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/conversation/cards/card.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { newsOf } from '../../src/conversation/cards/visible-changes.ts';
import { leakCase, minutes, regime } from '../report/cases.ts';
import { company, Story as Told } from './story.ts';

type Story = ReturnType<typeof leakCase>;

function statusOf(story: Story): Card {
  const found = surfacesOf({ state: story.current, ia: story.assess(), regime }).find(({ key }) => key === 'status');
  if (!found) throw new Error('no status');
  return found.card;
}
const news = (story: Story) => newsOf({ card: statusOf(story), surface: 'status' });
const dues = (story: Story) => statusOf(story).blocks.flatMap((block) => (block.kind === 'clock' ? [block.due] : []));

it('a deadline that moved is news of the status card, minutes that pass are none', () => {
  const story = leakCase();
  const before = news(story);
  const due = dues(story);
  expect(due.length).toBeGreaterThan(0);
  story.now += minutes(7);
  expect(news(story)).toBe(before);
  story.must('li-wei', { type: 'add_awareness', at: '2026-03-31T09:05:00+08:00', source: 'alert', reachedUs: true });
  expect(dues(story)).not.toEqual(due);
  expect(news(story)).not.toBe(before);
});

describe('a record that goes on after a draft', () => {
  const told = (): Told =>
    new Told('2026-03-31T09:42:00+08:00', company)
      .do({ type: 'declare', title: '支付系统疑似用户数据泄露' })
      .do({ type: 'answer', fact: 'affected', value: ['personal_info'] })
      .do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 })
      .do({ type: 'decide_level', level: 'major' })
      .do({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  const draftNews = ({ situation }: Told): string | null => {
    const found = surfacesOf({ ...situation, regime }).find(({ key }) => key === 'draft');
    return found ? newsOf({ card: found.card, surface: 'draft' }) : null;
  };
  const more = { type: 'answer', fact: 'personal_info_people', value: 1_300_000 } as const;
  const hash = ({ situation }: Told): string => situation.state.drafts.at(-1)?.text?.hash ?? '';

  it('is no news of its card while nobody is asked to approve it; a new draft is', () => {
    const story = told();
    const before = draftNews(story);
    story.do(more);
    expect(draftNews(story)).toBe(before);
    story.do({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
    expect(draftNews(story)).not.toBe(before);
  });

  it('is news once its level rose', () => {
    const story = told();
    const before = draftNews(story);
    story.do({ ...more, value: 12_000_000 });
    expect(draftNews(story)).not.toBe(before);
  });

  it.each(['asked', 'approved'])('is news once it is %s, as this is', (standing) => {
    const story = told();
    const before = draftNews(story);
    story.do({ type: 'request_approval', draft: 1 });
    if (standing === 'approved') story.do({ type: 'approve', draft: 1, hash: hash(story) }, 'Zhao Min');
    const then = draftNews(story);
    expect(then).not.toBe(before);
    story.do(more);
    expect(draftNews(story)).not.toBe(then);
  });
});
