import { type Leaf, leavesSoFar, type Numbered, operatorIs, type Truth } from './condition.ts';
import type { Graded } from './grade.ts';
import { keptFor, last } from './kept-for.ts';
import type { Owing } from './obligations.ts';
import type { FactDefinition, Regime } from './regime.ts';
import type { AssessmentInput, Facts, FactValue, Flags, Iso, Operator, OperatorKind } from './types.ts';
import { type Bounds, boundsOf, chosenOf, isUnknown } from './value.ts';

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
  readonly raised?: ReadonlySet<string> | undefined;
  /** True if a running duration counts as continuing after `now`. */
  readonly openEnded?: boolean;
}

/** Known data of a case. Conditions read it through `truthOf` alone. */
export interface Circumstances extends Stated {
  readonly truthOf: (leaf: Numbered) => Truth;
}

export function circumstances(stated: Stated): Circumstances {
  const measured = new Map<string, Bounds>();
  return evaluatedOnce(stated, ({ leaf }) =>
    'fact' in leaf ? truthOfFact(leaf, stated, measured) : truthOfContext(leaf, stated),
  );
}

/** Returns circumstances in which the truth of a leaf is computed when a condition first reads it. */
function evaluatedOnce(stated: Stated, truthOf: Circumstances['truthOf']): Circumstances {
  const known = new Array<Truth | undefined>(leavesSoFar());
  return {
    ...stated,
    truthOf: (leaf) => {
      const truth = known[leaf.number] ?? truthOf(leaf);
      known[leaf.number] = truth;
      return truth;
    },
  };
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
  const stated = { definitions, operatorKinds, operator, facts, flags, now, openEnded, settled, raised };
  const readings = readingsInUse(regime, settled);
  return { ...circumstances({ ...stated, readings }), graded: last(), owing: last() };
}

/** Reading in use for every open question: the settled one, otherwise the cautious one. */
export function readingsInUse(
  regime: Regime,
  settled: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { cautious } = termsOf(regime);
  if (Object.keys(settled).length === 0) return cautious;
  const chosen = regime.openQuestions.flatMap(({ id, readings }) =>
    readings.some((reading) => reading.id === settled[id]) ? [[id, settled[id] ?? ''] as const] : [],
  );
  return { ...cautious, ...Object.fromEntries(chosen) };
}

/** Returns circumstances in which each undecided leaf has the truth that `assume` gives for its missing fact. */
export function assuming(known: Circumstances, assume: (fact: string) => Truth): Circumstances {
  const truthOf = (of: Numbered): Truth => {
    const truth = known.truthOf(of);
    return truth === 'maybe' && 'fact' in of.leaf ? assume(of.leaf.fact) : truth;
  };
  return { ...known, truthOf };
}

/** Circumstances under another reading of an open question. */
export function underReading(known: Circumstances, question: string, reading: string): Circumstances {
  const other = circumstances({ ...known, readings: { ...known.readings, [question]: reading } });
  return changed(known, other, (leaf) =>
    'fact' in leaf ? known.definitions.get(leaf.fact)?.several === question : 'question' in leaf,
  );
}

/** Circumstances with another value of a fact. */
export function withFact(known: Circumstances, fact: string, value: FactValue): Circumstances {
  const other = circumstances({ ...known, facts: { ...known.facts, [fact]: value } });
  return changed(known, other, (leaf) => 'fact' in leaf && leaf.fact === fact);
}

/** Returns `other`, with the truths of `known` for all leaves except those for which `differs` returns true. */
function changed(known: Circumstances, other: Circumstances, differs: (leaf: Leaf) => boolean): Circumstances {
  return evaluatedOnce(other, (leaf) => (differs(leaf.leaf) ? other : known).truthOf(leaf));
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

function truthOfFact(leaf: FactLeaf, stated: Stated, measured: Map<string, Bounds>): Truth {
  const value = stated.facts[leaf.fact];
  if (isUnknown(value)) return isApplicable(leaf.fact, stated) ? 'maybe' : 'no';
  if ('in' in leaf) return chosenOf(value).some((chosen) => leaf.in.includes(chosen)) ? 'yes' : 'no';
  if ('is' in leaf) return value === leaf.is ? 'yes' : 'no';
  const { min, max } = measured.get(leaf.fact) ?? measure(leaf.fact, value, stated, measured);
  if ('mayReach' in leaf) return max >= leaf.mayReach ? 'yes' : 'no';
  return min >= leaf.atLeast ? 'yes' : max < leaf.atLeast ? 'no' : 'maybe';
}

function measure(fact: string, value: FactValue, stated: Stated, measured: Map<string, Bounds>): Bounds {
  const { now, openEnded = false, definitions, readings } = stated;
  const bounds = boundsOf(value, now, openEnded, areAdded(definitions.get(fact), readings));
  measured.set(fact, bounds);
  return bounds;
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
