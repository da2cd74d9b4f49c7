import { byName, itemOwnerCard } from '../../conversation/cards/address-by-name.ts';
import type { Card } from '../../conversation/cards/card.ts';
import { firstFiling, type Situation } from '../../conversation/cards/situation.ts';
import { missingFor } from '../../conversation/collecting/field-inputs.ts';
import { injectCard } from '../../conversation/drills/drill-cards.ts';
import { anchorCard } from '../../conversation/filing/changes-since-filing.ts';
import { awayCard } from '../../conversation/reminding/call-cards.ts';
import { restoredCard } from '../../conversation/reminding/fallback-cards.ts';
import {
  type Audience,
  audienceOf,
  canBeSnoozed,
  isAtLimit,
  isBesideClocks,
  isPastMiddle,
} from '../../conversation/reminding/ladder.ts';
import {
  crossedCard,
  itemGivenCard,
  itemTakenCard,
  reminderCard,
  undeliverableCard,
} from '../../conversation/reminding/reminders.ts';
import { movedCard, withheldCard } from '../../conversation/rooms/abroad.ts';
import type { ChatLeft } from '../../incident/commands/rooms.ts';
import { toWallTime } from '../../incident/drill-clock.ts';
import type { IncidentAssessment } from '../../incident/facts/assessment.ts';
import { type Account, type ActorId, type Room, type RoomId, roomId } from '../../incident/identity.ts';
import { isPerson, languageOf } from '../../incident/people/people.ts';
import type { EventOf, IncidentEvent } from '../../incident/record/events.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';
import type { Step } from '../../incident/steps.ts';
import { visibility } from '../../incident/visibility.ts';
import type { Regime } from '../../law/regime.ts';
import { type Nearness, whoCanAct } from '../directory/escalation.ts';
import { eventNotice } from '../events-out/events.ts';
import type { Destination, Mention, NewNotice, NoticeContent } from '../ports.ts';
import { clockBackTold, delayTold, filingStepTold, filingTold, type Told } from './filing-notices.ts';
import { callingLead, joining, rightAsked } from './join-notices.ts';
import { type Entry, formatKey, parseKey } from './notice-key.ts';
import {
  anotherWay,
  calledBeside,
  direct,
  inThread,
  type NoticeContext,
  remindedRooms,
  roomsWithContent,
  toRooms,
} from './recipients.ts';
import type { Platforms } from './routes.ts';
import { settling } from './settled.ts';
import { rung } from './telephone.ts';
import { clocksToldAt } from './timer-plan.ts';

interface Happened {
  readonly before: IncidentState | null;
  readonly state: IncidentState;
  readonly events: readonly IncidentEvent[];
  readonly assessment: IncidentAssessment;
  readonly regime: Regime;
  readonly room: RoomId | null;
  readonly accountsOf: NoticeContext['accountsOf'];
  readonly reaches: NoticeContext['reaches'];
  readonly platforms: Platforms;
  /** Assessment of an earlier state at the time of the change. */
  readonly assessed: (state: IncidentState) => IncidentAssessment;
  /** Wall time of the change, epoch milliseconds. */
  readonly at: number;
}

/**
 * Notices that follow from events. Surfaces show all other changes: a notice is only for an event that would be missed
 * otherwise. Keys include the event's version, so an event never makes two notices.
 */
