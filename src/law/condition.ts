import type { Circumstances, Truths } from './circumstances.ts';
import { keptFor } from './kept-for.ts';
import type { Operator, OperatorKind } from './types.ts';

/** A condition without parts: its truth depends on stated data. Thresholds are inclusive (≥). */
export type Leaf =
  | { readonly fact: string; readonly atLeast: number }
  /** Leaf that holds as soon as the fact may have this value: for duties that a mere possibility triggers. */
  | { readonly fact: string; readonly mayReach: number }
  /** The chosen option, or one of the chosen options, is in the list. */
  | { readonly fact: string; readonly in: readonly string[] }
  | { readonly fact: string; readonly is: boolean }
  | { readonly flag: string }
  | { readonly operator: OperatorKind }
  /** Leaf that holds while this reading of the open legal question is in use. */
  | { readonly question: string; readonly reading: string };

/** The closed set of operators in which rules are written. */
export type Condition =
  | Leaf
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  /** Minimum number of inner conditions that must hold. */
  | { readonly atLeastOf: number; readonly of: readonly Condition[] }
  /** `maybe` unless the inner condition is `no`: a person has to judge the weight of its facts. */
  | { readonly possible: Condition }
  /** `yes` only if the inner condition is `yes`: unknown facts do not count. */
  | { readonly certainly: Condition };

export type Truth = 'yes' | 'no' | 'maybe';
/** A truth value and the facts that decided it: for `maybe` those that are missing, in the order of the rule. */
export interface Evaluation {
  readonly truth: Truth;
  readonly because: readonly string[];
}

/** Leaf with its number: equal leaves of all rules have the same one. */
export interface Numbered {
  readonly number: number;
  readonly leaf: Leaf;
}
const numbered = new Map<string, Numbered>();

export const numberedLeaf = keptFor((leaf: Leaf): Numbered => {
  const text = JSON.stringify(leaf);
  const known = numbered.get(text) ?? { number: numbered.size, leaf };
  numbered.set(text, known);
  return known;
});

interface Compiled {
  readonly leaves: readonly Numbered[];
  /** Cache of evaluations; the key is the truths of all leaves, written as one number in base 3. */
  readonly known: Map<number, Evaluation>;
}
/** Maximum number of leaves whose truths fit into one exact integer (3^33 < 2^53). */
const MOST = 33;
const KEPT = 1_024;

/**
 * Evaluates a condition in three-valued logic (Kleene): an unknown fact is neither true nor false. The result is cached
 * for all cases whose leaves have the same truths.
 */
export function evaluate(condition: Condition, circumstances: Truths): Evaluation {
  const { leaves, known } = compiled(condition);
  // A copy, because a condition with one deciding part has the evaluation of that part.
  const decided = (): Evaluation => ({ ...evaluateParts(condition, circumstances) });
  if (leaves.length > MOST) return decided();
  let truths = 0;
  for (const leaf of leaves) {
    const truth = circumstances.truthOf(leaf);
    truths = truths * 3 + (truth === 'no' ? 0 : truth === 'maybe' ? 1 : 2);
  }
  const before = known.get(truths);
  if (before !== undefined) return before;
  const evaluation = decided();
  if (known.size >= KEPT) known.clear();
  known.set(truths, evaluation);
  return evaluation;
}

/** Truths of a condition under assumptions, kept with its evaluation: an evaluation stands for the truths of all leaves. */
const assumed = keptFor((_: Evaluation) => new Map<string, Truth>());

/** Truth of an evaluated condition under an assumption, whose name says completely which truths it changes. */
export function truthIf(condition: Condition, evaluation: Evaluation, assumption: string, truths: () => Truths): Truth {
  const known = assumed(evaluation);
  const before = known.get(assumption);
  if (before !== undefined) return before;
  const { truth } = evaluate(condition, truths());
  known.set(assumption, truth);
  return truth;
}

const compiled = keptFor(
  (condition: Condition): Compiled => ({ leaves: leavesOf(condition).map(numberedLeaf), known: new Map() }),
);

/** Leaves of a condition: the conditions without parts from which it is built. */
export function leavesOf(condition: Condition): readonly Leaf[] {
  if ('all' in condition) return condition.all.flatMap(leavesOf);
  if ('any' in condition) return condition.any.flatMap(leavesOf);
  if ('atLeastOf' in condition) return condition.of.flatMap(leavesOf);
  if ('possible' in condition) return leavesOf(condition.possible);
  if ('certainly' in condition) return leavesOf(condition.certainly);
  return 'not' in condition ? leavesOf(condition.not) : [condition];
}

