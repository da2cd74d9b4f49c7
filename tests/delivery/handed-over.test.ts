import { expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { contactOf } from '../../src/report/head.ts';
import { MINUTE, OPS, OWN, person, RoomsHouse } from './rooms-house.ts';

/** Addresses and accounts that another person of the profile has since an incident was declared. */

const account = (id: string) => [{ platform: 'own', tenant: 't', id }];
const DUTY = { email: 'duty@example.com', accounts: account('duty') };
const profile = (...people: readonly object[]) =>
  organisationSchema.parse({
    organisation: 'Example',
    entities: [{ id: 'e', name: 'Example', province: '31', operator: 'other' }],
    people: [{ id: 'li', name: 'Li', roles: ['responder', 'lead'], accounts: account('li') }, ...people],
  });
const BEFORE = profile({ id: 'wu', name: 'Wu', roles: ['filer'], ...DUTY });
const NOW = profile({ id: 'zhao', name: 'Zhao', roles: ['lead', 'filer'], phone: '+86 21 5555 0100', ...DUTY });
const SECRET = 'zqTITLEqz';
const li = person('li', OWN);

/** Incident two hours after its declaration; `letters`: what was posted by mail, with its address. */
async function running() {
  const letters: string[] = [];
  const isOn = { now: true };
  const mail = {
    platform: 'mail',
    render: (message: object) => JSON.stringify(message),
    post: async ({ address }: { address: string }, body: string) => {
      if (!isOn.now) return { kind: 'refused', reason: 'unreachable', detail: 'no mail today' } as const;
      letters.push(`${address} ${body}`);
      return { kind: 'sent', ref: `mail-${letters.length}` } as const;
    },
  };
  const rooms = await RoomsHouse.start(BEFORE, () => [mail]);
  await rooms.declare(SECRET, OPS, li);
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, li);
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, li);
  await rooms.follow(100 * MINUTE);
  return { rooms, letters, isOn };
}

function all(rooms: RoomsHouse, weather: 'fine' | 'refuses'): void {
  for (const chat of [rooms.one, rooms.two, rooms.own]) chat.weather = weather;
}

it('whoever has the mailbox and the account of somebody who left is written to, and may act', async () => {
  const { rooms, letters } = await running();
  rooms.organisation.now = NOW;
  const chat = rooms.own.in('dm:duty').length;
  await rooms.follow(60 * MINUTE);
  expect(rooms.own.in('dm:duty').length).toBeGreaterThan(chat);
  all(rooms, 'refuses');
  await rooms.stride(80 * MINUTE, 5 * MINUTE);
  expect(letters.join()).toContain('duty@example.com');
  all(rooms, 'fine');
  await rooms.must({ type: 'take_lead' }, { ...person('duty', OWN), room: null });
});

it('a letter that waited has no content for somebody who is abroad now, at a corrected address', async () => {
  const { rooms, letters, isOn } = await running();
  isOn.now = false;
  all(rooms, 'refuses');
  await rooms.stride(130 * MINUTE, 5 * MINUTE);
  const more = { ...DUTY, email: 'wu@example.com', location: 'abroad' };
  rooms.organisation.now = profile({ id: 'wu', name: 'Wu', roles: ['filer'], ...more });
  isOn.now = true;
  await rooms.stride(60 * MINUTE, 5 * MINUTE);
  const waited = letters.filter((letter) => letter.startsWith('wu@'));
  expect(waited.length).toBeGreaterThan(0);
  expect(waited.join()).not.toContain(SECRET);
});

it('the contact of the report is the lead as the profile in force has them', async () => {
  const { rooms } = await running();
  rooms.organisation.now = NOW;
  await rooms.must({ type: 'add_person', person: 'zhao' }, li);
  await rooms.must({ type: 'take_lead' }, person('duty', OWN));
  const state = await rooms.house.app.state(rooms.incident, li);
  expect(state && contactOf({ state, entity: null })).toEqual({ name: 'Zhao', phone: '+86 21 5555 0100' });
});
