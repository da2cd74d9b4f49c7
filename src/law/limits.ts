import { dueAfter, minutesAfter, movedToBusinessDay, OutsideCalendar, type Period } from './calendar.ts';
import type { Circumstances } from './circumstances.ts';
import { evaluate } from './condition.ts';
import type { ObligationRule, Regime, RulePeriod } from './regime.ts';
import type { AnchorName, Anchors, AssessmentInput, Iso, Obligation } from './types.ts';

/** Instants that periods can run from. */
export interface Times extends Pick<AssessmentInput, 'anchors' | 'filings'> {
  /** Known instants and, for unknown ones, their latest possible instants. */
  readonly latest: Anchors;
}

/** The limit of one duty, with the anchor that decided it. */
export interface Limit
  extends Pick<Obligation, 'due' | 'dueMinutes' | 'anchor' | 'latestDue' | 'uncovered' | 'otherwise'> {}

const FIRST = 'filing:';
const LAST = 'last_filing:';

/** Id of the anchor "filing of a named duty", e.g. `filing:authority_notice`. */
export function filingAnchor(duty: string, which: 'first' | 'last'): AnchorName {
  return `${which === 'first' ? FIRST : LAST}${duty}`;
}

/** Duty whose filing is the anchor; null for any other anchor. */
export function dutyOfAnchor(anchor: AnchorName): string | null {
  const prefix = [FIRST, LAST].find((one) => anchor.startsWith(one));
  return prefix === undefined ? null : anchor.slice(prefix.length);
}

/** Returns the anchors from which a duty runs: one, or one for each part of its period. */
export function anchorsOf({ anchor, period }: ObligationRule): readonly AnchorName[] {
  return 'of' in period ? period.of.map((part) => part.anchor) : [anchor];
}

/** Instant of an anchor; undefined while unknown. For the filing of a duty, filings of that duty alone count. */
export function instantOf(anchor: AnchorName, { anchors, filings = {} }: Omit<Times, 'latest'>): Iso | undefined {
  const duty = dutyOfAnchor(anchor);
  const stated = Object.hasOwn(anchors, anchor) ? anchors[anchor] : undefined;
  if (stated !== undefined || duty === null) return stated;
  const filed = Object.hasOwn(filings, duty) ? (filings[duty] ?? []) : [];
  return anchor.startsWith(LAST) ? filed.at(-1) : filed[0];
}

/**
 * Due time of a duty under the readings in use, and under the others where it differs. If the start is not known but
 * cannot lie after a known instant, `due` is null and `latestDue` is the limit counted from that instant, e.g. two
 * hours after awareness for a duty of two hours from the occurrence.
 */
export function limitOf(regime: Regime, rule: ObligationRule, circumstances: Circumstances, times: Times): Limit {
  const read = rule.readings?.find(({ question, reading }) => circumstances.readings[question] === reading);
  const period = read?.period ?? rule.period;
  const { anchor, repeat, readings } = rule;
  const hasFigure = period.kind !== 'promptly' && period.kind !== 'blank';
  if (!hasFigure && !repeat && !readings) return { due: null, dueMinutes: null, anchor };
  const known = guarded(regime, rule, period, circumstances, times);
  const latest = isStarted(rule, period, times)
    ? known
    : guarded(regime, rule, period, circumstances, { ...times, anchors: times.latest });
  const isPresumed = latest.due !== null && (known.due === null || Date.parse(latest.due) < Date.parse(known.due));
  const limit = isPresumed ? { ...latest, due: null, latestDue: latest.due } : known;
  const otherwise = read === undefined ? (rule.readings ?? []) : [];
  return {
    ...limit,
    otherwise: otherwise.flatMap(({ question, reading, period }) => {
      const { due } = guarded(regime, rule, period, circumstances, times);
      return due === null || due === limit.due ? [] : [{ question, reading, due }];
    }),
  };
}

/** Returns true if every instant that the period runs from is known, so that nothing has to be presumed. */
function isStarted(rule: ObligationRule, period: RulePeriod, times: Times): boolean {
  const anchors = 'of' in period ? period.of.map(({ anchor }) => anchor) : [rule.anchor];
  return anchors.every((anchor) => instantOf(anchor, times) !== undefined);
}

