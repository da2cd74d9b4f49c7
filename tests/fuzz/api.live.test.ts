import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANY_CHARACTER } from '../fakes/characters.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';
import { mutated, RUNS } from './mutations.ts';

let house: RunningHouse;
let person: Client;
let id: string;
beforeAll(async () => {
  house = await startHouse({ apiToken: API_TOKEN });
  person = await signIn(new Client(house), 'Li');
  id = (await json(await person.post('/api/v1/incidents', { title: 'Leak' }))).id;
});
afterAll(() => house.stop());

/** Requests that work, by path; `:id` is the incident's. */
const BODIES: Readonly<Record<string, readonly unknown[]>> = {
  '/api/v1/session': [{ name: 'Li' }],
  '/api/v1/incidents': [{ title: 'Leak', drill: true, awareness: '2026-03-31T09:00:00+08:00' }],
  '/api/v1/incidents/:id/intents': [
    { intent: { type: 'answer', fact: 'personal_info_subjects', value: { min: 1, max: 2 } }, revision: 1 },
    {
      intent: {
        type: 'fill_field',
        field: 'cause',
        value: { state: 'estimate', text: 'x', asOf: '2026-03-31T09:00:00+08:00' },
      },
      revision: 1,
    },
    {
      intent: { type: 'decide_level', level: 'major', reason: 'x', authority: 'x', proof: { office: 'x' } },
      revision: 1,
    },
  ],
  '/api/v1/forms/open': [{ kind: 'note', incident: 'INC-2026-0001' }],
  '/api/v1/forms/submit': [{ form: { kind: 'note', incident: 'INC-2026-0001' }, revision: 1, values: { text: 'x' } }],
  '/api/v1/views': [{ kind: 'register' }],
  '/api/v1/access/tokens': [{ name: 'x', scopes: ['read'], days: 1 }],
};

describe('the API never fails inside', () => {
  it.each(Object.entries(BODIES))('POST %s', async (path, bodies) => {
    const as = [person, person.with({ authorization: `Bearer ${API_TOKEN}` })];
    await fc.assert(
      fc.asyncProperty(mutated(bodies), fc.constantFrom(...as), async (body, client) => {
        const response = await client.post(path.replace(':id', id), body ?? null);
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: RUNS },
    );
  });

  it('GET with any query and any id', async () => {
    const text = fc.string({ unit: ANY_CHARACTER, maxLength: 30 });
    const paths = [
      '/incidents',
      '/interpret',
      `/incidents/${id}/report`,
      `/incidents/${id}/bundle`,
      '/incidents/:any',
      '/register',
    ];
    const names = ['kind', 'text', 'unit', 'now', 'format', 'language', 'before', 'limit', 'open', 'counsel'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.dictionary(fc.constantFrom(...names), text),
        text,
        async (path, query, any) => {
          const url = `/api/v1${path.replace(':any', encodeURIComponent(any.toWellFormed()))}`;
          const response = await person.get(`${url}?${new URLSearchParams(query).toString()}`);
          expect(response.status).toBeLessThan(500);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
