import { dateOf } from './calendar.ts';
import type { Assessable, Circumstances } from './circumstances.ts';
import { evaluate, isRaised, type Truth, weakest } from './condition.ts';
import { isInForce } from './dated.ts';
import { keptFor } from './kept-for.ts';
import { type Graded, rankOf } from './levels.ts';
import { anchorsOf, instantOf, isOver, type Limit, latestStarts, limitOf, type Times } from './limits.ts';
import type { ObligationRule, Regime } from './regime.ts';
import { raisedOf, readsOf, remembering, truthsOf } from './remembered.ts';
import type { AssessmentInput, Level, Obligation } from './types.ts';

export interface Reach {
  /** The level that is certain, by the figures or by decision of a person. */
  readonly floor: Level;
  /** The level that is possible, open legal questions included. */
  readonly ceiling: Level;
}

/** Instants of a case, as recorded. */
export type Instants = Pick<AssessmentInput, 'anchors' | 'filings' | 'notAfter' | 'now'>;

/**
 * Obligations under the rules in force, shortest first. A duty that is only possible is provisional: with a minimum
 * level, as long as that level can be reached; without one, as long as its facts are open.
 */
export function obligationsOf(
  regime: Regime,
  circumstances: Assessable,
  started: Started,
  reach: Reach,
): readonly Obligation[] {
  const owing = owingBy(regime, circumstances, reach);
  const before = started.owed.get(owing);
  if (before !== undefined) return before;
  const obligations = owing
    .flatMap(({ rule, truth }) => owedBy(regime, rule, truth, circumstances, started) ?? [])
    .toSorted((a, b) => lengthOf(a) - lengthOf(b));
  started.owed.set(owing, obligations);
  return obligations;
}

/** Rules of duties that are owed, certainly (`yes`) or perhaps (`maybe`), whether or not their period has begun. */
export type Owing = readonly { readonly rule: ObligationRule; readonly truth: 'yes' | 'maybe' }[];

/** Returns the rules owed; cached for all cases in which the same conditions hold and the same levels are reached. */
function owingBy(regime: Regime, known: Assessable, reach: Reach): Owing {
  return known.owing([regime, reach.floor, reach.ceiling], () => {
    const { reads, remembered, alike } = dutiesOf(regime);
    return remembered(`${truthsOf(reads, known)} ${raisedOf(reads, known)} ${reach.floor} ${reach.ceiling}`, () => {
      const owing = regime.obligations.flatMap((rule) => {
        const truth = existence(regime, rule, known, reach);
        const isShown = truth !== 'maybe' || rule.when === undefined || rule.regime || isRaised(rule.when, known);
        return truth === 'no' || !isShown ? [] : { rule, truth };
      });
      // Equal lists are one object, so that the duties made of it serve all cases, unless more than time decides them.
      if (!owing.every(({ rule }) => isByTime(rule))) return owing;
      return alike(owing.map(({ rule, truth }) => `${regime.obligations.indexOf(rule)}${truth}`).join(), () => owing);
    });
  });
}

const KEPT = { instants: 256, owing: 2_048 };

/** Cache of owed rules per regime, with the data that decides which duties are owed and (besides time) their limits. */
const dutiesOf = keptFor(({ obligations }: Regime) => {
  const ofLimits = obligations.flatMap(({ readings = [] }) => readings.map(({ question }) => question));
  const reads = readsOf(
    [...obligations, ...obligations.map(({ weekend }) => weekend?.unless && { when: weekend.unless })],
    obligations.filter(({ regime }) => regime === undefined),
    ofLimits,
  );
  return {
    reads,
    remembered: remembering<Owing>(KEPT.owing),
    alike: remembering<Owing>(KEPT.owing),
  };
});

/** Instants of a case, with a cache of obligations that depend on these instants alone; null: not owed yet, or over. */
export interface Started extends Times {
  /** Returns the date, in a time zone, by which the law in force is chosen; null while no time is known. */
  readonly day: (zone: string) => string | null;
  readonly certain: Map<ObligationRule, Obligation | null>;
  readonly provisional: Map<ObligationRule, Obligation | null>;
  readonly owed: Map<Owing, readonly Obligation[]>;
}

const startsOf = keptFor((_: Regime) => remembering<Started>(KEPT.instants));

