import type { Circumstances } from './circumstances.ts';
import { type Condition, type Leaf, leavesOf } from './condition.ts';
import { isOver, isUnknown } from './value.ts';

/** Data that results of conditions can depend on: leaves, and the flags and facts that people mentioned. */
export interface Reads {
  /** Leaves by the fact they are about, and those of the context. Equal leaves are there once. */
  readonly byFact: readonly { readonly fact: string; readonly leaves: readonly Leaf[]; readonly raised: boolean }[];
  readonly others: readonly Leaf[];
  /** Flags for which it matters whether people mentioned them. */
  readonly raisedFlags: readonly string[];
}

type Ruled = readonly ({ readonly when?: Condition } | undefined)[];

/** Returns the data that rules read; the result for `shown` rules also depends on which facts and flags were raised. */
export function readsOf(rules: Ruled, shown: Ruled): Reads {
  const raised = leavesIn(shown);
  const leaves = [...new Map([...leavesIn(rules), ...raised].map((leaf) => [JSON.stringify(leaf), leaf])).values()];
  const facts = Map.groupBy(leaves, (leaf) => ('fact' in leaf ? leaf.fact : null));
  const byFact = [...facts].flatMap(([fact, of]) => {
    if (fact === null) return [];
    return { fact, leaves: of, raised: raised.some((leaf) => 'fact' in leaf && leaf.fact === fact) };
  });
  const flags = raised.flatMap((leaf) => ('flag' in leaf ? [leaf.flag] : []));
  return { byFact, others: facts.get(null) ?? [], raisedFlags: [...new Set(flags)] };
}

function leavesIn(rules: Ruled): readonly Leaf[] {
  return rules.flatMap((rule) => (rule?.when ? leavesOf(rule.when) : []));
}

/** Key of all data read by the conditions: cases with the same key get the same result, whatever their figures. */
export function truthsOf({ byFact, others, raisedFlags }: Reads, known: Circumstances): string {
  let key = '';
  for (const { fact, leaves, raised } of byFact) {
    const value = known.facts[fact];
    // An unknown fact leaves all its leaves open, or none of them applies.
    if (isUnknown(value)) key += leaves[0] && known.truthOf(leaves[0]) === 'no' ? 'N' : 'U';
    else {
      for (const leaf of leaves) key += known.truthOf(leaf).charAt(0);
      key += isOver(value) ? '1' : '0';
    }
    if (raised) key += (known.raised?.has(fact) ?? true) ? '1' : '0';
  }
  for (const leaf of others) key += known.truthOf(leaf).charAt(0);
  for (const flag of raisedFlags) key += known.flags[flag] === undefined ? '0' : '1';
  return key;
}

/** Returns a cache by key that keeps the most recently used results: at least half of `most`, and never more. */
export function remembering<Result extends object | string>(most: number): (key: string, make: () => Result) => Result {
  let recent = new Map<string, Result>();
  let earlier = recent;
  return (key, make) => {
    const kept = recent.get(key);
    if (kept !== undefined) return kept;
    const result = earlier.get(key) ?? make();
    if (recent.size >= most / 2) {
      earlier = recent;
      recent = new Map();
    }
    recent.set(key, result);
    return result;
  };
}