export function noticesFor(happened: Happened): NewNotice[] {
  const { before, state, events, assessment: ia, regime, accountsOf, reaches } = happened;
  const situation: NoticeContext = { state, ia, regime, accountsOf, reaches };
  const first = before?.version ?? 0;
  const { listeners = [] } = happened.platforms;
  // Steps due before a restore may have been sent by the replaced bot, so one message covers all of them.
  const restored = events.some(({ type }) => type === 'record_restored');
  // A new incident has no earlier state to compare, and settles nothing.
  const delay = before && delayTold(situation, before, happened.assessed);
  const notices = events.flatMap((event, index) => {
    const version = first + index + 1;
    const entry: Entry = { incident: state.id, version };
    return [
      ...noticesOf(event, entry),
      ...(before ? settling(situation, before, event, entry, happened.at) : []),
      ...listeners.flatMap((one) => eventNotice(state, event, entry, happened.at, one) ?? []),
    ];
  });
  const back = before && clockBackTold(situation, before, happened.assessed);
  if (back) notices.push(...tell(situation, back, { incident: state.id, version: first + 1 }, happened.at));
  if (delay && delay.version <= first)
    notices.push(...tell(situation, delay, { incident: state.id, version: first + 1 }, happened.at));
  // De-duplicates by key: a fallback notice for an unreachable person and the room's own notice are one message.
  return [...new Map(notices.map((notice) => [notice.key, notice])).values()];

  function noticesOf(event: IncidentEvent, entry: Entry): NewNotice[] {
    switch (event.type) {
      case 'record_restored':
        return inThread(situation, restoredCard(situation, event.payload), entry, happened.at, { ring: true });
      case 'declared':
        return callingLead(situation, entry, happened.at);
      case 'join_asked':
      case 'person_joined':
        return joining(situation, before, event, entry, happened.at);
      case 'right_asked':
        return rightAsked(situation, event.payload, entry, happened.at);
      case 'person_removed':
        return callingLead(situation, entry, happened.at);
      case 'reminder_due':
        return restored ? [] : reminders(situation, entry, happened);
      case 'item_assigned':
        return handover(situation, happened, event.payload, entry);
      case 'threshold_crossed':
        return restored || isToldByAnswer(situation, event.payload)
          ? []
          : inThread(situation, crossedCard(situation, event.payload), entry, happened.at);
      case 'inject_given':
        return restored ? [] : given(situation, event.payload.inject, entry, happened.at);
      case 'filing_recorded':
        return [
          ...anchors(situation, event.payload, entry, happened.at),
          ...(delay?.version === entry.version ? tell(situation, delay, entry, happened.at) : []),
        ];
      case 'state_secret_stopped':
        return takenBack(situation, entry, happened.at, null);
      case 'room_removed':
        return event.payload.why ? takenBack(situation, entry, happened.at, { room: event.payload.room }) : [];
      case 'room_added': {
        const room = roomId(event.payload.room);
        return before?.turnedAbroad?.includes(room) ? takenBack(situation, entry, happened.at, { room }) : [];
      }
      case 'release_withdrawn':
        return takenBack(situation, entry, happened.at, { room: event.payload.room });
      case 'chat_left':
        return before?.chatLeft ? [] : goingAway(situation, event.payload, entry, happened.at);
      case 'notice_delivered':
        return undelivered(situation, event.payload, entry, happened);
      default:
        return told(situation, event, entry, happened.at);
    }
  }
}

/** Returns true if an answer already reported the crossing; after a filing there is a notice in any case. */
function isToldByAnswer(situation: Situation, crossed: EventOf<'threshold_crossed'>['payload']): boolean {
  const stated = situation.state.facts[crossed.fact];
  return firstFiling(situation) === null && stated !== undefined && Date.parse(stated.at) >= Date.parse(crossed.at);
}

/** Notices with a news item of the drill's scenario: to each room that shows content, or else to the lead. */
function given(situation: NoticeContext, inject: string, entry: Entry, at: number): NewNotice[] {
  const card = injectCard(situation, inject);
  return card ? inThread(situation, card, entry, at) : [];
}

/** Notices of a filing with the hash of its entry: one in each room, without ringing. */
function anchors(
  situation: Situation,
  filing: EventOf<'filing_recorded'>['payload'],
  entry: Entry,
  dueAt: number,
): NewNotice[] {
  const { state } = situation;
  const card = anchorCard(situation, filing, entry.version);
  return Object.keys(state.rooms).map((room) => ({
    key: formatKey({ kind: 'anchor', ...entry, to: room }),
    incident: state.id,
    lane: 'status',
    to: { kind: 'room', room, ring: false },
    content: { kind: 'card', card, anchor: entry.version },
    dueAt,
  }));
}

