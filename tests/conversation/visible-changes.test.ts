import { expect, it } from 'vitest';
import type { Card } from '../../src/conversation/cards/card.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { newsOf } from '../../src/conversation/cards/visible-changes.ts';
import { leakCase, minutes, regime } from '../report/cases.ts';

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
