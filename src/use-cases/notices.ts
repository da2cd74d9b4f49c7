import { movedCard, withheldCard } from '../conversation/abroad.ts';
import { anchorCard } from '../conversation/anchor.ts';
import { byName, itemOwnerCard } from '../conversation/by-name.ts';
import type { Card } from '../conversation/card.ts';
import { restoredCard } from '../conversation/fallback.ts';
import { missingFor } from '../conversation/items.ts';
import { type Audience, audienceOf, canBeSnoozed } from '../conversation/ladder.ts';
import {
  crossedCard,
  itemGivenCard,
  itemTakenCard,
  reminderCard,
  undeliverableCard,
} from '../conversation/reminders.ts';
import { firstFiling, type Scene } from '../conversation/scene.ts';
import type { IncidentAssessment } from '../incident/assessment.ts';
import { toWallTime } from '../incident/drill-clock.ts';
import type { EventOf, IncidentEvent } from '../incident/events.ts';
import { type Account, type ActorId, type Room, type RoomId, roomId } from '../incident/identity.ts';
import type { IncidentState, Participant } from '../incident/state.ts';
import { visibility } from '../incident/visibility.ts';
import type { Regime } from '../law/regime.ts';
import { anotherWay } from './another-way.ts';
import { besideLead } from './escalation.ts';
import { filingStepTold, filingTold, type Told } from './filing-notices.ts';
import { joining } from './joining.ts';
import type { NewNotice } from './ports.ts';
import { isPerson } from './reach.ts';
import { direct, inThread, roomsWithClocks, roomsWithContent, type Telling, toRooms } from './telling.ts';

interface Happened {
  readonly before: IncidentState | null;
  readonly state: IncidentState;
  readonly events: readonly IncidentEvent[];
  readonly assessment: IncidentAssessment;
  readonly regime: Regime;
  /** Where it was done, if in a room. */
  readonly room: RoomId | null;
  readonly accountsOf: Telling['accountsOf'];
  readonly reaches: Telling['reaches'];
  /** Whether a platform is switched on. */
  readonly on: (platform: string) => boolean;
  /** Wall time of the change, epoch milliseconds. */
  readonly at: number;
}

/**
 * What must reach somebody because of what happened. Surfaces say the rest: a notice is only for what would be missed
 * without it. Keys are made of the version of the event, so the same event never makes a second one.
 */
export function noticesFor(happened: Happened): NewNotice[] {
  const { before, state, events, assessment: ia, regime, accountsOf, reaches } = happened;
  const scene: Telling = { state, ia, regime, accountsOf, reaches };
  const first = before?.version ?? 0;
  // What came due before a restore may have been said by the bot that is gone: one message stands for all of it.
  const restored = events.some(({ type }) => type === 'record_restored');
  const notices = events.flatMap((event, index) => {
    const version = first + index + 1;
    switch (event.type) {
      case 'record_restored':
        return inThread(scene, restoredCard(scene, event.payload.upTo), `${state.id}:${version}`, happened.at, true);
      case 'join_asked':
      case 'person_joined':
        return joining(scene, before, event, `${state.id}:${version}`, happened.at);
      case 'reminder_due':
        return restored ? [] : reminders(scene, event.payload, version, happened.at);
      case 'item_assigned':
        return handover(scene, happened, event.payload, version);
      case 'threshold_crossed':
        return restored || isToldByAnswer(scene, event.payload)
          ? []
          : inThread(scene, crossedCard(scene, event.payload), `${state.id}:${version}`, happened.at);
      case 'filing_recorded':
        return [...anchors(scene, event.payload, version, happened.at), ...told(scene, event, version, happened.at)];
      case 'state_secret_stopped':
        return takenBack(scene, `${state.id}:${version}`, happened.at);
      case 'chat_left':
        return lastWords(scene, event.payload.left, `${state.id}:${version}`, happened.at);
      case 'notice_delivered':
        return undelivered(scene, event.payload, `${state.id}:${version}`, happened);
      default:
        return told(scene, event, version, happened.at);
    }
  });
  // What a room hears in somebody's stead and what it hears anyway is one message.
  return [...new Map(notices.map((notice) => [notice.key, notice])).values()];
}

