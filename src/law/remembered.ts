import type { Circumstances } from './circumstances.ts';
import { type Condition, type Leaf, leavesOf, type Numbered, numberedLeaf } from './condition.ts';
import { isOver, isUnknown } from './value.ts';

/** Data that results of conditions can depend on, besides the readings of open questions. */
export interface Reads {
  readonly byFact: readonly {
    readonly fact: string;
    /** Leaves about the fact. Equal leaves are there once. */
    readonly leaves: readonly Numbered[];
    /** One character for each combination of truths of the leaves. */
    readonly signs: Map<string, string>;
    /** Cache of signs by the value of the fact. */
    readonly signOf: ReturnType<typeof remembering<string>>;
    readonly raised: boolean;
  }[];
  readonly flags: readonly string[];
  /** Open questions whose reading a leaf asks for. */
  readonly questions: readonly string[];
}

/** Maximum number of values of one fact whose signs are cached. */
const VALUES = 256;

type Ruled = readonly ({ readonly when?: Condition } | undefined)[];

/** Returns the data that rules read; the result for `shown` rules also depends on which facts were raised. */
export function readsOf(rules: Ruled, shown: Ruled): Reads {
  const raised = leavesIn(shown);
  const all = [...new Set([...leavesIn(rules), ...raised].map(numberedLeaf))];
  const leaves = all.map(({ leaf }) => leaf);
  const facts = Map.groupBy(all, ({ leaf }) => ('fact' in leaf ? leaf.fact : null));
  const byFact = [...facts].flatMap(([fact, of]) => {
    if (fact === null) return [];
    const isRaised = raised.some((leaf) => 'fact' in leaf && leaf.fact === fact);
    return { fact, leaves: of, signs: new Map(), signOf: remembering<string>(VALUES), raised: isRaised };
  });
  const flags = leaves.flatMap((leaf) => ('flag' in leaf ? [leaf.flag] : []));
  const questions = leaves.flatMap((leaf) => ('question' in leaf ? [leaf.question] : []));
  return { byFact, flags, questions: [...new Set(questions)] };
}

function leavesIn(rules: Ruled): readonly Leaf[] {
  return rules.flatMap((rule) => (rule?.when ? leavesOf(rule.when) : []));
}

/**
 * Key of all data read by the conditions: cases with the same key and readings get the same result, whatever their
 * figures. A fact counts by the truths of its leaves (one character); flags and the operator count by their values.
 */
export function truthsOf({ byFact, flags }: Reads, known: Circumstances): string {
  let key = '';
  for (const { fact, leaves, signs, signOf, raised } of byFact) {
    const value = known.facts[fact];
    // For an unknown fact all leaves have one truth: `maybe`, or `no` if the operator (in the key) rules the fact out.
    if (isUnknown(value)) key += ' ';
    else if (typeof value !== 'object') key += signOf(value, () => signFor(truthsIn(leaves, known), signs));
    // Durations and ranges are not cached by value: a running one depends on the time.
    else key += signFor(truthsIn(leaves, known) + (isOver(value) ? '1' : '0'), signs);
    if (raised) key += (known.raised?.has(fact) ?? true) ? '1' : '0';
  }
  for (const flag of flags) key += FLAG[`${known.flags[flag]}`];
  return key + (typeof known.operator === 'string' ? known.operator : JSON.stringify(known.operator));
}

const FLAG = { true: '1', false: '0', unknown: 'u', undefined: ' ' };

/** Character for truths: for new ones the next free character after the space, which stands for an unknown fact. */
function signFor(truths: string, signs: Map<string, string>): string {
  const sign = signs.get(truths) ?? String.fromCharCode(33 + signs.size);
  signs.set(truths, sign);
  return sign;
}

function truthsIn(leaves: readonly Numbered[], known: Circumstances): string {
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
