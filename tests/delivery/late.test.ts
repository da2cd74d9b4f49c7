import { describe, expect, it } from 'vitest';
import { saidNow } from '../../src/delivery/late.ts';
import { formatKey } from '../../src/use-cases/notices/notice-key.ts';
import { wantedTimers } from '../../src/use-cases/notices/timer-plan.ts';
import type { Notice } from '../../src/use-cases/ports.ts';
import { leakCase, regime } from '../report/cases.ts';

const ROOM = 'one/t/ops';
const story = leakCase();
/** Fires the next timers, so that the record has several reminders of one series. */
for (let n = 0; n < 8; n += 1) {
  const [next] = wantedTimers(story.current, story.assess());
  if (!next) throw new Error('no timer');
  story.now = Math.max(story.now, next.dueAt);
  story.must('clock', { type: 'tick', timer: next.key, dueAt: new Date(next.dueAt).toISOString() });
}
/** Reminders of clocks: calls to people, who do not answer here, are a series of their own. */
const reminders = story.current.reminders.filter(({ step }) => step.kind !== 'call');
const situation = { state: story.current, ia: story.assess(), regime };

function noticeOf(version: number, more: Partial<Notice>): Notice {
  const title = { raw: 'a reminder' };
  return {
    key: formatKey({ kind: 'told', incident: story.current.id, version, to: ROOM }),
    ...{ incident: story.current.id, lane: 'reminder', dueAt: story.now },
    to: { kind: 'room', room: ROOM, ring: true },
    content: { kind: 'card', card: { tone: 'calm', drill: false, title, summary: title, blocks: [] } },
    ...{
      state: 'ready',
      fence: 1,
      wasUnknown: false,
      attempts: 0,
      attemptedAt: null,
      notBefore: 0,
      body: null,
      ref: null,
    },
    ...more,
  };
}

describe('a reminder that is on time, after one that', () => {
  const [before, last] = reminders.slice(-2);
  if (!before || !last) throw new Error('two reminders are needed');
  const said = (earlier: Partial<Notice>) => {
    const stored = noticeOf(before.version, earlier);
    const notice = noticeOf(last.version, { to: { kind: 'room', room: ROOM, ring: false } });
    const deps = {
      store: { outbox: { get: async (key: string) => (key === stored.key ? stored : null) } },
      clock: { now: () => story.now, at: () => () => {} },
      situation: () => situation,
    };
    const there = { kind: 'there', state: story.current, ring: false, shown: { show: 'all' } } as Parameters<
      typeof saidNow
    >[1];
    return saidNow(notice, there, deps);
  };

  it.each(['ready', 'sending', 'unknown', 'dead'] as const)(
    'is %s stands for it too, and rings for it',
    async (state) => {
      expect(await said({ state })).toMatchObject({ kind: 'says', ring: true });
    },
  );

  it('has arrived says what it has to say alone', async () => {
    expect(await said({ state: 'sent', ref: 'm1' })).toMatchObject({ kind: 'says', ring: false });
  });
});