/** An outage that was told late says itself that it is over a threshold; after a filing the rise is news all the same. */
function isToldByAnswer(scene: Scene, crossed: EventOf<'threshold_crossed'>['payload']): boolean {
  const stated = scene.state.facts[crossed.fact];
  return firstFiling(scene) === null && stated !== undefined && Date.parse(stated.at) >= Date.parse(crossed.at);
}

/** The head of the record where people see it: one line in each room, quietly. */
function anchors(
  scene: Scene,
  filing: EventOf<'filing_recorded'>['payload'],
  version: number,
  dueAt: number,
): NewNotice[] {
  const { state } = scene;
  const card = anchorCard(scene, filing, version);
  return Object.keys(state.rooms).map((room) => ({
    key: `${state.id}:${version}:anchor:${room}`,
    incident: state.id,
    lane: 'status',
    to: { kind: 'room', room, ring: false },
    content: { kind: 'card', card, anchor: version },
    dueAt,
  }));
}

function reminders(scene: Telling, due: EventOf<'reminder_due'>['payload'], version: number, at: number): NewNotice[] {
  const { state } = scene;
  const audience = audienceOfAll([due.step, ...due.collapsed]);
  const key = `${state.id}:${version}`;
  const dueAt = toWallTime(state.segments, Date.parse(due.dueAt)) ?? at;
  const other = filingStepTold(scene, due);
  if (other) return tell(scene, other, key, dueAt);
  const owing = audience.people ? whoOwes(scene) : [];
  // What nobody can mute is grave enough for the deputy.
  const others = audience.people && !canBeSnoozed(due.step) ? besideLead(scene).filter(isPerson) : [];
  const people = [...owing, ...others.filter(({ actor }) => owing.every((one) => one.actor !== actor))];
  const heard = people.filter((person) => !isMuted(scene, person.actor, due.step));
  const inRoom = byName(
    reminderCard(
      scene,
      due,
      null,
      heard.map(({ actor }) => actor),
    ),
    heard,
  );
  const personal = heard.flatMap((person) => {
    const card = reminderCard(scene, due, person.actor);
    return direct(scene, person, { card, inRoom }, `${key}:${person.actor}`, dueAt);
  });
  // Nobody to write to: the thread hears it instead, silence is not an answer. Who snoozed was written to before.
  const thread = audience.thread || audience.ring || people.length === 0;
  if (!thread) return personal;
  // A direct conversation that is itself a room of the incident hears it once.
  const isRoom = (account: Account): boolean => roomId({ ...account, address: account.id }) in state.rooms;
  const beside = personal.filter(({ to }) => to.kind !== 'person' || ![to.account, ...(to.others ?? [])].some(isRoom));
  const card = reminderCard(scene, due, null);
  // With no room for the content, an open one hears of the clocks: delivery leaves no more of it (`places.ts`).
  const rooms = roomsWithContent(state).length > 0 ? roomsWithContent(state) : roomsWithClocks(state);
  return [...beside, ...toRooms(scene, rooms, card, { key, dueAt, ring: audience.ring })];
}

function told(scene: Telling, event: IncidentEvent, version: number, at: number): NewNotice[] {
  const what = filingTold(scene, event, version);
  return what ? tell(scene, what, `${scene.state.id}:${version}`, at) : [];
}

function tell(scene: Telling, { people, ring, card }: Told, key: string, dueAt: number): NewNotice[] {
  const inRoom = byName(card(null), people);
  const personal = people.flatMap((one) =>
    direct(scene, one, { card: card(one.actor), inRoom }, `${key}:${one.actor}`, dueAt),
  );
  const isTold = personal.length > 0 && roomsWithContent(scene.state).length === 0;
  return ring && !isTold ? [...personal, ...inThread(scene, inRoom, key, dueAt, true)] : personal;
}

/** What a late reminder supersedes was nobody's yet: whoever should have heard of one of the steps hears of the last. */
function audienceOfAll(steps: readonly string[]): Audience {
  const all = steps.map(audienceOf);
  return {
    people: all.some((a) => a.people),
    thread: all.some((a) => a.thread),
    ring: all.some((a) => a.ring),
  };
}

