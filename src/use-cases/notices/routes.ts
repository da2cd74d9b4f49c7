import type { Account } from '../../incident/identity.ts';
import { languageOf, listedNow } from '../../incident/people/people.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';
import type { Destination, Listener, Messenger } from '../ports.ts';

/** Platform names of mail and of the alarm for operators. */
export const MAIL = 'mail';
export const ALARM = 'alarm';
/** Tenant of telephones on each platform that reaches them; the address is the id of a person in the profile. */
export const TELEPHONE = 'telephone';

export type Way = 'account' | 'room' | 'telephone' | 'robot' | 'mail' | 'alarm';
/** Numbers of the ways in keys of notices. */
export const NUMBERS: Readonly<Record<Way, number>> = {
  room: 1,
  account: 2,
  robot: 3,
  mail: 4,
  alarm: 5,
  telephone: 6,
};

export interface Platforms {
  isOn(platform: string): boolean;
  /** Returns true if the platform shows messages without notifying this account. */
  isQuiet(platform: string, account?: Account): boolean;
  edits(platform: string): boolean;
  readonly listeners?: readonly Listener[];
  /** Platforms that reach telephones, in order of use. */
  readonly telephones?: readonly string[];
}

export function platformsOf(messengers: ReadonlyMap<string, Messenger>): Platforms {
  return {
    isOn: (platform) => messengers.has(platform),
    edits: (platform) => messengers.get(platform)?.canEdit !== undefined,
    isQuiet: (platform, account) => {
      const quiet = messengers.get(platform)?.canMessagePeople?.quiet;
      return quiet !== undefined && (account === undefined || quiet(account));
    },
    listeners: [...messengers.values()].flatMap(({ platform, listens = [], stamps }) =>
      listens.map((address) => ({ platform, address, ...(stamps ? { stamps } : {}) })),
    ),
    telephones: [...messengers.values()].flatMap(({ platform, rings }) => (rings ? [platform] : [])),
  };
}

/** Index of `telephone` in `ORDER`. A way before it ranks behind it if the platform shows messages without notifying. */
const TELEPHONE_AT = 2;
const ORDER: readonly Way[] = ['account', 'room', 'telephone', 'robot', 'mail', 'alarm'];

/**
 * Rank of a route, before the first send and after a refusal: accounts and rooms that notify, telephone, accounts and
 * rooms that people must open, group robot, mail, alarm.
 */
export function rankOf(to: Destination, platforms: Platforms): number {
  const index = ORDER.indexOf(wayOf(to));
  const account = to.kind === 'person' ? to.account : undefined;
  const isBehind = index > TELEPHONE_AT || (index < TELEPHONE_AT && platforms.isQuiet(platformOf(to), account));
  return isBehind ? index + TELEPHONE_AT + 1 : index;
}

export function inOrder(ways: readonly Destination[], platforms: Platforms): readonly Destination[] {
  return ways.toSorted((a, b) => rankOf(a, platforms) - rankOf(b, platforms));
}

/** Routes to people about an incident, in order; a telephone only for a notice that `wakes` them. */
export function routes(
  state: IncidentState,
  people: readonly Participant[],
  accountsOf: (person: Participant) => readonly Account[],
  platforms: Platforms,
  wakes = false,
): readonly Destination[] {
  const { homeRoom: home } = state;
  const rooms = [...(home === null ? [] : [home]), ...Object.keys(state.rooms).filter((room) => room !== home)];
  const each = people.flatMap((person): readonly Destination[] => {
    const language = languageOf(state, person);
    const email = listedNow(state, person.person)?.email;
    return [
      ...accountsOf(person).map((account): Destination => ({ kind: 'person', account, language, otherwise: null })),
      ...(wakes ? telephones(state, person, platforms) : []),
      ...(email ? [{ kind: 'outside', platform: MAIL, tenant: MAIL, address: email, language } as const] : []),
    ];
  });
  const ways: readonly Destination[] = [
    ...each,
    ...rooms.map((room): Destination => ({ kind: 'room', room, ring: false })),
    ...robots(state, people.flatMap(accountsOf)),
    { kind: 'outside', platform: ALARM, tenant: ALARM, address: ALARM, language: 'en' },
  ];
  return inOrder(ways, platforms);
}

/** Telephone of a person of the profile, on each platform that reaches it; none in a drill. */
export function telephones(
  state: IncidentState,
  person: Participant,
  { telephones: platforms = [] }: Pick<Platforms, 'telephones'>,
): readonly Destination[] {
  const listed = listedNow(state, person.person);
  if (listed?.phone === undefined || state.drill) return [];
  const language = languageOf(state, person);
  return platforms.map((platform) => ({ kind: 'outside', platform, tenant: TELEPHONE, address: listed.id, language }));
}

/** Rooms of the profile with a group robot, which mentions the people concerned. */
function robots({ organisation }: IncidentState, accounts: readonly Account[]): readonly Destination[] {
  return (organisation?.rooms ?? []).flatMap((room): readonly Destination[] => {
    if (room.webhook === undefined || room.location === 'abroad') return [];
    const language = room.language ?? organisation?.languages.rooms ?? 'zh-CN';
    const platform = `${room.platform}-webhook`;
    const mention = accounts.filter((one) => one.platform === room.platform && one.tenant === room.tenant);
    const called = mention.length > 0 ? { mention } : {};
    return [{ kind: 'outside', platform, tenant: room.tenant, address: room.webhook, language, ...called }];
  });
}

export function wayOf(to: Destination): Way {
  if (to.kind !== 'outside') return to.kind === 'person' ? 'account' : 'room';
  if (to.platform === MAIL || to.platform === ALARM) return to.platform;
  if (to.tenant === TELEPHONE) return TELEPHONE;
  return 'robot';
}

export function platformOf(to: Destination): string {
  if (to.kind === 'outside') return to.platform;
  return to.kind === 'person' ? to.account.platform : to.room.slice(0, to.room.indexOf('/'));
}
