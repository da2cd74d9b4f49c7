import { type Leaf, type Numbered, operatorIs, type Truth } from './condition.ts';
import type { Graded } from './grade.ts';
import { keptFor, last } from './kept-for.ts';
import type { Owing } from './obligations.ts';
import type { FactDefinition, Regime } from './regime.ts';
import type { AssessmentInput, Facts, FactValue, Flags, Iso, Operator, OperatorKind } from './types.ts';
import { boundsOf, chosenOf, isUnknown } from './value.ts';

interface Stated {
  readonly definitions: ReadonlyMap<string, FactDefinition>;
  readonly operatorKinds: readonly OperatorKind[];
  readonly operator: Operator;
  readonly facts: Facts;
  readonly flags: Flags;
  /** Reading in use of each open question, and those that people settled. */
  readonly readings: Readonly<Record<string, string>>;
  readonly settled: Readonly<Record<string, string>>;
  readonly now: Iso | undefined;
  /** Facts that people mentioned; absent: all facts. */
  readonly raised?: AssessmentInput['raised'] | undefined;
  /** True if a running duration counts as continuing after `now`. */
  readonly openEnded?: boolean;
}

/** Truths of leaves, which are all that conditions read. */
export interface Truths {
  readonly truthOf: (leaf: Numbered) => Truth;
}

/** Known data of a case. */
export interface Circumstances extends Stated, Truths {}

/** Returns circumstances in which the truth of a leaf is computed when a condition first reads it. */
export function circumstances(stated: Stated): Circumstances {
  const known: (Truth | undefined)[] = [];
  const truthOf = (leaf: Numbered): Truth => (known[leaf.number] ??= truthUnder(stated, leaf));
  return { ...stated, truthOf };
}

function truthUnder(stated: Stated, { leaf }: Numbered): Truth {
  return 'fact' in leaf ? truthOfFact(leaf, stated) : truthOfContext(leaf, stated);
}

/** Part of an assessment's input that conditions read. */
export type Known = Omit<AssessmentInput, 'anchors' | 'notAfter' | 'filings' | 'decidedLevel'>;

/** Circumstances of an assessment, with what the law makes of them: computed once, for any instants of the case. */
export interface Assessable extends Circumstances {
  readonly graded: ReturnType<typeof last<Graded>>;
  readonly owing: ReturnType<typeof last<Owing>>;
}

/** Circumstances of an assessment under a regime. */
export function circumstancesOf(regime: Regime, known: Known): Assessable {
  const { operator, facts, flags, readings: settled = {}, now, openEnded = false, raised } = known;
  const { definitions, operatorKinds } = termsOf(regime);
  const readings = readingsInUse(regime, settled);
  const stated = { definitions, operatorKinds, operator, facts, flags, now, openEnded, settled, readings, raised };
  return Object.assign(circumstances(stated), { graded: last<Graded>(), owing: last<Owing>() });
}

/** Reading in use for every open question: the settled one, otherwise the cautious one. */
export function readingsInUse(
  regime: Regime,
  settled: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { cautious } = termsOf(regime);
  const chosen = Object.entries(settled).filter(([question, reading]) =>
    regime.openQuestions.some(({ id, readings }) => id === question && readings.some((one) => one.id === reading)),
  );
  return chosen.length === 0 ? cautious : { ...cautious, ...Object.fromEntries(chosen) };
}

/** Truths of leaves in which each undecided leaf has the truth that `assume` gives for its missing fact. */
export function assuming({ truthOf }: Truths, assume: (fact: string) => Truth): Truths {
  return {
    truthOf: (of) => {
      const truth = truthOf(of);
      return truth === 'maybe' && 'fact' in of.leaf ? assume(of.leaf.fact) : truth;
    },
  };
}

/** Truths of leaves under another reading of an open question. */
export function underReading(known: Circumstances, question: string, reading: string): Truths {
  return changed(known, { ...known, readings: { ...known.readings, [question]: reading } }, (leaf) =>
    'fact' in leaf ? known.definitions.get(leaf.fact)?.several === question : 'question' in leaf,
  );
}

/** Truths of leaves with another value of a fact. */
export function withFact(known: Circumstances, fact: string, value: FactValue): Truths {
  const other = { ...known, facts: { ...known.facts, [fact]: value } };
  return changed(known, other, (leaf) => 'fact' in leaf && leaf.fact === fact);
}

/** Truths as stated in `other` of the leaves that `differs` selects, and those of `known` of all others. */
function changed({ truthOf }: Truths, other: Stated, differs: (leaf: Leaf) => boolean): Truths {
  return { truthOf: (leaf) => (differs(leaf.leaf) ? truthUnder(other, leaf) : truthOf(leaf)) };
}

interface Terms extends Pick<Stated, 'definitions' | 'operatorKinds'> {
  /** Cautious reading of each open question: its first one. */
  readonly cautious: Readonly<Record<string, string>>;
}

const termsOf = keptFor((regime: Regime): Terms => {
  const all = [...regime.factDefinitions, ...(regime.packFacts ?? [])];
  return {
    definitions: new Map(all.map((definition) => [definition.id, definition])),
    operatorKinds: regime.operators.map(({ id }) => id),
    cautious: Object.fromEntries(regime.openQuestions.map(({ id, readings }) => [id, readings[0]?.id ?? ''])),
  };
});

type FactLeaf = Extract<Leaf, { readonly fact: string }>;

function truthOfFact(leaf: FactLeaf, stated: Stated): Truth {
  const value = stated.facts[leaf.fact];
  if (isUnknown(value)) return isApplicable(leaf.fact, stated) ? 'maybe' : 'no';
  if ('in' in leaf) return chosenOf(value).some((chosen) => leaf.in.includes(chosen)) ? 'yes' : 'no';
  if ('is' in leaf) return value === leaf.is ? 'yes' : 'no';
  const { now, openEnded, definitions, readings } = stated;
  const { min, max } = boundsOf(value, now, openEnded, areAdded(definitions.get(leaf.fact), readings));
  if ('mayReach' in leaf) return max >= leaf.mayReach ? 'yes' : 'no';
  return min >= leaf.atLeast ? 'yes' : max < leaf.atLeast ? 'no' : 'maybe';
}

/** Returns false for a fact about one kind of operator if that kind is certainly not involved. */
function isApplicable(fact: string, { definitions, operator, operatorKinds }: Stated): boolean {
  const kinds = definitions.get(fact)?.appliesTo;
  return kinds === undefined || kinds.some((kind) => operatorIs(kind, operator, operatorKinds) !== 'no');
}

/** Id of the reading by which only the longest of several durations of one fact counts. */
const LONGEST = 'longest';

/** Returns true if several durations of a fact are added up: under every reading but `longest`. */
export function areAdded(
  fact: Pick<FactDefinition, 'several'> | null | undefined,
  readings: Readonly<Record<string, string>>,
): boolean {
  return fact?.several === undefined || readings[fact.several] !== LONGEST;
}

function truthOfContext(leaf: Exclude<Leaf, FactLeaf>, { operator, operatorKinds, flags, readings }: Stated): Truth {
  if ('flag' in leaf) {
    const stated = flags[leaf.flag];
    return stated === true ? 'yes' : stated === false ? 'no' : 'maybe';
  }
  if ('operator' in leaf) return operatorIs(leaf.operator, operator, operatorKinds);
  return readings[leaf.question] === leaf.reading ? 'yes' : 'no';
}
