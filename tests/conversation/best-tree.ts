import { assess } from '../../src/law/assess.ts';
import { thresholdsOf } from '../../src/law/regime.ts';
import type { Facts, FactValue } from '../../src/law/types.ts';
import { company, regime } from './story.ts';
import type { Scenario } from './taps.ts';

/**
 * The fewest taps any order of questions could need for these scenarios together: a decision tree that knows the
 * scenarios beforehand, searched exhaustively. It may ask what is affected and any fact of the law, each answered like
 * on the cards (one tap, or a tick for each and one to submit); who is concerned, who learned of it first and what happened
 * are asked by every tree, because they decide recipients (the police as well) and clock. It stops where the law alone gives the true level.
 */
export function bestTree(scenarios: readonly Scenario[]): readonly number[] {
  const all = scenarios.map((_, index) => index);
  const taps = scenarios.map(() => MANDATORY);
  const memo = new Map<string, Plan>();
  walk(scenarios, all, [], memo, taps);
  return taps;
}

/** Operator or system, who learned of it first, and what happened. */
const MANDATORY = 3;
interface Plan {
  readonly total: number;
  readonly question: string | null;
}

function walk(
  scenarios: readonly Scenario[],
  subset: readonly number[],
  asked: readonly string[],
  memo: Map<string, Plan>,
  taps: number[],
): void {
  const open = subset.filter((index) => !isSettled(scenarios[index], asked));
  const { question } = planFor(scenarios, open, asked, memo);
  if (question === null) return;
  for (const index of open) taps[index] = (taps[index] ?? 0) + costOf(scenarios[index], question);
  for (const part of split(scenarios, open, question)) walk(scenarios, part, [...asked, question], memo, taps);
}

function planFor(
  scenarios: readonly Scenario[],
  open: readonly number[],
  asked: readonly string[],
  memo: Map<string, Plan>,
): Plan {
  if (open.length === 0) return { total: 0, question: null };
  const key = `${open.join()}|${asked
    .filter((one) => open.some((index) => matters(scenarios[index], one)))
    .toSorted()
    .join()}`;
  const known = memo.get(key);
  if (known) return known;
  let best: Plan = { total: Number.POSITIVE_INFINITY, question: null };
  for (const question of QUESTIONS) {
    if (asked.includes(question) || !isUseful(scenarios, open, asked, question)) continue;
    let total = open.reduce((sum, index) => sum + costOf(scenarios[index], question), 0);
    const next = [...asked, question];
    const parts = split(scenarios, open, question)
      .map((part) => part.filter((index) => !isSettled(scenarios[index], next)))
      .filter((part) => part.length > 0);
    // Whoever is not settled yet needs at least one more tap: no need to look further if that is too much already.
    let left = parts.reduce((sum, part) => sum + part.length, 0);
    for (const part of parts) {
      if (total + left >= best.total) break;
      left -= part.length;
      total += planFor(scenarios, part, next, memo).total;
    }
    if (total + left < best.total) best = { total, question };
  }
  memo.set(key, best);
  return best;
}

const QUESTIONS = ['affected', ...regime.factDefinitions.filter((f) => f.kind !== 'judgement').map((f) => f.id)];

/** Asking only helps if the answers differ, or if one of them brings somebody nearer to the level. */
function isUseful(
  scenarios: readonly Scenario[],
  open: readonly number[],
  asked: readonly string[],
  question: string,
): boolean {
  if (split(scenarios, open, question).length > 1) return true;
  const [first] = open;
  if (first === undefined || question === 'affected') return question === 'affected';
  const scenario = scenarios[first];
  return scenario?.facts[question] !== undefined && !asked.includes(question);
}

function split(
  scenarios: readonly Scenario[],
  open: readonly number[],
  question: string,
): readonly (readonly number[])[] {
  const groups = Map.groupBy(open, (index) => JSON.stringify(answerTo(scenarios[index], question)));
  return [...groups.values()];
}

/** What is tapped: an option, a band, the ticks. */
function answerTo(scenario: Scenario | undefined, question: string): unknown {
  if (!scenario) return null;
  if (question === 'affected') return scenario.affected.toSorted();
  const truth = scenario.facts[question];
  if (typeof truth !== 'number') return truth ?? 'none';
  return thresholdsOf(regime, question).filter((threshold) => threshold.value <= truth).length;
}
function costOf(scenario: Scenario | undefined, question: string): number {
  return question === 'affected' ? (scenario?.affected.length ?? 0) + 1 : 1;
}

/** An answer "none" only helps to show that no figure is reached. */
function matters(scenario: Scenario | undefined, question: string): boolean {
  return question === 'affected' || scenario?.level === 'general' || scenario?.facts[question] !== undefined;
}

const settled = new Map<string, boolean>();
/** Whether the law gives the true level from what was asked. */
function isSettled(scenario: Scenario | undefined, asked: readonly string[]): boolean {
  if (!scenario) return true;
  const relevant = asked.filter((one) => matters(scenario, one));
  const key = `${scenario.name}|${relevant.toSorted().join()}`;
  const known = settled.get(key);
  if (known !== undefined) return known;
  const { floor, ceilingByNumbers } = assess(regime, {
    operator: scenario.operator,
    facts: factsOf(scenario, relevant),
    flags: {},
    anchors: { awareness: '2026-03-31T09:42:00+08:00' },
    now: '2026-03-31T09:44:00+08:00',
  });
  const result = scenario.level === 'general' ? ceilingByNumbers === 'general' : floor === scenario.level;
  settled.set(key, result);
  return result;
}

function factsOf(scenario: Scenario, asked: readonly string[]): Facts {
  const system = company.systems.find((one) => one.id === scenario.system);
  const facts: Record<string, FactValue> = {};
  for (const definition of regime.factDefinitions) {
    const affected = definition.aspects.some((aspect) => scenario.affected.includes(aspect));
    const none: FactValue = definition.kind === 'many' ? ['none'] : definition.kind === 'boolean' ? false : 0;
    const truth = scenario.facts[definition.id];
    if (asked.includes(definition.id)) facts[definition.id] = truth ?? none;
    else if (definition.id === 'site_kind' && scenario.profile && system) facts[definition.id] = system.siteKind;
    else if (asked.includes('affected') && !affected && definition.kind !== 'judgement') facts[definition.id] = none;
  }
  return facts;
}
