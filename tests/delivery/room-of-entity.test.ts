import { describe, expect, it } from 'vitest';
import { type Room, roomId } from '../../src/incident/identity.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { BERLIN, GROUP, MINUTE, OPS, OWN, person, RoomsHouse } from './rooms-house.ts';

/** Rooms of legal entities when the entity of an incident is corrected. */

const account = (platform: string, id: string) => ({ platform, tenant: 't', id });
const profile = organisationSchema.parse({
  organisation: 'Example',
  entities: [
    { id: 'a', name: 'A Ltd', province: '31', operator: 'other' },
    { id: 'b', name: 'B Ltd', province: '31', operator: 'other' },
  ],
  systems: [
    { id: 'shop', name: 'Shop', entity: 'a' },
    { id: 'till', name: 'Till', entity: 'a' },
    { id: 'bank', name: 'Bank', entity: 'b' },
  ],
  people: [
    {
      id: 'li',
      name: 'Li',
      roles: ['lead', 'approver', 'legal'],
      accounts: [account('own', 'li'), account('two', 'li')],
    },
    { id: 'wang', name: 'Wang', roles: ['approver', 'legal'], accounts: [account('own', 'wang')] },
  ],
  rooms: [
    { ...OPS, entities: ['a'] },
    { ...GROUP, entities: ['b'] },
    { ...BERLIN, entities: ['a', 'b'] },
  ],
});
const li = person('li', OWN);
const wang = person('wang', OWN);
const SECRET = 'zqTITLEqz';
const system = (value: string) => ({ type: 'answer', fact: 'system', value }) as const;

async function wrong(home: Room = OWN): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.start(profile);
  await rooms.declare(SECRET, home, person('li', home));
  await rooms.must(system('shop'), li);
  expect(Object.keys((await rooms.state()).rooms)).toContain(roomId(OPS));
  await rooms.pass(MINUTE);
  await rooms.must({ type: 'add_note', text: SECRET }, li);
  return rooms;
}
const shownIn = async (rooms: RoomsHouse) => Object.keys((await rooms.state()).rooms).toSorted();

describe('an incident whose entity is corrected', () => {
  it('leaves the rooms of the wrong entity once two people agree, with what was shown there', async () => {
    const rooms = await wrong();
    await rooms.pass(20 * MINUTE);
    await rooms.must(system('bank'), li);
    expect(await shownIn(rooms)).toEqual([BERLIN, OPS, OWN, GROUP].map(roomId).toSorted());
    const open = (await rooms.state()).proposals.findLast(({ settled }) => settled === null);
    expect(open).toMatchObject({ recorded: true });
    await rooms.must({ type: 'second', proposal: open?.id ?? '', agree: true }, wang);
    await rooms.pass(5 * MINUTE);
    expect(await shownIn(rooms)).toEqual([BERLIN, OWN, GROUP].map(roomId).toSorted());
    expect(JSON.stringify(rooms.one.in('ops'))).not.toContain(SECRET);
    const before = rooms.one.wire.length;
    await rooms.follow(250 * MINUTE);
    expect(rooms.one.wire.slice(before).filter(({ address }) => address === 'ops')).toEqual([]);
    expect(JSON.stringify(await rooms.house.app.timeline(rooms.incident, li, 'en'))).toContain('another legal entity');
  });

  it('leaves the rooms of the new entity again where the correction is refused', async () => {
    const rooms = await wrong();
    await rooms.pass(20 * MINUTE);
    await rooms.must(system('bank'), li);
    const open = (await rooms.state()).proposals.findLast(({ settled }) => settled === null);
    await rooms.must({ type: 'second', proposal: open?.id ?? '', agree: false }, wang);
    expect(await shownIn(rooms)).toEqual([BERLIN, OPS, OWN].map(roomId).toSorted());
  });

  it('stays where it was declared, and with another system of the same entity', async () => {
    const rooms = await wrong(OPS);
    await rooms.must(system('till'), li);
    expect(await shownIn(rooms)).toContain(roomId(OPS));
    await rooms.pass(20 * MINUTE);
    await rooms.must(system('bank'), li);
    const open = (await rooms.state()).proposals.findLast(({ settled }) => settled === null);
    if (open) await rooms.must({ type: 'second', proposal: open.id, agree: true }, wang);
    expect(await shownIn(rooms)).toContain(roomId(OPS));
  });
});
