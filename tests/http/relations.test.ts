import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function withTwo() {
  const house = await startHouse();
  running.push(house);
  const li = await signIn(new Client(house, { 'accept-language': 'en' }), 'Li');
  const declare = async (body: object) => (await json(await li.post('/api/v1/incidents', body))).id;
  const early = new Date(Date.now() - 1_800_000).toISOString();
  const a = await declare({ title: 'Mail gateway', awareness: early });
  const b = await declare({ title: 'Portal' });
  const state = async (id: string) => (await li.get(`/api/v1/incidents/${id}`)).json();
  const relate = async (id: string, incident: string, how: string, headers = {}) => {
    const { revision } = await json(await li.get(`/api/v1/incidents/${id}`));
    return li.post(`/api/v1/incidents/${id}/intents`, { intent: { type: 'relate', incident, how }, revision }, headers);
  };
  return { house, li, a, b, early, declare, state, relate };
}

test('a duplicate and the incident that goes on point to each other, and both ids still lead somewhere', async () => {
  const { a, b, early, state, relate } = await withTwo();
  const done = await relate(a, b, 'duplicate_of');
  expect(await done.json()).toMatchObject({ said: { summary: expect.stringContaining(b) } });
  expect(await state(a)).toMatchObject({ id: a, relations: [{ incident: b, how: 'duplicate_of' }] });
  expect(await state(b)).toMatchObject({
    relations: [{ incident: a, how: 'has_duplicate' }],
    awareness: { confirmed: false, earliest: early },
  });
});

test('it ends no clock of the duplicate, and brings the earlier start to the other one', async () => {
  const { a, b, state, relate, li } = await withTwo();
  const clocks = async (id: string) =>
    (await json(await li.get(`/api/v1/incidents/${id}`))).clocks.map(({ due, ...clock }) => [
      clock['id'],
      due,
      clock['status'],
    ]);
  const before = await clocks(a);
  await relate(a, b, 'duplicate_of');
  await relate(a, b, 'duplicate_of');
  expect(await clocks(a)).toEqual(before);
  expect((await clocks(b)).map(([id, due]) => [id, due])).toEqual(before.map(([id, due]) => [id, due]));
  await relate(a, b, 'none');
  expect([await state(a), await state(b)]).toMatchObject([{ relations: [] }, { relations: [] }]);
});

test('nothing is related to itself, to a drill, to what is stopped, or to what the person may not see', async () => {
  const { house, li, a, b, declare, relate, state } = await withTwo();
  const code = async (id: string, other: string) =>
    z.looseObject({ code: z.string() }).parse(await (await relate(id, other, 'related')).json()).code;
  const drill = await declare({ title: 'Practice', drill: true });
  expect([await code(a, a), await code(a, 'INC-2020-0001'), await code(a, drill)]).toEqual([
    'unknown_relation',
    'unknown_relation',
    'relation_to_drill',
  ]);
  const { revision } = await json(await li.get(`/api/v1/incidents/${b}`));
  await li.post(`/api/v1/incidents/${b}/intents`, { intent: { type: 'stop_state_secret' }, revision });
  expect([await code(a, b), await code(b, a)]).toEqual(['stopped', 'stopped']);
  expect(await state(a)).toMatchObject({ relations: [] });
  const program = new Client(house, { authorization: `Bearer ${API_TOKEN}` });
  expect((await program.get(`/api/v1/incidents/${a}`)).status).toBe(200);
});
