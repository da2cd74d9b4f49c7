import type { Circumstances } from './circumstances.ts';
import { type Condition, type Leaf, leavesOf, type Numbered, numberedLeaf } from './condition.ts';
import type { FactValue } from './types.ts';
import { isOver, isUnknown } from './value.ts';

/** Fact that conditions read. */
interface ReadFact {
  readonly fact: string;
  /** Leaves about the fact. Equal leaves are there once. */
  readonly leaves: readonly Numbered[];
  /** Cache of signs by the value of the fact. */
  readonly signOf: ReturnType<typeof remembering<string>>;
  /** True if the result also depends on whether the fact was raised. */
  readonly isRaisedRead: boolean;
}

/** Data that results of conditions can depend on, besides the readings of open questions. */
export interface Reads {
  readonly byFact: readonly ReadFact[];
  readonly flags: readonly string[];
  /** One character for each part of a key, e.g. `direct_loss_cny yyn`: a key holds only what is known, in few characters. */
  readonly signs: Map<string, string>;
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
    return { fact, leaves: of, signOf: remembering<string>(VALUES), isRaisedRead: isRaised };
  });
  const flags = leaves.flatMap((leaf) => ('flag' in leaf ? [leaf.flag] : []));
  const questions = leaves.flatMap((leaf) => ('question' in leaf ? [leaf.question] : []));
  return { byFact, flags, signs: new Map(), questions: [...new Set(questions)] };
}

function leavesIn(rules: Ruled): readonly Leaf[] {
  return rules.flatMap((rule) => (rule?.when ? leavesOf(rule.when) : []));
}

/**
 * Key of all data read by the conditions: cases with the same key and readings get the same result, whatever their
 * figures. A fact counts by the truths of its leaves (one character); flags and the operator count by their values.
 */
export function truthsOf({ byFact, flags, signs }: Reads, known: Circumstances): string {
  const { operator, raised } = known;
  let key = `${typeof operator === 'string' ? operator : JSON.stringify(operator)} `;
  for (const read of byFact) {
    const { fact, isRaisedRead } = read;
    const value = known.facts[fact];
    // For an unknown fact all leaves have one truth: `maybe`, or `no` if the operator (in the key) rules the fact out.
    if (!isUnknown(value)) key += signOfValue(read, value, known, signs);
    if (isRaisedRead && (raised?.has(fact) ?? true)) key += signFor(fact, signs);
  }
  for (const flag of flags) {
    const value = known.flags[flag];
    if (value !== undefined) key += signFor(`${flag} ${value}`, signs);
  }
  return key;
}

function signFor(part: string, signs: Map<string, string>): string {
  const sign = signs.get(part) ?? String.fromCharCode(33 + signs.size);
  signs.set(part, sign);
  return sign;
}

/** Sign of a known fact. Durations and ranges are not cached by value: a running one depends on the time. */
function signOfValue(read: ReadFact, value: FactValue, known: Circumstances, signs: Reads['signs']): string {
  if (typeof value === 'object') return signFor(truthsIn(read, known) + (isOver(value) ? ' over' : ''), signs);
  return read.signOf(value, () => signFor(truthsIn(read, known), signs));
}

function truthsIn({ fact, leaves }: ReadFact, known: Circumstances): string {
  let truths = `${fact} `;
  for (const leaf of leaves) truths += known.truthOf(leaf).charAt(0);
  return truths;
}

/** Key of a cached result: a value, or an object by its identity. */
type Key = string | number | boolean | object;

/** Returns a cache of results by key. It keeps the last used ones: at least `most` / 2, at most `most`. */
export function remembering<Result extends object | string>(most: number): (key: Key, make: () => Result) => Result {
  let recent = new Map<Key, Result>();
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
