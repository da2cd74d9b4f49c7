import type { Command, CommandOf, Proposable } from './commands.ts';
import { CIRCUMSTANCES, factsOfTicks } from './facts/circumstances.ts';
import { confirmed, movedTo, restored } from './facts/standing.ts';
import type { ActorId } from './identity.ts';
import { canonical } from './record/chain.ts';
import type { EventOf, IncidentEvent } from './record/events.ts';
import type { Filing, IncidentState, Proposal, Stamp } from './state.ts';

/** The one mechanism for decisions of two people: a proposal waits until another person agrees or it is overtaken. */

/** Proposals nobody has settled yet, oldest first. */
export function openProposals({ proposals }: Pick<IncidentState, 'proposals'>): readonly Proposal[] {
  return proposals.filter(({ settled }) => settled === null);
}

/** The open proposal about the same thing as a command, e.g. another level; null if there is none. */
export function proposalAbout(state: Pick<IncidentState, 'proposals'>, command: Proposable): Proposal | null {
  const subject = subjectOf(command);
  return openProposals(state).find((one) => subjectOf(one.command) === subject) ?? null;
}

/** Returns true for commands of the same content; one that was stored may have its fields in another order. */
export const isSameCommand = (one: Proposable, other: Command): boolean => canonical(one) === canonical(other);

/** Level that waits for a second person; undefined if there is none. */
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

/**
 * Subject of a proposal, e.g. `level` or `reading:portal_scope`: a newer proposal or a decision on the same subject
 * replaces it.
 */
function subjectOf(command: Proposable): string {
  switch (command.type) {
    case 'decide_level':
    case 'not_reportable':
      return 'level';
    case 'confirm_awareness':
      return 'awareness';
    case 'withdraw_awareness':
      return `candidate:${command.candidate}`;
    case 'end_handling':
      return 'handling';
    case 'settle_question':
      return `reading:${command.question}`;
    case 'remove_person':
      return `person:${command.person}`;
    case 'withdraw_declaration':
      return 'declaration';
    case 'erase':
      return 'record';
    case 'answer':
      return `fact:${command.fact}`;
    case 'not_owed':
      return `duty:${command.obligation}`;
    case 'drop_request':
      return `duty:${command.request}`;
    case 'record_filing':
      return `filing:${command.obligation}`;
    case 'correct_filing':
      return `correction:${command.filing}`;
    case 'withdraw_decision':
      return `withdraw:${command.about}`;
    case 'take_law':
      return `law:${command.law}`;
    default:
      return command.type;
  }
}

/** Subject that an event settles, e.g. `level`. */
function subjectSettledBy(event: IncidentEvent): string | null {
  switch (event.type) {
    case 'level_decided':
    case 'not_reportable_decided':
    case 'level_override_refused':
      return 'level';
    case 'awareness_confirmed':
      return 'awareness';
    case 'awareness_withdrawn':
      return `candidate:${event.payload.candidate}`;
    case 'handling_ended':
    case 'reopened':
      return 'handling';
    case 'stop_lifted':
      return 'lift_stop';
    case 'law_taken':
      return `law:${event.payload.pack.id}`;
    case 'decision_withdrawn':
      return `withdraw:${event.payload.about}`;
    case 'chat_left':
      return 'leave_chat';
    case 'question_settled':
      return `reading:${event.payload.question}`;
    case 'fact_stated':
      return `fact:${event.payload.fact}`;
    case 'duty_not_owed':
      return `duty:${event.payload.obligation}`;
    case 'filing_recorded':
      return `duty:${event.payload.obligation}`;
    case 'request_dropped':
      return `duty:${event.payload.request}`;
    default:
      return null;
  }
}

type Proposed = Pick<IncidentState, 'proposals' | 'facts' | 'standing' | 'filings'>;

export const evolveProposals = {
  made: (
    state: Pick<Proposed, 'proposals' | 'standing'>,
    { proposal, effects, command, recorded }: EventOf<'proposal_made'>['payload'],
    stamp: Stamp,
  ): Pick<Proposed, 'proposals' | 'standing'> => {
    const made: Proposal = { ...stamp, id: proposal, effects, command, recorded: recorded === true, settled: null };
    const subject = subjectOf(command);
    const replaced = openProposals(state).filter((one) => subjectOf(one.command) === subject);
    const ids = replaced.map(({ id }) => id);
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
  /** Proposals of a level as the first versions of this program recorded them. */
  ofLevel: (
    state: Pick<Proposed, 'proposals' | 'standing'>,
    { level, reason, authority }: EventOf<'level_override_proposed'>['payload'],
    stamp: Stamp,
  ): Pick<Proposed, 'proposals' | 'standing'> => {
    const command = { type: 'decide_level', level, reason, authority } as const;
    const effects = (['below_floor', 'lost'] as const).map((kind) => ({ kind, duty: null, certain: true }));
    return evolveProposals.made(state, { proposal: `p${stamp.version}`, effects, command }, stamp);
  },
  /** Proposals that are overtaken by a decision about the same thing; one of that very level counts as agreed to. */
  overtaken(proposals: readonly Proposal[], event: IncidentEvent, stamp: Stamp): readonly Proposal[] {
    // An unconfirmed statement is followed by a proposal of its own.
    const isUnconfirmed = 'unconfirmed' in event.payload;
    const subject = isUnconfirmed ? null : subjectSettledBy(event);
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

/** A filing as confirmed by two people. */
function agreedTo(filing: Filing, proposal: string): Filing {
  if (filing.unconfirmed !== proposal) return filing;
  const { unconfirmed: _, ...known } = filing;
  return { ...known, lateSeconds: lateBy(known.due, known.filedAt) };
}

/** Seconds by which an instant is after a limit; 0 without one. */
export function lateBy(due: string | null, at: string): number {
  return due === null ? 0 : Math.round(Math.max(0, Date.parse(at) - Date.parse(due)) / 1000);
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
