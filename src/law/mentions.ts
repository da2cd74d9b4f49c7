import { type Condition, leavesOf } from './condition.ts';
import { keptFor } from './kept-for.ts';

export interface Mentions {
  readonly facts: ReadonlySet<string>;
  readonly questions: ReadonlySet<string>;
  /** Figures that a fact is compared with, by the fact. */
  readonly figures: ReadonlyMap<string, readonly number[]>;
}

/**
 * The facts, open questions and figures a condition depends on. Cached, because rules are immutable and few, and each
 * assessment would otherwise walk all of them once per open question.
 */
export const mentionsOf = keptFor((condition: Condition): Mentions => {
  const leaves = leavesOf(condition);
  const figures = Map.groupBy(
    leaves.flatMap((leaf) => ('atLeast' in leaf ? [leaf] : [])),
    ({ fact }) => fact,
  );
  return {
    facts: new Set(leaves.flatMap((leaf) => ('fact' in leaf ? [leaf.fact] : []))),
    questions: new Set(leaves.flatMap((leaf) => ('question' in leaf ? [leaf.question] : []))),
    figures: new Map([...figures].map(([fact, of]) => [fact, of.map(({ atLeast }) => atLeast)])),
  };
});

/** Groups rules by the facts, or the open questions, on which they depend. */
export function mentionedBy<Rule>(
  rules: readonly Rule[],
  of: 'facts' | 'questions',
  whenOf: (rule: Rule) => Condition,
): ReadonlyMap<string, readonly Rule[]> {
  const found = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const id of mentionsOf(whenOf(rule))[of]) {
      const others = found.get(id);
      if (others) others.push(rule);
      else found.set(id, [rule]);
    }
  }
  return found;
}
