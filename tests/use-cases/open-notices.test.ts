import { expect, it } from 'vitest';
import { type Room, roomId } from '../../src/incident/identity.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { MINUTE, OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

const OPEN = { ...OPS, address: 'general', open: true };
const PRIVATE: Room = { ...OPS, address: 'inc-1', insteadOf: roomId(OPEN) };
const organisation = organisationSchema.parse({
  organisation: '某公司',
  rooms: [{ platform: PRIVATE.platform, tenant: PRIVATE.tenant, address: PRIVATE.address, location: 'home' }],
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
  openChannels: 'private',
  languages: { rooms: 'en', people: 'en' },
});
const LI = person('li', OPEN);

/** Five hours in which everything comes due, over a threshold, and nobody answers. */
async function fiveHours(rooms: readonly Room[]): Promise<RoomsHouse> {
  const house = await RoomsHouse.start(organisation);
  await house.declare('Leak of payroll data', OPEN);
  for (const room of rooms) await house.must({ type: 'add_room', room }, LI);
  const since = '2026-03-31T09:00:00+08:00';
  await house.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, LI);
  await house.must({ type: 'answer', fact: 'site_kind', value: ['platform_large'] }, LI);
  await house.must({ type: 'answer', fact: 'site_outage_minutes', value: { since } }, LI);
  await house.must({ type: 'take_item', item: 'art7.2' }, LI);
  await house.follow(9 * 60 * MINUTE);
  return house;
}
const CONTENT = /Missing|Measures|portal|outage|1\.2 million|personal information|较大5|item 2/i;
const said = (house: RoomsHouse, address: string) =>
  house.one.wire.filter((one) => one.address === address && !one.body.includes('Take part')).map(({ body }) => body);

it('an open channel that keeps the content out hears no reminder once there is a room for it', async () => {
  const house = await fiveHours([PRIVATE]);
  expect(said(house, 'inc-1').join()).toMatch(CONTENT);
  expect(said(house, 'general')).toEqual([]);
});

it('before there is one, it hears of the clocks and of nothing else', async () => {
  const house = await fiveHours([]);
  expect(said(house, 'general').join()).toContain('Due now');
  expect(said(house, 'general').join()).not.toMatch(CONTENT);
  expect(said(house, 'dm:li').join()).toMatch(CONTENT);
});