function evaluateParts(condition: Condition, circumstances: Truths): Evaluation {
  if ('all' in condition) return combine(condition.all, circumstances, 'no');
  if ('any' in condition) return combine(condition.any, circumstances, 'yes');
  if ('atLeastOf' in condition) return atLeast(condition.atLeastOf, condition.of, circumstances);
  if ('not' in condition) return negation(evaluate(condition.not, circumstances));
  if ('possible' in condition) return possibility(evaluate(condition.possible, circumstances));
  if ('certainly' in condition) return certainty(evaluate(condition.certainly, circumstances));
  return {
    truth: circumstances.truthOf(numberedLeaf(condition)),
    because: 'fact' in condition ? [condition.fact] : [],
  };
}

/**
 * Combines parts: `all` is decided by one "no", `any` by one "yes"; otherwise one undecided part leaves the whole
 * undecided. Only the deciding parts count as reasons.
 */
function combine(parts: readonly Condition[], circumstances: Truths, decisive: 'yes' | 'no'): Evaluation {
  let strongest: Evaluation = { truth: decisive === 'no' ? 'yes' : 'no', because: [] };
  for (const part of parts) {
    const next = evaluate(part, circumstances);
    if (next.truth === strongest.truth) {
      strongest = { truth: next.truth, because: union(strongest.because, next.because) };
    } else if (next.truth === decisive || (next.truth === 'maybe' && strongest.truth !== decisive)) strongest = next;
  }
  return strongest;
}

/** Evaluates "at least k of n": `yes` once k parts are met, `no` once fewer than k can still be met. */
function atLeast(k: number, parts: readonly Condition[], circumstances: Truths): Evaluation {
  const evaluations = parts.map((part) => evaluate(part, circumstances));
  const met = evaluations.filter(({ truth }) => truth === 'yes');
  const open = evaluations.filter(({ truth }) => truth === 'maybe');
  const failed = evaluations.filter(({ truth }) => truth === 'no');
  const truth = met.length >= k ? 'yes' : met.length + open.length >= k ? 'maybe' : 'no';
  const reasons = truth === 'yes' ? met : truth === 'maybe' ? open : failed;
  return { truth, because: reasons.map(({ because }) => because).reduce(union, []) };
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  if (b.length === 0) return a;
  return a.length === 0 ? b : [...a, ...b.filter((fact) => !a.includes(fact))];
}

/** Truth of "a kind of operator is involved"; `maybe` while that kind is one of several possible ones. */
export function operatorIs(kind: OperatorKind, operator: Operator, kinds: readonly OperatorKind[]): Truth {
  if (operator === 'unknown') return oneOf(kind, kinds);
  if (typeof operator === 'string') return operator === kind ? 'yes' : 'no';
  if ('oneOf' in operator) return oneOf(kind, operator.oneOf);
  if ('all' in operator) return operator.all.includes(kind) ? 'yes' : operator.perhaps.includes(kind) ? 'maybe' : 'no';
  return operator.includes(kind) ? 'yes' : 'no';
}

/** Returns true while the kinds of operator involved are not all known for certain. */
export function isOperatorOpen(operator: Operator): boolean {
  return operator === 'unknown' || (typeof operator === 'object' && !Array.isArray(operator));
}

function oneOf(kind: OperatorKind, kinds: readonly OperatorKind[]): Truth {
  if (!kinds.includes(kind)) return 'no';
  return kinds.every((other) => other === kind) ? 'yes' : 'maybe';
}

function possibility({ truth, because }: Evaluation): Evaluation {
  return { truth: truth === 'no' ? 'no' : 'maybe', because };
}

function certainty({ truth, because }: Evaluation): Evaluation {
  return { truth: truth === 'yes' ? 'yes' : 'no', because };
}

/**
 * Returns true if a condition that may still hold should be shown. One of these is enough: the kind of operator is
 * open, an unknown fact was raised, or people mentioned a flag (suspected crime, …), if only as not known.
 */
export function isRaised(condition: Condition, circumstances: Circumstances): boolean {
  if ('not' in condition) return false;
  // An `any` or `possible` is ruled out exactly when all its parts are, so the parts alone decide.
  if ('any' in condition) return condition.any.some((part) => isRaised(part, circumstances));
  if ('possible' in condition) return isRaised(condition.possible, circumstances);
  if (evaluate(condition, circumstances).truth === 'no') return false;
  if ('all' in condition) return condition.all.some((part) => isRaised(part, circumstances));
  if ('atLeastOf' in condition) return condition.of.some((part) => isRaised(part, circumstances));
  if ('fact' in condition) return circumstances.raised?.has(condition.fact) ?? true;
  return !('flag' in condition) || circumstances.flags[condition.flag] !== undefined;
}

function negation({ truth, because }: Evaluation): Evaluation {
  return { truth: truth === 'yes' ? 'no' : truth === 'no' ? 'yes' : 'maybe', because };
}

/** Truth of a conjunction of the given truths. */
export function weakest(truths: readonly Truth[]): Truth {
  return truths.includes('no') ? 'no' : truths.includes('maybe') ? 'maybe' : 'yes';
}
