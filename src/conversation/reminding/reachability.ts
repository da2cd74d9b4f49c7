import { approvalOf, draftInForce } from '../../incident/approvals.ts';
import type { ActorId } from '../../incident/identity.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';
import { itemsNow } from '../../report/items.ts';
import type { Situation } from '../cards/situation.ts';

/**
 * Returns true if personal notices reach the person: as the platforms know it now, else by past deliveries; null if
 * unknown.
 */
export function reachOf(
  { state, reaches }: Situation,
  actor: ActorId,
  person: Participant | undefined = state.people[actor],
): boolean | null {
  const now = person ? (reaches?.(person) ?? null) : null;
  return now ?? (failedBefore(state).includes(actor) ? false : null);
}

/** People whom reminders or questions should reach and do not. */
export function unreached(situation: Situation): readonly ActorId[] {
  const { state } = situation;
  const owners = itemsNow(situation).flatMap(({ owner, state: done }) =>
    owner === null || done === 'done' ? [] : owner,
  );
  const draft = draftInForce(state)?.draft ?? 0;
  const { status, approval } = approvalOf(state, draft);
  const asked = status === 'asked' ? (approval?.approvers ?? []) : [];
  const wanted = new Set([...failedBefore(state), state.lead, ...owners, ...asked]);
  return [...wanted].filter((actor) => reachOf(situation, actor) === false);
}

function failedBefore({ undeliverable }: IncidentState): readonly ActorId[] {
  return undeliverable.flatMap(({ outcome, failed }) => (outcome === 'undeliverable' ? (failed ?? []) : []));
}
