import type { Situation } from '../../conversation/cards/situation.ts';
import { type FailedWay, fallbackCard } from '../../conversation/reminding/fallback-cards.ts';
import type { Account } from '../../incident/identity.ts';
import type { EventOf } from '../../incident/record/events.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';
import type { Destination, NewNotice } from '../ports.ts';
import { formatKey, parseKey, placeText, type ToldKey } from './notice-key.ts';
import { NUMBERS, type Platforms, platformOf, rankOf, routes, wayOf } from './routes.ts';

interface Reached extends Situation {
  readonly accountsOf: (person: Participant) => readonly Account[];
}
/** `places`: only these rooms of the platform failed; null if the platform did. */
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
  const person = state.people[key.to];
  const failed = failedWays(state, key);
  const isOpen = (to: Destination): boolean =>
    platforms.isOn(platformOf(to)) &&
    !failed.some(
      ({ platform, places }) => platform === platformOf(to) && (places === null || places.includes(placeText(to))),
    );
  const due = state.reminders.find(({ version }) => version === key.version) ?? null;
  const open = routes(state, person ? [person] : recipients, scene.accountsOf, platforms).filter(isOpen);
  const [first] = open;
  if (!first || (!person && isTold(open, due !== null))) return [];
  // People are written to at once with all they have; one room stands for the others.
  const isAlike = (to: Destination): boolean => rankOf(to, platforms) === rankOf(first, platforms);
  const taken = first.kind === 'room' ? [first] : open.filter(isAlike);
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

/**
 * Returns true if others get it anyway: every room gets the same notice, and a reminder also goes to everybody who owes
 * something.
 */
function isTold(open: readonly Destination[], isReminder: boolean): boolean {
  return open.some(({ kind }) => kind === 'room' || (isReminder && kind === 'person'));
}

/** Attempts made for this notice, and for the same one to other rooms. */
function failedWays({ people, undeliverable }: IncidentState, { to, version }: ToldKey): readonly Failed[] {
  const personal = people[to] !== undefined;
  const found = new Map<string, Failed>();
  for (const { notice, outcome, room, at, refused } of undeliverable) {
    const other = parseKey(notice);
    if (other?.kind !== 'told' || other.version !== version || outcome === 'repeated') continue;
    if (personal ? other.to !== to : people[other.to]) continue;
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
