import { expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { BERLIN, GROUP, OPS, OWN, person, RoomsHouse } from './rooms-house.ts';

/** One person, who is told of alerts because they are on duty. */
const organisation = organisationSchema.parse({
  organisation: 'Example',
  entities: [{ id: 'e', name: 'Example', province: '31', operator: 'other' }],
  people: [
    {
      ...{ id: 'li', name: 'Li Wei', roles: ['lead'], language: 'en' },
      accounts: ['one', 'own'].map((platform) => ({ platform, tenant: 't', id: 'li' })),
    },
  ],
  roster: [{ person: 'li', from: '2026-03-30T00:00:00+08:00', until: '2026-04-30T00:00:00+08:00' }],
});

it('takes the words of an alert off rooms and direct messages once somebody decided on it', async () => {
  const rooms = await RoomsHouse.start(organisation);
  const { app } = rooms.house;
  const { ref } = await app.receive({ kind: 'alert', source: 'siem', key: '1', title: 'Zebra exfiltration' });
  await rooms.house.settle();
  const standing = () => [...rooms.one.messages, ...rooms.own.messages].filter(({ body }) => body.includes('Zebra'));
  expect(standing().map(({ address }) => address)).toEqual(['dm:li', OWN.address]);
  const caller = person('li', OWN);
  expect(await app.decideReport({ ref, choice: 'new', caller, room: OWN })).toMatchObject({ kind: 'done' });
  await rooms.pass(60_000);
  expect(standing().filter(({ key }) => key.startsWith('intake:'))).toEqual([]);
});

it('takes the words of an alert off rooms and people that have left the profile since', async () => {
  const listed = organisationSchema.parse({ ...organisation, rooms: [{ ...OPS, alerts: true }] });
  const wu = { id: 'wu', name: 'Wu', roles: ['lead'], accounts: [{ platform: 'own', tenant: 't', id: 'wu' }] };
  const rooms = await RoomsHouse.start(listed);
  const { app } = rooms.house;
  const { ref } = await app.receive({ kind: 'alert', source: 'siem', key: '1', title: 'Zebra exfiltration' });
  await rooms.house.settle();
  const standing = () => rooms.one.messages.filter(({ body }) => body.includes('Zebra'));
  expect(standing().map(({ address }) => address)).toEqual([OPS.address, 'dm:li']);
  const elsewhere = [{ ...GROUP, alerts: true }];
  rooms.organisation.now = organisationSchema.parse({ ...organisation, roster: [], rooms: elsewhere, people: [wu] });
  const decided = await app.decideReport({ ref, choice: 'none', caller: person('wu', OWN), room: OWN });
  expect(decided).toMatchObject({ kind: 'said' });
  await rooms.pass(60_000);
  expect(standing()).toEqual([]);
});

it.each(
  (['none', 'new'] as const).flatMap((choice) =>
    (['refuses', 'swallows', 'loses'] as const).map((weather) => ({ choice, weather })),
  ),
)('posts no words of an alert that waited until somebody decided on it: $choice, chat $weather', async (one) => {
  const rooms = await RoomsHouse.start(organisation);
  const { app } = rooms.house;
  const chats = [rooms.one, rooms.own];
  for (const chat of chats) chat.weather = one.weather;
  const { ref } = await app.receive({ kind: 'alert', source: 'siem', key: '1', title: 'Zebra exfiltration' });
  await rooms.pass(60_000);
  await app.decideReport({ ref, choice: one.choice, caller: person('li', OWN), room: OWN });
  for (const chat of chats) chat.weather = 'fine';
  await rooms.house.settle();
  await rooms.pass(900_000);
  const standing = chats.flatMap(({ messages }) => messages).filter(({ key }) => key.startsWith('intake:'));
  expect(standing.filter(({ body }) => body.includes('Zebra'))).toEqual([]);
});

const accountsOf = (id: string) => [{ platform: 'one', tenant: 't', id }];
it.each([
  { how: 'the only room for alerts is abroad', alerts: [BERLIN], told: ['own/t/main'] },
  { how: 'one of two is abroad', alerts: [BERLIN, OPS], told: ['one/t/ops'] },
  { how: 'no room is named', alerts: [], told: ['own/t/main'] },
  { how: 'a supplier, whose contact is abroad', alerts: [OPS], isSupplier: true, told: ['one/t/ops', 'person:li'] },
  { how: 'nobody is on duty and every room is abroad', alerts: [BERLIN], own: BERLIN, told: ['person:li'] },
])('tells somebody at home of a report: $how', async ({ alerts, isSupplier, own, told }) => {
  const listed = [...new Set([OPS, BERLIN, ...alerts])];
  const profile = organisationSchema.parse({
    ...{ organisation: 'Example', entities: organisation.entities },
    people: [
      { id: 'ann', name: 'Ann', location: 'abroad', roles: ['lead'], accounts: accountsOf('ann') },
      { id: 'li', name: 'Li', roles: ['lead'], accounts: accountsOf('li') },
    ],
    rooms: listed.map((room) => ({ ...room, alerts: alerts.includes(room) })),
  });
  const rooms = await RoomsHouse.start(profile, undefined, own ? [own] : undefined);
  const given = isSupplier ? ({ kind: 'supplier', contact: 'ann' } as const) : ({ kind: 'alert' } as const);
  const { ref } = await rooms.house.app.receive({ ...given, source: 'siem', key: '1', title: 'Zebra exfiltration' });
  const places = ['own/t/main', 'one/t/ops', 'one/t/berlin', 'person:li', 'person:ann'];
  const found = await Promise.all(places.map((to) => rooms.store.outbox.get(`intake:${ref}:${to}`)));
  expect(places.filter((_, index) => found[index])).toEqual(told);
});
