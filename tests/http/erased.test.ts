import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

const SECRET = '客户张三';
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
  people: [
    { id: 'li', name: 'Li', roles: ['lead'], accounts: [{ platform: 'console', tenant: 'local', id: 'Li' }] },
    { id: 'mo', name: 'Mo', roles: ['legal'], accounts: [{ platform: 'console', tenant: 'local', id: 'Mo' }] },
  ],
});

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function erased(): Promise<{ mo: Client; id: string }> {
  const house = await startHouse({ organisation });
  running.push(house);
  const [li, mo] = [await signIn(new Client(house), 'Li'), await signIn(new Client(house), 'Mo')];
  const { id } = await json(await li.post('/api/v1/incidents', { title: SECRET, drill: true }));
  const act = async (by: Client, intent: object): Promise<void> => {
    const { revision } = await json(await by.get(`/api/v1/incidents/${id}`));
    const { status } = await by.post(`/api/v1/incidents/${id}/intents`, { intent, revision });
    expect([intent, status]).toEqual([intent, 200]);
  };
  await act(li, { type: 'add_note', text: SECRET });
  await act(mo, { type: 'erase', reason: 'asked for' });
  return { mo, id };
}

/** Query of each file or answer about an incident, and its status once the incident is erased. */
const EXPORTS: Readonly<Record<string, readonly [query: string, status: number]>> = {
  report: ['format=md&language=zh', 422],
  'report/compared': ['language=zh', 422],
  paper: ['paper=police&format=md&language=zh', 422],
  mail: ['recipient=provincial_cac', 422],
  fax: ['recipient=provincial_cac&format=pdf', 422],
  article11: ['format=pdf&language=zh', 422],
  'what-if': ['', 422],
  papers: ['', 422],
  // What an erasure leaves proves that the incident was recorded, and when it was erased.
  record: ['', 200],
  verify: ['', 200],
  bundle: ['', 200],
};

it('an erased incident owes nothing, has no lead, and gives out only what proves its erasure', async () => {
  const { mo, id } = await erased();
  const about = await (await mo.get(`/api/v1/incidents/${id}`)).json();
  expect(about).toMatchObject({ phase: 'closed', obligations: [], clocks: [], lead: '', undetermined: [] });
  const row = z
    .object({ register: z.array(z.looseObject({ duties: z.array(z.unknown()), lead: z.unknown() })) })
    .parse(await (await mo.get('/api/v1/register?drills=true')).json()).register[0];
  expect(row).toMatchObject({ duties: [], lead: null });
  for (const [path, [query, status]] of Object.entries(EXPORTS)) {
    const answer = await mo.get(`/api/v1/incidents/${id}/${path}?${query}`);
    const body = await answer.text();
    expect([path, answer.status, body.includes(SECRET)]).toEqual([path, status, false]);
    if (status === 422) expect([path, JSON.parse(body)]).toMatchObject([path, { code: 'erased' }]);
  }
});

it('every file about an incident is either proof of its erasure or refused', async () => {
  const { mo } = await erased();
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.looseObject({ 'x-scope': z.string().nullish() }))) })
    .parse(await (await mo.get('/api/v1/openapi.json')).json());
  const exported = Object.entries(paths).flatMap(([path, { get }]) => {
    const [, part] = /^\/incidents\/\{id\}\/([^{]+)$/.exec(path) ?? [];
    return part !== undefined && get?.['x-scope'] === 'export' ? [part] : [];
  });
  expect(exported.length).toBeGreaterThan(8);
  expect(exported.filter((part) => !(part in EXPORTS))).toEqual([]);
});
