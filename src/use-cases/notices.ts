import { movedCard } from '../conversation/abroad.ts';
import { anchorCard } from '../conversation/anchor.ts';
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
import { type Account, type ActorId, type Room, roomId } from '../incident/identity.ts';
import { hasLeft } from '../incident/rooms.ts';
import type { IncidentState, Participant } from '../incident/state.ts';
import type { Regime } from '../law/regime.ts';
import { anotherWay } from './another-way.ts';
import { besideLead } from './escalation.ts';
import { filingStepTold, filingTold, type Told } from './filing-notices.ts';
import type { Destination, NewNotice } from './ports.ts';

interface Happened {
  readonly before: IncidentState | null;
  readonly state: IncidentState;
  readonly events: readonly IncidentEvent[];
  readonly assessment: IncidentAssessment;
  readonly regime: Regime;
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
  const { before, state, events, assessment: ia, regime } = happened;
  const scene: Scene = { state, ia, regime };
  const first = before?.version ?? 0;
  // What came due before a restore may have been said by the bot that is gone: one message stands for all of it.
  const restored = events.some(({ type }) => type === 'record_restored');
  return events.flatMap((event, index) => {
    const version = first + index + 1;
    switch (event.type) {
      case 'record_restored':
        return inThread(scene, restoredCard(scene, event.payload.upTo), `${state.id}:${version}`, happened.at, true);
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
      case 'chat_left':
        return lastWords(scene, event.payload.left, `${state.id}:${version}`, happened.at);
      case 'notice_delivered':
        return undelivered(scene, event.payload, `${state.id}:${version}`, happened);
      default:
        return told(scene, event, version, happened.at);
    }
  });
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

function reminders(scene: Scene, due: EventOf<'reminder_due'>['payload'], version: number, at: number): NewNotice[] {
  const { state } = scene;
  const audience = audienceOfAll([due.step, ...due.collapsed]);
  const key = `${state.id}:${version}`;
  const dueAt = toWallTime(state.segments, Date.parse(due.dueAt)) ?? at;
  const other = filingStepTold(scene, due);
  if (other) return tell(scene, other, key, dueAt);
  const owing = audience.people ? whoOwes(scene) : [];
  // What nobody can mute is grave enough for the deputy.
  const others = audience.people && !canBeSnoozed(due.step) ? besideLead(scene).filter((one) => one.account) : [];
  const people = [...owing, ...others.filter(({ actor }) => owing.every((one) => one.actor !== actor))];
  const personal = people
    .filter((person) => !isMuted(scene, person.actor, due.step))
    .map((person) => direct(scene, person, reminderCard(scene, due, person.actor), `${key}:${person.actor}`, dueAt));
  // Nobody to write to: the thread hears it instead, silence is not an answer. Who snoozed was written to before.
  const thread = audience.thread || audience.ring || people.length === 0;
  if (!thread) return personal;
  // A direct conversation that is itself a room of the incident hears it once.
  const beside = personal.filter(
    ({ to }) => to.kind !== 'person' || !state.rooms[roomId({ ...to.account, address: to.account.id })],
  );
  return [...beside, ...inThread(scene, reminderCard(scene, due, null), key, dueAt, audience.ring)];
}

function told(scene: Scene, event: IncidentEvent, version: number, at: number): NewNotice[] {
  const what = filingTold(scene, event, version);
  return what ? tell(scene, what, `${scene.state.id}:${version}`, at) : [];
}

function tell(scene: Scene, { people, ring, card }: Told, key: string, dueAt: number): NewNotice[] {
  const personal = people.map((one) => direct(scene, one, card(one.actor), `${key}:${one.actor}`, dueAt));
  return ring ? [...personal, ...inThread(scene, card(null), key, dueAt, true)] : personal;
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

/** The lead and whoever owns an item with something missing, as far as they can be written to. */
function whoOwes(scene: Scene): readonly Participant[] {
  const { state } = scene;
  const owners = Object.values(state.owners).flatMap(({ owner }) => owner ?? []);
  const owing = owners.filter((actor) => missingFor(scene, actor).length > 0);
  return [...new Set([...owing, state.lead])].flatMap((actor) => {
    const person = state.people[actor];
    return person?.account ? [person] : [];
  });
}

/** A snooze mutes only the steps that may be muted. */
function isMuted({ state, ia }: Scene, actor: ActorId, step: string): boolean {
  const until = state.snoozes[actor];
  return until !== undefined && Date.parse(until) > Date.parse(ia.now) && canBeSnoozed(step);
}

function handover(
  scene: Scene,
  { before, at }: Happened,
  { item, owner }: EventOf<'item_assigned'>['payload'],
  version: number,
): NewNotice[] {
  const { state } = scene;
  const stamp = state.owners[item];
  const previous = before?.owners[item]?.owner ?? null;
  const notices: NewNotice[] = [];
  const give = (actor: ActorId | null, card: Card): void => {
    const person = actor === null ? undefined : state.people[actor];
    // Who did it knows it already.
    if (person?.account && actor !== stamp?.by)
      notices.push(direct(scene, person, card, `${state.id}:${version}:${person.actor}`, at));
  };
  give(owner, itemTakenCard(scene, item));
  if (previous !== owner) give(previous, itemGivenCard(scene, item, owner));
  return notices;
}

/** What did not arrive goes another way; that a person cannot be reached is also said where others read it. */
function undelivered(
  scene: Scene,
  delivered: EventOf<'notice_delivered'>['payload'],
  key: string,
  { at, on }: Happened,
): NewNotice[] {
  if (delivered.outcome !== 'undeliverable' && delivered.outcome !== 'delayed') return [];
  const ways = anotherWay(scene, delivered, whoOwes(scene), on, at);
  const [actor] = delivered.failed ?? [];
  if (actor === undefined || !scene.state.people[actor]) return ways;
  return [...ways, ...inThread(scene, undeliverableCard(scene, actor), key, at)];
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

function direct({ state }: Scene, person: Participant, card: Card, key: string, dueAt: number): NewNotice {
  const language = person.language ?? state.organisation?.languages.people ?? 'zh-CN';
  const account = reachable(state, person);
  const to: Destination = account
    ? { kind: 'person', account, language, otherwise: state.homeRoom }
    : { kind: 'room', room: state.homeRoom ?? '', ring: false };
  return { key, incident: state.id, lane: 'reminder', to, content: { kind: 'card', card }, dueAt };
}

/** The account somebody acts with, or one of theirs on a platform the incident has not left. */
function reachable(state: IncidentState, person: Participant): Account | null {
  const own = state.organisation?.people.find(({ id }) => id === person.person)?.accounts ?? [];
  const accounts = person.account ? [person.account, ...own] : own;
  return accounts.find(({ platform }) => !hasLeft(state, platform)) ?? null;
}

/** One notice for each room of the incident, each in its own thread. */
function inThread({ state }: Scene, card: Card, key: string, dueAt: number, ring = false): NewNotice[] {
  return Object.keys(state.rooms).map((room) => ({
    key: `${key}:${room}`,
    incident: state.id,
    lane: 'reminder',
    to: { kind: 'room', room, ring },
    content: { kind: 'card', card },
    dueAt,
  }));
}
