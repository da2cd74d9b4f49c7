import { isSlip } from '../acts.ts';
import { roomsOfEntity } from '../commands/rooms.ts';
import { type Command, type CommandOf, commandSchema, type Proposable } from '../commands.ts';
import { isInProfile } from '../facts/law-facts.ts';
import { API_ACTOR, CLOCK_ACTOR } from '../identity.ts';
import { type Effect, type Exception, guardTable } from '../people/guard-table.ts';
import { actingOf, lacks } from '../people/rights.ts';
import { factsIn, isProposable, isSameCommand, proposalAbout } from '../proposals.ts';
import type { EventOf, IncidentEvent } from '../record/events.ts';
import { folded } from '../record/evolve.ts';
import type { IncidentState, Proposal } from '../state.ts';
import { proposalOf } from './admission.ts';
import { allHappened, type Decision, type DecisionContext, nothing, refused } from './context.ts';
import { beyondDuties, effects, touchesDuties } from './effects.ts';

type Run = (command: Proposable, onBehalf: string) => Decision;

/**
 * The one guard of every change: compares the duties before and after, and turns a change that one person may not make
 * alone into a proposal. A statement (an answer, a filing) is recorded at once as unconfirmed, and the stricter of both
 * states counts until a second person agrees; every other decision waits as a whole.
 */
export function guarded(
  decision: Decision,
  state: IncidentState,
  command: Command,
  context: DecisionContext,
): Decision {
  if (!decision.ok || decision.events.length === 0 || !isProposable(command)) return decision;
  if (context.actor === CLOCK_ACTOR) return decision;
  const found = context.proposes ? [BY_PROGRAM] : harm(state, command, decision.events, context);
  if (found.length === 0) return decision;
  if (lacksReason(command, found)) return refused('needs_reason_second', { field: 'reason' });
  const open = proposalAbout(state, command);
  const isSame = open !== null && isSameCommand(open.command, command);
  if (isSame && open.by === context.actor) return nothing;
  const id = nextProposal(state);
  const recorded = context.proposes ? null : asUnconfirmed(decision.events, id);
  const held = recorded && harmOf(state, recorded, context);
  return recorded && held?.length === 0
    ? allHappened(...recorded, proposed(id, found, command, true))
    : allHappened(proposed(id, found, command));
}

/**
 * Decides the second person's answer. An agreed command is decided again on the current record. It is recorded if it
 * has only effects that were shown. If it has others, or has any and came by a token (no person), it is proposed anew:
 * the person who agreed counts as the first, and another must agree.
 */
export function second(
  state: IncidentState,
  command: CommandOf<'second' | 'second_level'>,
  context: DecisionContext,
  run: Run,
): Decision {
  const found = proposalOf(state, command);
  if (!found) return refused(command.type === 'second_level' ? 'no_level_to_second' : 'no_proposal');
  const { agree, reason } = command;
  const payload = { proposal: found.id, agreed: agree, ...(reason === undefined ? {} : { reason }) };
  const settled: IncidentEvent = { type: 'proposal_settled', payload };
  if (!agree) return allHappened(refusedBy(state, found, settled, context));
  const decision = found.recorded ? nothing : run(found.command, found.by);
  if (!decision.ok) return ofProposal(decision);
  const { facts } = state.standing.find(({ proposal }) => proposal === found.id) ?? state;
  const comesTo = harm(state, found.command, found.recorded ? [settled] : decision.events, context, facts);
  const isSeen = found.by !== API_ACTOR && comesTo.every((effect) => isAmong(found.effects, effect));
  return comesTo.length === 0 || isSeen
    ? allHappened(settled, ...decision.events)
    : allHappened(proposed(nextProposal(state), comesTo, found.command, found.recorded));
}

/** Names the way on where the time in a proposal has passed: the person who agrees has entered none. */
function ofProposal(decision: Extract<Decision, { ok: false }>): Decision {
  const { code, params } = decision.refusal;
  return code === 'must_be_future' ? refused('proposal_past', { params: params ?? {} }) : decision;
}

/** Returns true for an uncertain effect, and for one that the second person saw, or saw worse, on the same duty. */
function isAmong(seen: readonly Effect[], { kind, duty, certain, floor }: Effect): boolean {
  if (!certain) return true;
  return seen.some(
    (one) =>
      (one.kind === kind || (one.kind === 'lost' && (kind === 'later' || kind === 'recipient_removed'))) &&
      (one.duty === null || one.duty === duty) &&
      (one.floor === undefined || one.floor === floor) &&
      one.certain,
  );
}

/** Replaces a refused answer by the earlier one, unless that would lose a duty: then both apply. */
function refusedBy(
  state: IncidentState,
  { recorded }: Proposal,
  settled: IncidentEvent & { type: 'proposal_settled' },
  context: DecisionContext,
): IncidentEvent {
  if (!recorded) return settled;
  const restored = { ...settled, payload: { ...settled.payload, restored: true as const } };
  return harmOf(state, [restored], context).length === 0 ? restored : settled;
}

/** Effect of a program's statement or proposal: a person has to confirm it. */
const BY_PROGRAM: Effect = { kind: 'judged_by_token', duty: null, certain: true };

/** Effects of a command that needs two persons; `facts`: the facts before the command's statement. */
function harm(
  state: IncidentState,
  command: Proposable,
  events: readonly IncidentEvent[],
  context: DecisionContext,
  facts = state.facts,
): readonly Effect[] {
  const judged = context.actor === API_ACTOR && isJudgement(command, context);
  if (takesBackSlip(state, command, context)) return [];
  return [
    ...harmOf(state, events, context).filter((effect) => !isExempt(effect, command, { state, facts, context })),
    ...(judged ? [BY_PROGRAM] : []),
  ];
}

