import { statedValue } from '../../incident/facts/context-facts.ts';
import { systemOf } from '../../incident/facts/law-facts.ts';
import { onceFor } from '../../incident/facts/once.ts';
import { openProposals } from '../../incident/proposals.ts';
import { readingsOf } from '../../incident/readings.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Condition } from '../../law/condition.ts';
import { undeterminedIn } from '../../law/grade.ts';
import { mentionsOf } from '../../law/mentions.ts';
import { definitionOf } from '../../law/pack.ts';
import type { FactDefinition, Regime } from '../../law/regime.ts';
import { isUnknown } from '../../law/value.ts';
import { openInitial, type Situation } from '../cards/situation.ts';

/** Facts of the law that can still change the level; the one that can change it most comes first. */
export interface OpenFacts {
  /** Open facts that decide the level by figures and choices alone. */
  readonly byNumbers: readonly FactDefinition[];
  /** Open facts that matter only together with a judgement. */
  readonly withJudgement: readonly FactDefinition[];
  readonly judgements: readonly FactDefinition[];
}

const once = onceFor<OpenFacts>();

export function openFacts(situation: Situation): OpenFacts {
  return once(situation, '', () => findOpenFacts(situation));
}

function findOpenFacts(situation: Situation): OpenFacts {
  const relevant = situation.ia.assessment.undetermined
    .map((id) => definitionOf(situation.regime, id))
    .filter((definition) => definition !== null)
    .filter((definition) => isRelevant(situation, definition));
  const numbers = undeterminedByNumbers(situation);
  const facts = relevant.filter((definition) => definition.kind !== 'judgement');
  return {
    byNumbers: gatesFirst(
      facts.filter(({ id }) => numbers.has(id)),
      situation.regime,
    ),
    withJudgement: gatesFirst(
      facts.filter(({ id }) => !numbers.has(id)),
      situation.regime,
    ),
    judgements: relevant.filter((definition) => definition.kind === 'judgement'),
  };
}

/** Facts that could still raise the level if every judgement that is not made yet were "none". */
function undeterminedByNumbers({ ia, regime, state }: Situation): ReadonlySet<string> {
  const judgements = regime.factDefinitions.filter((f) => f.kind === 'judgement' && isUnknown(ia.facts[f.id]));
  const facts = { ...ia.facts, ...Object.fromEntries(judgements.map((f) => [f.id, 'none'])) };
  const readings = readingsOf(state);
  const { anchors, operator, now } = ia;
  return new Set(undeterminedIn(regime, { operator, facts, flags: {}, anchors, now, readings }));
}

/** Orders facts: a choice comes before a figure of the same criterion, because it may make the figure irrelevant. */
function gatesFirst(facts: readonly FactDefinition[], { criteria }: Regime): readonly FactDefinition[] {
  const together = (a: string, b: string) => criteria.some(({ when }) => speaksOf(when, a) && speaksOf(when, b));
  const order: FactDefinition[] = [];
  for (const fact of facts) {
    const choices = facts.filter(({ kind }) => kind === 'boolean' || kind === 'many');
    const gates = choices.filter(({ id }) => together(id, fact.id));
    for (const one of [...gates.toSorted((a, b) => rank(a) - rank(b)), fact]) if (!order.includes(one)) order.push(one);
  }
  return order;
}
/** Returns true if a condition contains the fact, at any depth. */
export function speaksOf(condition: Condition, fact: string): boolean {
  return mentionsOf(condition).facts.has(fact);
}
/** Rank of a choice in the order: yes or no comes first, because it rules out more than a list of kinds. */
function rank({ kind }: FactDefinition): number {
  return kind === 'boolean' ? 0 : 1;
}

/** Affected aspects as people stated them; null while unknown. */
export function affectedAspects(state: IncidentState): readonly string[] | null {
  const value = statedValue(state, 'affected');
  if (value === undefined || value === 'unknown') return null;
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value : null;
}

function isRelevant(situation: Situation, definition: FactDefinition): boolean {
  const { state } = situation;
  const chosen = affectedAspects(state) ?? [];
  if (definition.kind !== 'judgement' && !definition.aspects.some((aspect) => chosen.includes(aspect))) return false;
  // Population shares are asked only of utilities, transport and health.
  return definition.relevance !== 'public_service' || systemOf(state)?.publicService === true;
}

/** Returns true if a fact was never asked, or was answered "don't know" and there is a reason to ask again. */
export function isAskable(situation: Situation, fact: string): boolean {
  // An answer that waits for a second person is not asked again.
  if (openProposals(situation.state).some(({ command }) => command.type === 'answer' && command.fact === fact))
    return false;
  const entry = situation.state.facts[fact];
  if (!entry) return true;
  return entry.value === 'unknown' && reasonToAskAgain(situation, entry.at);
}

/**
 * Instants at which a question answered "don't know" is asked again: when half the time to the first report is over,
 * and when an hour is left. More may be known by then, and less time is left to find out.
 */
export function askAgainInstants(situation: Situation): readonly number[] {
  const clock = openInitial(situation).at(-1);
  if (!clock || clock.dueMinutes === null) return [];
  const due = Date.parse(clock.due);
  const half = due - (clock.dueMinutes * 60_000) / 2;
  return clock.dueMinutes > 120 ? [half, due - 3_600_000] : [half];
}

function reasonToAskAgain(situation: Situation, statedAt: string): boolean {
  const now = Date.parse(situation.ia.now);
  return askAgainInstants(situation).some((instant) => Date.parse(statedAt) < instant && instant <= now);
}

/** Facts answered "don't know" that can still change the level, for the list on the card. */
export function notKnownYet(situation: Situation): readonly string[] {
  const { state, ia } = situation;
  const unknown = Object.entries(state.facts)
    .filter(([, entry]) => entry.value === 'unknown')
    .map(([fact]) => fact);
  // Once the start is confirmed, the first notice no longer matters.
  return unknown
    .filter((fact) => fact !== 'first_notice' || state.awareness === null)
    .filter((fact) => definitionOf(situation.regime, fact) === null || ia.assessment.undetermined.includes(fact));
}
