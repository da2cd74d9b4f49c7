import type { Situation } from '../../conversation/cards/situation.ts';
import { type FailedWay, fallbackCard } from '../../conversation/reminding/fallback-cards.ts';
import type { Account } from '../../incident/identity.ts';
import { inIncident } from '../../incident/people/people.ts';
import type { EventOf } from '../../incident/record/events.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';
import type { Destination, NewNotice } from '../ports.ts';
import { formatKey, parseKey, placeText, type ToldKey } from './notice-key.ts';
import { NUMBERS, type Platforms, platformOf, rankOf, routes, wayOf } from './routes.ts';
import { wakes } from './telephone.ts';

interface Reached extends Situation {
  readonly accountsOf: (person: Participant) => readonly Account[];
}
/** `places`: only these rooms of the platform failed; null: the whole platform. */
interface Failed extends FailedWay {
  readonly places: readonly string[] | null;
}

/**
 * The next way for a notice that was not taken in time or was refused: the first in the order of `routes` on a platform that
 * has not failed. Each one that fails comes here again. `recipients` are those who have to act.
 */
export function anotherWay(
  scene: Reached,
  { notice }: EventOf<'notice_delivered'>['payload'],
  recipients: readonly Participant[],
  platforms: Platforms,
  at: number,
): NewNotice[] {
  const key = parseKey(notice);
  if (key?.kind !== 'told') return [];
  const { state } = scene;
  const person = personTold(state, key.to);
  const failed = failedWays(state, key);
  const isOpen = (to: Destination): boolean =>
    platforms.isOn(platformOf(to)) &&
    !failed.some(
      ({ platform, places }) => platform === platformOf(to) && (places === null || places.includes(placeText(to))),
    );
  const due = state.reminders.find(({ version }) => version === key.version) ?? null;
  const to = person ? [person] : recipients;
  // A failed call beside a written message is not replaced by another message, only by another way to telephones.
  const calls = new Set(platforms.telephones);
  const isBeside = failed.every(({ platform }) => calls.has(platform));
  const open = routes(state, to, scene.accountsOf, platforms, wakes(state, key.version))
    .filter(isOpen)
    .filter((one) => !isBeside || calls.has(platformOf(one)));
  const [first] = open;
  if (!first || (!person && isTold(open, due !== null))) return [];
  // Messages to people are sent at once to all their accounts; one room stands for the others, one telephone call is
  // enough.
  const isAlike = (one: Destination): boolean => rankOf(one, platforms) === rankOf(first, platforms);
  const isOne = first.kind === 'room' || (person !== null && wayOf(first) === 'telephone');
  const taken = isOne ? [first] : open.filter(isAlike);
  return taken.map((to) => ({
    key: formatKey({ ...key, by: { way: NUMBERS[wayOf(to)], place: placeText(to) } }),
    incident: state.id,
    lane: 'reminder',
    to,
    content: {
      kind: 'card',
      card: fallbackCard(scene, failed, due, to.kind === 'room' ? null : (person?.actor ?? null)),
    },
    dueAt: at,
  }));
}

/** Person a notice is to: a participant, or somebody of the profile before they ever acted; null for a room. */
function personTold(state: IncidentState, actor: string): Participant | null {
  const listed = (state.organisation?.people ?? []).map((one) => inIncident(state, one));
  return state.people[actor] ?? listed.find((one) => one.actor === actor) ?? null;
}

/**
 * Returns true if other people get the notice anyway: every room gets the same one, and a reminder is also sent to all
 * owners of duties.
 */
function isTold(open: readonly Destination[], isReminder: boolean): boolean {
  return open.some(({ kind }) => kind === 'room' || (isReminder && kind === 'person'));
}

/** Attempts made for this notice, and for the same one to other rooms. */
function failedWays(state: IncidentState, { to, version }: ToldKey): readonly Failed[] {
  const personal = personTold(state, to) !== null;
  const found = new Map<string, Failed>();
  for (const { notice, outcome, room, at, refused } of state.undeliverable) {
    const other = parseKey(notice);
    if (other?.kind !== 'told' || other.version !== version || outcome === 'repeated') continue;
    if (personal ? other.to !== to : personTold(state, other.to)) continue;
    const platform = room.split('/')[0] ?? '';
    const before = found.get(platform);
    const ofRoom = !personal && !other.by && (refused === true || outcome === 'undeliverable');
    const places = ofRoom && before?.places !== null ? [...(before?.places ?? []), room] : null;
    found.set(platform, {
      platform,
      since: before?.since ?? at,
      givenUp: outcome === 'undeliverable' || ofRoom,
      places,
    });
  }
  return [...found.values()];
}
