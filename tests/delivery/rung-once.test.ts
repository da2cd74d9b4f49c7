import { describe, expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { formatStep } from '../../src/incident/steps.ts';
import { parseKey } from '../../src/use-cases/notices/notice-key.ts';
import { variants } from '../fakes/soak.ts';
import { GROUP, MINUTE, OPS, person, RoomsHouse } from './rooms-house.ts';

const account = (id: string, on: string) => ({ platform: on, tenant: 't', id });
/** Accounts of each person on the two chats. */
const PEOPLE = {
  li: ['one'],
  chen: ['two', 'one'],
  wang: ['two'],
  zhao: ['one', 'two'],
} as const;
type Who = keyof typeof PEOPLE;
const ALL: readonly Who[] = ['li', 'chen', 'wang', 'zhao'];

const organisation = organisationSchema.parse({
  organisation: 'Example',
  entities: [{ id: 'shanghai', name: 'Example (Shanghai)', province: '31' }],
  people: ALL.map((id) => ({
    id,
    name: id,
    roles: id === 'li' ? ['lead'] : id === 'zhao' ? ['approver'] : ['responder'],
    accounts: PEOPLE[id].map((on) => account(id, on)),
  })),
});

/** How often each person was called, by the version of the entry a message is about. */
function rings(rooms: RoomsHouse): ReadonlyMap<number, readonly Who[]> {
  const called = new Map<number, Who[]>();
  for (const { key, address, body } of [rooms.one, rooms.two].flatMap(({ messages }) => messages)) {
    const about = parseKey(key);
    if (about?.kind !== 'told') continue;
    const { mention = [] }: { mention?: readonly { id: string }[] } = JSON.parse(body);
    const ids = address.startsWith('dm:') ? [address.slice(3)] : mention.map(({ id }) => id);
    const known = ALL.filter((one) => ids.includes(one));
    called.set(about.version, [...(called.get(about.version) ?? []), ...known]);
  }
  return called;
}

interface Night {
  readonly rooms: readonly (typeof OPS)[];
  /** Who cannot be written to, on the first and on the second chat. */
  readonly silent: readonly [readonly Who[], readonly Who[]];
}

/** A four-hour clock with items, a task and an approval that nobody sees to, until an hour after the limit. */
async function played({ rooms: places, silent }: Night): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.start(organisation);
  for (const id of silent[0]) rooms.one.unreachable.add(id);
  for (const id of silent[1]) rooms.two.unreachable.add(id);
  const [home = OPS, ...others] = places;
  const li = person('li', home);
  await rooms.declare('x', home, { ...li, account: account('li', 'one') });
  const lead = { ...li, account: account('li', 'one') };
  for (const room of others) await rooms.must({ type: 'add_room', room }, lead);
  for (const id of ['chen', 'wang', 'zhao']) await rooms.must({ type: 'add_person', person: id }, lead);
  const { people } = await rooms.state();
  const actor = (id: Who): string => Object.values(people).find((one) => one.person === id)?.actor ?? '';
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, lead);
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, lead);
  await rooms.must({ type: 'assign_item', item: 'art7.3', person: actor('chen') }, lead);
  await rooms.must({ type: 'assign_item', item: 'art7.4', person: actor('wang') }, lead);
  await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, lead);
  await rooms.must({ type: 'request_approval', draft: 1 }, lead);
  await rooms.follow(301 * MINUTE);
  return rooms;
}

type Nights = readonly (readonly [string, Night])[];
const NIGHTS: Nights = [
  ['in two rooms', { rooms: [OPS, GROUP], silent: [[], []] }],
  ['an owner has one account that fails', { rooms: [OPS, GROUP], silent: [[], ['chen']] }],
  ['nobody can be written to', { rooms: [OPS, GROUP], silent: [ALL, ALL] }],
];
const FURTHER: Nights = [
  ['everybody can be written to', { rooms: [OPS], silent: [[], []] }],
  ['in the room of the other chat', { rooms: [GROUP], silent: [[], []] }],
  ['the lead cannot be written to', { rooms: [OPS, GROUP], silent: [['li'], []] }],
];

describe('one reminder is one call', () => {
  it.each(variants(NIGHTS, FURTHER).flat())(
    '%s: nobody is called twice, and nobody who is to be called is not',
    { tags: 'grows' },
    async (_, night) => {
      const rooms = await played(night);
      const { reminders } = await rooms.state();
      const called = rings(rooms);
      const steps = reminders.map(({ step, version }) => [formatStep(step), called.get(version) ?? []] as const);
      expect(steps.map(([step]) => step)).toEqual(expect.arrayContaining(['half', 'm30', 'm5', 'due', 'late15']));
      const inRooms = (id: Who): boolean =>
        PEOPLE[id].some((on) => night.rooms.some(({ platform }) => platform === on));
      const direct = (id: Who): boolean =>
        PEOPLE[id].some((on) => !(on === 'one' ? night.silent[0] : night.silent[1]).includes(id));
      // Who cannot be written to is mentioned in each room: nobody knows of which of them they are a member.
      for (const [step, people] of steps)
        for (const id of ALL.filter(direct))
          expect(people.filter((one) => one === id).length, `${step}: ${people}`).toBeLessThanOrEqual(1);
      for (const [step, people] of steps.filter(([one]) => ['m30', 'm5', 'due'].includes(one))) {
        const wanted = (['li', 'chen', 'wang'] as const).filter((id) => direct(id) || inRooms(id));
        expect(people, step).toEqual(expect.arrayContaining(wanted));
      }
    },
  );
});
