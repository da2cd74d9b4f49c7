import { isAskedToApprove } from '../approvals.ts';
import type { Command, CommandOf, Proposable } from '../commands.ts';
import { API_ACTOR, type Role } from '../identity.ts';
import { rolesToSecond } from '../people/guard-table.ts';
import { isGone, peopleNow } from '../people/people.ts';
import type { Person } from '../people/profile.ts';
import { type Acting, type Action, isActing, lacks, leadOf, rights } from '../people/rights.ts';
import { agreementBy, isSameCommand, openProposals, proposedLevel } from '../proposals.ts';
import type { IncidentState, Proposal } from '../state.ts';
import { suffices, type Visibility } from '../visibility.ts';
import type { Catalogue, RefusedCommand } from './context.ts';

/** Act in an incident: a command, or only its right while its values are not known, e.g. before a form is filled in. */
export type Act = Exclude<Command, CommandOf<'declare'>> | Action;

/** Questions that are judgements. */
interface Now {
  readonly catalogue: Pick<Catalogue, 'isJudgement'>;
}

/**
 * Refusal of an act because of its actor, whatever its content: erased, not visible, right missing, stopped, closed,
 * own proposal or text. Null if allowed. The only decision for commands and for the buttons and forms that send them.
 */
export function admission(
  state: IncidentState,
  act: Act,
  acting: Acting,
  seen: Visibility,
  { catalogue }: Now,
): RefusedCommand | null {
  if (acting.readsOnly) return { code: 'auditor_reads' };
  if (state.erased) return { code: 'erased', params: { id: state.id } };
  const unseen = unseenRefusal(state, typeof act === 'string' ? act : act.type, seen);
  if (unseen) return unseen;
  const action = typeof act === 'string' ? act : rightOf(state, act, acting, catalogue);
  const asked = (action === 'approve' || action === 'send_back') && isAskedToApprove(state, acting.person);
  const roles: readonly Role[] = asked ? [...acting.roles, 'approver'] : acting.roles;
  const missing = lacks(action, acting.actors[0] ?? '', roles, state.organisation);
  if (missing) return forbidden(state, missing);
  if (state.imported && rights[action].who !== 'clock' && !rights[action].whenImported)
    return { code: 'recorded_afterwards' };
  if (state.stopped && !rights[action].whenStopped) return { code: 'stopped' };
  if (state.closed && !rights[action].whenClosed) return { code: 'closed' };
  if (typeof act === 'string') return null;
  switch (act.type) {
    case 'second':
    case 'second_level': {
      const proposal = proposalOf(state, act);
      return proposal && refusalToSecond(state, { proposal, agree: act.agree, acting });
    }
    case 'approve':
      return isAuthor(state, act.draft, acting) ? { code: 'four_eyes' } : null;
    default:
      return refusalToRepeat(state, act, acting);
  }
}

/** Refusal to repeat another person's proposal, which would agree to it; a statement on the record may be repeated. */
function refusalToRepeat(state: IncidentState, act: Proposable, acting: Acting): RefusedCommand | null {
  const open = agreementBy(state, act, acting.actors[0] ?? '')?.open;
  if (!open || isActing(state, acting, open.by)) return null;
  const isRecorded = open.recorded && isSameCommand(open.command, act);
  return isRecorded ? null : refusalToSecond(state, { proposal: open, agree: true, acting });
}

/** Open proposal that a second person's command refers to; null if there is none. */
export function proposalOf(
  state: Pick<IncidentState, 'proposals'>,
  command: CommandOf<'second' | 'second_level'>,
): Proposal | null {
  if (command.type === 'second_level') return proposedLevel(state);
  return openProposals(state).find(({ id }) => id === command.proposal) ?? null;
}

interface Seconding {
  readonly proposal: Proposal;
  readonly agree: boolean;
  readonly acting: Acting;
}

