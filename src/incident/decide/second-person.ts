import { rankOf } from '../../law/levels.ts';
import type { Command, CommandOf, Proposable } from '../commands.ts';
import type { IncidentAssessment, OwedObligation } from '../facts/assessment.ts';
import { API_ACTOR } from '../identity.ts';
import { actsAs } from '../people/rights.ts';
import { proposalAbout, proposedLevel, proposerOf } from '../proposals.ts';
import type { Ground, IncidentEvent } from '../record/events.ts';
import type { IncidentState } from '../state.ts';
import { type Decision, type DecisionContext, folded, happened, nothing, refused } from './context.ts';

/** Runs the decider of a command, without asking for a second person. */
type Run = (command: Proposable) => Decision;

/**
 * Replaces a decision that would end a legal clock, or move it later, by a proposal that waits for a second person.
 * Every other decision is returned unchanged.
 */
export function orProposed(
  decision: Decision,
  state: IncidentState,
  command: Command,
  context: DecisionContext,
): Decision {
  if (!decision.ok || decision.events.length === 0 || !isProposable(command)) return decision;
  const ground = groundFor(state, command, decision.events, context);
  if (ground === null) return decision;
  const open = proposalAbout(state, command);
  const isSame = open !== null && JSON.stringify(open.command) === JSON.stringify(command);
  return isSame && open.by === context.actor ? nothing : happened(proposed(state, ground, command));
}

/** The second person agrees or refuses. What is agreed to is decided anew on the record as it is now. */
export function second(
  state: IncidentState,
  command: CommandOf<'second' | 'second_level'>,
  context: DecisionContext,
  run: Run,
): Decision {
  const found =
    command.type === 'second_level'
      ? proposedLevel(state)
      : state.proposals.find(({ id, settled }) => id === command.proposal && settled === null);
  if (!found) return refused(command.type === 'second_level' ? 'no_level_to_second' : 'no_proposal');
  const { agree, reason } = command;
  const settled: IncidentEvent = {
    type: 'proposal_settled',
    payload: { proposal: found.id, agreed: agree, ...(reason === undefined ? {} : { reason }) },
  };
  if (!agree) return happened(settled);
  // A token is nobody: whoever agrees to what came by it is the first person.
  if (found.by === API_ACTOR) return happened(proposed(state, found.ground, found.command));
  if (actsAs(state, context, found.by)) return refused('same_person');
  const decision = run(found.command);
  return decision.ok ? happened(settled, ...decision.events) : decision;
}

function proposed(state: IncidentState, ground: Ground, command: Proposable): IncidentEvent {
  return { type: 'proposal_made', payload: { proposal: `p${state.proposals.length + 1}`, ground, command } };
}

function isProposable(command: Command): command is Proposable {
  return PROPOSABLE.has(command.type);
}
const PROPOSABLE: ReadonlySet<Command['type']> = new Set<Proposable['type']>([
  'answer',
  'confirm_awareness',
  'decide_level',
  'not_reportable',
  'settle_question',
  'not_owed',
  'drop_request',
  'end_handling',
]);

/** Ground on which a decision needs a second person, e.g. `later_start`; null if one person is enough. */
function groundFor(
  state: IncidentState,
  command: Proposable,
  events: readonly IncidentEvent[],
  context: DecisionContext,
): Ground | null {
  switch (command.type) {
    case 'confirm_awareness':
      return isLaterThanEarliest(state, command.candidate) ? 'later_start' : null;
    case 'end_handling':
      return state.handlingEnded ? 'handling_again' : null;
    case 'decide_level':
      if (isBelowFloor(command.level, context.assess(state))) return 'below_floor';
      break;
    case 'answer':
      if (!restsOnOnePersonsJudgement(state, command, context)) return null;
      break;
    default:
      break;
  }
  const before = context.assess(state);
  const after = context.assess(folded(state, events, context));
  // An answer may rule one recipient out; it ends the clock only if no report is owed any more.
  const isAnswer = command.type === 'answer';
  return endsClock(before, after, isAnswer) ? 'ends_clock' : null;
}

/** Returns true if a duty with a time limit was open before and is not any more; with `all`, if no first report is. */
function endsClock(before: IncidentAssessment, after: IncidentAssessment, all: boolean): boolean {
  const left = new Set(after.obligations.filter(isOpen).map(({ id }) => id));
  const open = before.obligations.filter((duty) => isOpen(duty) && isTimed(duty));
  if (!all) return open.some(({ id }) => !left.has(id));
  const reports = open.filter(({ form }) => form === 'first');
  return reports.length > 0 && reports.every(({ id }) => !left.has(id)) && !isReporting(after);
}

function isReporting({ obligations }: IncidentAssessment): boolean {
  return obligations.some((duty) => duty.form === 'first' && (isOpen(duty) || duty.filing));
}
function isOpen({ filing, status }: OwedObligation): boolean {
  return !filing && status !== 'void';
}
function isTimed({ due, dueMinutes }: OwedObligation): boolean {
  return due !== null || dueMinutes !== null;
}

/** Figures are facts, whoever states them; that nothing serious threatens is a judgement, and one person's is not enough. */
function restsOnOnePersonsJudgement(
  state: IncidentState,
  command: CommandOf<'answer'>,
  { catalogue }: DecisionContext,
): boolean {
  if (catalogue.isJudgement(command.fact)) return command.value === 'none';
  return Object.entries(state.facts).some(
    ([fact, entry]) => catalogue.isJudgement(fact) && entry.value === 'none' && proposerOf(state, entry) === null,
  );
}

function isBelowFloor(level: string, { regime, assessment: { floor } }: IncidentAssessment): boolean {
  return rankOf(regime, level) < rankOf(regime, floor);
}

function isLaterThanEarliest({ candidates }: IncidentState, id: string): boolean {
  const chosen = candidates.find((one) => one.id === id);
  return candidates.some(
    ({ reachedUs, instant }) => chosen && reachedUs && Date.parse(instant) < Date.parse(chosen.instant),
  );
}