/** Returns the instants of a case; equal instants share one object, so that changed facts compute no limit again. */
export function startedBy(regime: Regime, input: Instants): Started {
  const { anchors, filings, notAfter, now } = input;
  const isDated = anchors[regime.lawOf] !== undefined;
  return startsOf(regime)(JSON.stringify([anchors, filings, notAfter, isDated ? null : now]), () => {
    const days = new Map<string, string | null>();
    const day = (zone: string): string | null => {
      const date = days.get(zone) ?? ruleDate(regime, input, zone);
      days.set(zone, date);
      return date;
    };
    return {
      anchors,
      filings: filings ?? {},
      latest: latestStarts(input),
      day,
      certain: new Map(),
      provisional: new Map(),
      owed: new Map(),
    };
  });
}

function owedBy(
  regime: Regime,
  rule: ObligationRule,
  truth: 'yes' | 'maybe',
  circumstances: Circumstances,
  started: Started,
): Obligation | null {
  const made = truth === 'yes' ? started.certain : started.provisional;
  const before = made.get(rule);
  if (before !== undefined) return before;
  const owed = isOpen(regime, rule, started)
    ? toObligation(rule, { ...limitOf(regime, rule, circumstances, started), truth })
    : null;
  if (isByTime(rule)) made.set(rule, owed);
  return owed;
}

/** Returns true if the limit of a duty depends on nothing but the instants of the case. */
function isByTime({ readings, weekend }: ObligationRule): boolean {
  return !readings && !weekend?.unless;
}

/** Returns true for a rule that is in force on the day (by the dates of its own zone), has begun and is not over. */
function isOpen(regime: Regime, rule: ObligationRule, started: Started): boolean {
  if (!isInForce(rule, started.day(rule.zone ?? regime.zone))) return false;
  if (rule.onceAnchored && !anchorsOf(rule).some((anchor) => instantOf(anchor, started) !== undefined)) return false;
  if (rule.after && instantOf(rule.after, started) === undefined) return false;
  return !isOver(regime, rule, started);
}

/** Date by which the law in force is chosen: that of the regime's `lawOf` anchor, else of `now`; else null. */
export function ruleDate(regime: Regime, { anchors, now }: Instants, zone: string = regime.zone): string | null {
  const instant = anchors[regime.lawOf] ?? now;
  return instant === undefined ? null : dateOf(instant, zone);
}

/**
 * Key of the duties that one report meets: the same `together` within one law and one recipient; null for a duty with
 * its own report.
 */
export function servedTogether({ together, regime, recipient }: ObligationRule): string | null {
  return together === undefined ? null : [regime ?? '', recipient, together].join(' ');
}

function existence(regime: Graded, rule: ObligationRule, circumstances: Circumstances, reach: Reach): Truth {
  const facts = rule.when === undefined ? 'yes' : evaluate(rule.when, circumstances).truth;
  return weakest([facts, rule.minLevel === undefined ? 'yes' : reached(regime, rule.minLevel, reach)]);
}

function reached(regime: Graded, level: Level, { floor, ceiling }: Reach): Truth {
  if (rankOf(regime, floor) >= rankOf(regime, level)) return 'yes';
  return rankOf(regime, ceiling) >= rankOf(regime, level) ? 'maybe' : 'no';
}

function toObligation(rule: ObligationRule, limit: Limit & { readonly truth: Truth }): Obligation {
  const { id, recipient, source, content, regime, repeat } = rule;
  const { due, dueMinutes, anchor, latestDue, uncovered, otherwise = [] } = limit;
  const presumed = latestDue === undefined ? NOTHING : { latestDue };
  const provisional = limit.truth === 'maybe' ? PROVISIONAL : NOTHING;
  const duty = { id, recipient, content, due, dueMinutes, anchor, ...presumed, source, ...provisional };
  if (regime === undefined && !repeat && !uncovered && otherwise.length === 0) return duty;
  return {
    ...duty,
    ...ofPack(rule),
    ...(uncovered === undefined ? NOTHING : { uncovered }),
    ...(otherwise.length === 0 ? NOTHING : { otherwise }),
  };
}
const NOTHING = {};
const PROVISIONAL = { provisional: true as const };

/** Parts that duties of packs, and repeated duties, have in addition. */
const ofPack = keptFor(({ regime, rank, repeat }: ObligationRule) => ({
  ...(regime === undefined ? NOTHING : { regime, rank: rank ?? ('law' as const) }),
  ...(repeat === undefined ? NOTHING : { repeats: { minutes: repeat.minutes } }),
}));

function lengthOf({ dueMinutes }: Obligation): number {
  return dueMinutes ?? Number.MAX_SAFE_INTEGER;
}