function harmOf(state: IncidentState, events: readonly IncidentEvent[], context: DecisionContext): readonly Effect[] {
  const told = folded(state, events, context);
  const after = folded(told, roomsOfEntity(state, told), context);
  const others = beyondDuties(state, after);
  if (!touchesDuties(state, after)) return others;
  const at = latestOf(state, context);
  const before = { state, ia: context.assess(state, at) };
  return [...others, ...effects(before, { state: after, ia: context.assess(after, at) })];
}

/**
 * Returns true if a person takes back their own last act by the command that restores the value before it, at once and
 * with no later entry on the record: the result equals the state before that act.
 */
function takesBackSlip(state: IncidentState, command: Proposable, context: DecisionContext): boolean {
  const { actor, at } = context;
  const act = state.acts[actor];
  if (!act?.back || actor === API_ACTOR || at < state.latestAt || !isSameCommand(command, act.back)) return false;
  return isSlip({ act, now: context.assess(state, at).now, state });
}

/** Wall time in ms by which the guard compares: if a machine's clock was set back, a late act stays late. */
function latestOf({ latestAt }: IncidentState, { at }: DecisionContext): number {
  return Math.max(latestAt, at);
}

interface Before {
  readonly state: IncidentState;
  /** Facts before the command's answer. */
  readonly facts: IncidentState['facts'];
  readonly context: DecisionContext;
}

function isExempt(effect: Effect, command: Proposable, before: Before): boolean {
  const { state, context } = before;
  const { roles } = actingOf(state, { actor: context.actor, ...context.caller });
  const holds: Readonly<Record<Exception, () => boolean>> = {
    first_statement: () => command.type === 'answer' && context.actor !== API_ACTOR && narrows(effect, command, before),
    filing: () => command.type === 'record_filing',
    proof_within_the_hour: () => command.type === 'record_filing' && isProven(state, command, context),
    called_on: () => command.type === 'leave_chat' && lacks('second_level', context.actor, roles, null) === null,
  };
  return guardTable[effect.kind].alone.some((exception) => holds[exception]());
}

/**
 * Returns true for a first answer, also by the profile, that only excludes merely possible duties. If it ends the last
 * duties of a law, that law must not be the base law, and the fact must not be a judgement.
 */
function narrows({ certain, ends }: Effect, command: CommandOf<'answer'>, { facts, state, context }: Before): boolean {
  if (certain) return false;
  const { regime } = context.assess(state);
  const stated = factsIn(command).some(
    (fact) => (facts[fact]?.value ?? 'unknown') !== 'unknown' || isInProfile(state, fact, regime),
  );
  if (stated || ends === undefined) return !stated;
  return ends !== regime.id && !context.catalogue.isJudgement(command.fact);
}

/** True for a filing entered within an hour of its time, with a receipt, a file or the name of the official. */
function isProven(
  state: IncidentState,
  { at, receipt, proof, takenBy }: CommandOf<'record_filing'>,
  context: DecisionContext,
): boolean {
  const isNamed = [receipt, proof, takenBy].some((given) => given !== undefined && given !== '');
  const { now } = context.assess(state, latestOf(state, context));
  return isNamed && Date.parse(now) - Date.parse(at) <= HOUR;
}
const HOUR = 3_600_000;

function isJudgement(command: Proposable, { catalogue }: DecisionContext): boolean {
  return command.type === 'answer' && catalogue.isJudgement(command.fact);
}

/** Returns true for a decision without the reason that the guard's table asks for. */
function lacksReason(command: Proposable, found: readonly Effect[]): boolean {
  if (command.type === 'withdraw_declaration' || !DECISIONS.has(command.type)) return false;
  const given = 'reason' in command ? command.reason : undefined;
  return given === undefined && found.some(({ kind }) => guardTable[kind].reason);
}
/** Types of commands with a reason. `correct_filing` is one: its reason says why the filing is changed. */
const DECISIONS: ReadonlySet<string> = new Set(
  commandSchema.options.flatMap(({ shape }) => ('reason' in shape ? [shape.type.value] : [])),
);

/** Events that record statements, marked as waiting for a proposal; null if there are none. */
function asUnconfirmed(events: readonly IncidentEvent[], proposal: string): readonly IncidentEvent[] | null {
  const marked = events.map((event): IncidentEvent => {
    switch (event.type) {
      case 'fact_stated':
      case 'filing_recorded':
        return withMark(event, proposal);
      case 'filing_corrected':
        return event.payload.mistaken === undefined ? withMark(event, proposal) : event;
      default:
        return event;
    }
  });
  return marked.some((event, index) => event !== events[index]) ? marked : null;
}

function withMark<E extends EventOf<'fact_stated' | 'filing_recorded' | 'filing_corrected'>>(
  event: E,
  unconfirmed: string,
): E {
  return { ...event, payload: { ...event.payload, unconfirmed } };
}

function nextProposal({ proposals }: IncidentState): string {
  return `p${proposals.length + 1}`;
}

function proposed(proposal: string, found: readonly Effect[], command: Proposable, recorded = false): IncidentEvent {
  const payload = { proposal, effects: found, command, ...(recorded ? { recorded: true as const } : {}) };
  return { type: 'proposal_made', payload };
}
