import { expect, it } from 'vitest';
import { fallbackCard, routeReason } from '../../src/conversation/reminding/fallback-cards.ts';
import { reminderCard } from '../../src/conversation/reminding/reminders.ts';
import { parseStep } from '../../src/incident/steps.ts';
import { reminderNow } from '../../src/use-cases/notices/late-reminders.ts';
import { formatKey } from '../../src/use-cases/notices/notice-key.ts';
import { company, Story } from '../conversation/story.ts';

it('a reminder that is sent later by another way says what is due now, and keeps why it came that way', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', company)
    .do({ type: 'declare', title: 'Leak' })
    .do({ type: 'answer', fact: 'operator', value: 'other' });
  const obligations = story.situation.ia.clocks.map(({ id }) => id);
  const due = {
    ...{ by: 'clock', at: '2026-03-31T12:42:00+08:00', version: 3, step: parseStep('m60') },
    ...{ obligations, dueAt: '2026-03-31T12:42:00+08:00', lateSeconds: 0, collapsed: [] },
  };
  const room = 'console/local/main';
  const failed = [{ platform: 'slack', since: '2026-03-31T12:42:00+08:00', givenUp: false }];
  const early = story.wait(180).situation;
  const key = formatKey({ kind: 'told', incident: 'INC-2026-0007', version: 3, to: room, by: { way: 2, place: room } });
  const notice = {
    ...{ key, to: { kind: 'room' as const, room, ring: false } },
    content: { kind: 'card', card: fallbackCard(early, failed, due, null) },
  } as const;
  const late = story.wait(20).situation;
  const card = reminderNow(late, notice, { key, due });
  const [first, ...others] = reminderCard(late, due, null).blocks;
  expect(card?.blocks[0]).toEqual(first);
  expect(card?.blocks.filter(({ kind }) => kind !== 'actions').at(-1)).toEqual(routeReason(notice.content.card));
  expect(card?.blocks).toHaveLength(others.length + 2);
});
