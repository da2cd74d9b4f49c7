import { expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
});
const ELSEWHERE = { ...OPS, address: 'elsewhere' };
const LI = person('li', OPS);

it('a list is cut after it was filtered, the next due first, and says how many more there are', async () => {
  const rooms = await RoomsHouse.start(organisation);
  await rooms.declare('The oldest', OPS);
  const oldest = rooms.incident;
  await rooms.pass(60_000);
  for (let n = 0; n < 22; n++) await rooms.declare(`Of others ${n}`, ELSEWHERE);
  const { app } = rooms.house;
  const CHEN = person('chen', OPS);
  expect((await app.openIncidents(CHEN, 20)).rows.map(({ id }) => id)).toEqual([oldest]);
  expect((await app.incidents(CHEN, { open: true, limit: 2 })).map(({ id }) => id)).toEqual([oldest]);
  const listed = JSON.stringify(await app.view({ view: 'list', args: {} }, CHEN));
  expect(listed).toContain('The oldest');
  expect(listed).not.toContain('list.more');

  for (let n = 0; n < 3; n++) await rooms.declare(`Of ours ${n}`, OPS);
  // Who declared all of them takes part in all of them.
  const all = await app.openIncidents(LI, 20);
  expect(all.rows[0]?.id).toBe(oldest);
  expect([all.rows.length, all.more]).toEqual([20, 6]);
  const card = JSON.stringify(await app.view({ view: 'list', args: {} }, LI));
  expect(card).toContain('{"key":"list.more","params":{"n":6}}');
  expect(card).toContain('{"key":"list.summary","params":{"n":26}}');
});

it('what is closed is not on it', async () => {
  const rooms = await RoomsHouse.start(null);
  await rooms.declare('Closed', OPS);
  await rooms.must({ type: 'not_reportable', reason: 'no', reviewAt: '2026-04-02T09:00:00+08:00' }, LI);
  await rooms.must({ type: 'second', proposal: 'p1', agree: true }, person('wang', OPS));
  await rooms.must({ type: 'close', reason: 'over' }, LI);
  await rooms.declare('Open', OPS);
  expect((await rooms.house.app.openIncidents(LI, 20)).rows.map(({ title }) => title)).toEqual(['Open']);
});

it('says that a deadline is overdue, in the list and on top of it', async () => {
  const rooms = await RoomsHouse.start(organisation);
  await rooms.declare('Leak', OPS);
  const list = async () => JSON.stringify(await rooms.house.app.view({ view: 'list', args: {} }, LI));
  expect(await list()).toContain('list.due');
  await rooms.follow(5 * 3_600_000);
  expect(await list()).toMatch(/"tone":"urgent".*list\.overdue/);
});

it('the API is no person: it is not offered to take an item, and not listed', async () => {
  const rooms = await RoomsHouse.start(organisation);
  await rooms.declare('Leak', OPS);
  const { house, incident } = rooms;
  const { version } = await rooms.state();
  await house.app.submit({
    ...{ incident, revision: version, caller: 'api', delivery: { platform: 'api', key: 'k', body: '' } },
    intent: { type: 'add_note', text: 'from the monitoring' },
  });
  expect(Object.values((await rooms.state()).people).map(({ name }) => name)).toContain('api');
  const form = JSON.stringify(await house.app.form({ form: 'assign', args: { incident, item: 'art7.2' } }, LI));
  const people = JSON.stringify(await house.app.view({ view: 'people', args: { incident } }, LI));
  expect(form).toContain('"li"');
  for (const shown of [form, people]) expect(shown).not.toContain('"api"');
});

it('the lead is not offered to take the lead, others are', async () => {
  const people = ['li', 'wang'].map((id) => ({ id, name: id, roles: ['lead'], accounts: [person(id, OPS).account] }));
  const rooms = await RoomsHouse.start({
    ...organisation,
    ...organisationSchema.pick({ people: true }).parse({ people }),
  });
  await rooms.declare('Leak', OPS);
  const ref = { view: 'people', args: { incident: rooms.incident } };
  const shown = async (who: typeof LI) => JSON.stringify(await rooms.house.app.view(ref, who));
  expect(await shown(LI)).not.toContain('take_lead');
  expect(await shown(person('wang', OPS))).toContain('take_lead');
});

it('a drill never stands above a real incident, however soon it is due and whoever asks', async () => {
  const rooms = await RoomsHouse.start(organisation);
  const { app } = rooms.house;
  const drill = {
    caller: LI,
    room: OPS,
    drill: true,
    speed: 60,
    delivery: { platform: 'one', key: 'drill', body: '' },
  };
  await app.declare({ ...drill, title: 'Practice' });
  await rooms.pass(60_000);
  await rooms.declare('Real, without a deadline yet', OPS);
  for (const caller of [LI, person('chen', OPS), 'api'] as const) {
    const { rows } = await app.openIncidents(caller, 20);
    expect(rows.map(({ drill: isDrill }) => isDrill)).toEqual([false, true]);
    expect((await app.openIncidents(caller, 1)).rows.map(({ drill: isDrill }) => isDrill)).toEqual([false]);
  }
});

it('has an open incident for those who are called on, wherever they read, and a led one not', async () => {
  const named = (id: string, roles: readonly string[]) => ({
    id,
    name: id,
    roles,
    accounts: [person(id, OPS).account],
  });
  const people = [named('li', ['lead']), named('chen', ['responder']), named('mei', ['responder'])];
  const rooms = await RoomsHouse.start(organisationSchema.parse({ ...organisation, people }));
  const titles = async (caller = LI) =>
    (await rooms.house.app.openIncidents(caller, 20)).rows.map(({ title }) => title);
  await rooms.declare('By who may not lead', ELSEWHERE, person('chen', ELSEWHERE));
  expect(await titles()).toEqual(['By who may not lead']);
  expect(await titles(person('mei', OPS))).toEqual([]);
});
