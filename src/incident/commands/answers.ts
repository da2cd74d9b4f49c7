import { z } from 'zod';
import { entryOf } from '../../law/lookup.ts';
import { isSamePerson } from '../approvals.ts';
import type { CommandOf } from '../commands.ts';
import {
  beforeLawRefusal,
  type Deciders,
  type Decision,
  type DecisionContext,
  futureRefusal,
  happened,
  nothing,
  refused,
} from '../decide/context.ts';
import { CIRCUMSTANCES, factsOfTicks } from '../facts/circumstances.ts';
import { CONTEXT_FACTS, fits, instantsIn } from '../facts/context-facts.ts';
import { stated } from '../facts/standing.ts';
import type { EventOf, Reducers, Unconfirmed } from '../record/events.ts';
import type { IncidentState, Stamp } from '../state.ts';
import { command, id, iso, prose, reason, regime, type StatedValue, sha256, statedValueSchema } from './parts.ts';

/** Answers to questions, the awareness that clocks run from, and readings of open legal questions. */

export const AWARENESS_SOURCES = [
  'declaration',
  'alert',
  'mail',
  'call',
  'chat',
  'supplier',
  'customer',
  'authority',
  'press',
  'other',
] as const;

export const schemas = {
  answer: command('answer', { fact: id, value: statedValueSchema, basis: prose.optional() }),
  add_awareness: command('add_awareness', {
    at: iso,
    source: z.enum(AWARENESS_SOURCES),
    description: z.string().trim().max(2_000).optional(),
    reachedUs: z.boolean(),
    link: z.string().max(2_000).optional(),
    /** SHA-256 of files already attached to the incident that prove the time: the alert, the mail, the call record. */
    proofs: z.array(sha256).max(20).optional(),
  }),
  confirm_awareness: command('confirm_awareness', { candidate: id, reason }),
  /** Takes back a time of awareness, on the command of the person who stated it. */
  withdraw_awareness: command('withdraw_awareness', { candidate: id }),
  settle_question: command('settle_question', { regime, question: id, reading: id, reason }),
};

export interface Events {
  fact_stated: { fact: string; value: StatedValue; basis?: string | undefined } & Unconfirmed;
  awareness_candidate_added: Omit<CommandOf<'add_awareness'>, 'type'> & {
    candidate: string;
    /** True if the stated time is earlier than the confirmed start, which therefore has to be confirmed again. */
    reopens?: true;
  };
  awareness_confirmed: { candidate: string; at: string; reason: string };
  awareness_withdrawn: { candidate: string; at: string };
  /** `regime`: law or pack of the question; null in older records, which had one law. */
  question_settled: { question: string; reading: string; reason: string; regime: string | null };
}

export const deciders: Deciders<keyof typeof schemas> = {
  answer: answered,
  add_awareness: (state, command, context) => {
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
    return happened('awareness_candidate_added', {
      ...payload,
      candidate: `a${state.candidates.length + state.withdrawnCandidates.length + 1}`,
      ...(reopens ? { reopens } : {}),
    });
  },
  confirm_awareness: (state, command) => {
    const candidate = state.candidates.find((c) => c.id === command.candidate);
    if (!candidate) return refused('unknown_candidate', { field: 'candidate' });
    // A time at which only a supplier was aware never starts the clock, whatever the report.
    if (!candidate.reachedUs) return refused('did_not_reach_us', { field: 'candidate' });
    if (state.awareness?.candidate === command.candidate && state.awareness.reason === command.reason) return nothing;
    return happened('awareness_confirmed', { candidate: candidate.id, at: candidate.instant, reason: command.reason });
  },
  /** Withdraws a stated time, except the declaration's, from which the clock runs if no other time is known. */
  withdraw_awareness: (state, command, { actor, onBehalf }) => {
    const found = state.candidates.find(({ id }) => id === command.candidate);
    if (!found || found.source === 'declaration') return refused('unknown_candidate', { field: 'candidate' });
    if (!isSamePerson(state, found.by, onBehalf ?? actor))
      return refused('not_own_candidate', { params: { name: state.people[found.by]?.name ?? found.by } });
    return happened('awareness_withdrawn', { candidate: found.id, at: found.instant });
  },
  settle_question: (state, command, context) => {
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
    return happened('question_settled', { ...payload, regime });
  },
};

