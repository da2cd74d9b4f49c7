import type { FactDefinition, Regime } from '../../src/law/regime.ts';
import type { FactValue, Source } from '../../src/law/types.ts';
import type { WorkedCase } from '../../src/regimes/load.ts';
import { type Classification, classify } from '../../src/use-cases/classify/classify.ts';
import { regime, regimes } from '../fakes/law.ts';

export const REGIME = 'cn-cac-2025';
export { regimes };

export const theRegime = (): Regime => regime;

/** Every source of the regime with the id of what it stands for. */
export function allSources(regime: Regime = theRegime()): readonly (readonly [string, Source])[] {
  const { levels, criteria, obligations, items, notes, later, papers } = regime;
  const ofPapers = papers.flatMap(({ id, sources }) => sources.map((source) => ({ id, source })));
  const all = [...levels, ...criteria, ...obligations, ...items, ...notes, ...ofPapers];
  return [...all, { id: 'later', source: later.source }].map(({ id, source }) => [id, source] as const);
}

/** The answer that leaves a fact without effect. */
export function noneOf({ kind }: FactDefinition): FactValue {
  if (kind === 'boolean') return false;
  return kind === 'number' || kind === 'duration' ? 0 : 'none';
}

/** The answer that has the greatest effect. */
export function worstOf({ kind, options, max }: FactDefinition): FactValue {
  if (kind === 'boolean') return true;
  if (kind === 'number' || kind === 'duration') return max ?? 1e12;
  const ids = (options ?? []).map(({ id }) => id).filter((id) => id !== 'none');
  return kind === 'many' ? ids : (ids.at(-1) ?? 'none');
}

/** Every fact answered with none. */
export function allNone(regime: Regime = theRegime()): Record<string, FactValue> {
  return Object.fromEntries(regime.factDefinitions.map((definition) => [definition.id, noneOf(definition)]));
}

export interface CaseInput {
  readonly operator?: unknown;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** A worked case as the classifier takes it. */
export function inputOf({ input, rest }: WorkedCase): CaseInput {
  const facts = typeof input['facts'] === 'object' && input['facts'] !== null ? input['facts'] : {};
  return rest === 'none' ? { ...input, facts: { ...allNone(), ...facts } } : input;
}

/** Classifies one case through the public door; throws on bad input. */
export function run(input: CaseInput, of: ReadonlyMap<string, Regime> = regimes): Classification {
  const result = classify(of, { regime: REGIME, operator: 'other', facts: {}, ...input });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  if (!('level' in result.output)) throw new Error('expected one verdict');
  return result.output;
}
