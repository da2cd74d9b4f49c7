import { expect, it } from 'vitest';
import type { Action, Card } from '../../src/conversation/cards/card.ts';
import { ShownLately } from '../../src/talk/answering.ts';
import { ManualClock } from '../fakes/clock.ts';

const answer = (value: string): Action => ({
  id: value,
  label: { raw: value },
  does: { kind: 'intent', intent: { type: 'answer', fact: 'operator', value } },
});
const look: Action = { id: 'look', label: { raw: 'look' }, does: { kind: 'view', view: { view: 'status', args: {} } } };
const card = (title: string, actions: readonly Action[]): Card => ({
  ...{ tone: 'calm', drill: false, title: { raw: title }, summary: { raw: title } },
  blocks: [{ kind: 'actions', actions }],
});
const shown = (what: Card, incident = 'INC-1') => ({
  ...{ incident, revision: 1 },
  answers: [{ kind: 'card' as const, card: what, view: null }],
});

it('knows the question a room was shown within five minutes, and only there, of this incident, as it was', () => {
  const clock = new ManualClock(1);
  const lately = new ShownLately(clock);
  const question = shown(card('operator?', [answer('other')]));
  expect(lately.isKnown('a', question)).toBe(false);
  clock.advance(299_999);
  expect(lately.isKnown('a', question)).toBe(true);
  expect(lately.isKnown('b', question)).toBe(false);
  clock.advance(1);
  expect(lately.isKnown('a', question)).toBe(false);
  expect(lately.isKnown('a', { ...question, incident: 'INC-2' })).toBe(false);
  expect(lately.isKnown('a', shown(card('operator?', [answer('cii_involved')])))).toBe(false);
});

it('never knows what asks nothing, or more than one answer', () => {
  const lately = new ShownLately(new ManualClock(1));
  const status = shown(card('status', [look]));
  const [one] = shown(card('operator?', [answer('other')])).answers;
  for (const outcome of [status, { ...status, answers: one ? [one, one] : [] }])
    expect([lately.isKnown('a', outcome), lately.isKnown('a', outcome)]).toEqual([false, false]);
});

it('knows a view of the same record, whatever time is left by now, but always shows the status again', () => {
  const lately = new ShownLately(new ManualClock(1));
  const asked = (view: string, left: string, revision = 1) => {
    const answers = [{ kind: 'card' as const, card: card(left, [look]), view: { view, args: { incident: 'INC-1' } } }];
    return lately.isKnown('a', { incident: 'INC-1', revision, answers });
  };
  expect([asked('why', '60 min left'), asked('why', '59 min left'), asked('why', '59 min left', 2)]).toEqual([
    ...[false, true, false],
  ]);
  expect([asked('status', '60 min left'), asked('status', '60 min left')]).toEqual([false, false]);
});
