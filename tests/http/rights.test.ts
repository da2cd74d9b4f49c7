import { afterEach, expect, test } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
  people: [
    { id: 'li', name: 'Li', roles: ['lead'], accounts: [account('Li')] },
    { id: 'zhao', name: 'Zhao', roles: ['approver'], accounts: [account('Zhao')] },
    { id: 'wu', name: 'Wu', roles: ['responder', 'filer'], accounts: [account('Wu')] },
  ],
});

async function people(profile: boolean) {
  const house = await startHouse(profile ? { organisation } : {});
  running.push(house);
  const at = (name: string) => signIn(new Client(house), name);
  const declared = await json(await (await at('Wu')).post('/api/v1/incidents', { title: 'Leak' }));
  const give = async (name: string, intent: { type: string; reason?: string; level?: string }) => {
    const client = await at(name);
    const { revision } = await json(await client.get(`/api/v1/incidents/${declared.id}`));
    return client.post(`/api/v1/incidents/${declared.id}/intents`, { intent, revision });
  };
  return {
    give,
    lead: async () => (await json(await (await at('Wu')).get(`/api/v1/incidents/${declared.id}`)))['lead'],
  };
}
const close = { type: 'close', reason: 'A test of rights' };
const takeLead = { type: 'take_lead' };

test('with a profile whoever has the role leads; who declared or leads without it cannot decide', async () => {
  const { give, lead } = await people(true);
  const refused = await give('Wu', takeLead);
  expect(refused.status).toBe(403);
  expect((await json(refused))['detail']).toMatch(/lead or approver/);
  expect((await give('Wu', { type: 'decide_level', level: 'general', reason: 'x' })).status).toBe(403);
  expect((await give('Wu', close)).status).toBe(403);
  expect(await lead()).toBe('');
  expect((await give('Zhao', takeLead)).status).toBe(200);
  expect(await lead()).toBe('Zhao');
  expect((await give('Li', takeLead)).status).toBe(200);
  expect(await lead()).toBe('Li');
});

test('without a profile everybody takes the lead', async () => {
  const { give, lead } = await people(false);
  expect((await give('Nobody Listed', takeLead)).status).toBe(200);
  expect(await lead()).toBe('Nobody Listed');
});
