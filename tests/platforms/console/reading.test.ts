import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { consoleRoom } from '../../../src/platforms/console/platform.ts';
import { type RunningHouse, startHouse } from '../../fakes/house.ts';
import { Client, json, signIn } from '../../fakes/http-client.ts';
import { Listening } from '../../fakes/listening.ts';

const BERLIN = { ...consoleRoom('en'), address: 'berlin', location: 'abroad' as const };
const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
  rooms: [consoleRoom('zh-CN'), BERLIN],
  people: [
    { id: 'li', name: 'Li', roles: ['lead', 'approver', 'administrator'], accounts: [account('Li')] },
    { id: 'chen', name: 'Chen', roles: ['responder'], accounts: [account('Chen')] },
    { id: 'anna', name: 'Anna', location: 'abroad', accounts: [account('Anna')] },
  ],
});
const MARK = 'zqMARKqz';
const placed = z.object({ place: z.object({ thread: z.string() }) });

let house: RunningHouse;
let li: Client;
let anna: Client;
let id: string;
beforeAll(async () => {
  house = await startHouse({ rooms: [consoleRoom('zh-CN'), BERLIN], organisation });
  li = await signIn(new Client(house), 'Li');
  anna = await signIn(new Client(house), 'Anna');
  const declared = await say(li, 'main', { text: `/incident new Leak ${MARK}` });
  id = String((await json(declared))['incident']);
  await house.house.settle();
  const { thread } = placed.parse(await (await li.get(`/api/v1/incidents/${id}/page`)).json()).place;
  await say(li, 'main', { text: `chat ${MARK}`, incident: id, thread });
  await give({ type: 'add_note', text: `a note ${MARK}` });
});
afterAll(() => house.stop());

const say = (who: Client, room: string, line: object) => who.post(`/api/v1/rooms/${room}/messages`, line);
async function give(intent: object, who = li): Promise<Response> {
  const { revision } = await json(await li.get(`/api/v1/incidents/${id}`));
  const done = await who.post(`/api/v1/incidents/${id}/intents`, { intent, revision });
  await house.house.settle();
  return done;
}
const listening = async (who: Client) => new Listening(await who.get('/api/v1/stream?after=0'));

/** Everything somebody can read of the console's rooms and lists. */
async function everything(who: Client): Promise<string> {
  const { thread } = placed.parse(await (await li.get(`/api/v1/incidents/${id}/page`)).json()).place;
  const paths = [
    '/rooms/main/messages',
    `/rooms/main/messages?thread=${thread}`,
    '/rooms/berlin/messages',
    '/desk',
    `/incidents/${id}/page`,
    '/incidents',
  ];
  const read = await Promise.all(paths.map(async (path) => (await who.get(`/api/v1${path}`)).text()));
  return [...read, await (await listening(who)).rest()].join('\n');
}

describe('who reads from abroad', () => {
  test('is shown the incident and none of its words in rooms, threads, list and stream; who is at home reads all', async () => {
    expect(await everything(li)).toContain(MARK);
    const read = await everything(anna);
    expect(read).toContain(id);
    expect(read).not.toContain(MARK);
  });

  test('does not learn by a search what the title is', async () => {
    const found = async (who: Client, search: string) =>
      (await json(await who.get(`/api/v1/incidents?search=${search}`))).incidents.length;
    expect(await found(li, MARK)).toBe(1);
    expect(await found(anna, MARK)).toBe(0);
    expect(await found(anna, id.toLowerCase())).toBe(1);
  });

  test('reads no room that nobody knows, whatever they call it', async () => {
    const room = { ...consoleRoom('en'), address: 'madeup', location: 'home' };
    await give({ type: 'add_room', room }, anna);
    expect(await everything(anna)).not.toContain(MARK);
    expect((await anna.get(`/api/v1/incidents/${id}/record`)).status).not.toBe(200);
    expect((await anna.get('/api/v1/rooms/madeup/messages')).status).toBe(404);
  });
});

test('who reads a draft is told to those who may read it too, and to nobody else', async () => {
  const path = `/api/v1/incidents/${id}/readers`;
  const chen = await signIn(new Client(house), 'Chen');
  const [abroad, home, self] = [await listening(anna), await listening(chen), await listening(li)];
  for (const each of [abroad, home, self]) await each.until('event: hello');
  expect((await li.post(path, { draft: 2, open: true })).status).toBe(204);
  await home.until('"readers":[{"name":"Li","draft":2}]');
  await self.until('"readers":[]');
  expect(await abroad.rest()).not.toContain('event: readers');
  await Promise.all([home.rest(), self.rest()]);
  expect((await anna.post(path, { draft: 2, open: true })).status).toBe(404);
});

test('the list shows no title of an incident that is in rooms abroad only', async () => {
  const abroad = await startHouse({ rooms: [BERLIN] });
  const who = await signIn(new Client(abroad), 'Wei');
  await who.post('/api/v1/incidents', { title: MARK });
  const listed = await (await who.get('/api/v1/incidents')).text();
  expect(listed).toContain('INC-');
  expect(listed).not.toContain(MARK);
  await abroad.stop();
});

test('a message offers nothing that its reader may not do, neither in a room nor in the stream', async () => {
  await give({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  await give({ type: 'request_approval', draft: 1 });
  const chen = await signIn(new Client(house), 'Chen');
  const approves = /"type":"approve"/;
  expect(await everything(li)).toMatch(approves);
  expect(await everything(chen)).not.toMatch(approves);
});

test('no word is read by anybody after the stop, not even a line at the root of a room', async () => {
  await give({ type: 'stop_state_secret' });
  expect(await everything(li)).not.toContain(MARK);
});

test('the stream names an incident to those only who may know of it', async () => {
  const inChat = { ...consoleRoom('en'), platform: 'chat', address: 'ops' };
  const caller = {
    account: { platform: 'chat', tenant: 'local', id: 'x' },
    name: 'X',
    language: 'en',
    room: inChat,
  } as const;
  const response = await anna.get('/api/v1/stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const declared = await house.house.app.declare({
    title: 'Elsewhere',
    caller,
    room: inChat,
    delivery: { platform: 'chat', key: 'elsewhere', body: '' },
  });
  house.server.changes.call(declared.incident ?? '');
  house.server.changes.call(id);
  let text = '';
  while (!text.includes(`{"incident":"${id}"`)) text += (await reader?.read())?.value ?? '';
  expect(text).not.toContain(declared.incident);
  await reader?.cancel();
});

test('after a stop in a drill, whose clock is ahead, its card without words stays in the room', async () => {
  const drill = await json(await li.post('/api/v1/incidents', { title: `Drill ${MARK}`, drill: true, speed: 600 }));
  await house.house.settle();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { revision } = await json(await li.get(`/api/v1/incidents/${drill.id}`));
  const body = { intent: { type: 'stop_state_secret' }, revision };
  expect((await li.post(`/api/v1/incidents/${drill.id}/intents`, body)).status).toBe(200);
  await house.house.settle();
  const { messages } = await json(await li.get('/api/v1/rooms/main/messages'));
  const shown = messages.find((one) => one['incident'] === drill.id);
  expect(shown).toMatchObject({ surface: 'status' });
  expect(JSON.stringify(shown)).not.toContain(MARK);
});
