import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerLine } from '../../src/conversation/asking/answer-confirmations.ts';
import { localise, localiseCard } from '../../src/conversation/cards/localise.ts';
import { statusCard } from '../../src/conversation/cards/status-card.ts';
import { tasksCard } from '../../src/conversation/collecting/tasks.ts';
import { verdictSummary } from '../../src/conversation/level/verdict.ts';
import { intervalFor, nextChange, validUntil } from '../../src/conversation/reminding/countdown.ts';
import { regime, Story } from './story.ts';

const MINUTE = 60_000;
const due = Date.parse('2026-03-31T05:42:00Z');

describe('countdown', () => {
  it.each([
    [1_441, 60],
    [1_440, 15],
    [241, 15],
    [240, 5],
    [61, 5],
    [60, 1],
    [1, 1],
    [0, 15],
    [-30, 15],
  ])('with %d minutes left it is renewed every %d', (left, interval) => {
    expect(intervalFor(left)).toBe(interval);
  });

  it('changes at round amounts of time left, always in the future and never past the deadline unseen', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600, max: 50_000 }), fc.integer({ min: 0, max: 59_999 }), (left, ms) => {
        const now = due - left * MINUTE - ms;
        const next = nextChange(due, now);
        expect(next).not.toBeNull();
        if (next === null) return;
        expect(next).toBeGreaterThan(now);
        expect(next - now).toBeLessThanOrEqual(intervalFor((due - now) / MINUTE) * MINUTE);
        if (now < due) expect(next).toBeLessThanOrEqual(due);
        expect(Math.abs((due - next) % MINUTE)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('ends a week after the deadline', () => {
    expect(nextChange(due, due + 8 * 1_440 * MINUTE)).toBeNull();
  });

  it('is wall time in a drill, no more often than every five seconds, and never while paused', () => {
    const story = new Story('2026-03-31T09:42:00+08:00');
    story.do({ type: 'declare', title: 'x', drill: true, speed: 60 }).wait(1);
    const { state, ia } = story.situation;
    expect(ia.now).toBe('2026-03-31T02:42:00.000Z');
    const inOneHour = Date.parse(ia.now) + 60 * MINUTE;
    expect(validUntil(state, ia.now, [inOneHour])).toBe('2026-03-31T01:44:00.000Z');
    expect(validUntil(state, ia.now, [Date.parse(ia.now) + MINUTE])).toBe('2026-03-31T01:43:05.000Z');
    story.do({ type: 'set_drill_speed', speed: 0 });
    expect(validUntil(story.situation.state, story.situation.ia.now, [inOneHour])).toBeNull();
    expect(validUntil(state, ia.now, [null, Date.parse(ia.now)])).toBeNull();
  });
});

it('what is closed has no time left', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', null);
  story.do({ type: 'declare', title: '误报' }).do({ type: 'decide_level', level: 'general', reason: '误报' });
  story.do({ type: 'second_level', agree: true }, 'Wang Lei').do({ type: 'close', reason: '误报' });
  const { state, ia } = story.situation;
  expect(ia.clocks.length).toBeGreaterThan(0);
  const words = JSON.stringify(localiseCard(statusCard({ state, ia, regime }), 'zh-CN'));
  expect(words).toContain('已于09:42结案');
  expect(words).not.toContain('余');
});

it('as long as a figure is not known, it may still make the level a high one', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', null);
  story.do({ type: 'declare', title: '泄露' }).do({ type: 'answer', fact: 'operator', value: 'other' });
  expect(localise(verdictSummary(story.situation), 'zh-CN')).toBe(
    '级别尚未确定，请答完其余问题 · 最高可能达到“特别重大”；查明之前，请按13:42的时限准备。',
  );
});

it('nothing to do is said as that', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', null).do({ type: 'declare', title: '泄露' });
  expect(JSON.stringify(localiseCard(tasksCard(story.situation), 'zh-CN').blocks)).toContain('级别尚未确定');
});

it('at the highest level nothing is “at least”', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', null);
  story.do({ type: 'declare', title: '泄露' }).do({ type: 'answer', fact: 'operator', value: 'other' });
  story.do({ type: 'answer', fact: 'personal_info_people', value: 120_000_000 });
  const line = answerLine(story.situation, 'personal_info_people');
  expect(line && localise(line, 'zh-CN')).toBe('已记录：1.2亿人。已达到“特别重大”，时限仍为13:42。');
  expect(line && localise(line, 'en')).toContain('Deadline unchanged: 13:42');
});
