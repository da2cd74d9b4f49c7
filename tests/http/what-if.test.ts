import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ManualClock } from '../fakes/clock.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';
import { company } from '../report/cases.ts';

const clock = new ManualClock(Date.parse('2026-03-31T09:42:00+08:00'));
let house: RunningHouse;
let api: Client;
let wei: Client;
beforeAll(async () => {
  house = await startHouse({ organisation: company, clock });
  api = new Client(house, { authorization: `Bearer ${API_TOKEN}`, 'accept-language': 'en' });
  wei = await signIn(new Client(house), '李伟');
});
afterAll(() => house.stop());

const verdict = z.looseObject({ floor: z.string() });
const side = z.looseObject({ due: z.string().nullable() }).nullable();
const answerSchema = z.looseObject({
  supposed: z.looseObject({ facts: z.array(z.looseObject({ id: z.string() })) }),
  verdict: z.object({ was: verdict, would: verdict }),
  duties: z.array(z.looseObject({ id: z.string(), was: side, would: side, changed: z.boolean() })),
  steps: z.array(z.looseObject({ step: z.string() })),
});
const choicesSchema = z.looseObject({
  facts: z.array(z.looseObject({ id: z.string() })),
  readings: z.array(z.unknown()),
});
const suppose = async (id: string, body: unknown) =>
  answerSchema.parse(await json(await api.post(`/api/v1/incidents/${id}/what-if`, body)));

async function declared(): Promise<string> {
  const made = await json(await wei.post('/api/v1/incidents', { title: 'Leak', anyway: true }));
  const id = String(made.id);
  const answer = { type: 'answer', fact: 'personal_info_people', value: 1_200_000 };
  const given = await wei.post(`/api/v1/incidents/${id}/intents`, { intent: answer, revision: made.revision });
  expect(given.status).toBe(200);
  return id;
}

/** Everything the store holds of an incident that a change would move. */
async function heldOf(id: string) {
  const rows = [];
  for await (const row of house.store.record(id)) rows.push(row.hash);
  return { rows, timers: await house.store.timers.of(id), outbox: await house.store.outbox.counts() };
}

test('other facts are compared with the record, and nothing of an open incident changes', async () => {
  const id = await declared();
  const before = await heldOf(id);
  const state = await house.store.incident(id);
  const body = { awareness: '09:10', facts: { personal_info_people: '1亿', operator: 'cii_involved' } };
  const answer = await suppose(id, body);
  expect(answer.verdict.was.floor).toBe('major');
  expect(answer.verdict.would.floor).toBe('particularly_significant');
  const protection = answer.duties.find(({ id: duty }) => duty === 'cac.art4.cii.public_security');
  expect(protection).toMatchObject({ changed: true, would: { due: '2026-03-31T10:10:00+08:00', anchor: 'awareness' } });
  expect(answer.supposed.facts[0]).toMatchObject({ id: 'personal_info_people', was: '1.2 million people' });
  expect(answer.steps.map(({ step }) => step)).toContain('first_word');
  expect(await heldOf(id)).toEqual(before);
  // Not even a copy that is kept in memory is another one.
  expect(await house.store.incident(id)).toBe(state);
});

test('without a change both sides are the same, and what can be supposed is listed in the language asked for', async () => {
  const id = await declared();
  const answer = await suppose(id, {});
  expect(answer.verdict.would).toEqual(answer.verdict.was);
  expect(answer.duties.some(({ changed }) => changed)).toBe(false);
  const choices = choicesSchema.parse(await json(await api.get(`/api/v1/incidents/${id}/what-if`)));
  const people = choices.facts.find(({ id: fact }) => fact === 'personal_info_people');
  expect(people).toMatchObject({ kind: 'number', text: '1.2 million people' });
  expect(choices.readings.length).toBeGreaterThan(3);
});

test('the reading of a question under which most is owed is called strict, whatever its own name', async () => {
  const id = await declared();
  const body = { readings: { portal_meaning: 'strict' } };
  const { supposed } = await suppose(id, body);
  expect(supposed['readings']).toEqual([{ question: 'portal_meaning', reading: 'counted' }]);
});

test.each([
  [{ facts: { nothing: '1' } }, 'facts.nothing', /“nothing”/],
  [{ facts: { personal_info_people: 'a lot' } }, 'facts.personal_info_people', /1\.2 million/],
  [{ facts: { data_class: 'gold' } }, 'facts.data_class', /core, important, none/],
  [{ readings: { portal_meaning: 'x' } }, 'readings.portal_meaning', /Choose one of/],
  [{ readings: { nothing: 'x' } }, 'readings.nothing', /Choose one of/],
  [{ awareness: 'soon' }, 'awareness', /“soon” cannot be read as a time/],
  [{ law: 'NEXT' }, 'law', /NEXT/],
])('%j is refused, and says what would fit', async (body, field, detail) => {
  const id = await declared();
  const refused = await api.post(`/api/v1/incidents/${id}/what-if`, body);
  expect(refused.status).toBe(422);
  expect(await json(refused)).toMatchObject({ field, detail: expect.stringMatching(detail) });
});

test('nothing is supposed of an incident that is not there, or whose content is withheld after a stop', async () => {
  expect((await api.post('/api/v1/incidents/INC-1999-0001/what-if', {})).status).toBe(404);
  expect((await api.get('/api/v1/incidents/INC-1999-0001/what-if')).status).toBe(404);
  const id = await declared();
  const { revision } = await json(await wei.get(`/api/v1/incidents/${id}`));
  const stop = { intent: { type: 'stop_state_secret' }, revision };
  expect((await wei.post(`/api/v1/incidents/${id}/intents`, stop)).status).toBe(200);
  for (const refused of [
    await wei.post(`/api/v1/incidents/${id}/what-if`, {}),
    await wei.get(`/api/v1/incidents/${id}/what-if`),
  ])
    expect(await json(refused)).toMatchObject({ code: 'stopped' });
});
