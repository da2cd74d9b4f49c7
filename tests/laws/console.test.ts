import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, signIn } from '../fakes/http-client.ts';
import { ANSWERS, CLOCKS, underThreeLaws } from './three-laws.ts';

let house: RunningHouse;
afterEach(() => house.stop());

const incident = z.object({
  id: z.string(),
  revision: z.number(),
  clocks: z.array(z.object({ id: z.string(), status: z.string(), regime: z.string(), rank: z.string() })),
  regimes: z.array(z.object({ id: z.string(), rank: z.string(), clocks: z.array(z.string()) })),
});

it('from the declaration to all filings through the API of the console: every law, its clocks and papers', async () => {
  const accounts = [{ platform: 'console', tenant: 'local', id: 'Li Wei' }];
  const people = [{ id: 'li', name: 'Li Wei', roles: ['lead', 'filer'], accounts }];
  house = await startHouse({ organisation: underThreeLaws(people) });
  const base = `${await house.listen()}/api/v1/incidents`;
  const headers = { Authorization: `Bearer ${API_TOKEN}`, 'Content-Type': 'application/json' };
  let key = 0;
  const post = async (path: string, body: object) => {
    const send = {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': `k${key++}` },
      body: JSON.stringify(body),
    };
    return incident.parse(await (await fetch(`${base}${path}`, send)).json());
  };
  let now = await post('', { title: 'Member data leaked' });
  // What rules a duty out is an answer of a person, as is a filing: a token decides nothing.
  const li = await signIn(new Client(house), 'Li Wei');
  for (const [fact, value] of Object.entries(ANSWERS)) {
    const intent = { type: 'answer', fact, value };
    const answered = await li.post(`/api/v1/incidents/${now.id}/intents`, { intent, revision: now.revision });
    now = incident.parse(await answered.json());
  }
  expect(now.clocks.map(({ id }) => id)).toEqual(CLOCKS);
  expect(now.clocks.map(({ rank }) => rank)).toEqual(['law', 'contract', 'contract', 'law']);
  expect(now.regimes.map(({ id, clocks }) => [id, clocks.length])).toEqual([
    ['cn-cac-2025', 1],
    ['eu-gdpr', 1],
    ['contract.acme', 1],
    ['contract.globex', 1],
  ]);
  for (const paper of ['gdpr.art33.authority', 'contract.acme']) {
    const made = await fetch(`${base}/${now.id}/paper?paper=${paper}&format=docx&language=en`, { headers });
    expect(made.status).toBe(200);
  }
  // A customer's notice says its title once, and quotes no law.
  const notice = await fetch(`${base}/${now.id}/paper?paper=contract.acme&format=md&language=en`, { headers });
  const text = await notice.text();
  expect(text.match(/Notice of a security incident to Acme/g)).toHaveLength(1);
  expect(text).not.toMatch(/[:：]\*\*\s*$/m);
  // In English it leaves the country: the rules on that stand before it.
  for (const words of ['第三十六条', '第四十一条', 'state secrets']) expect(text).toContain(words);
  for (const obligation of CLOCKS) {
    const channel = obligation.startsWith('cac') ? 'web_12387' : 'own_contact';
    const at = new Date().toISOString();
    const intent = { type: 'record_filing', obligation, channel, at };
    const filed = await li.post(`/api/v1/incidents/${now.id}/intents`, { intent, revision: now.revision });
    now = incident.parse(await filed.json());
  }
  expect(now.clocks.map(({ id, status }) => [id, status])).toEqual(CLOCKS.map((id) => [id, 'met']));
  const kept = await house.store.incident(now.id);
  expect(kept?.packs.map(({ id }) => id)).toEqual(['eu-gdpr']);
});
