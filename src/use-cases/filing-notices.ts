import { askCard, outcomeCard } from '../conversation/approval.ts';
import type { Card } from '../conversation/card.ts';
import { missingFor } from '../conversation/items.ts';
import { proposalCard, settledCard } from '../conversation/proposals.ts';
import type { Scene } from '../conversation/scene.ts';
import { followCard, taskCard, toSupplement } from '../conversation/tasks.ts';
import { correctedCard, delayCard } from '../conversation/updates.ts';
import { isAwaited, isSamePerson } from '../incident/approvals.ts';
import type { EventOf, IncidentEvent } from '../incident/events.ts';
import type { ActorId } from '../incident/identity.ts';
import { lacks } from '../incident/rights.ts';
import type { Approval, IncidentState, Participant, Task } from '../incident/state.ts';
import { participantOf, whoCanExplain } from './escalation.ts';
import { isPerson } from './reach.ts';

/** What has to be told: to whom directly, and whether the room hears it too. */
export interface Told {
  readonly people: readonly Participant[];
  readonly ring: boolean;
  readonly card: (actor: ActorId | null) => Card;
}

/** What approval, filing and tasks have to tell somebody; the surfaces say the rest. */
export function filingTold(scene: Scene, event: IncidentEvent, version: number): Told | null {
  const { state } = scene;
  const approval = state.approvals.at(-1);
  switch (event.type) {
    case 'approval_requested':
      return approval ? requested(scene, approval) : null;
    case 'draft_approved':
      if (!approval?.approved) return null;
      return to(scene, [approval.by, state.lead], [approval.approved.by], () => outcomeCard(scene, approval));
    case 'draft_sent_back':
      return approval?.sentBack ? sentBack(scene, approval, approval.sentBack.by) : null;
    case 'approval_voided': {
      if (!approval?.voided) return null;
      const approver = approval.approved ? [approval.approved.by] : [];
      return to(scene, [...approver, approval.by, state.lead], [], () => outcomeCard(scene, approval));
    }
    case 'filing_recorded':
      return late(scene, event.payload);
    case 'filing_corrected':
      return corrected(scene, event.payload);
    case 'proposal_made':
      return proposed(scene, event.payload.proposal);
    case 'proposal_settled': {
      const proposal = state.proposals.find(({ id }) => id === event.payload.proposal);
      if (!proposal?.settled) return null;
      return to(scene, [proposal.by], [proposal.settled.by], () => settledCard(scene, proposal));
    }
    case 'task_added':
    case 'task_changed':
      return taskTold(scene, event, version);
    default:
      return null;
  }
}

/** What a step beside the clocks has to tell; null for the steps of clocks. */
export function filingStepTold(scene: Scene, { step, obligations }: EventOf<'reminder_due'>['payload']): Told | null {
  const { state } = scene;
  if (step.startsWith('approval:')) {
    const waiting = state.approvals.find(({ version }) => obligations.includes(`approval.${version}`));
    if (!waiting || !isAwaited(state, waiting)) return NOBODY(scene);
    return step === REQUEST ? requested(scene, waiting) : escalated(scene, waiting, Number(step.slice(-1)));
  }
  if (step.startsWith('follow:')) return follow(scene);
  if (step.startsWith('task:')) {
    const task = state.tasks.find(({ id, finished }) => obligations.includes(id) && !finished);
    if (!task) return NOBODY(scene);
    return to(scene, [task.owner ?? state.lead], [], () => taskCard(scene, [task], true));
  }
  return null;
}

/** What had to be told has been settled meanwhile. */
const NOBODY = (scene: Scene): Told => ({ people: [], ring: false, card: () => followCard(scene) });

function to(scene: Scene, actors: readonly ActorId[], but: readonly ActorId[], card: Told['card']): Told {
  const { state } = scene;
  const wanted = actors.filter((actor) => !but.some((other) => isSamePerson(state, actor, other)));
  const one = wanted.filter((actor, i) => wanted.findIndex((other) => isSamePerson(state, actor, other)) === i);
  return { people: one.flatMap((actor) => state.people[actor] ?? []), ring: false, card };
}

/** The step before the first reminder of an approval: the request itself, which no timer brings. */
export const REQUEST = 'approval:0';

function requested(scene: Scene, approval: Approval): Told {
  const { state } = scene;
  const asked = approval.approvers.length > 0 ? approval.approvers : unnamed(state, [state.lead]);
  return to(scene, asked, [approval.by], (actor) => askCard(scene, approval, actor ?? ''));
}

/** Without a profile nobody is named who approves and everybody may: these people see to it. */
function unnamed({ people }: IncidentState, actors: readonly ActorId[]): readonly ActorId[] {
  return actors.filter((actor) => people[actor] && isPerson(people[actor]));
}