function reminders(situation: NoticeContext, entry: Entry, { at, platforms }: Happened): NewNotice[] {
  const { state } = situation;
  const due = state.reminders.find(({ version }) => version === entry.version);
  if (!due) return [];
  const audience = audienceOfAll([due.step, ...due.collapsed]);
  const stepAt = toWallTime(state.segments, Date.parse(due.dueAt)) ?? at;
  const other = filingStepTold(situation, due);
  if (other) {
    const calls = rung(situation, due, other.people, { entry, at: stepAt, platforms });
    return [...tell(situation, other, entry, stepAt), ...calls];
  }
  // A step is not late if only a later answer made it due.
  const dueAt = isBesideClocks(due.step) ? stepAt : Math.max(stepAt, Math.min(clocksToldAt(state), at));
  const owing = audience.people ? whoOwes(situation) : [];
  const others = audience.people ? whoCanAct(situation, nearnessOf(situation, due)) : [];
  const people = [...owing, ...others.filter(({ actor }) => owing.every((one) => one.actor !== actor))];
  const heard = people.filter((person) => !isMuted(situation, person.actor, due.step));
  const inRoom = byName(
    reminderCard(
      situation,
      due,
      null,
      heard.map(({ actor }) => actor),
    ),
    heard,
  );
  const personal = heard.flatMap((person) => {
    const card = reminderCard(situation, due, person.actor);
    return direct(situation, person, { card, inRoom }, entry, dueAt);
  });
  // If no person can be reached, the notice goes to the thread. A person with a snooze counts as reached.
  const thread = audience.thread || audience.ring || people.length === 0;
  const calls = rung(situation, due, people, { entry, at: dueAt, platforms });
  if (!thread) return [...personal, ...calls];
  // A direct conversation that is also a room of the incident gets the notice once.
  const isRoom = (account: Account): boolean => roomId({ ...account, address: account.id }) in state.rooms;
  const beside = personal.filter(({ to }) => to.kind !== 'person' || ![to.account, ...(to.others ?? [])].some(isRoom));
  const card = reminderCard(situation, due, null);
  // If no room may show the content, those that show the clocks get the notice, and delivery removes the rest.
  const rooms = remindedRooms(state);
  const call = audience.mention ? calledAt(situation, audience, heard) : null;
  const said = { entry, dueAt, ring: audience.ring, ...(call === null ? {} : { call }) };
  return [...beside, ...calls, ...toRooms(situation, rooms, card, said)];
}

/** Nearness of a reminder to the limits of its clocks, by its nearest step. */
function nearnessOf({ ia }: Situation, { step, collapsed, obligations }: IncidentState['reminders'][number]): Nearness {
  const steps = [step, ...collapsed];
  if (steps.some(isAtLimit)) return 'limit';
  const clocks = ia.clocks.filter(({ id }) => obligations.includes(id));
  const isNear = steps.some((one) => clocks.some(({ dueMinutes }) => isPastMiddle(one, dueMinutes)));
  return isNear ? 'middle' : 'early';
}

/** People mentioned in the room; everybody at a deadline of a real incident, if the profile says so; null: unknown. */
function calledAt(situation: NoticeContext, { ring }: Audience, people: readonly Participant[]): Mention | null {
  const { state } = situation;
  if (ring && !state.drill && state.organisation?.atDeadline === 'everybody') return 'everybody';
  return people.flatMap(situation.accountsOf).length > 0 ? calledBeside(situation, people) : null;
}

function told(situation: NoticeContext, event: IncidentEvent, entry: Entry, at: number): NewNotice[] {
  const what = filingTold(situation, event, entry.version);
  return what ? tell(situation, what, entry, at) : [];
}

function tell(situation: NoticeContext, { people, ring, card }: Told, entry: Entry, dueAt: number): NewNotice[] {
  const inRoom = byName(card(null), people);
  const personal = people.flatMap((one) => direct(situation, one, { card: card(one.actor), inRoom }, entry, dueAt));
  const isTold = personal.length > 0 && roomsWithContent(situation.state).length === 0;
  if (!ring || isTold) return personal;
  const lead = situation.state.people[situation.state.lead];
  const isBeside = people.some(({ actor }) => actor === lead?.actor);
  const said = isBeside && lead ? { ring, call: calledBeside(situation, [lead]) } : { ring };
  return [...personal, ...inThread(situation, inRoom, entry, dueAt, said)];
}

/** Audience of a late reminder: everybody to notify of any step it supersedes. */
function audienceOfAll(steps: readonly Step[]): Audience {
  const all = steps.map(audienceOf);
  return {
    people: all.some((a) => a.people),
    thread: all.some((a) => a.thread),
    ring: all.some((a) => a.ring),
    mention: all.some((a) => a.mention),
  };
}

/** Participants with open work: the lead, and owners of incomplete items or open duties. */
function whoOwes(situation: NoticeContext): readonly Participant[] {
  const { state, ia } = situation;
  const owing = Object.entries(state.owners).flatMap(([id, { owner }]) =>
    owner !== null && (ia.owed.includes(id) || missingFor(situation, owner).length > 0) ? [owner] : [],
  );
  return [...new Set([...owing, state.lead])].flatMap((actor) => state.people[actor] ?? []).filter(isPerson);
}

function isMuted({ state, ia }: Situation, actor: ActorId, step: Step): boolean {
  const until = state.snoozes[actor];
  return until !== undefined && Date.parse(until) > Date.parse(ia.now) && canBeSnoozed(step);
}

