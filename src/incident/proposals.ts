import type { CommandOf, Proposable } from './commands.ts';
import type { ActorId } from './identity.ts';
import type { EventOf, IncidentEvent } from './record/events.ts';
import type { IncidentState, Proposal, Stamp } from './state.ts';

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

/** The level that waits for a second person, if one does. */
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
    case 'end_handling':
      return 'handling';
    case 'settle_question':
      return `reading:${command.question}`;
    case 'answer':
      return `fact:${command.fact}`;
    case 'not_owed':
      return `duty:${command.obligation}`;
    case 'drop_request':
      return `duty:${command.request}`;
  }
}

/** Subject that an event settles by itself, e.g. `level`. */
function subjectSettledBy(event: IncidentEvent): string | null {
  switch (event.type) {
    case 'level_decided':
    case 'not_reportable_decided':
    case 'level_override_refused':
      return 'level';
    case 'awareness_confirmed':
      return 'awareness';
    case 'handling_ended':
    case 'reopened':
      return 'handling';
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

export const evolveProposals = {
  made: (
    state: Pick<IncidentState, 'proposals'>,
    { proposal, ground, command }: EventOf<'proposal_made'>['payload'],
    stamp: Stamp,
  ): Pick<IncidentState, 'proposals'> => {
    const made: Proposal = { ...stamp, id: proposal, ground, command, settled: null };
    return { proposals: [...settle(state.proposals, subjectOf(command), stamp), made] };
  },
  settled: (
    state: Pick<IncidentState, 'proposals'>,
    { proposal, agreed }: EventOf<'proposal_settled'>['payload'],
    stamp: Stamp,
  ): Pick<IncidentState, 'proposals'> => {
    return {
      proposals: state.proposals.map((one) => (one.id === proposal ? { ...one, settled: { ...stamp, agreed } } : one)),
    };
  },
  /** Proposals of a level as the first versions of this program recorded them. */
  ofLevel: (
    state: Pick<IncidentState, 'proposals'>,
    { level, reason, authority }: EventOf<'level_override_proposed'>['payload'],
    stamp: Stamp,
  ): Pick<IncidentState, 'proposals'> => {
    const command = { type: 'decide_level', level, reason, authority } as const;
    return evolveProposals.made(state, { proposal: `p${stamp.version}`, ground: 'below_floor', command }, stamp);
  },
  /** Proposals that are overtaken by a decision about the same thing; one of that very level counts as agreed to. */
  overtaken(proposals: readonly Proposal[], event: IncidentEvent, stamp: Stamp): readonly Proposal[] {
    const subject = subjectSettledBy(event);
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
