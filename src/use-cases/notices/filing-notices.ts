import type { Card } from '../../conversation/cards/card.ts';
import { cardOf, namedTitle } from '../../conversation/cards/headline.ts';
import { actionBlock, strongBlock } from '../../conversation/cards/sentence.ts';
import { dueAt, levelText, openInitial, type Situation, show, t } from '../../conversation/cards/situation.ts';
import { missingFor } from '../../conversation/collecting/field-inputs.ts';
import { followCard, taskCard, toSupplement } from '../../conversation/collecting/tasks.ts';
import { askCard, outcomeCard } from '../../conversation/filing/approval-status.ts';
import { correctedCard, delayCard } from '../../conversation/filing/changes-since-filing.ts';
import { proposalCard, settledCard } from '../../conversation/proposal-cards.ts';
import { handedOverCard, handoverCard, recapCard } from '../../conversation/record/recap.ts';
import { callCard } from '../../conversation/reminding/call-cards.ts';
import { isAwaited, isSamePerson } from '../../incident/approvals.ts';
import { type IncidentAssessment, levelReached } from '../../incident/facts/assessment.ts';
import type { ActorId } from '../../incident/identity.ts';
import { rolesToSecond } from '../../incident/people/guard-table.ts';
import { inIncident, isGone, isPerson, peopleNow } from '../../incident/people/people.ts';
import { rolesIn } from '../../incident/people/rights.ts';
import type { EventOf, IncidentEvent } from '../../incident/record/events.ts';
import type { Approval, IncidentState, Participant, Reminder, Task } from '../../incident/state.ts';
import { calledIn, callingOf, callsIn, callsMade, isToRoom, whoCanExplain } from '../directory/escalation.ts';

/** Recipients of a notice: the people to message directly; `ring`: true if the room is notified too. */
export interface Told {
  readonly people: readonly Participant[];
  readonly ring: boolean;
  readonly card: (actor: ActorId | null) => Card;
}

/** Recipients for events of approval, filing and tasks; null for all others, which surfaces show. */
export function filingTold(situation: Situation, event: IncidentEvent, version: number): Told | null {
  const { state } = situation;
  const approval = state.approvals.at(-1);
  switch (event.type) {
    case 'approval_requested':
      return approval ? requested(situation, approval) : null;
    case 'draft_approved':
      if (!approval?.approved) return null;
      return to(situation, [approval.by, state.lead], [approval.approved.by], () => outcomeCard(situation, approval));
    case 'draft_sent_back':
      return approval?.sentBack ? sentBack(situation, approval, approval.sentBack.by) : null;
    case 'approval_voided': {
      if (!approval?.voided) return null;
      const approver = approval.approved ? [approval.approved.by] : [];
      return to(situation, [...approver, approval.by, state.lead], [], () => outcomeCard(situation, approval));
    }
    case 'filing_corrected':
      return corrected(situation, event.payload);
    case 'handover_offered':
      return to(situation, [event.payload.to], [], () => handoverCard(situation) ?? recapCard(situation));
    case 'handover_taken': {
      const { lead } = state;
      return to(situation, [event.payload.from], [], () => handedOverCard(situation, lead));
    }
    case 'proposal_made':
      return proposed(situation, event.payload.proposal);
    case 'proposal_settled': {
      const proposal = state.proposals.find(({ id }) => id === event.payload.proposal);
      if (!proposal?.settled) return null;
      return to(situation, [proposal.by], [proposal.settled.by], () => settledCard(situation, proposal));
    }
    case 'task_added':
    case 'task_changed':
      return taskTold(situation, event, version);
    default:
      return null;
  }
}

/**
 * Notice to lead, approvers and legal, and in the room, when the figures exceed those on which two people decided that
 * nothing is reported: the clock of the first report runs again. Null if that clock does not run again.
 */
