import { NO_SNOOZE } from '../../incident/snooze.ts';
import type { Step } from '../../incident/steps.ts';
import type { Iso } from '../../law/types.ts';

export interface ReminderStep {
  readonly step: Step;
  /** Time of the step as a number (epoch ms), not as text, because most steps are only compared. */
  readonly at: number;
}
export interface LadderClock {
  readonly due: Iso;
  /** Length of the clock in minutes; null for a calendar period, whose length follows from `start`. */
  readonly dueMinutes: number | null;
}

const MINUTE = 60_000;
const HOUR = 60;
const DAY = 1_440;
const LONG = 2 * DAY;
/** Minutes before the deadline whose steps can be neither muted nor configured away. */
const FIXED = [NO_SNOOZE, 5] as const;
const DEFAULT_LADDER = [60] as const;
const ALWAYS = [30, ...FIXED] as const;

/**
 * Reminder times of a clock, earliest first: half and a quarter of the time left, the minutes of the organisation's
 * ladder, 30, 15 and 5 minutes, due, then overdue. Clocks longer than 48 hours also remind 7, 3 and 1 days ahead, and
 * five days before the end (day 25 of 30), so that people begin the summary report before its last day.
 */
export function reminderSteps(
  clock: LadderClock,
  ladder: readonly number[] = DEFAULT_LADDER,
  start: Iso | null = null,
): readonly ReminderStep[] {
  const due = Date.parse(clock.due);
  const began = clock.dueMinutes !== null ? due - clock.dueMinutes * MINUTE : start === null ? null : Date.parse(start);
  const length = began === null ? null : (due - began) / MINUTE;
  const long = length === null || length > LONG;
  const before = new Map<number, Step>();
  for (const minutes of [...ladder, ...ALWAYS]) before.set(minutes, { kind: 'before', minutes });
  if (long) for (const days of [7, 5, 3, 1]) before.set(days * DAY, { kind: 'days_before', days });
  if (length !== null) addShares(before, length);
  const steps = [...before]
    .filter(([minutes]) => length === null || minutes < length)
    .map(([minutes, step]) => ({ step, minutes: -minutes }));
  steps.push({ step: { kind: 'due' }, minutes: 0 }, ...(long ? LATE_LONG : LATE_SHORT));
  return steps
    .sort((a, b) => a.minutes - b.minutes)
    .map(({ step, minutes }) => ({ step, at: Math.trunc(due + minutes * MINUTE) }));
}

/** Adds steps at half and a quarter of the time, unless the ladder has a step at nearly the same time. */
function addShares(before: Map<number, Step>, length: number): void {
  const others = [...before.keys()];
  for (const [part, share] of [
    [0.5, 'half'],
    [0.25, 'quarter'],
  ] as const) {
    const left = length * part;
    if (!others.some((minutes) => Math.abs(minutes - left) <= length / 20)) before.set(left, { kind: 'share', share });
  }
}

/** Overdue steps: every 15 minutes for an hour, then hourly to twelve hours, then daily for a week, until somebody acts. */
const LATE_SHORT = [
  ...[15, 30, 45, HOUR].map(late),
  ...Array.from({ length: 11 }, (_, n) => late((n + 2) * HOUR)),
  ...Array.from({ length: 7 }, (_, n) => late((n + 1) * DAY)),
];
/** Overdue steps of a period that ended at midnight: in the morning, then daily for two weeks. */
const LATE_LONG = Array.from({ length: 14 }, (_, n) => late(n * DAY + 9 * HOUR));

function late(minutes: number): { readonly step: Step; readonly minutes: number } {
  return { step: { kind: 'late', minutes }, minutes };
}

/** Returns true for a step that a snooze mutes: any but those at 15 and 5 minutes, at the limit and later. */
export function canBeSnoozed(step: Step): boolean {
  if (step.kind === 'before') return !FIXED.some((minutes) => minutes === step.minutes);
  return step.kind !== 'due' && step.kind !== 'late';
}

/** Returns true for a step at the limit of its clock or after it. */
export function isAtLimit({ kind }: Step): boolean {
  return kind === 'due' || kind === 'late';
}

/** Returns true for a step in the second half of a clock of `dueMinutes`; for a calendar period (null) always. */
export function isPastMiddle(step: Step, dueMinutes: number | null): boolean {
  if (step.kind === 'share') return true;
  const left = minutesBefore(step);
  return dueMinutes === null || (left !== null && left <= dueMinutes / 2);
}

/** Recipients of a step: people with open work; near the limit and overdue also the thread; at the limit the room. */
export interface Audience {
  readonly people: boolean;
  readonly thread: boolean;
  readonly ring: boolean;
  /** True if the room's message mentions the people by name. */
  readonly mention: boolean;
}
export function audienceOf(step: Step): Audience {
  const due = step.kind === 'due';
  const near = step.kind === 'before' && (step.minutes === 30 || step.minutes === 5);
  return { people: true, thread: near || step.kind === 'late', ring: due, mention: near || due };
}

/** Returns true for steps about an approval, a follow-up, a task or a call, whose cards may quote people. */
export function isBesideClocks({ kind }: Step): boolean {
  return kind === 'approval' || kind === 'follow' || kind === 'task' || kind === 'call';
}

/** Minutes from a step to the due time, negative if the step is later, e.g. `m30` → 30; null for shares of the time. */
export function minutesBefore(step: Step): number | null {
  if (step.kind === 'due') return 0;
  if (step.kind === 'days_before') return step.days * DAY;
  if (step.kind === 'before') return step.minutes;
  return step.kind === 'late' ? -step.minutes : null;
}
