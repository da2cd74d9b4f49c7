import type { Circumstances } from './circumstances.ts';
import { type Condition, type Leaf, leavesOf, type Numbered, numberedLeaf } from './condition.ts';
import { keptFor } from './kept-for.ts';
import type { FactValue } from './types.ts';
import { isOver, isTimed, isUnknown } from './value.ts';

interface ReadFact {
  readonly fact: string;
  /** Leaves about the fact. Equal leaves are there once. */
  readonly leaves: readonly Numbered[];
  readonly signOf: Signs;
}

/** Cache of signs by the value of one fact, flag or question. */
type Signs = ReturnType<typeof remembering<string>>;

/** Data that results of conditions can depend on, each by its id. */
export interface Reads {
  readonly facts: ReadonlyMap<string, ReadFact>;
  readonly flags: ReadonlyMap<string, Signs>;
  /** Signs of the readings in use of the open questions on which results depend. */
  readonly readingsIn: (readings: Circumstances['readings']) => string;
  /** Signs of the facts of which the result also depends on whether they were raised. */
  readonly raised: ReadonlyMap<string, string>;
  /** One character for each part of a key, e.g. `direct_loss_cny yyn`: a key holds only what is known, in few characters. */
  readonly signs: Map<string, string>;
}

/** Maximum number of values of one fact whose signs are cached. */
const VALUES = 256;

type Ruled = readonly ({ readonly when?: Condition } | undefined)[];

/** Returns the data that rules read; the result for `shown` rules also depends on which facts were raised. */
export function readsOf(rules: Ruled, shown: Ruled, asked: readonly string[] = []): Reads {
  const signs = new Map<string, string>();
  const raised = leavesIn(shown).flatMap((leaf) => ('fact' in leaf ? [leaf.fact] : []));
  const all = [...new Set([...leavesIn(rules), ...leavesIn(shown)].map(numberedLeaf))];
  const leaves = all.map(({ leaf }) => leaf);
  const facts = Map.groupBy(all, ({ leaf }) => ('fact' in leaf ? leaf.fact : ''));
  const flags = leaves.flatMap((leaf) => ('flag' in leaf ? [leaf.flag] : []));
  const questions = [...new Set([...asked, ...leaves.flatMap((leaf) => ('question' in leaf ? [leaf.question] : []))])];
  return {
    facts: new Map([...facts].map(([fact, of]) => [fact, { fact, leaves: of, signOf: remembering(VALUES) }])),
    flags: new Map(flags.map((flag) => [flag, remembering(VALUES)])),
    readingsIn: keptFor((readings) => questions.map((one) => signFor(`${one} ${readings[one]}`, signs)).join('')),
    raised: new Map(raised.map((fact) => [fact, signFor(fact, signs)])),
    signs,
  };
}

function leavesIn(rules: Ruled): readonly Leaf[] {
  return rules.flatMap((rule) => (rule?.when ? leavesOf(rule.when) : []));
}

/**
 * Key of all data read by the conditions: cases with the same key get the same result, whatever their figures. A fact
 * counts by the truths of its leaves (one character); flags, readings and the operator count by their values.
 */
export function truthsOf({ facts, flags, readingsIn, signs }: Reads, known: Circumstances): string {
  const { operator } = known;
  let key = `${typeof operator === 'string' ? operator : JSON.stringify(operator)} `;
  for (const [fact, value] of Object.entries(known.facts)) {
    const read = facts.get(fact);
    // For an unknown fact all leaves have one truth: `maybe`, or `no` if the operator (in the key) rules the fact out.
    if (read !== undefined && !isUnknown(value)) key += signOfValue(read, value, known, signs);
  }
  for (const [flag, value] of Object.entries(known.flags)) {
    if (value !== undefined) key += flags.get(flag)?.(value, () => signFor(`${flag} ${value}`, signs)) ?? '';
  }
  return key + readingsIn(known.readings);
}

/** Key of the facts that were raised, among those of which that is read. */
export function raisedOf({ raised }: Reads, known: Circumstances): string {
  let key = '';
  for (const [fact, sign] of raised) if (known.raised?.has(fact) ?? true) key += sign;
  return key;
}

function signFor(part: string, signs: Map<string, string>): string {
  const sign = signs.get(part) ?? String.fromCharCode(33 + signs.size);
  signs.set(part, sign);
  return sign;
}

/** Sign of a known fact; that of a duration with times is not cached by value, because a running one depends on the time. */
function signOfValue(read: ReadFact, value: FactValue, known: Circumstances, signs: Reads['signs']): string {
  if (isTimed(value)) return signFor(truthsIn(read, known) + (isOver(value) ? ' over' : ''), signs);
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