/** The lead and whoever owns an item with something missing. */
function whoOwes(scene: Telling): readonly Participant[] {
  const { state } = scene;
  const owners = Object.values(state.owners).flatMap(({ owner }) => owner ?? []);
  const owing = owners.filter((actor) => missingFor(scene, actor).length > 0);
  return [...new Set([...owing, state.lead])].flatMap((actor) => state.people[actor] ?? []).filter(isPerson);
}

/** A snooze mutes only the steps that may be muted. */
function isMuted({ state, ia }: Scene, actor: ActorId, step: string): boolean {
  const until = state.snoozes[actor];
  return until !== undefined && Date.parse(until) > Date.parse(ia.now) && canBeSnoozed(step);
}

function handover(
  scene: Telling,
  { before, at, room }: Happened,
  { item, owner }: EventOf<'item_assigned'>['payload'],
  version: number,
): NewNotice[] {
  const { state } = scene;
  const stamp = state.owners[item];
  const previous = before?.owners[item]?.owner ?? null;
  const notices: NewNotice[] = [];
  // Whoever does it in the room is answered there.
  const inRoom = room !== null && room === state.homeRoom ? null : itemOwnerCard(scene, item, owner);
  const give = (actor: ActorId | null, card: Card): void => {
    const person = actor === null ? undefined : state.people[actor];
    // Who did it knows it already.
    if (person && isPerson(person) && actor !== stamp?.by)
      notices.push(...direct(scene, person, { card, inRoom }, `${state.id}:${version}:${person.actor}`, at));
  };
  give(owner, itemTakenCard(scene, item));
  if (previous !== owner) give(previous, itemGivenCard(scene, item, owner));
  return notices;
}

/** What did not arrive goes another way; that a person cannot be reached is also said where others read it. */
function undelivered(
  scene: Telling,
  delivered: EventOf<'notice_delivered'>['payload'],
  key: string,
  { at, on }: Happened,
): NewNotice[] {
  if (delivered.outcome !== 'undeliverable' && delivered.outcome !== 'delayed') return [];
  const told = [...toldBy(scene, delivered.notice), ...whoOwes(scene)];
  const recipients = told.filter(({ actor }, i) => told.findIndex((one) => one.actor === actor) === i);
  const ways = anotherWay(scene, delivered, recipients, on, at);
  const [actor] = delivered.failed ?? [];
  if (actor === undefined || !scene.state.people[actor]) return ways;
  return [...ways, ...inThread(scene, undeliverableCard(scene, actor), key, at)];
}

/** Whom a room was to tell something in their stead: whoever was given or asked something by that entry of the record. */
function toldBy({ state }: Scene, notice: string): readonly Participant[] {
  const version = Number(notice.split(':')[1]);
  const actors = [
    ...Object.values(state.owners).flatMap((stamp) => (stamp.version === version ? (stamp.owner ?? []) : [])),
    ...state.approvals.flatMap((approval) => (approval.version === version ? approval.approvers : [])),
    ...state.tasks.flatMap((task) => (task.version === version ? (task.owner ?? []) : [])),
  ];
  return actors.flatMap((actor) => state.people[actor] ?? []);
}

/** Messages that were sent about it are replaced, where their platform can. */
function takenBack({ state }: Scene, key: string, dueAt: number): NewNotice[] {
  const card = withheldCard(state, visibility(state, { kind: 'api' }));
  const room = state.homeRoom ?? Object.keys(state.rooms)[0] ?? '';
  const to = { kind: 'room', room, ring: false } as const;
  return [
    {
      key: `${key}:back`,
      incident: state.id,
      lane: 'answer',
      to,
      content: { kind: 'take_back', card, of: null },
      dueAt,
    },
  ];
}

/** Said once in every room that is left; the cards there are replaced as well, where the platform can. */
function lastWords({ state }: Scene, left: readonly Room[], key: string, dueAt: number): NewNotice[] {
  const card = movedCard(state);
  return left.map((room) => ({
    key: `${key}:moved:${roomId(room)}`,
    incident: state.id,
    lane: 'status',
    to: { kind: 'room', room: roomId(room), ring: false },
    content: { kind: 'card', card },
    dueAt,
  }));
}
