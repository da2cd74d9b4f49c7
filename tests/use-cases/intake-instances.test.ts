import { expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { OWN, person, RoomsHouse } from '../delivery/rooms-house.ts';

const organisation = organisationSchema.parse({
  organisation: 'Example',
  entities: [{ id: 'e', name: 'Example', province: '31', operator: 'other' }],
  people: [{ id: 'li', name: 'Li Wei', roles: ['lead'], accounts: [{ platform: 'own', tenant: 't', id: 'li' }] }],
});
const alert = (key: string) => ({ kind: 'alert', source: 'siem', key, group: 'g', title: `Alert ${key}` }) as const;

/** Two instances on one store. */
async function two() {
  const rooms = await RoomsHouse.start(organisation);
  const apps = [rooms.house.app, rooms.another().app] as const;
  const caller = person('li', OWN);
  const reports = async () => (await apps[0].reports(caller)).reports;
  return { rooms, apps, caller, reports };
}

it.each([
  { how: 'two alerts of one group', keys: ['1', '2'], more: 1, states: ['added', 'new'] },
  { how: 'the same alert', keys: ['1', '1'], more: 0, states: ['new', 'new'] },
])('$how at once at two instances are one report with one message', async ({ keys, more, states }) => {
  const { rooms, apps, reports } = await two();
  const received = await Promise.all(keys.map((key, n) => (apps[n] ?? apps[0]).receive(alert(key))));
  expect(received.map(({ state }) => state).toSorted()).toEqual(states);
  expect(await reports()).toMatchObject([{ more }]);
  await rooms.house.settle();
  expect(rooms.own.messages.filter(({ address }) => address === OWN.address)).toHaveLength(1);
});

it('a decision stays when another instance gets an alert of the same group', async () => {
  const { apps, caller, reports } = await two();
  const { ref } = await apps[0].receive(alert('1'));
  const decided = apps[0].decideReport({ ref, choice: 'none', caller, room: OWN });
  await Promise.all([decided, ...['2', '3', '4', '5'].map((key) => apps[1].receive(alert(key)))]);
  expect((await reports()).find((one) => one.ref === ref)?.decided).toMatchObject({ choice: 'dismissed' });
});

it('of two decisions at two instances one counts', async () => {
  const { apps, caller, reports } = await two();
  const { ref } = await apps[0].receive(alert('1'));
  const said = ['first', 'second'].map((reason, n) =>
    (apps[n] ?? apps[0]).decideReport({ ref, choice: 'none', caller, room: OWN, reason }),
  );
  expect((await Promise.all(said)).map(({ kind }) => kind).toSorted()).toEqual(['refused', 'said']);
  expect(await reports()).toHaveLength(1);
});
