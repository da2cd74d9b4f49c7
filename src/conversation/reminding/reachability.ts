import { approvalOf, draftInForce } from '../../incident/approvals.ts';
import type { ActorId } from '../../incident/identity.ts';
import { inIncident, isPerson, peopleNow } from '../../incident/people/people.ts';
import { standInFor } from '../../incident/people/stand-ins.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';
import { itemsNow } from '../../report/items.ts';
import type { Situation } from '../cards/situation.ts';

/** Returns true if personal notices reach the person: as platforms know now, else by past deliveries; null: unknown. */
export function reachOf(
  { state, reaches }: Situation,
  actor: ActorId,
  person: Participant | undefined = state.people[actor],
): boolean | null {
  const now = person ? (reaches?.(person) ?? null) : null;
  return now ?? (failedBefore(state).includes(actor) ? false : null);
}

/**
 * People who should get reminders or questions but cannot be reached: recipients so far, and people of the profile who
 * can lead or file now, before the bot calls the first of them.
 */
export function unreached(situation: Situation): readonly Participant[] {
  const { state } = situation;
  const owners = itemsNow(situation).flatMap(({ owner, state: done }) =>
    owner === null || done === 'done' ? [] : owner,
  );
  const draft = draftInForce(state)?.draft ?? 0;
  const { status, approval } = approvalOf(state, draft);
  const asked = status === 'asked' ? (approval?.approvers ?? []) : [];
  const wanted = [...failedBefore(state), state.lead, ...owners, ...asked].flatMap(
    (actor) => state.people[actor] ?? [],
  );
  const all = new Map([...wanted, ...onDuty(situation)].map((one) => [one.person ?? one.actor, one]));
  return [...all.values()].filter((one) => isPerson(one) && reachOf(situation, one.actor, one) === false);
}

function onDuty({ state, ia }: Situation): readonly Participant[] {
  const organisation = peopleNow(state);
  if (!organisation || state.drill || state.closed) return [];
  const found = (['lead', 'filer'] as const).flatMap((role) => standInFor(organisation, role, ia.now));
  return found.map(({ person }) => inIncident(state, person));
}

function failedBefore({ undeliverable }: IncidentState): readonly ActorId[] {
  return undeliverable.flatMap(({ outcome, failed }) => (outcome === 'undeliverable' ? (failed ?? []) : []));
}