export const reducers: Reducers<keyof Events> = {
  fact_stated: (s, p, stamp) => {
    if (p.fact === CIRCUMSTANCES) return circumstancesStated(s, p, stamp);
    const previous = s.facts[p.fact]?.value;
    const before = previous === undefined ? {} : { previous };
    return stated(s, { [p.fact]: { ...stamp, value: p.value, basis: p.basis, ...before } }, p.unconfirmed);
  },
  awareness_candidate_added: (s, p, stamp) => {
    const { candidate, at, reopens, ...rest } = p;
    const candidates = [...s.candidates, { ...stamp, ...rest, id: candidate, instant: at }];
    return reopens ? { candidates, awareness: null } : { candidates };
  },
  awareness_confirmed: (_, p, stamp) => ({
    awareness: { ...stamp, candidate: p.candidate, instant: p.at, reason: p.reason },
  }),
  awareness_withdrawn: (s, { candidate }) => ({
    candidates: s.candidates.filter(({ id }) => id !== candidate),
    withdrawnCandidates: [...s.withdrawnCandidates, ...s.candidates.filter(({ id }) => id === candidate)],
    awareness: s.awareness?.candidate === candidate ? null : s.awareness,
  }),
  question_settled: (s, p, stamp) => ({
    readings: { ...s.readings, [p.question]: { ...stamp, reading: p.reading, reason: p.reason, regime: p.regime } },
  }),
};

/** Facts of several answers; "don't know" does not replace an earlier statement. */
function circumstancesStated(
  s: IncidentState,
  p: EventOf<'fact_stated'>['payload'],
  stamp: Stamp,
): Partial<IncidentState> {
  const told = Object.entries(factsOfTicks(p.value) ?? {}).filter(
    ([fact, value]) => value !== 'unknown' || s.facts[fact] === undefined,
  );
  const facts = told.map(([fact, value]) => [fact, { ...stamp, value, basis: p.basis }] as const);
  return {
    ...stated(s, Object.fromEntries(facts), p.unconfirmed),
    circumstancesTold: s.circumstancesTold || p.value !== 'unknown',
  };
}

/** Parts of a decision's context that an answer depends on: the law and the time. */
type AnswerContext = Pick<DecisionContext, 'catalogue' | 'at'>;

/** Checks an answer and returns its event; a refusal names the wrong part. */
export function answered(state: IncidentState, command: CommandOf<'answer'>, context: AnswerContext): Decision {
  const stated = withoutLonelyUnknown(command);
  return stated.fact === CIRCUMSTANCES ? circumstances(state, stated, context) : one(state, stated, context);
}

/** Returns the command with "don't know" as its answer if the list of ticks holds nothing else. */
function withoutLonelyUnknown(command: CommandOf<'answer'>): CommandOf<'answer'> {
  const lonely = Array.isArray(command.value) && command.value.length === 1 && command.value[0] === 'unknown';
  return lonely ? { ...command, value: 'unknown' } : command;
}

/** Decider for several answers at once: each part is checked like a single answer; together they are one event. */
function circumstances(state: IncidentState, command: CommandOf<'answer'>, context: AnswerContext): Decision {
  const facts = factsOfTicks(command.value);
  if (!facts) return refused('invalid_value', { field: 'value', params: { fact: command.fact } });
  let changes = !state.circumstancesTold;
  for (const [fact, value] of Object.entries(facts)) {
    const decision = one(state, { ...command, fact, value }, context);
    if (!decision.ok) return decision;
    changes ||= decision.events.length > 0;
  }
  const { type: _, ...payload } = command;
  return changes ? happened('fact_stated', payload) : nothing;
}

function one(state: IncidentState, command: CommandOf<'answer'>, context: AnswerContext): Decision {
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
  return happened('fact_stated', payload);
}

function isKnownType(value: unknown, { catalogue }: Pick<DecisionContext, 'catalogue'>): boolean {
  return typeof value === 'string' && (value === 'unknown' || catalogue.hasType(value));
}

function knowsSystem(organisation: { systems: readonly { id: string }[] } | null, value: unknown): boolean {
  if (value === 'unknown' || value === 'other' || !organisation) return true;
  return organisation.systems.some((s) => s.id === value);
}
