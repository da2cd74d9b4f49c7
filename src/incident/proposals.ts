import { type ByCommand, type ByEvent, forCommand, forEvent } from './by-type.ts';
import type { Command, CommandOf, Proposable } from './commands.ts';
import { CIRCUMSTANCES, factsOfTicks } from './facts/circumstances.ts';
import { confirmed, movedTo, restored } from './facts/standing.ts';
import { type ActorId, API_ACTOR, CLOCK_ACTOR } from './identity.ts';
import { canonical } from './record/chain.ts';
import type { EventOf, IncidentEvent } from './record/events.ts';
import type { Filing, IncidentState, Proposal, Stamp } from './state.ts';

/** The one mechanism for decisions of two people: a proposal waits until another person agrees or it is overtaken. */

/** Proposals that are not settled, oldest first. */
export function openProposals({ proposals }: Pick<IncidentState, 'proposals'>): readonly Proposal[] {
  return proposals.filter(({ settled }) => settled === null);
}

/** Open proposal on the same subject as a command, e.g. another level; null if there is none. */
export function proposalAbout(state: Pick<IncidentState, 'proposals'>, command: Proposable): Proposal | null {
  const subject = subjectOf(command);
  return openProposals(state).find((one) => subjectOf(one.command) === subject) ?? null;
}

/** Returns true for commands with the same content, whatever the order of their fields. */
export const isSameCommand = (one: Proposable, other: Command): boolean => canonical(one) === canonical(other);

/** Returns true for commands that decide the same: each person gives a reason of their own. */
export const decidesSame = (one: Proposable, other: Command): boolean => decided(one) === decided(other);
const decided = (command: Command): string => canonical({ ...command, reason: undefined, basis: undefined });

/** Words with which a person explains a command, e.g. the reason of a decision or the note on a finished task. */
export function wordsOf(command: Command): string | undefined {
  if (command.type === 'answer') return command.basis;
  if (command.type === 'finish_task') return command.note;
  return 'reason' in command ? command.reason : undefined;
}

/** Returns true for a command that the guard may turn into a proposal. */
export function isProposable(command: Command): command is Proposable {
  return !['declare', 'second', 'second_level'].includes(command.type);
}

/**
 * Agreement given by repeating an open proposal's command: two people who decide the same are two people. Null without
 * such a proposal, for a program, and for a program's proposal that is not on the record, because the person then
 * decides without it.
 */
export function agreementBy(
  state: Pick<IncidentState, 'proposals'>,
  command: Command,
  actor: ActorId,
): { readonly open: Proposal; readonly agreement: CommandOf<'second'> } | null {
  if (!isProposable(command) || actor === API_ACTOR || actor === CLOCK_ACTOR) return null;
  const open = proposalAbout(state, command);
  if (open === null || !decidesSame(open.command, command)) return null;
  if (open.by === API_ACTOR && !open.recorded) return null;
  const given = wordsOf(command);
  return {
    open,
    agreement: { type: 'second', proposal: open.id, agree: true, ...(given === undefined ? {} : { reason: given }) },
  };
}

/** Proposed level that waits for a second person; null if there is none. */
export function proposedLevel(
  state: Pick<IncidentState, 'proposals'>,
): (Proposal & { readonly command: CommandOf<'decide_level'> }) | null {
  const open = openProposals(state).find(isLevelProposal);
  return open ?? null;
}
function isLevelProposal(proposal: Proposal): proposal is Proposal & { readonly command: CommandOf<'decide_level'> } {
  return proposal.command.type === 'decide_level';
}

/**
 * Actor who proposed the decision that a second person agreed to; null for a decision of one person. The agreement is
 * the entry directly before the decision.
 */
export function proposerOf({ proposals }: Pick<IncidentState, 'proposals'>, decision: Stamp): ActorId | null {
  const isDirectlyBefore = ({ version }: Stamp): boolean =>
    version === decision.version || version === decision.version - 1;
  return proposals.find(({ settled }) => settled?.agreed && isDirectlyBefore(settled))?.by ?? null;
}

/** Subject of a proposal, e.g. `reading:portal_scope`: a newer proposal or decision on the same subject replaces it. */
function subjectOf(command: Proposable): string {
  return forCommand(subjects, command.type, command) ?? command.type;
}
const subjects: ByCommand<string> = {
  decide_level: () => 'level',
  not_reportable: () => 'level',
  confirm_awareness: () => 'awareness',
  withdraw_awareness: ({ candidate }) => `candidate:${candidate}`,
  end_handling: () => 'handling',
  settle_question: ({ question }) => `reading:${question}`,
  remove_person: ({ person }) => `person:${person}`,
  withdraw_declaration: () => 'declaration',
  erase: () => 'record',
  remove_room: ({ room }) => `room:${room}`,
  answer: ({ fact }) => `fact:${fact}`,
  not_owed: ({ obligation }) => `duty:${obligation}`,
  drop_request: ({ request }) => `duty:${request}`,
  record_filing: ({ obligation }) => `filing:${obligation}`,
  correct_filing: ({ filing }) => `correction:${filing}`,
  withdraw_decision: ({ about }) => `withdraw:${about}`,
  take_law: ({ law }) => `law:${law}`,
};

