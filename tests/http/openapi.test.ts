import { afterAll, beforeAll, expect, test } from 'vitest';
import { incidentAnswer } from '../../src/http/answers.ts';
import { OPERATIONS, openApiDocument } from '../../src/http/operations/operations.ts';
import { operatorTokens } from '../../src/http/sessions.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, cookieOf, json } from '../fakes/http-client.ts';
import { compared, compareWithDocument } from '../fakes/openapi-check.ts';

const SECRET = 'a-console-secret-of-some-length';
let house: RunningHouse;
beforeAll(async () => {
  house = await startHouse({ consoleSecret: SECRET });
});
afterAll(() => house.stop());

test('an answer of every operation is what the document says, with the values and wordings of fields', async () => {
  compared.clear();
  const client = new Client(house, { 'accept-language': 'en' });
  const wei = client.with({ cookie: `jishi_session=${await cookieOf(house, SECRET, 'Li Wei')}` });
  const operator = client.with({ authorization: `Bearer ${operatorTokens.seal({}, SECRET, Date.now())}` });
  await wei.get('/api/v1/session');
  await client.post('/api/v1/session/link', { who: 'Li Wei' });
  const { id, revision } = await json(await wei.post('/api/v1/incidents', { title: 'Leak' }));
  const at = `/api/v1/incidents/${id}`;
  const field = 'art7.2.measures';
  const intents = [
    { type: 'fill_field', field, value: { state: 'known', text: '已隔离两台服务器' } },
    { type: 'confirm_wording', field, wording: '09:50 已隔离两台服务器。' },
    { type: 'take_lead' },
    { type: 'compile_draft', report: 'initial', language: 'zh' },
  ];
  let now = revision;
  for (const intent of intents) {
    const answer = await wei.post(`${at}/intents`, { intent, revision: now });
    if (answer.ok) now = (await json(answer)).revision;
  }
  for (const path of [
    '',
    '/what-if',
    '/papers',
    '/timeline',
    '/cards',
    '/files',
    '/record',
    '/report',
    '/report/compared',
  ])
    await wei.get(at + path);
  await wei.post(`${at}/what-if`, {});
  await wei.raw(`${at}/files?name=a.txt`, { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } });
  for (const path of ['/incidents', '/register', '/waiting']) await wei.get(`/api/v1${path}`);
  const { id: drill, revision: at1 } = await json(await wei.post('/api/v1/incidents', { title: 'x', drill: true }));
  await wei.post(`/api/v1/incidents/${drill}/intents`, { intent: { type: 'close', reason: 'x' }, revision: at1 });
  expect((await json(await wei.get('/api/v1/drills')))['drills']).toHaveLength(1);
  const ref = { form: 'item', args: { incident: id, item: 'art7.2' } };
  await wei.post('/api/v1/forms/open', ref);
  await wei.post('/api/v1/forms/submit', { ref, revision: now, values: { [field]: '已隔离三台服务器' } });
  await wei.post('/api/v1/views', { view: 'why', args: { incident: id } });
  for (const path of [
    '/labels',
    '/inspection/units',
    '/register/page',
    '/register/figures',
    '/interpret?kind=number&text=120',
  ])
    await wei.get(`/api/v1${path}`);
  await wei.get('/api/v1/law?words=第四条');
  await wei.post('/api/v1/classify', { regime: 'cn-cac-2025', operator: 'other' });
  const proposed = { fact: 'operator', value: 'other', revision: 0 };
  await client.with({ authorization: `Bearer ${API_TOKEN}` }).post(`${at}/proposals`, proposed);
  const token = await json(await operator.post('/api/v1/access/tokens', { name: 'x', scopes: ['read'] }));
  for (const path of ['tokens', 'sessions', 'webhooks']) await operator.get(`/api/v1/access/${path}`);
  await operator.raw(`/api/v1/access/tokens/${token.id}`, { method: 'DELETE' });
  const other = await operator.get('/api/v1/access/sessions');
  await operator.raw(`/api/v1/access/sessions/${(await json(other)).sessions[0]?.id}`, { method: 'DELETE' });
  await client.raw('/api/v1/session', { method: 'DELETE' });
  await client.get('/api/v1/openapi.json');
  const described = Object.entries(OPERATIONS).flatMap(([name, { gives }]) => (gives ? [name] : []));
  // Local mode, a preview and alerts have tests of their own, whose answers are compared as well.
  const elsewhere = [
    'POST /session',
    'POST /forms/preview',
    'POST /alerts/{source}',
    'GET /reports',
    'POST /reports/{ref}',
    'POST /access/webhooks/{id}/replay',
    'POST /access/links',
    'GET /access/links',
    'DELETE /access/links/{id}',
    // Compared by the tests of the import, and of an auditor.
    'POST /access/import',
    'GET /incidents/{id}/verify',
  ];
  expect(described.filter((name) => !compared.has(name) && !elsewhere.includes(name))).toEqual([]);

  const api = client.with({ authorization: `Bearer ${API_TOKEN}` });
  const { items } = incidentAnswer.parse(await (await api.get(at)).json());
  const fields = items.find((one) => one.id === 'art7.2')?.fields;
  expect(fields?.find((one) => one.id === field)).toMatchObject({
    value: { state: 'known', text: '已隔离三台服务器', by: 'Li Wei' },
  });
});

test('an answer that says more or less than the document is found', async () => {
  const answer = (body: object) =>
    compareWithDocument('GET', '/api/v1/access/tokens', Response.json(body, { status: 200 }));
  await answer({ tokens: [] });
  await expect(answer({ tokens: [], secret: 'x' })).rejects.toThrow('additional properties');
  await expect(answer({})).rejects.toThrow("required property 'tokens'");
});

test('every answer is described: by a schema, or by the media type of a file; what repeats stands there once', () => {
  for (const [name, { gives, answer }] of Object.entries(OPERATIONS))
    expect([name, gives || answer]).not.toEqual([name, undefined]);
  const document = JSON.stringify(openApiDocument());
  expect(document).toContain('"#/components/schemas/Intent"');
  expect(document).not.toContain('$defs');
  expect(document.length).toBeLessThan(160_000);
});
