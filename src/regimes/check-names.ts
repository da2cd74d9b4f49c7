import { type Condition, leavesOf } from '../law/condition.ts';

/** Checks that a regime and a clock pack share: names without a definition, and options that do not fit. */

interface Named {
  readonly id: string;
}
export interface KnownFact extends Named {
  readonly kind: string;
  readonly options?: readonly Named[] | undefined;
}
/** Definitions that a condition or a line of a paper may name. */
export interface Names {
  readonly facts: readonly KnownFact[];
  readonly flags: readonly Named[];
  readonly operators: readonly Named[];
  readonly openQuestions: readonly (Named & { readonly readings: readonly Named[] })[];
}

export function has(list: readonly Named[], id: string): boolean {
  return list.some((entry) => entry.id === id);
}

/** Returns each id that repeats an earlier one, with its index. */
export function usedTwice(ids: readonly string[]): readonly { readonly id: string; readonly index: number }[] {
  return ids.flatMap((id, index) => (ids.indexOf(id) === index ? [] : [{ id, index }]));
}

/** Unknown names in a condition, and comparisons that a fact does not support. */
export function conditionFaults(condition: Condition | undefined, names: Names): readonly string[] {
  return condition === undefined ? [] : leavesOf(condition).flatMap((leaf) => leafFaults(leaf, names));
}

function leafFaults(leaf: Condition, { facts, flags, operators, openQuestions }: Names): readonly string[] {
  if ('fact' in leaf) return factFaults(leaf, facts);
  if ('flag' in leaf) return has(flags, leaf.flag) ? [] : [`unknown flag ${leaf.flag}`];
  if ('operator' in leaf) return has(operators, leaf.operator) ? [] : [`unknown operator ${leaf.operator}`];
  if (!('question' in leaf)) return [];
  const known = openQuestions.find(({ id }) => id === leaf.question);
  if (known === undefined) return [`unknown open question ${leaf.question}`];
  return has(known.readings, leaf.reading) ? [] : [`open question ${leaf.question} has no reading ${leaf.reading}`];
}

/** Faults of a condition on a fact: unknown fact, unknown option, or a comparison that its kind does not support. */
export function factFaults(
  condition: Extract<Condition, { fact: string }>,
  facts: readonly KnownFact[],
): readonly string[] {
  const fact = facts.find(({ id }) => id === condition.fact);
  if (fact === undefined) return [`unknown fact ${condition.fact}`];
  if ('in' in condition) {
    return condition.in
      .filter((option) => !has(fact.options ?? [], option))
      .map((o) => `fact ${fact.id} has no option ${o}`);
  }
  if ('is' in condition) return fact.kind === 'boolean' ? [] : [`fact ${fact.id} is not yes or no`];
  return fact.kind === 'number' || fact.kind === 'duration' ? [] : [`fact ${fact.id} is not a figure`];
}

/** Faults of options: a choice needs options, one of them `none`; a judgement has `none` first. */
export function optionFaults({ kind, options }: KnownFact): readonly string[] {
  const chosen = kind === 'one' || kind === 'many' || kind === 'judgement';
  if (chosen !== (options !== undefined)) return [chosen ? 'needs options' : 'must not have options'];
  if (options === undefined) return [];
  if (!has(options, 'none')) return ['needs the option none'];
  return kind === 'judgement' && options[0]?.id !== 'none' ? ['a judgement starts with none'] : [];
}

/** Faults of a paper's line: its text needs exactly one kind of source, except that `write` may fill empty fields. */
export function lineFaults(
  line: Partial<Record<(typeof PLACES)[number], unknown>> & {
    readonly fields?: readonly string[] | undefined;
    readonly facts?: readonly string[] | undefined;
  },
  places: readonly (typeof PLACES)[number][],
  { fields, facts }: { readonly fields: readonly Named[]; readonly facts: readonly Named[] },
): readonly string[] {
  const used = places.filter((one) => line[one] !== undefined && !(one === 'write' && line.fields));
  return [
    ...(used.length === 1 ? [] : [`needs exactly one of ${places.slice(0, -1).join(', ')} and ${places.at(-1)}`]),
    ...(line.fields ?? []).filter((id) => !has(fields, id)).map((id) => `unknown field ${id}`),
    ...(line.facts ?? []).filter((id) => !has(facts, id)).map((id) => `unknown fact ${id}`),
  ];
}
/** Kinds of places that lines of papers take their text from. */
export const PLACES = ['fields', 'facts', 'own', 'write', 'text', 'theirs'] as const;
