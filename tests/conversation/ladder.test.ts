import { describe, expect, it } from 'vitest';
import { audienceOf, canBeSnoozed, minutesBefore, reminderSteps } from '../../src/conversation/reminding/ladder.ts';
import { formatStep, parseStep } from '../../src/incident/steps.ts';

const due = '2026-03-31T05:42:00.000Z';
const before = (dueMinutes: number | null, ladder?: readonly number[], start?: string) =>
  reminderSteps({ due, dueMinutes }, ladder, start)
    .filter((s) => s.at < Date.parse(due))
    .map((s) => formatStep(s.step));

describe('reminder ladder', () => {
  it('speaks at half the time, an hour, 30, 15 and 5 minutes of a four-hour clock', () => {
    expect(before(240)).toEqual(['half', 'm60', 'm30', 'm15', 'm5']);
  });

  it('says nothing twice on a one-hour clock, whose half is 30 minutes and whose quarter is 15', () => {
    expect(before(60)).toEqual(['m30', 'm15', 'm5']);
  });

  it('keeps half and quarter of a 24-hour clock', () => {
    expect(before(1440)).toEqual(['half', 'quarter', 'm60', 'm30', 'm15', 'm5']);
  });

  it('aims at day 25 of the 30-day clock', () => {
    const start = new Date(Date.parse(due) - 30 * 86_400_000).toISOString();
    expect(before(null, [60], start)).toEqual(['half', 'd7', 'd5', 'd3', 'd1', 'm60', 'm30', 'm15', 'm5']);
    const aim = reminderSteps({ due, dueMinutes: null }, [60], start).find((s) => formatStep(s.step) === 'd5');
    expect(aim && (aim.at - Date.parse(start)) / 86_400_000).toBe(25);
  });

  it('takes the ladder of the organisation but never loses 30, 15, 5 and due', () => {
    expect(before(240, [90])).toEqual(['half', 'm90', 'quarter', 'm30', 'm15', 'm5']);
    expect(before(240, [])).toEqual(['half', 'quarter', 'm30', 'm15', 'm5']);
    expect(reminderSteps({ due, dueMinutes: 240 }, []).some((s) => s.step.kind === 'due')).toBe(true);
  });

  it('goes on every 15 minutes for an hour, then hourly, and ends', () => {
    const late = reminderSteps({ due, dueMinutes: 240 }).filter((s) => s.at > Date.parse(due));
    expect(late.slice(0, 6).map((s) => formatStep(s.step))).toEqual([
      'late15',
      'late30',
      'late45',
      'late60',
      'late120',
      'late180',
    ]);
    expect(late.length).toBeLessThan(40);
  });

  it('is ordered, without two steps at one instant', () => {
    for (const minutes of [60, 120, 240, 1440, 4320, 43_200]) {
      const times = reminderSteps({ due, dueMinutes: minutes }).map((s) => s.at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(new Set(times).size).toBe(times.length);
      expect(Math.min(...times)).toBeGreaterThan(Date.parse(due) - minutes * 60_000);
    }
  });

  it('lets a snooze mute early steps only', () => {
    expect(['half', 'quarter', 'm60', 'm30', 'd7'].map(parseStep).map(canBeSnoozed)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(['m15', 'm5', 'due', 'late15', 'late1440'].map(parseStep).map(canBeSnoozed)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('asks the owner first, then the thread, and rings the room once', () => {
    expect(audienceOf(parseStep('m60'))).toEqual({ people: true, thread: false, ring: false, mention: false });
    expect(audienceOf(parseStep('m30'))).toEqual({ people: true, thread: true, ring: false, mention: true });
    expect(audienceOf(parseStep('due'))).toEqual({ people: true, thread: false, ring: true, mention: true });
    const ringing = reminderSteps({ due, dueMinutes: 240 }).filter((s) => audienceOf(s.step).ring);
    expect(ringing).toHaveLength(1);
  });

  it('knows how far a step is from the due time', () => {
    expect(['m30', 'd7', 'due', 'late45', 'half'].map(parseStep).map(minutesBefore)).toEqual([
      30,
      10_080,
      0,
      -45,
      null,
    ]);
  });
});
