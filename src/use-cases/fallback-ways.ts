import type { Situation } from '../conversation/cards/situation.ts';
import { type FailedWay, fallbackCard } from '../conversation/reminding/fallback-cards.ts';
import { type Account, accountKey } from '../incident/identity.ts';
import { languageOf } from '../incident/people/people.ts';
import type { EventOf } from '../incident/record/events.ts';
import type { IncidentState, Participant } from '../incident/state.ts';
import type { Destination, NewNotice } from './ports.ts';

type Delivered = EventOf<'notice_delivered'>['payload'];

/** The platform of people's mail addresses, and the one that wakes whoever watches the machine. */
export const MAIL = 'mail';
export const ALARM = 'alarm';

interface Attempt {
  readonly situation: Situation & { readonly accountsOf: (person: Participant) => readonly Account[] };
  /** Platforms that did not take it. */
  readonly failed: ReadonlySet<string>;
  /** Rooms that did not take it while their platform did answer. */
  readonly refused: ReadonlySet<string>;
  /** Returns true if a platform is switched on. */
  readonly on: (platform: string) => boolean;
  readonly recipients: readonly Participant[];
  readonly personal: boolean;
  /** The reminder it is, if it is one. */
  readonly due: EventOf<'reminder_due'>['payload'] | null;
}
/** Alternative destinations of a notice; `covered`: it has reached, or is on its way to, people who act on it. */
type Way = (attempt: Attempt) => readonly Destination[] | 'covered';

/** In the order in which they are tried: another room, direct message, group robot, mail, alarm. */
const WAYS: readonly Way[] = [otherRoom, otherAccount, robot, mail, alarm];

/**
 * The next way for a notice that was not taken in time or was refused. A way that brings nothing is passed over; each
 * one that fails comes here again with the next. `recipients` are those who have to act.
 */
export function anotherWay(
  situation: Attempt['situation'],
  delivered: Delivered,
  recipients: readonly Participant[],
  on: (platform: string) => boolean,
  at: number,
): NewNotice[] {
  const { base, way, actor } = partsOf(delivered.notice);
  const person = situation.state.people[actor];
  const ways = failedWays(situation.state, base);
  const attempt: Attempt = {
    situation,
    failed: new Set(ways.flatMap(({ platform, places }) => (places === null ? [platform] : []))),
    refused: new Set(ways.flatMap(({ places }) => places ?? [])),
    on,
    recipients: person ? [person] : recipients,
    personal: person !== undefined,
    due: situation.state.reminders.find(({ version }) => version === Number(base.split(':')[1])) ?? null,
  };
  for (const [index, next] of WAYS.entries()) {
    if (index < way) continue;
    const found = next(attempt);
    if (found === 'covered') return [];
    if (found.length > 0) return found.map((to) => notice(attempt, to, `${base}~${index + 1}`, ways, at));
  }
  return [];
}

/** `INC-…:version:who-or-where`, and after `~` the number of the way with its place. */
function partsOf(key: string): { readonly base: string; readonly way: number; readonly actor: string } {
  const [base = '', tail = ''] = key.split('~');
  return { base, way: Number.parseInt(tail, 10) || 0, actor: base.split(':').slice(2).join(':') };
}

/** `places`: only these rooms of the platform failed; null if the platform did. */
interface Failed extends FailedWay {
  readonly places: readonly string[] | null;
}

/** Everything that was tried for this notice, and for the same one to other rooms. */
function failedWays(state: IncidentState, base: string): readonly Failed[] {
  const same = base.split(':').slice(0, 2).join(':');
  const personal = state.people[partsOf(base).actor] !== undefined;
  const found = new Map<string, Failed>();
  for (const { notice, outcome, room, at, refused } of state.undeliverable) {
    const other = partsOf(notice);
    const sameNotice = personal ? other.base === base : other.base.startsWith(`${same}:`) && !state.people[other.actor];
    if (!sameNotice || outcome === 'repeated') continue;
    const platform = room.split('/')[0] ?? '';
    const before = found.get(platform);
    const ofRoom = !personal && other.way === 0 && (refused === true || outcome === 'undeliverable');
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

/** Every room of the incident gets the same notice: one on a platform that has not failed is enough. */
function otherRoom({ situation, failed, refused, on, personal }: Attempt): readonly Destination[] | 'covered' {
  const rooms = Object.entries(situation.state.rooms).filter(
    ([id, { platform }]) => on(platform) && !failed.has(platform) && !refused.has(id),
  );
  if (!personal) return rooms.length > 0 ? 'covered' : [];
  return rooms.slice(0, 1).map(([room]) => ({ kind: 'room', room, ring: false }));
}

function otherAccount({
  situation,
  failed,
  on,
  recipients,
  personal,
  due,
}: Attempt): readonly Destination[] | 'covered' {
  const openTo = (person: Participant): readonly Account[] =>
    situation.accountsOf(person).filter(({ platform }) => on(platform) && !failed.has(platform));
  // A reminder is written to everybody who owes something, beside the room.
  if (!personal && due && recipients.some((person) => openTo(person).length > 0)) return 'covered';
  return recipients.flatMap((person) =>
    openTo(person).map((account) => ({
      kind: 'person',
      account,
      language: languageOf(situation.state, person),
      otherwise: null,
    })),
  );
}

/** Rooms of the profile that have a group robot. */
function robot({ situation, failed, on }: Attempt): readonly Destination[] {
  const { organisation } = situation.state;
  return (organisation?.rooms ?? []).flatMap((room) => {
    const platform = `${room.platform}-webhook`;
    if (room.webhook === undefined || room.location === 'abroad' || !on(platform) || failed.has(platform)) return [];
    const language = room.language ?? organisation?.languages.rooms ?? 'zh-CN';
    return [{ kind: 'outside', platform, tenant: room.tenant, address: room.webhook, language }];
  });
}

function mail({ situation, failed, on, recipients }: Attempt): readonly Destination[] {
  if (!on(MAIL) || failed.has(MAIL)) return [];
  return recipients.flatMap((person) => {
    const address = personOf(situation.state, person)?.email;
    const language = languageOf(situation.state, person);
    return address ? [{ kind: 'outside', platform: MAIL, tenant: MAIL, address, language }] : [];
  });
}

function alarm({ on }: Attempt): readonly Destination[] {
  return on(ALARM) ? [{ kind: 'outside', platform: ALARM, tenant: ALARM, address: ALARM, language: 'en' }] : [];
}

function notice(
  { situation, recipients, personal, due }: Attempt,
  to: Destination,
  way: string,
  failed: readonly FailedWay[],
  at: number,
): NewNotice {
  const { state } = situation;
  const actor = to.kind === 'room' || !personal ? null : (recipients[0]?.actor ?? null);
  return {
    key: `${way}:${placeKey(to)}`,
    incident: state.id,
    lane: 'reminder',
    to,
    content: { kind: 'card', card: fallbackCard(situation, failed, due, actor) },
    dueAt: at,
  };
}

function placeKey(to: Destination): string {
  if (to.kind === 'room') return to.room;
  return to.kind === 'person' ? accountKey(to.account) : `${to.platform}/${to.tenant}/${to.address}`;
}

function personOf({ organisation }: IncidentState, { person }: Participant) {
  return person === null ? undefined : organisation?.people.find(({ id }) => id === person);
}
