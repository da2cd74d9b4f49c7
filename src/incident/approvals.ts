import type { ActorId } from './identity.ts';
import { isGone, listedNow, peopleNow } from './people/people.ts';
import { mayStandIn } from './people/stand-ins.ts';
import type { Approval, Draft, Filing, IncidentState, Stamp } from './state.ts';

export type ApprovalStatus = 'none' | 'asked' | 'approved' | 'sent_back' | 'voided';

/** Approval status of a draft, with the entry of the record that set it; `none` and null if nobody was asked. */
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

/**
 * Approval under which a draft was sent at an instant (ISO 8601), to the minute; null if it was not approved then.
 * Later statements belong in the supplement and do not void it; neither does a level that rises later.
 */
export function approvalAt(
  { approvals }: Pick<IncidentState, 'approvals'>,
  draft: number,
  at: string,
): (Approval & { readonly approved: Stamp }) | null {
  const stood = (one: Approval): one is Approval & { readonly approved: Stamp } => {
    const { approved, sentBack, voided } = one;
    if (one.draft !== draft || approved === null || isBefore(at, approved.at)) return false;
    const ended = voided?.levelRose === true ? sentBack : (voided ?? sentBack);
    return ended === null || !isBefore(ended.at, at);
  };
  return approvals.findLast(stood) ?? null;
}

/** Returns true if an instant lies in an earlier minute than another: people enter times to the minute. */
export function isBefore(at: string, start: string): boolean {
  return Math.floor(Date.parse(at) / 60_000) < Math.floor(Date.parse(start) / 60_000);
}

/** Returns true while the approval is pending: undecided, and its draft neither filed without it nor replaced later. */
export function isAwaited(
  state: Pick<IncidentState, 'approvals' | 'drafts' | 'filings' | 'handlingEnded'>,
  { draft }: Approval,
): boolean {
  return (
    approvalOf(state, draft).status === 'asked' &&
    draftInForce(state)?.draft === draft &&
    !state.filings.some((filing) => filing.draft === draft)
  );
}

/** Returns true if everybody who was asked to approve is gone, or has no longer the role or a deputy's place. */
export function isAskedInVain(state: IncidentState, { approvers }: Approval): boolean {
  const inVain = (actor: ActorId): boolean => {
    const one = state.people[actor];
    return one !== undefined && (isGone(state, one) || !mayApprove(state, one.person));
  };
  return approvers.length > 0 && approvers.every(inVain);
}

function mayApprove(state: IncidentState, person: string | null): boolean {
  const organisation = peopleNow(state);
  return person === null || organisation === null || mayStandIn(organisation, 'approver', person);
}

/** Returns true if the filing sent a report of the incident, not the notice of another duty (police, individuals). */
export function isReport({ form }: Pick<Filing, 'form'>): boolean {
  return form !== null;
}

/**
 * Draft to be read, approved and sent next: usually the latest. Until a report was filed, a draft of a later kind does
 * not replace the first report, except a summary once handling has ended.
 */
export function draftInForce({
  drafts,
  filings,
  handlingEnded,
}: Pick<IncidentState, 'drafts' | 'filings' | 'handlingEnded'>): Draft | undefined {
  const latest = drafts.at(-1);
  if (filings.some(isReport) || (handlingEnded && latest?.role === 'final')) return latest;
  return drafts.findLast(({ role }) => role === 'first') ?? latest;
}

/** Returns true if the profile lists two actors as the same person: a person may act from several accounts. */
export function isSamePerson({ people }: Pick<IncidentState, 'people'>, a: ActorId, b: ActorId): boolean {
  const person = people[a]?.person ?? null;
  return a === b || (person !== null && person === (people[b]?.person ?? null));
}

/** Returns true if the profile has anybody who approves. */
export function namesApprover(organisation: IncidentState['organisation']): boolean {
  return organisation?.people.some(({ roles }) => roles.includes('approver')) ?? false;
}

/** Returns true if the person, or one whose deputy they are, was asked to approve the latest text and so may decide. */
export function isAskedToApprove(state: IncidentState, person: string | null): boolean {
  if (person === null) return false;
  return (state.approvals.at(-1)?.approvers ?? []).some((asked) => {
    const id = state.people[asked]?.person ?? null;
    return (id === person || listedNow(state, id)?.deputy === person) && mayApprove(state, id);
  });
}
