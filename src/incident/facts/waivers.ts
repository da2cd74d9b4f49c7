import { type Leaf, leavesOf, numberedLeaf } from '../../law/condition.ts';
import { rankOf } from '../../law/levels.ts';
import { type Regime, reportOf } from '../../law/regime.ts';
import type { Assessment, Facts, Iso, Obligation } from '../../law/types.ts';
import { chosenOf } from '../../law/value.ts';
import type { AuthorityRequest, IncidentState } from '../state.ts';
import { lawCircumstances } from './law-facts.ts';
import { hasReported, type OwedObligation } from './owed.ts';

/** Duties that people decided are not owed, and what ends such a decision. */

type Waiver = IncidentState['notOwed'][string];

/** Facts on which decisions that nothing is owed depend. */
interface Decided {
  readonly isReportingOver: boolean;
  readonly floor: Assessment['floor'];
  /** Waived duties that have a ground their deciders did not see (`renewedDuties`). */
  readonly renewed: readonly string[];
}

/**
 * Returns a predicate, true for a duty that a decision voided: "no report needed" voids the clocks that depend on a
 * level, and people can waive a single duty. A duty waived while it was only possible is owed once it is certain; one
 * that was certain, once the figures of an open incident reach a higher level, or a ground is added, that its deciders
 * did not see. Duties without a threshold stay, and so does the final report of a reported incident.
 */
export function isVoided(
  state: IncidentState,
  regime: Regime,
  { isReportingOver, floor, renewed }: Decided,
): (o: Obligation) => boolean {
  const graded = isReportingOver ? regime.obligations.filter(({ minLevel }) => minLevel !== undefined) : [];
  const kept = (content: string): boolean => hasReported(state) && reportOf(regime, content) === 'final';
  const voided = new Set(graded.flatMap(({ id, content }) => (kept(content) ? [] : [id])));
  const mistaken = state.closed?.mistaken === true;
  return ({ id, provisional = false }) => {
    const waived = state.notOwed[id];
    if (mistaken || voided.has(id) || waived === undefined) return mistaken || voided.has(id);
    if (waived.floor === undefined || state.closed) return provisional || waived.possible !== true;
    return rankOf(regime, floor) <= rankOf(regime, waived.floor) && !renewed.includes(id);
  };
}

/** Decision by which a duty, or an authority's request, is not owed; undefined for one that is owed or was met. */
export function waiverOf(
  { notOwed, requests }: IncidentState,
  { id, status }: OwedObligation,
): Waiver | NonNullable<AuthorityRequest['dropped']> | undefined {
  if (status !== 'void') return undefined;
  return notOwed[id] ?? requests.find((one) => one.id === id)?.dropped ?? undefined;
}

/** Ids of waived duties that follow from a ground which their deciders did not see, e.g. leaked instead of lost data. */
export function renewedDuties(state: IncidentState, regime: Regime, now: Iso): readonly string[] {
  return Object.entries(state.notOwed).flatMap(([id, { grounds }]) =>
    grounds === undefined || groundsOf(state, regime, id, now).every((one) => grounds.includes(one)) ? [] : [id],
  );
}

/** Grounds of a duty: the conditions of its rule that certainly hold, e.g. `personal_info_compromise: lost`. */
export function groundsOf(state: IncidentState, regime: Regime, duty: string, now: Iso): readonly string[] {
  const known = lawCircumstances(state, regime, now);
  const leaves = regime.obligations.flatMap(({ id, when }) => (id === duty && when ? leavesOf(when) : []));
  const holding = leaves.filter((leaf) => known.truthOf(numberedLeaf(leaf)) === 'yes');
  return [...new Set(holding.flatMap((leaf) => groundsIn(leaf, known.facts)))];
}

function groundsIn(leaf: Leaf, facts: Facts): readonly string[] {
  // A value that is merely possible is no ground.
  if ('mayReach' in leaf) return [];
  if (!('in' in leaf)) return [JSON.stringify(leaf)];
  const value = facts[leaf.fact];
  const chosen = value === undefined ? [] : chosenOf(value);
  return chosen.flatMap((option) => (leaf.in.includes(option) ? [`${leaf.fact}: ${option}`] : []));
}