export function clockBackTold(
  situation: Situation,
  before: IncidentState,
  assessed: (state: IncidentState) => IncidentAssessment,
): Told | null {
  const { state, ia, regime } = situation;
  const isDecided = state.levelDecision || state.notReportable || Object.keys(state.notOwed).length > 0;
  if (!isDecided) return null;
  const [first] = openInitial(situation);
  if (!first || !(state.levelDecision || state.notReportable || state.notOwed[first.id])) return null;
  if (assessed(before).obligations.every(({ id, status }) => id !== first.id || status !== 'void')) return null;
  const params = { level: levelText(regime, levelReached(ia)), due: dueAt(situation, first.due) };
  const text = t(first.status === 'late' ? 'clock.back_late' : 'clock.back', params);
  const card = (): Card =>
    cardOf(situation, namedTitle(situation, text), text, [strongBlock(text), actionBlock([show(situation, 'why')])]);
  const isCalled = (one: Participant): boolean =>
    isPerson(one) &&
    (one.actor === state.lead || rolesIn(state, one).some((role) => role === 'approver' || role === 'legal'));
  return { people: Object.values(state.people).filter(isCalled), ring: true, card };
}

/** Recipients of a step beside the clocks; null for a step of a clock. */
export function filingStepTold(situation: Situation, reminder: Reminder): Told | null {
  const { state } = situation;
  const { step, obligations } = reminder;
  if (step.kind === 'approval') {
    const waiting = state.approvals.find(({ version }) => obligations.includes(`approval.${version}`));
    if (!waiting || !isAwaited(state, waiting)) return NOBODY(situation);
    return step.round === 0 ? requested(situation, waiting) : escalated(situation, waiting, step.round);
  }
  if (step.kind === 'follow') return follow(situation);
  if (step.kind === 'call') return called(situation, reminder);
  if (step.kind === 'task') {
    const task = state.tasks.find(({ id, finished }) => obligations.includes(id) && !finished);
    if (!task) return NOBODY(situation);
    return to(situation, [task.owner ?? state.lead], [], () => taskCard(situation, [task], true));
  }
  return null;
}

/** Empty recipients for a matter that was settled meanwhile. */
const NOBODY = (situation: Situation): Told => ({ people: [], ring: false, card: () => followCard(situation) });

function to(situation: Situation, actors: readonly ActorId[], but: readonly ActorId[], card: Told['card']): Told {
  const { state } = situation;
  const wanted = actors.filter((actor) => !but.some((other) => isSamePerson(state, actor, other)));
  const one = wanted.filter((actor, i) => wanted.findIndex((other) => isSamePerson(state, actor, other)) === i);
  return { people: one.flatMap((actor) => state.people[actor] ?? []), ring: false, card };
}

function requested(situation: Situation, approval: Approval): Told {
  const { state } = situation;
  const asked = approval.approvers.length > 0 ? approval.approvers : unnamed(state, [state.lead]);
  return to(situation, asked, [approval.by], (actor) => askCard(situation, approval, actor ?? ''));
}

/** People asked for approval where no profile exists, so that everybody may approve. */
function unnamed({ people }: IncidentState, actors: readonly ActorId[]): readonly ActorId[] {
  return actors.filter((actor) => people[actor] && isPerson(people[actor]));
}

/** Recipients of a call: the next person, or several if calls are due at once; finally the room. */
function called(situation: Situation, { step, collapsed, obligations, version }: Reminder): Told {
  const calling = callingOf(situation.state);
  if (!calling || !obligations.includes(`call.${calling.version}`)) return NOBODY(situation);
  const steps = callsIn([...collapsed, step]);
  const isLast = steps.some((one) => isToRoom(calling, one));
  const before = [...calling.asked, ...(isLast ? calling.next : callsMade(situation.state, calling, version).people)];
  const people = steps.flatMap((one) => calledIn(calling, one));
  return { people, ring: isLast, card: (actor) => callCard(situation, before, isLast && actor === null) };
}

/** Recipients of an approval reminder: first those asked, then all approvers and deputies, finally the room. */
function escalated(situation: Situation, approval: Approval, round: number): Told {
  const { state } = situation;
  const card = (actor: ActorId | null): Card => askCard(situation, approval, actor ?? '', true);
  const { approvers, by } = approval;
  const asked = to(situation, approvers.length > 0 ? approvers : unnamed(state, [state.lead, by]), [], card).people;
  if (round === 1) return { people: asked, ring: false, card };
  const organisation = peopleNow(state);
  const deputies = asked.flatMap(({ person }) => organisation?.people.find(({ id }) => id === person)?.deputy ?? []);
  const others = (organisation?.people ?? []).filter(
    ({ id, roles }) => roles.includes('approver') || deputies.includes(id),
  );
  const known = new Set(asked.map(({ person }) => person));
  const more = others.filter(({ id }) => !known.has(id)).map((person) => inIncident(state, person));
  return { people: [...asked, ...more], ring: round > 2, card };
}

