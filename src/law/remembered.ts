import { type Circumstances, isApplicable } from './circumstances.ts';
import { type Condition, type Leaf, leavesOf } from './condition.ts';
import { isOver, isUnknown } from './value.ts';

/** Data that results of conditions can depend on: leaves, and the flags and facts that people mentioned. */
export interface Reads {
  /** Leaves by the fact they are about, and those of the context. Equal leaves are there once. */
  readonly byFact: readonly {
    readonly fact: string;
    readonly leaves: readonly Leaf[];
    /** Cache of the leaves' truths by the value of the fact. */
    readonly truths: ReturnType<typeof remembering<string>>;
    readonly raised: boolean;
  }[];
  readonly others: readonly Leaf[];
  /** Flags for which it matters whether people mentioned them. */
  readonly raisedFlags: readonly string[];
}

/** Maximum number of values of one fact whose truths are cached. */
const VALUES = 256;

type Ruled = readonly ({ readonly when?: Condition } | undefined)[];

/** Returns the data that rules read; the result for `shown` rules also depends on which facts and flags were raised. */
export function readsOf(rules: Ruled, shown: Ruled): Reads {
  const raised = leavesIn(shown);
  const leaves = [...new Map([...leavesIn(rules), ...raised].map((leaf) => [JSON.stringify(leaf), leaf])).values()];
  const facts = Map.groupBy(leaves, (leaf) => ('fact' in leaf ? leaf.fact : null));
  const byFact = [...facts].flatMap(([fact, of]) => {
    if (fact === null) return [];
    const isRaised = raised.some((leaf) => 'fact' in leaf && leaf.fact === fact);
    return { fact, leaves: of, truths: remembering<string>(VALUES), raised: isRaised };
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
  for (const { fact, leaves, truths, raised } of byFact) {
    const value = known.facts[fact];
    // If a fact is unknown, all its leaves are open (`U`), or none applies to this operator (`N`).
    if (isUnknown(value)) key += isApplicable(fact, known) ? 'U' : 'N';
    // Durations and ranges are not cached by value: a running one depends on the time.
    else if (typeof value === 'object') key += truthsIn(leaves, known) + (isOver(value) ? '1' : '0');
    else key += truths(value, () => truthsIn(leaves, known));
    if (raised) key += (known.raised?.has(fact) ?? true) ? '1' : '0';
  }
  key += truthsIn(others, known);
  for (const flag of raisedFlags) key += known.flags[flag] === undefined ? '0' : '1';
  return key;
}

function truthsIn(leaves: readonly Leaf[], known: Circumstances): string {
  let truths = '';
  for (const leaf of leaves) truths += known.truthOf(leaf).charAt(0);
  return truths;
}

/** Returns a cache of results by key. It keeps the last used ones: at least `most` / 2, at most `most`. */
export function remembering<Result extends object | string>(
  most: number,
): (key: string | number | boolean, make: () => Result) => Result {
  let recent = new Map<string | number | boolean, Result>();
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
