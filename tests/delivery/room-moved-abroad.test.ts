import { describe, expect, it } from 'vitest';
import { isoOf } from '../../src/incident/drill-clock.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { addDigests } from '../../src/scheduling/daily.ts';
import { formatKey } from '../../src/use-cases/notices/notice-key.ts';
import { recordRoomsAbroad } from '../../src/use-cases/notices/places.ts';
import { BERLIN, GROUP, MINUTE, OPS, person, RoomsHouse } from './rooms-house.ts';

/** Rooms whose location in the profile changes while an incident runs. */

const account = (platform: string) => ({ platform, tenant: 't', id: 'li' });
const profile = (ops: 'home' | 'abroad') =>
  organisationSchema.parse({
    organisation: 'Example',
    entities: [{ id: 'e', name: 'Example', province: '31', operator: 'other' }],
    people: [{ id: 'li', name: 'Li', roles: ['lead', 'approver', 'legal'], accounts: ['one', 'two'].map(account) }],
    rooms: [{ ...OPS, location: ops }, BERLIN, GROUP],
  });
const li = person('li', GROUP);
const hans = person('hans', { ...OPS, location: 'abroad' });
const SECRET = 'zqNOTEqz';

async function marked(): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.start(profile('home'));
  await rooms.declare('x', GROUP, li);
  await rooms.must({ type: 'add_room', room: OPS }, person('li', OPS));
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, li);
  return rooms;
}

describe('a room that the profile marks as abroad while an incident is shown there', () => {
  it('gets no content from then on', async () => {
    const rooms = await marked();
    rooms.organisation.now = profile('abroad');
    await rooms.must({ type: 'rename', title: SECRET }, li);
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, li);
    const before = rooms.one.wire.length;
    await rooms.follow(250 * MINUTE);
    const later = rooms.one.wire.slice(before).filter(({ address }) => address === 'ops');
    expect(later.length).toBeGreaterThan(0);
    expect(rooms.one.in('ops').join() + JSON.stringify(rooms.one.wire)).not.toContain(SECRET);
    expect(JSON.stringify(rooms.two.wire)).toContain(SECRET);
  });

  it('is cleared of what was shown there before, where the platform can, and the rest is named', async () => {
    const rooms = await marked();
    await rooms.must({ type: 'rename', title: SECRET }, li);
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, li);
    const { one, house } = rooms;
    const place = { tenant: 't', address: 'ops', thread: null };
    const at = { platform: 'one', tenant: 't', address: 'ops', language: 'en' } as const;
    for (const isFile of [false, true]) {
      const sent = await one.messenger.post(place, SECRET, `answer-${isFile}`);
      if (sent.kind !== 'sent') throw new Error(sent.kind);
      await house.app.answered({ ...at, ref: sent.ref, isFile, holds: { incident: rooms.incident } });
    }
    await rooms.pass(MINUTE);
    expect(JSON.stringify(one.in('ops')).split(SECRET).length).toBeGreaterThan(3);
    rooms.organisation.now = profile('abroad');
    await recordRoomsAbroad(house.engine);
    await recordRoomsAbroad(house.engine);
    await rooms.pass(5 * MINUTE);
    const left = one.in('ops').filter(({ body }) => body.includes(SECRET));
    expect(left.map(({ body }) => body)).toEqual([SECRET]);
    expect(JSON.stringify(rooms.two.in('dm:li')) + JSON.stringify(one.in('dm:li'))).toMatch(
      /cannot change or remove at least 1 message|至少1条/,
    );
    const record = await rooms.store.events(rooms.incident);
    const added = record.filter(({ event }) => event.type === 'room_added' && event.payload.room.address === 'ops');
    expect(added).toHaveLength(2);
    rooms.organisation.now = profile('home');
    expect((await rooms.state()).rooms['one/t/ops']?.location).toBe('abroad');
  });

  it('gets no deadline of a possible state secret in the morning digest', async () => {
    const rooms = await marked();
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, li);
    await rooms.must({ type: 'stop_state_secret', reason: 'x' }, li);
    rooms.clock.jumpTo(Date.parse('2026-04-01T09:00:00+08:00'));
    const digest = async (location: 'home' | 'abroad') => {
      rooms.organisation.now = profile(location);
      await addDigests(rooms.house.engine);
      const key = formatKey({ kind: 'digest', room: `one/t/ops`, day: isoOf(rooms.clock.now()).slice(0, 10) });
      return JSON.stringify((await rooms.store.outbox.get(key))?.content);
    };
    expect(await digest('abroad')).not.toContain(rooms.incident);
    rooms.clock.jumpTo(Date.parse('2026-04-02T09:00:00+08:00'));
    expect(await digest('home')).toContain(rooms.incident);
  });

  it('is answered as a room abroad, and needs a release', async () => {
    const rooms = await marked();
    await rooms.must({ type: 'add_note', text: SECRET }, li);
    rooms.organisation.now = profile('abroad');
    const timeline = await rooms.house.app.timeline(rooms.incident, hans, 'en');
    expect(JSON.stringify(timeline)).not.toContain(SECRET);
    const room = `one/t/ops` as const;
    expect((await rooms.house.app.state(rooms.incident, li))?.rooms[room]?.location).toBe('abroad');
  });

  it('is abroad for an incident added there later', async () => {
    const rooms = await RoomsHouse.start(profile('home'));
    await rooms.declare('x', GROUP, li);
    rooms.organisation.now = profile('abroad');
    await rooms.must({ type: 'add_room', room: OPS }, person('li', OPS));
    expect((await rooms.state()).rooms['one/t/ops']?.location).toBe('abroad');
  });
});