/** First again who was asked, then everybody who could approve and their deputies, last the room. */
function escalated(scene: Scene, approval: Approval, round: number): Told {
  const { state } = scene;
  const card = (actor: ActorId | null): Card => askCard(scene, approval, actor ?? '', true);
  const { approvers, by } = approval;
  const asked = to(scene, approvers.length > 0 ? approvers : unnamed(state, [state.lead, by]), [], card).people;
  if (round === 1) return { people: asked, ring: false, card };
  const organisation = state.organisation;
  const deputies = asked.flatMap(({ person }) => organisation?.people.find(({ id }) => id === person)?.deputy ?? []);
  const others = (organisation?.people ?? []).filter(
    ({ id, roles }) => roles.includes('approver') || deputies.includes(id),
  );
  const known = new Set(asked.map(({ person }) => person));
  const more = others.filter(({ id }) => !known.has(id)).map((person) => participantOf(state, person));
  return { people: [...asked, ...more], ring: round > 2, card };
}

/** Whoever has something to change now, and whoever asked. */
function sentBack(scene: Scene, approval: Approval, by: ActorId): Told {
  const { state } = scene;
  const owners = state.tasks
    .filter(({ kind, version }) => kind === 'comment' && version > (approval.sentBack?.version ?? 0))
    .flatMap(({ owner }) => owner ?? []);
  return to(scene, [...owners, approval.by], [by], () => outcomeCard(scene, approval));
}

/** The reason of a delay is asked of the lead and legal, or whoever can say it in their stead, not in front of everybody. */
function late(scene: Scene, filing: EventOf<'filing_recorded'>['payload']): Told | null {
  const { state } = scene;
  if (filing.lateSeconds === 0 || filing.lateReason !== undefined) return null;
  const legal = Object.values(state.people).filter(({ roles }) => roles.includes('legal') && state.organisation);
  const card = delayCard(scene, filing);
  const told = to(scene, [state.lead, ...legal.map(({ actor }) => actor)], [], () => card);
  return { ...told, people: whoCanExplain(scene, told.people) };
}

/** Whoever may agree and takes part; if nobody does, whoever the profile names, otherwise the room. */
function proposed(scene: Scene, id: string): Told | null {
  const { state } = scene;
  const proposal = state.proposals.find((one) => one.id === id);
  if (!proposal) return null;
  const card = () => proposalCard(scene, proposal);
  const may = ({ actor, roles }: Participant): boolean => lacks('second', actor, roles, state.organisation) === null;
  const isOther = ({ actor }: Participant): boolean => !isSamePerson(state, actor, proposal.by);
  const here = Object.values(state.people).filter((one) => isPerson(one) && may(one) && isOther(one));
  const listed = (state.organisation?.people ?? []).map((person) => participantOf(state, person));
  const people = here.length > 0 ? here : listed.filter((one) => may(one) && isOther(one));
  return { people, ring: people.length === 0, card };
}

/** What stood in the rooms as filed is not any more, or was sent otherwise: said where it stood. */
function corrected(scene: Scene, { filing, at, channel, draft }: EventOf<'filing_corrected'>['payload']): Told | null {
  const { state } = scene;
  const voided = state.voidedFilings.find(({ version }) => version === filing);
  const isChanged = at !== undefined || channel !== undefined || draft !== undefined;
  if (!voided && !isChanged) return null;
  const lead = to(scene, [state.lead], [], () => correctedCard(scene, filing));
  return { ...lead, ring: true };
}

function taskTold(scene: Scene, event: IncidentEvent, version: number): Told | null {
  const { state } = scene;
  if (event.type === 'task_changed') {
    const task = event.payload.owner ? state.tasks.find(({ id }) => id === event.payload.task) : undefined;
    return task ? ofOwner(scene, task, null) : null;
  }
  const task = state.tasks.find((one) => one.version === version);
  return task && task.kind !== 'comment' ? ofOwner(scene, task, task.by) : null;
}
function ofOwner(scene: Scene, task: Task, by: ActorId | null): Told | null {
  if (task.owner === null) return null;
  return to(scene, [task.owner], by === null ? [] : [by], () => taskCard(scene, [task], false));
}

/** The owners of what is still to be supplemented, and the lead. */
function follow(scene: Scene): Told {
  const { state } = scene;
  if (!toSupplement(scene)) return NOBODY(scene);
  const owners = Object.values(state.owners).flatMap(({ owner }) => owner ?? []);
  const owing = owners.filter((actor) => missingFor(scene, actor).length > 0);
  return to(scene, [...owing, state.lead], [], () => followCard(scene));
}