function handover(
  situation: NoticeContext,
  { before, at, room }: Happened,
  { item, owner }: EventOf<'item_assigned'>['payload'],
  entry: Entry,
): NewNotice[] {
  const { state } = situation;
  const stamp = state.owners[item];
  const previous = before?.owners[item]?.owner ?? null;
  const notices: NewNotice[] = [];
  // An act in the incident's room is confirmed there, so the room gets no card.
  const inRoom = room !== null && room === state.homeRoom ? null : itemOwnerCard(situation, item, owner);
  const give = (actor: ActorId | null, card: Card): void => {
    const person = actor === null ? undefined : state.people[actor];
    // A person needs no notice of an act of their own.
    if (person && isPerson(person) && actor !== stamp?.by)
      notices.push(...direct(situation, person, { card, inRoom }, entry, at));
  };
  give(owner, itemTakenCard(situation, item));
  if (previous !== owner) give(previous, itemGivenCard(situation, item, owner));
  return notices;
}

/** Notices that replace an undelivered one; the room is also told that a person cannot be reached. */
function undelivered(
  situation: NoticeContext,
  delivered: EventOf<'notice_delivered'>['payload'],
  entry: Entry,
  { at, platforms }: Happened,
): NewNotice[] {
  if (delivered.outcome !== 'undeliverable' && delivered.outcome !== 'delayed') return [];
  const told = [...toldBy(situation, delivered.notice), ...whoOwes(situation)];
  const recipients = told.filter(({ actor }, i) => told.findIndex((one) => one.actor === actor) === i);
  const ways = anotherWay(situation, delivered, recipients, platforms, at);
  const [actor] = delivered.failed ?? [];
  const person = actor === undefined ? undefined : situation.state.people[actor];
  if (!person) return ways;
  // The reminder mentioned nobody who was to get a direct message, so this notice mentions the person.
  const call = situation.accountsOf(person);
  return [...ways, ...inThread(situation, undeliverableCard(situation, person.actor), entry, at, { call })];
}

/** Participants concerned by the entry of a notice that a room gets in their place. */
function toldBy({ state }: Situation, notice: string): readonly Participant[] {
  const version = parseKey(notice)?.version;
  const actors = [
    ...Object.values(state.owners).flatMap((stamp) => (stamp.version === version ? (stamp.owner ?? []) : [])),
    ...state.approvals.flatMap((approval) => (approval.version === version ? approval.approvers : [])),
    ...state.tasks.flatMap((task) => (task.version === version ? (task.owner ?? []) : [])),
  ];
  return actors.flatMap((actor) => state.people[actor] ?? []);
}

/** Notice that replaces or removes an incident's sent messages, as far as platforms can; `of`: which ones. */
function takenBack(
  { state, accountsOf }: NoticeContext,
  entry: Entry,
  dueAt: number,
  of: Extract<NoticeContent, { kind: 'take_back' }>['of'],
): NewNotice[] {
  const card = of === 'left' ? movedCard(state) : withheldCard(state, visibility(state, { kind: 'api' }));
  const room = state.homeRoom ?? Object.keys(state.rooms)[0] ?? '';
  const lead = state.people[state.lead];
  const [account, ...others] = lead ? accountsOf(lead) : [];
  const to: Destination =
    account && lead
      ? { kind: 'person', account, others, language: languageOf(state, lead), otherwise: room === '' ? null : room }
      : { kind: 'room', room, ring: false };
  const key = formatKey({ kind: 'back', of: entry });
  return [{ key, incident: state.id, lane: 'answer', to, content: { kind: 'take_back', card, of }, dueAt }];
}

/**
 * Notices when an incident leaves chat: final messages in its rooms, messages there taken back, and calls to people who
 * can act, without content on left platforms.
 */
function goingAway(situation: NoticeContext, { left, played }: ChatLeft, entry: Entry, at: number): NewNotice[] {
  // In a drill the outage is only played: messages stay, and nobody is called elsewhere.
  if (played) return lastWords(situation, left, entry, at);
  const told = [...whoOwes(situation), ...whoCanAct(situation, 'middle')];
  const people = [...new Map(told.map((one) => [one.actor, one])).values()];
  const said = { card: awayCard(situation), inRoom: null };
  return [
    ...lastWords(situation, left, entry, at),
    ...takenBack(situation, entry, at, 'left'),
    ...people.flatMap((one) => direct(situation, one, said, entry, at)),
  ];
}

/** Final notices, one per left room; cards there are replaced too, if the platform can. */
function lastWords({ state }: Situation, left: readonly Room[], entry: Entry, dueAt: number): NewNotice[] {
  const card = movedCard(state);
  return left.map((room) => ({
    key: formatKey({ kind: 'moved', ...entry, to: roomId(room) }),
    incident: state.id,
    lane: 'status',
    to: { kind: 'room', room: roomId(room), ring: false },
    content: { kind: 'card', card },
    dueAt,
  }));
}
