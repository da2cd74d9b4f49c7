import { expect, it } from 'vitest';
import type { AbroadPart } from '../../src/incident/identity.ts';
import { rowOf } from '../../src/use-cases/list-row.ts';
import { register } from '../../src/use-cases/register.ts';
import { company, Story } from '../conversation/story.ts';

it('the row of a closed incident is kept for each set of parts, so that nobody reads what was released to others', async () => {
  const story = new Story('2026-03-31T09:42:00+08:00', company)
    .do({ type: 'declare', title: '客户库疑似泄露' })
    .do({ type: 'withdraw_declaration' })
    .do({ type: 'second', proposal: 'p1', agree: true }, 'Chen Yu');
  const { situation } = story;
  const { state, ia } = situation;
  expect(state.closed).not.toBeNull();
  let made = 0;
  const titleFor = async (...parts: readonly AbroadPart[]) => {
    const shown = { show: 'parts', parts: new Set(parts) } as const;
    const [row] = await register({}, 'en', {
      rows: () => [{ row: rowOf(state, ia), read: async () => ({ state, shown }) }],
      situation: () => {
        made += 1;
        return situation;
      },
    });
    return row?.title ?? null;
  };
  expect(await titleFor('overview', 'title')).toBe('客户库疑似泄露');
  expect(await titleFor('overview', 'answers')).toBeNull();
  expect(await titleFor('title', 'overview')).toBe('客户库疑似泄露');
  expect(await titleFor('overview', 'title')).toBe('客户库疑似泄露');
  expect(made).toBe(2);
});
