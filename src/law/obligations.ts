import { dueAfter } from './calendar.ts';
import { type Circumstances, evaluate, isRaised, type Truth, weakest } from './condition.ts';
import type { ObligationRule, Regime } from './regime.ts';
import type { AssessmentInput, Level, Obligation } from './types.ts';
import { rankOf } from './verdict.ts';

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
  anchors: AssessmentInput['anchors'],
  reach: Reach,
): readonly Obligation[] {
  return rules
    .flatMap((rule) => {
      const truth = existence(rule, circumstances, reach);
      if (truth === 'no' || (rule.onceAnchored && anchors[rule.anchor] === undefined)) return [];
      if (truth === 'maybe' && rule.when !== undefined && !isRaised(rule.when, circumstances)) return [];
      return [toObligation(regime, rule, anchors[rule.anchor], truth)];
    })
    .toSorted((a, b) => lengthOf(a) - lengthOf(b));
}

function existence(rule: ObligationRule, circumstances: Circumstances, { floor, ceiling }: Reach): Truth {
  const facts = rule.when === undefined ? 'yes' : evaluate(rule.when, circumstances).truth;
  return weakest([facts, rule.minLevel === undefined ? 'yes' : reached(rule.minLevel, floor, ceiling)]);
}

function reached(level: Level, floor: Level, ceiling: Level): Truth {
  if (rankOf(floor) >= rankOf(level)) return 'yes';
  return rankOf(ceiling) >= rankOf(level) ? 'maybe' : 'no';
}

function toObligation(
  { zone }: Regime,
  { id, recipient, period, anchor, source, content }: ObligationRule,
  start: string | undefined,
  truth: Truth,
): Obligation {
  return {
    id,
    recipient,
    content,
    due: start === undefined ? null : dueAfter(start, period, zone),
    dueMinutes: period.kind === 'minutes' ? period.minutes : null,
    anchor,
    source,
    ...(truth === 'maybe' ? { provisional: true as const } : {}),
  };
}

function lengthOf({ dueMinutes }: Obligation): number {
  return dueMinutes ?? Number.MAX_SAFE_INTEGER;
}
