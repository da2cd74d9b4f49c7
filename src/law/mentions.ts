import type { Condition } from './condition.ts';

export interface Mentions {
  readonly facts: ReadonlySet<string>;
  readonly questions: ReadonlySet<string>;
}

// Rules are immutable and few; without this memory every assessment walks all of them once per open question.
const known = new WeakMap<Condition, Mentions>();

/** The facts and open questions a condition depends on. */
export function mentionsOf(condition: Condition): Mentions {
  const before = known.get(condition);
  if (before !== undefined) return before;
  const leaves = leavesOf(condition);
  const mentions = {
    facts: new Set(leaves.flatMap((leaf) => ('fact' in leaf ? [leaf.fact] : []))),
    questions: new Set(leaves.flatMap((leaf) => ('question' in leaf ? [leaf.question] : []))),
  };
  known.set(condition, mentions);
  return mentions;
}

/** The conditions a condition is built from. */
export function leavesOf(condition: Condition): readonly Condition[] {
  if ('all' in condition) return condition.all.flatMap(leavesOf);
  if ('any' in condition) return condition.any.flatMap(leavesOf);
  if ('atLeastOf' in condition) return condition.of.flatMap(leavesOf);
  if ('possible' in condition) return leavesOf(condition.possible);
  if ('certainly' in condition) return leavesOf(condition.certainly);
  return 'not' in condition ? leavesOf(condition.not) : [condition];
}
