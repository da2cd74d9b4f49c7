import { afterEach, expect, test } from 'vitest';
import { incidentAnswer, waitingAnswer } from '../../src/http/answers.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

test('what waits is told to whom it waits for: the question, the confirmation, the approval; to strangers nothing', async () => {
  const house = await startHouse({ apiToken: API_TOKEN });
  running.push(house);
  const english = { 'accept-language': 'en' };
  const [li, wei] = await Promise.all(['Li', 'Wei'].map((name) => signIn(new Client(house, english), name)));
  if (!li || !wei) throw new Error('nobody signed in');
  const made = await json(await li.post('/api/v1/incidents', { title: 'Leak' }));
  await li.post('/api/v1/incidents', { title: 'Practice', drill: true });
  const waiting = async (who: Client) => waitingAnswer.parse(await (await who.get('/api/v1/waiting')).json()).waiting;
  const submit = async (who: Client, intent: object) => {
    const { revision } = await json(await who.get(`/api/v1/incidents/${made.id}`));
    return json(await who.post(`/api/v1/incidents/${made.id}/intents`, { intent, revision }));
  };
  const mine = await waiting(li);
  // The real incident comes first, whatever the drill's clock says.
  expect(mine.map(({ drill }) => drill)).toEqual([false, true]);
  expect(mine[0]?.steps[0]).toMatchObject({ text: expect.stringContaining('CII'), actions: [{}, {}, {}] });
  expect(mine[0]?.steps.map(({ text }) => text)).toContainEqual(expect.stringMatching(/start of the clock|Confirm/i));
  // Who takes no part in it is not waited for.
  expect(await waiting(wei)).toEqual([]);
  await submit(wei, { type: 'add_note', text: 'here' });
  await submit(li, { type: 'answer', fact: 'operator', value: 'other' });
  await submit(li, { type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  await submit(li, { type: 'request_approval', draft: 1 });
  const texts = (await waiting(wei)).flatMap(({ steps }) => steps.map(({ text }) => text));
  expect(texts).toContainEqual(expect.stringMatching(/approve it or send it back/));
  // What was given to somebody waits for them, however much else there is.
  const duty = 'pipl.art57.individuals';
  await submit(li, { type: 'answer', fact: 'affected', value: ['personal_info'] });
  await submit(li, { type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
  const { people } = incidentAnswer.parse(await (await li.get(`/api/v1/incidents/${made.id}`)).json());
  const person = people?.find(({ name }) => name === 'Wei')?.id;
  const before = JSON.stringify(await waiting(wei));
  await submit(li, { type: 'assign_item', item: duty, person });
  const now = JSON.stringify(await waiting(wei));
  expect([before.includes(duty), now.includes(duty)]).toEqual([false, true]);
  // A program is nobody.
  const program = new Client(house, { authorization: `Bearer ${API_TOKEN}` });
  expect((await program.get('/api/v1/waiting')).status).toBe(403);
});
