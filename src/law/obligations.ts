import { type Circumstances, evaluate, isRaised, type Truth, weakest } from './condition.ts';
import { type Graded, rankOf } from './levels.ts';
import { anchorsOf, instantOf, isOver, type Limit, limitOf, type Times } from './limits.ts';
import type { ObligationRule, Regime } from './regime.ts';
import type { Level, Obligation } from './types.ts';

export interface Reach {
  /** The level that is certain, by the figures or by decision of a person. */
  readonly floor: Level;
  /** The level that is possible, open legal questions included. */
  readonly ceiling: Level;
}

/**
 * Obligations under the rules, shortest first. A duty that is only possible is provisional: one from a level up, as
 * long as the level can be reached; one without a threshold, as long as its facts are open.
 */
export function obligationsOf(
  regime: Regime,
  rules: readonly ObligationRule[],
  circumstances: Circumstances,
  times: Times,
  reach: Reach,
): readonly Obligation[] {
  return rules
    .flatMap((rule) => {
      const truth = existence(regime, rule, circumstances, reach);
      if (truth === 'no' || (rule.onceAnchored && !isAnchored(rule, times))) return [];
      if (isOver(regime, rule, times)) return [];
      if (rule.after && instantOf(rule.after, times) === undefined) return [];
      if (truth === 'maybe' && rule.when !== undefined && !rule.regime && !isRaised(rule.when, circumstances))
        return [];
      return [toObligation(rule, { ...limitOf(regime, rule, circumstances, times), truth })];
    })
    .toSorted((a, b) => lengthOf(a) - lengthOf(b));
}

/** Key of the duties that one report serves: the same word within one law and one recipient; null where it serves one alone. */
export function servedTogether({ together, regime, recipient }: ObligationRule): string | null {
  return together === undefined ? null : [regime ?? '', recipient, together].join(' ');
}

function isAnchored(rule: ObligationRule, times: Times): boolean {
  return anchorsOf(rule).some((anchor) => instantOf(anchor, times) !== undefined);
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
  const { id, recipient, source, content, regime, rank, repeat } = rule;
  const { due, dueMinutes, anchor, latestDue, uncovered, otherwise } = limit;
  return {
    id,
    recipient,
    content,
    due,
    dueMinutes,
    anchor,
    ...(latestDue === undefined ? {} : { latestDue }),
    source,
    ...(limit.truth === 'maybe' ? { provisional: true as const } : {}),
    ...(regime === undefined ? {} : { regime, rank: rank ?? 'law' }),
    ...(repeat === undefined ? {} : { repeats: { minutes: repeat.minutes } }),
    ...(uncovered === undefined ? {} : { uncovered }),
    ...(otherwise === undefined || otherwise.length === 0 ? {} : { otherwise }),
  };
}

function lengthOf({ dueMinutes }: Obligation): number {
  return dueMinutes ?? Number.MAX_SAFE_INTEGER;
}
