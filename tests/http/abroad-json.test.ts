import { afterEach, expect, test } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
  people: [
    { id: 'li', name: 'Li', roles: ['lead'], accounts: [account('Li')] },
    { id: 'ann', name: 'Ann', location: 'abroad', accounts: [account('Ann')] },
  ],
});

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

test('who reads from abroad gets the state of fields through the API, never what was written into them', async () => {
  const house = await startHouse({ organisation });
  running.push(house);
  const li = await signIn(new Client(house), 'Li');
  const ann = await signIn(new Client(house), 'Ann');
  const { id, revision } = await json(await li.post('/api/v1/incidents', { title: 'Leak' }));
  const intents = `/api/v1/incidents/${id}/intents`;
  const field = 'art7.2.measures';
  const fill = { type: 'fill_field', field, value: { state: 'known', text: '已隔离两台服务器' } };
  const filled = await json(await li.post(intents, { intent: fill, revision }));
  const wording = { type: 'confirm_wording', field, wording: '09:50已隔离两台服务器。' };
  await li.post(intents, { intent: wording, revision: filled.revision });
  const home = await (await li.get(`/api/v1/incidents/${id}`)).text();
  const abroad = await (await ann.get(`/api/v1/incidents/${id}`)).text();
  expect(home).toContain('已隔离');
  expect(abroad).toContain(`"id":"${field}","state":`);
  expect(abroad).not.toContain('已隔离');
  expect(abroad).not.toContain('"wording"');
});
