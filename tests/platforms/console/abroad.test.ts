import { afterAll, beforeAll, expect, test } from 'vitest';
import { consoleRoom } from '../../../src/platforms/console/platform.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../../fakes/house.ts';
import { Client, json, signIn } from '../../fakes/http-client.ts';

const BERLIN = { ...consoleRoom('en'), address: '柏林', location: 'abroad' as const };
const TITLE = 'zqTITLEqz';
const there = { 'x-jishi-room': encodeURIComponent(BERLIN.address) };

let house: RunningHouse;
let wei: Client;
let id: string;
beforeAll(async () => {
  house = await startHouse({ rooms: [consoleRoom('zh-CN'), BERLIN] });
  wei = await signIn(new Client(house), 'Li Wei');
  const declared = await json(await wei.post('/api/v1/incidents', { title: TITLE }));
  id = declared.id;
  const intent = { type: 'add_room', room: BERLIN };
  const api = new Client(house, { authorization: `Bearer ${API_TOKEN}` });
  const path = `/api/v1/incidents/${id}/intents`;
  // A room the profile does not list is added from there only.
  expect((await api.post(path, { intent, revision: declared.revision })).status).toBe(422);
  const room = `/api/v1/rooms/${encodeURIComponent(BERLIN.address)}/messages`;
  expect((await wei.post(room, { text: `bind ${id}` }, there)).status).toBe(200);
  await house.house.settle();
});
afterAll(() => house.stop());

test('a room abroad of the console shows the incident without its title', async () => {
  const messages = await wei.get(`/api/v1/rooms/${encodeURIComponent(BERLIN.address)}/messages`);
  const text = await messages.text();
  expect(text).toContain(id);
  expect(text).not.toContain(TITLE);
});

test('who acts there is shown what may be shown there, and everything elsewhere', async () => {
  const status = { view: 'status', args: { incident: id } };
  const abroad = await wei.post('/api/v1/views', status, there);
  expect(await abroad.text()).not.toContain(TITLE);
  const home = await wei.post('/api/v1/views', status);
  expect(await home.text()).toContain(TITLE);
  const rename = { form: 'rename', args: { incident: id } };
  expect((await wei.post('/api/v1/forms/open', rename, there)).status).toBe(422);
  expect((await wei.post('/api/v1/forms/open', rename)).status).toBe(200);
});

test('a line typed there is answered there', async () => {
  const path = `/api/v1/rooms/${encodeURIComponent(BERLIN.address)}/messages`;
  const why = await (await wei.post(path, { text: 'why', incident: id }, there)).text();
  expect(why).toContain('not been released to rooms abroad');
  const renamed = await (await wei.post(path, { text: `rename ${TITLE} 2`, incident: id }, there)).text();
  expect(renamed).not.toContain(TITLE);
});