/** Returns the known instants and, for unknown ones, their latest possible instants. */
export function latestStarts({ anchors, notAfter = {} }: Pick<AssessmentInput, 'anchors' | 'notAfter'>): Anchors {
  const { occurrence = anchors['awareness'] } = notAfter;
  const known = Object.entries(anchors).filter(([, at]) => at !== undefined);
  return { occurrence, ...notAfter, ...Object.fromEntries(known) };
}

/** Computes a limit; one that needs a day outside the holiday calendar has no due time but names that day. */
function guarded(
  regime: Regime,
  rule: ObligationRule,
  period: RulePeriod,
  circumstances: Circumstances,
  times: Times,
): Limit {
  const zone = rule.zone ?? regime.zone;
  try {
    const limit = limitFrom(rule, period, zone, times);
    return { ...limit, due: afterWeekend(rule, limit.due, zone, circumstances) };
  } catch (error) {
    if (!(error instanceof OutsideCalendar)) throw error;
    const { calendar, date } = error;
    return { due: null, dueMinutes: null, anchor: rule.anchor, uncovered: { calendar, date } };
  }
}

function limitFrom(rule: ObligationRule, period: RulePeriod, zone: string, times: Times): Limit {
  if (!('of' in period)) {
    const start = instantOf(rule.anchor, times);
    const { anchor, repeat } = rule;
    if (start !== undefined && repeat) {
      return {
        due: nextReport(rule, start, times, zone),
        dueMinutes: repeat.minutes,
        anchor,
      };
    }
    return { due: start === undefined ? null : dueAfter(start, period, zone), dueMinutes: minutesOf(period), anchor };
  }
  const known = period.of.flatMap((part) => {
    const start = instantOf(part.anchor, times);
    const due = start === undefined ? null : dueAfter(start, part.period, zone);
    const ends = part.lapses === undefined ? undefined : instantOf(part.lapses, times);
    const lapsed = due !== null && ends !== undefined && Date.parse(ends) > Date.parse(due);
    return due === null || lapsed ? [] : [{ due, dueMinutes: minutesOf(part.period), anchor: part.anchor }];
  });
  const ordered = known.toSorted((a, b) => Date.parse(a.due) - Date.parse(b.due));
  const decisive = period.kind === 'earliest_of' ? ordered[0] : ordered.at(-1);
  const [first] = period.of;
  return (
    decisive ?? { due: null, dueMinutes: first ? minutesOf(first.period) : null, anchor: first?.anchor ?? rule.anchor }
  );
}

/** Returns the next limit of a duty repeated every N minutes: N after the last filing, else N after the start. */
function nextReport({ id, repeat }: ObligationRule, start: Iso, { filings = {} }: Times, zone: string): Iso {
  const last = Object.hasOwn(filings, id) ? filings[id]?.at(-1) : undefined;
  const from = last !== undefined && Date.parse(last) > Date.parse(start) ? last : start;
  return minutesAfter(from, repeat?.minutes ?? 0, zone);
}

/** Returns true once a repeated duty is over: its end is known, and its next limit lies after the end. */
export function isOver(regime: Regime, rule: ObligationRule, times: Times): boolean {
  const { repeat, anchor, zone = regime.zone } = rule;
  const end = repeat && instantOf(repeat.until, times);
  if (!repeat || end === undefined) return false;
  const start = instantOf(anchor, times) ?? times.latest[anchor];
  return start === undefined || Date.parse(nextReport(rule, start, times, zone)) > Date.parse(end);
}

function minutesOf(period: Period): number | null {
  return period.kind === 'minutes' ? period.minutes : null;
}

/** Returns the limit moved to the next business day, or the earlier limit while an exception cannot be ruled out. */
function afterWeekend(
  { weekend }: ObligationRule,
  due: Iso | null,
  zone: string,
  circumstances: Circumstances,
): Iso | null {
  if (weekend === undefined || due === null) return due;
  const excepted = weekend.unless !== undefined && evaluate(weekend.unless, circumstances).truth !== 'no';
  return excepted ? due : movedToBusinessDay(due, weekend.holidays, weekend.until, zone);
}
