import type { ActorId } from './identity.ts';
import type { EventOf } from './record/events.ts';
import type { Approval, Filing, IncidentState, Stamp } from './state.ts';

type Of<T extends 'approval_requested' | 'draft_approved' | 'draft_sent_back' | 'approval_voided'> =
  EventOf<T>['payload'];

/** How approvals change; the latest entry of a draft is the one that counts. */
export const evolveApproval = {
  asked: ({ draft, hash, approvers }: Of<'approval_requested'>, stamp: Stamp): Approval => ({
    ...stamp,
    draft,
    hash,
    approvers,
    approved: null,
    sentBack: null,
    voided: null,
  }),
  /** Somebody may approve what nobody asked them about. */
  approved(all: readonly Approval[], p: Of<'draft_approved'>, stamp: Stamp): readonly Approval[] {
    const last = all.at(-1);
    const waits = last?.draft === p.draft && !last.approved && !last.sentBack && !last.voided;
    const asked = waits ? all : [...all, evolveApproval.asked({ ...p, approvers: [stamp.by] }, stamp)];
    return withLast(asked, { approved: stamp });
  },
  sentBack(all: readonly Approval[], p: Of<'draft_sent_back'>, stamp: Stamp): readonly Approval[] {
    const asked =
      all.at(-1)?.draft === p.draft ? all : [...all, evolveApproval.asked({ ...p, approvers: [stamp.by] }, stamp)];
    return withLast(asked, { sentBack: { ...stamp, comments: p.comments } });
  },
  voided: (all: readonly Approval[], p: Of<'approval_voided'>, stamp: Stamp): readonly Approval[] =>
    withLast(all, { voided: { ...stamp, changes: p.changes, levelRose: p.levelRose } }),
};

function withLast(all: readonly Approval[], change: Partial<Approval>): readonly Approval[] {
  return all.map((one, index) => (index === all.length - 1 ? { ...one, ...change } : one));
}

export type ApprovalStatus = 'none' | 'asked' | 'approved' | 'sent_back' | 'voided';

/** Where the approval of a draft stands, with the entry that says so. */
export function approvalOf(
  { approvals }: Pick<IncidentState, 'approvals'>,
  draft: number,
): { readonly status: ApprovalStatus; readonly approval: Approval | null } {
  const approval = approvals.findLast((one) => one.draft === draft) ?? null;
  if (!approval) return { status: 'none', approval };
  if (approval.voided) return { status: 'voided', approval };
  if (approval.sentBack) return { status: 'sent_back', approval };
  return { status: approval.approved ? 'approved' : 'asked', approval };
}

/** Whether somebody still has to decide on it: undecided, not filed without it, and no later draft has taken its place. */
export function isAwaited(
  state: Pick<IncidentState, 'approvals' | 'drafts' | 'filings'>,
  { draft }: Approval,
): boolean {
  return (
    approvalOf(state, draft).status === 'asked' &&
    state.drafts.at(-1)?.draft === draft &&
    !state.filings.some((filing) => filing.draft === draft)
  );
}

/** Whether a filing sent a report of the incident, rather than what other duties ask for (police, individuals). */
export function isReport({ content }: Pick<Filing, 'content'>): boolean {
  return content === undefined || content === 'initial_report' || content === 'summary_report';
}

/** Two actors are the same person when the profile says so: somebody may act from several accounts. */
export function isSamePerson({ people }: Pick<IncidentState, 'people'>, a: ActorId, b: ActorId): boolean {
  const person = people[a]?.person ?? null;
  return a === b || (person !== null && person === (people[b]?.person ?? null));
}

/** Whether the profile has anybody who approves. */
export function namesApprover(organisation: IncidentState['organisation']): boolean {
  return organisation?.people.some(({ roles }) => roles.includes('approver')) ?? false;
}

/** Whoever was asked to approve, and their deputies, may decide on that draft as an approver does. */
export function isAskedToApprove({ approvals, people, organisation }: IncidentState, person: string | null): boolean {
  if (person === null) return false;
  return (approvals.at(-1)?.approvers ?? []).some((asked) => {
    const id = people[asked]?.person ?? null;
    return id === person || organisation?.people.find((one) => one.id === id)?.deputy === person;
  });
}
