import { expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { OWN, person, RoomsHouse } from './rooms-house.ts';

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