/** Refusal unless the second person has a role for each effect, and is neither the proposer nor the one to be removed. */
function refusalToSecond(state: IncidentState, { proposal, agree, acting }: Seconding): RefusedCommand | null {
  const may = rolesToSecond(state, proposal);
  if (!may.some((role) => acting.roles.includes(role))) return forbidden(state, may);
  if (state.closed && !rights[proposal.command.type].whenClosed) return { code: 'closed' };
  const { command } = proposal;
  const isRemoved = command.type === 'remove_person' && [...acting.actors, acting.person].includes(command.person);
  if (agree && isRemoved) return { code: 'removes_self' };
  const isOwn = agree && proposal.by !== API_ACTOR && isActing(state, acting, proposal.by);
  return isOwn && !mayBeBoth(state, acting) ? { code: 'same_person' } : null;
}

/** Returns true where one person may agree alone: a drill, or a local console without a profile. */
export function mayBeBoth(
  { drill, organisation }: Pick<IncidentState, 'drill' | 'organisation'>,
  { isLocal }: Pick<Acting, 'isLocal'>,
): boolean {
  return drill || (organisation === null && isLocal === true);
}

/** Returns true for an author of the text, who may not approve it (four eyes). */
function isAuthor(state: IncidentState, number: number, acting: Acting): boolean {
  if (state.organisation?.approval?.fourEyes !== true) return false;
  const draft = state.drafts.find((one) => one.draft === number);
  const asked = state.approvals.findLast((one) => one.draft === number);
  return [draft?.by, asked?.by].some((by) => by !== undefined && isActing(state, acting, by));
}

/**
 * Right needed by a command. A judgement needs a right of its own, unless it is "not known"; a field with its wording
 * needs the right to confirm wordings; a removed person is readmitted by people who may remove.
 */
export function rightOf(
  { people }: Pick<IncidentState, 'people'>,
  command: Exclude<Act, Action>,
  { actors }: Acting,
  { isJudgement }: Pick<Catalogue, 'isJudgement'>,
): Action {
  if (command.type === 'add_person') {
    const isOut = Object.values(people).some((one) => one.removed && [one.actor, one.person].includes(command.person));
    return isOut ? 'remove_person' : command.type;
  }
  if (command.type === 'fill_field' && command.wording !== undefined) return 'confirm_wording';
  if (command.type === 'decide_level' && command.authority !== undefined) return 'record_authority';
  if (command.type !== 'answer' || command.value === 'unknown' || actors[0] === API_ACTOR) return command.type;
  // Judgements sent with a token wait for a person: the guard makes them proposals.
  return isJudgement(command.fact) ? 'judge' : command.type;
}

/**
 * Refusal for an actor who may not see the object of the command, e.g. to answer, join, move or agree. An incident
 * hidden only because it left chat may be brought back from another place.
 */
function unseenRefusal(state: IncidentState, action: Action, seen: Visibility): RefusedCommand | null {
  if (suffices(seen, rights[action].sees)) return null;
  if (seen.show === 'nothing' || (seen.show === 'head' && seen.why !== 'restricted')) {
    return { code: 'unknown_incident', params: { id: state.id } };
  }
  return { code: 'not_released', params: { lead: whoReleases(state).join(', ') } };
}

function forbidden(state: IncidentState, roles: readonly string[]): RefusedCommand {
  return { code: 'forbidden', params: { roles, people: namesWith(state, roles) } };
}

/** Names of those who can release content abroad, the lead of the incident first. */
export function whoReleases(state: IncidentState): readonly string[] {
  const lead = leadOf(state);
  const others = namesWith(state, lacks('release_abroad', '', [], state.organisation) ?? []);
  return [...new Set([...(lead === null || isGone(state, lead) ? [] : [lead.name]), ...others])];
}

function namesWith(state: IncidentState, roles: readonly string[]): readonly string[] {
  return peopleWith(state, roles).map(({ name }) => name);
}

/** The first people who have one of some roles in the profile in force and were not removed. */
export function peopleWith(state: IncidentState, roles: readonly string[]): readonly Person[] {
  const able = peopleNow(state)?.people.filter((one) => one.roles.some((role) => roles.includes(role)));
  return (able ?? []).slice(0, MOST_NAMED);
}
const MOST_NAMED = 4;
