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

/** Positions in a list of rules by the facts, and by the open questions, on which the rules depend. */
export const mentionedIn = keptFor((rules: readonly { readonly when: Condition }[]) => {
  const by = (of: 'facts' | 'questions') => {
    const all = rules.flatMap(({ when }, index) => [...mentionsOf(when)[of]].map((id) => ({ id, index })));
    const groups = [...Map.groupBy(all, ({ id }) => id)];
    return new Map(groups.map(([id, found]) => [id, found.map(({ index }) => index)]));
  };
  return { facts: by('facts'), questions: by('questions') };
});