/** Recipients when a draft is sent back: owners of the changes, and the person who asked for approval. */
function sentBack(situation: Situation, approval: Approval, by: ActorId): Told {
  const { state } = situation;
  const owners = state.tasks
    .filter(({ kind, version }) => kind === 'comment' && version > (approval.sentBack?.version ?? 0))
    .flatMap(({ owner }) => owner ?? []);
  return to(situation, [...owners, approval.by], [by], () => outcomeCard(situation, approval));
}

/**
 * Question to the lead and legal, or substitutes, for the reason of a delay: of a filing just recorded, or of an
 * earlier one that counts as late since this change. `version`: that of the filing.
 */
export function delayTold(
  situation: Situation,
  before: IncidentState,
  assessed: (state: IncidentState) => IncidentAssessment,
): (Told & { readonly version: number }) | null {
  const { state, ia } = situation;
  // Without a filing the duties need not be assessed.
  if (state.filings.length === 0) return null;
  const late = ia.filings.filter(
    ({ lateSeconds, lateReason, obligation }) =>
      lateSeconds > 0 && lateReason === undefined && state.delays[obligation] === undefined,
  );
  if (late.length === 0) return null;
  const known = new Set(assessed(before).filings.flatMap((one) => (one.lateSeconds > 0 ? [one.version] : [])));
  const filing = late.find(({ version }) => !known.has(version));
  if (!filing) return null;
  const legal = Object.values(state.people).filter(
    (one) => rolesIn(state, one).includes('legal') && state.organisation,
  );
  const card = delayCard(situation, filing);
  const told = to(situation, [state.lead, ...legal.map(({ actor }) => actor)], [], () => card);
  return { ...told, people: whoCanExplain(situation, told.people), version: filing.version };
}

/** Recipients of a proposal: participants who may agree, else people of the profile with that right, or the room. */
function proposed(situation: Situation, id: string): Told | null {
  const { state } = situation;
  const proposal = state.proposals.find((one) => one.id === id);
  if (!proposal) return null;
  const card = () => proposalCard(situation, proposal);
  const needed = rolesToSecond(state, proposal);
  const may = (one: Participant): boolean => needed.some((role) => rolesIn(state, one).includes(role));
  const isOther = ({ actor }: Participant): boolean => !isSamePerson(state, actor, proposal.by);
  const here = Object.values(state.people).filter(
    (one) => isPerson(one) && !isGone(state, one) && may(one) && isOther(one),
  );
  const listed = (peopleNow(state)?.people ?? []).map((person) => inIncident(state, person));
  const people = here.length > 0 ? here : listed.filter((one) => may(one) && isOther(one));
  return { people, ring: people.length === 0, card };
}

/** Notice in the rooms that a filing was withdrawn, or its time, channel or text corrected. */
function corrected(
  situation: Situation,
  { filing, at, channel, draft }: EventOf<'filing_corrected'>['payload'],
): Told | null {
  const { state } = situation;
  const voided = state.voidedFilings.find(({ version }) => version === filing);
  const isChanged = at !== undefined || channel !== undefined || draft !== undefined;
  if (!voided && !isChanged) return null;
  const lead = to(situation, [state.lead], [], () => correctedCard(situation, filing));
  return { ...lead, ring: true };
}

function taskTold(situation: Situation, event: IncidentEvent, version: number): Told | null {
  const { state } = situation;
  if (event.type === 'task_changed') {
    const task = event.payload.owner ? state.tasks.find(({ id }) => id === event.payload.task) : undefined;
    return task ? ofOwner(situation, task, null) : null;
  }
  const task = state.tasks.find((one) => one.version === version);
  return task && task.kind !== 'comment' ? ofOwner(situation, task, task.by) : null;
}
function ofOwner(situation: Situation, task: Task, by: ActorId | null): Told | null {
  if (task.owner === null) return null;
  return to(situation, [task.owner], by === null ? [] : [by], () => taskCard(situation, [task], false));
}

/** Recipients of the reminder about missing items: the owners of these items, and the lead. */
function follow(situation: Situation): Told {
  const { state } = situation;
  if (!toSupplement(situation)) return NOBODY(situation);
  const owners = Object.values(state.owners).flatMap(({ owner }) => owner ?? []);
  const owing = owners.filter((actor) => missingFor(situation, actor).length > 0);
  return to(situation, [...owing, state.lead], [], () => followCard(situation));
}