/** Subject that an event settles, e.g. `level`. */
const settles: ByEvent<string> = {
  level_decided: () => 'level',
  not_reportable_decided: () => 'level',
  level_override_refused: () => 'level',
  awareness_confirmed: () => 'awareness',
  awareness_withdrawn: ({ candidate }) => `candidate:${candidate}`,
  handling_ended: () => 'handling',
  reopened: () => 'handling',
  stop_lifted: () => 'lift_stop',
  law_taken: ({ pack }) => `law:${pack.id}`,
  decision_withdrawn: ({ about }) => `withdraw:${about}`,
  chat_left: () => 'leave_chat',
  question_settled: ({ question }) => `reading:${question}`,
  fact_stated: ({ fact }) => `fact:${fact}`,
  duty_not_owed: ({ obligation }) => `duty:${obligation}`,
  filing_recorded: ({ obligation }) => `duty:${obligation}`,
  request_dropped: ({ request }) => `duty:${request}`,
};

type Proposed = Pick<IncidentState, 'proposals' | 'facts' | 'standing' | 'filings'>;

export const evolveProposals = {
  made: (
    state: Pick<Proposed, 'proposals' | 'standing'>,
    { proposal, effects, command, recorded }: EventOf<'proposal_made'>['payload'],
    stamp: Stamp,
  ): Pick<Proposed, 'proposals' | 'standing'> => {
    const subject = subjectOf(command);
    const replaced = openProposals(state).filter((one) => subjectOf(one.command) === subject);
    const ids = replaced.map(({ id }) => id);
    const replaces = replaced.find((one) => !decidesSame(one.command, command))?.id;
    const made: Proposal = {
      ...{ ...stamp, id: proposal, effects, command, recorded: recorded === true, settled: null },
      ...(replaces === undefined ? {} : { replaces }),
    };
    return {
      proposals: [...settle(state.proposals, subject, stamp), made],
      standing: recorded ? movedTo(state, ids, proposal) : state.standing,
    };
  },
  settled: (
    state: Proposed,
    { proposal, agreed, restored: isRestored }: EventOf<'proposal_settled'>['payload'],
    stamp: Stamp,
  ): Partial<Proposed> => {
    const found = state.proposals.find(({ id }) => id === proposal);
    const proposals = state.proposals.map((one) =>
      one.id === proposal ? { ...one, settled: { ...stamp, agreed } } : one,
    );
    if (!found?.recorded) return { proposals };
    if (found.command.type !== 'answer') {
      return { proposals, filings: agreed ? state.filings.map((one) => agreedTo(one, proposal)) : state.filings };
    }
    const facts = factsIn(found.command);
    if (agreed) return { proposals, ...confirmed(state, proposal, facts) };
    return { proposals, ...(isRestored ? restored(state, proposal, facts) : {}) };
  },
  /** Proposal of a level from an event of the first versions of this program. */
  ofLevel: (
    state: Pick<Proposed, 'proposals' | 'standing'>,
    { level, reason, authority }: EventOf<'level_override_proposed'>['payload'],
    stamp: Stamp,
  ): Pick<Proposed, 'proposals' | 'standing'> => {
    const command = { type: 'decide_level', level, reason, authority } as const;
    const effects = (['below_floor', 'lost'] as const).map((kind) => ({ kind, duty: null, certain: true }));
    return evolveProposals.made(state, { proposal: `p${stamp.version}`, effects, command }, stamp);
  },
  /** Settles proposals on the subject that an event decided; a proposal of the decided level counts as agreed to. */
  overtaken(proposals: readonly Proposal[], event: IncidentEvent, stamp: Stamp): readonly Proposal[] {
    if (proposals.length === 0) return proposals;
    // An unconfirmed statement comes with a proposal of its own, so it settles none.
    const isUnconfirmed = 'unconfirmed' in event.payload;
    const subject = isUnconfirmed ? null : (forEvent(settles, event.type, event.payload) ?? null);
    if (subject === null || proposals.every(({ settled }) => settled)) return proposals;
    const level = event.type === 'level_decided' ? event.payload.level : null;
    return settle(
      proposals,
      subject,
      stamp,
      ({ command }) => command.type === 'decide_level' && command.level === level,
    );
  },
};

/** Facts that an answer states: one, or the parts of the circumstances. */
export function factsIn({ fact, value }: CommandOf<'answer'>): readonly string[] {
  return fact === CIRCUMSTANCES ? Object.keys(factsOfTicks(value) ?? {}) : [fact];
}

function agreedTo(filing: Filing, proposal: string): Filing {
  if (filing.unconfirmed !== proposal) return filing;
  const { unconfirmed: _, ...known } = filing;
  return known;
}

function settle(
  proposals: readonly Proposal[],
  subject: string,
  stamp: Stamp,
  agreed: (proposal: Proposal) => boolean = () => false,
): readonly Proposal[] {
  return proposals.map((one) =>
    one.settled || subjectOf(one.command) !== subject ? one : { ...one, settled: { ...stamp, agreed: agreed(one) } },
  );
}
