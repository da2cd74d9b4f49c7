import { entryOf } from '../../law/lookup.ts';
import type { CommandOf } from '../commands.ts';
import { CIRCUMSTANCES, factsOfTicks } from '../facts/circumstances.ts';
import { CONTEXT_FACTS, fits, instantsIn } from '../facts/context-facts.ts';
import {
  beforeLawRefusal,
  type Decider,
  type DecisionContext,
  futureRefusal,
  happened,
  nothing,
  refused,
} from './context.ts';

export const answer: Decider<'answer'> = (state, command, context) => {
  const stated = withoutLonelyUnknown(command);
  return stated.fact === CIRCUMSTANCES ? circumstances(state, stated, context) : one(state, stated, context);
};

/** Command with "don't know" as the answer itself where a list of ticks holds nothing else. */
function withoutLonelyUnknown(command: CommandOf<'answer'>): CommandOf<'answer'> {
  const lonely = Array.isArray(command.value) && command.value.length === 1 && command.value[0] === 'unknown';
  return lonely ? { ...command, value: 'unknown' } : command;
}

/** Decider for several answers at once: each part is checked like an answer of its own; together they are one event. */
const circumstances: Decider<'answer'> = (state, command, context) => {
  const facts = factsOfTicks(command.value);
  if (!facts) return refused('invalid_value', { field: 'value', params: { fact: command.fact } });
  let changes = !state.circumstancesTold;
  for (const [fact, value] of Object.entries(facts)) {
    const decision = one(state, { ...command, fact, value }, context);
    if (!decision.ok) return decision;
    changes ||= decision.events.length > 0;
  }
  const { type: _, ...payload } = command;
  return changes ? happened({ type: 'fact_stated', payload }) : nothing;
};

const one: Decider<'answer'> = (state, command, context) => {
  const shape = entryOf(CONTEXT_FACTS, command.fact) ?? context.catalogue.fact(command.fact);
  if (!shape) return refused('unknown_fact', { field: 'fact', params: { fact: command.fact } });
  if (!fits(command.value, shape)) return refused('invalid_value', { field: 'value', params: { fact: command.fact } });
  if (command.fact === 'incident_type' && !isKnownType(command.value, context)) {
    return refused('invalid_value', { field: 'value', params: { fact: command.fact } });
  }
  const future = futureRefusal(state, context, 'value', instantsIn(command.value, shape));
  if (future) return future;
  if (command.fact === 'system' && !knowsSystem(state.organisation, command.value)) {
    return refused('unknown_system', { field: 'value' });
  }
  const before = state.facts[command.fact];
  if (before && JSON.stringify(before.value) === JSON.stringify(command.value) && before.basis === command.basis)
    return nothing;
  const { type: _, ...payload } = command;
  return happened({ type: 'fact_stated', payload });
};

function isKnownType(value: unknown, { catalogue }: Pick<DecisionContext, 'catalogue'>): boolean {
  return typeof value === 'string' && (value === 'unknown' || catalogue.hasType(value));
}

function knowsSystem(organisation: { systems: readonly { id: string }[] } | null, value: unknown): boolean {
  if (value === 'unknown' || value === 'other' || !organisation) return true;
  return organisation.systems.some((s) => s.id === value);
}

export const addAwareness: Decider<'add_awareness'> = (state, command, context) => {
  const future = futureRefusal(state, context, 'at', [command.at]);
  if (future) return future;
  const tooOld = command.reachedUs ? beforeLawRefusal(context, 'at', command.at) : null;
  if (tooOld) return tooOld;
  if (command.proofs?.some((proof) => state.evidence.every(({ file }) => file !== proof))) {
    return refused('unknown_file', { field: 'proofs' });
  }
  const known = state.candidates.some(
    (c) =>
      c.instant === command.at &&
      c.source === command.source &&
      c.description === command.description &&
      JSON.stringify(c.proofs ?? []) === JSON.stringify(command.proofs ?? []),
  );
  if (known) return nothing;
  const { type: _, ...payload } = command;
  const confirmed = state.awareness?.instant;
  const reopens = confirmed !== undefined && command.reachedUs && Date.parse(command.at) < Date.parse(confirmed);
  return happened({
    type: 'awareness_candidate_added',
    payload: { ...payload, candidate: `a${state.candidates.length + 1}`, ...(reopens ? { reopens } : {}) },
  });
};

export const confirmAwareness: Decider<'confirm_awareness'> = (state, command) => {
  const candidate = state.candidates.find((c) => c.id === command.candidate);
  if (!candidate) return refused('unknown_candidate', { field: 'candidate' });
  // Awareness of a supplier alone never starts the clock, whoever reports it.
  if (!candidate.reachedUs) return refused('did_not_reach_us', { field: 'candidate' });
  if (state.awareness?.candidate === command.candidate && state.awareness.reason === command.reason) return nothing;
  return happened({
    type: 'awareness_confirmed',
    payload: { candidate: candidate.id, at: candidate.instant, reason: command.reason },
  });
};

export const settleQuestion: Decider<'settle_question'> = (state, command, context) => {
  const readings = context.catalogue.readings(command.question);
  if (!readings) return refused('unknown_question', { field: 'question' });
  if (!readings.includes(command.reading))
    return refused('unknown_reading', { field: 'reading', params: { readings } });
  const before = state.readings[command.question];
  if (before?.reading === command.reading && before.reason === command.reason) return nothing;
  const { type: _, ...payload } = command;
  const pack = state.packs.find(({ openQuestions }) => openQuestions.some(({ id }) => id === command.question));
  const regime = pack?.id ?? context.assess(state).regime.id;
  if ((command.regime ?? regime) !== regime) return refused('invalid', { field: 'regime' });
  return happened({ type: 'question_settled', payload: { ...payload, regime } });
};
