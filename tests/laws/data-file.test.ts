import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

const organisation = organisationSchema.parse({
  organisation: 'Example Bank',
  entities: [
    { id: 'sh', name: '示例银行', nameEn: 'Example Bank', province: '31', operator: 'other', packs: ['eu-dora'] },
  ],
  people: [
    { id: 'li', name: 'Li', roles: ['lead', 'legal'], accounts: [{ platform: 'console', tenant: 'local', id: 'Li' }] },
  ],
  accept: { 'eu-dora': { by: 'li', on: '2026-11-29' } },
});
const contact = { name: 'Li', email: 'li@bank.example', phone: '+33 1 40 00 00 00' };
/** What a person adds to a begun file of the first stage. */
const WRITTEN = {
  submittingEntity: { name: 'Example Bank', code: '529900T8BM49AURSDO55', affectedEntityType: ['credit_institution'] },
  primaryContact: contact,
  secondaryContact: contact,
  reportCurrency: 'EUR',
};
const OF_INCIDENT = {
  incidentDescription: 'Customer data read by a stranger',
  classificationTypes: [{ classificationCriterion: 'data_losses' }],
  incidentDiscovery: 'it_security',
  isBusinessContinuityActivated: false,
};

let house: RunningHouse;
let li: Client;
let base = '';
let id = '';
beforeAll(async () => {
  house = await startHouse({ organisation });
  li = await signIn(new Client(house), 'Li');
  let now = await json(await li.post('/api/v1/incidents', { title: 'Customer data read' }));
  id = now.id;
  base = `/api/v1/incidents/${id}`;
  const classified = new Date(Date.now() - 60_000).toISOString();
  for (const [fact, value] of [['dora_major', true] as const, ['classification', classified] as const]) {
    const intent = { type: 'answer', fact, value };
    now = await json(await li.post(`${base}/intents`, { intent, revision: now.revision }));
  }
});
afterAll(() => house.stop());

const file = (stage: string, format: string, language = 'en') =>
  li.with({ 'accept-language': language }).get(`${base}/paper?paper=dora.art19.${stage}&format=${format}`);
const dataSchema = z.looseObject({ incident: z.looseObject({}) });
const problemSchema = z.looseObject({ code: z.string(), title: z.string() });
const data = async (response: Promise<Response>) => dataSchema.parse(await (await response).json());
const problem = async (response: Promise<Response>) => problemSchema.parse(await (await response).json());
const attach = (name: string, content: string) =>
  li.raw(`${base}/files?name=${name}`, {
    method: 'POST',
    body: content,
    headers: { 'content-type': 'application/json' },
  });
const card = async (language: string): Promise<string> =>
  (
    await li.with({ 'accept-language': language }).post('/api/v1/views', { view: 'papers', args: { incident: id } })
  ).text();

describe('the data file beside a paper', () => {
  it('begins with what the record has; is refused with the names of the fields, in the language of the reader', async () => {
    const begun = await file('initial', 'json_begun');
    expect(begun.headers.get('content-type')).toContain('application/json');
    expect(begun.headers.get('content-disposition')).toContain(`${id}-dora.art19.initial.json`);
    expect(dataSchema.parse(await begun.json())).toMatchObject({
      incidentSubmission: 'initial_notification',
      submittingEntity: { name: 'Example Bank' },
      incident: { financialEntityCode: id, classificationDateTime: expect.stringMatching(/Z$/) },
    });
    const refused = await problem(file('initial', 'json'));
    expect(refused.code).toBe('data_file_incomplete');
    expect(refused.title).toContain('1.8 Primary contact person email');
    expect(refused.title).toContain('2.4 Description of the incident');
    const chinese = await problem(file('initial', 'json', 'zh-CN'));
    expect(chinese.title).toContain('1.8 第一联系人电子邮箱');
    expect(chinese.title).not.toContain('Primary');
  });

  it('stands on the card of papers, with what is missing', async () => {
    const english = await card('en');
    expect(english).toContain(`/paper?paper=dora.art19.initial&format=json_begun`);
    expect(english).toMatch(/1\.3 Identification code of the entity/);
    expect(await card('zh-CN')).toContain('数据文件尚有');
  });

  it('is given out once it is filled in and attached; a wrong value is named', async () => {
    const begun = await data(file('initial', 'json_begun'));
    const filled = { ...begun, ...WRITTEN, incident: { ...begun.incident, ...OF_INCIDENT } };
    expect((await attach('notes.json', '{ not JSON')).status).toBe(201);
    expect((await attach('first.json', JSON.stringify({ ...filled, reportCurrency: 'XXX' }))).status).toBe(201);
    expect((await problem(file('initial', 'json'))).title).toContain('1.15 Reporting currency (wrong form)');
    expect((await attach('first.json', JSON.stringify(filled))).status).toBe(201);
    const ready = await file('initial', 'json');
    expect(ready.status).toBe(200);
    expect(dataSchema.parse(await ready.json())).toEqual(filled);
    expect(await card('en')).toContain(`/paper?paper=dora.art19.initial&format=json"`);
  });

  it('is carried to the next stage, and no later one to an earlier', async () => {
    const next = await data(file('intermediate', 'json_begun'));
    expect(next).toMatchObject({ incidentSubmission: 'intermediate_report', ...WRITTEN, incident: OF_INCIDENT });
    const refused = await problem(file('intermediate', 'json'));
    expect(refused.title).not.toContain('1.3 ');
    expect(refused.title).toMatch(/3\.\d+ /);
    await attach('second.json', JSON.stringify({ ...next, reportCurrency: 'SEK' }));
    expect(await data(file('final', 'json_begun'))).toMatchObject({ reportCurrency: 'SEK' });
    expect(await data(file('initial', 'json_begun'))).toMatchObject({ reportCurrency: 'EUR' });
  });

  it('is none for a paper whose authority takes no data', async () => {
    expect(await problem(file('clients', 'json'))).toMatchObject({ status: 422, code: 'no_data_file' });
  });
});
