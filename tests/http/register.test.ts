import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { registerAnswer } from '../../src/http/integration-answers.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { csvOf } from '../../src/report/csv.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

const versionOf = z.looseObject({ version: z.number() });
const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
  people: [
    { id: 'li', name: 'Li', roles: ['lead', 'filer'], accounts: [account('Li')] },
    { id: 'ann', name: 'Ann', location: 'abroad', accounts: [account('Ann')] },
  ],
});

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function withIncidents() {
  const house = await startHouse({ organisation, apiToken: API_TOKEN });
  running.push(house);
  const li = await signIn(new Client(house, { 'accept-language': 'en' }), 'Li');
  const ann = await signIn(new Client(house, { 'accept-language': 'en' }), 'Ann');
  const made = await json(await li.post('/api/v1/incidents', { title: '=HYPERLINK("x") 泄露' }));
  await li.post('/api/v1/incidents', { title: 'Practice', drill: true });
  const rows = async (by: Client, query = '') =>
    registerAnswer.parse(await (await by.get(`/api/v1/register${query}`)).json()).register;
  return { house, li, ann, made, rows };
}

test('the register holds the incidents with their duties; drills only when asked for', async () => {
  const { house, li, made, rows } = await withIncidents();
  const [unclear] = await rows(li);
  const dues = unclear?.duties.flatMap(({ due }) => due ?? []).toSorted();
  // Nothing is certain yet: the shortest possible clock.
  expect(unclear?.nextDue).toBe(dues?.[0]);
  const level = { type: 'decide_level', level: 'major', reason: 'users' };
  await li.post(`/api/v1/incidents/${made.id}/intents`, { intent: level, revision: made.revision });
  const all = await rows(li);
  expect(all.map(({ id }) => id)).toEqual([made.id]);
  expect(all[0]).toMatchObject({ level: 'major', lead: 'Li', entity: '某公司', awarenessConfirmed: false });
  expect(all[0]?.duties.find(({ content }) => content === 'initial_report')).toMatchObject({
    what: 'First report',
    status: 'running',
    filedAt: null,
  });
  expect((await rows(li, '?drills=true')).length).toBe(2);
  expect(await rows(li, '?until=2020-01-01')).toEqual([]);
  const program = new Client(house, { authorization: `Bearer ${API_TOKEN}` });
  expect((await rows(program)).length).toBe(1);
  expect((await li.get('/api/v1/register?from=yesterday')).status).toBe(422);
});

test('a program that has the rest asks for what came since: incidents by time, entries of a record by number', async () => {
  const { li, made, rows } = await withIncidents();
  const before = new Date(Date.now() - 60_000).toISOString();
  const later = new Date(Date.now() + 60_000).toISOString();
  expect((await rows(li, `?since=${before}`)).map(({ id }) => id)).toEqual([made.id]);
  expect(await rows(li, `?since=${later}`)).toEqual([]);
  expect((await li.get('/api/v1/register?since=yesterday')).status).toBe(422);
  const record = async (query: string): Promise<readonly number[]> => {
    const text = await (await li.get(`/api/v1/incidents/${made.id}/record${query}`)).text();
    return text.split('\n').flatMap((line) => (line === '' ? [] : [versionOf.parse(JSON.parse(line)).version]));
  };
  const all = await record('');
  expect(all.length).toBeGreaterThan(1);
  expect(await record('?since=1')).toEqual(all.slice(1));
  expect(await record(`?since=${all.length}`)).toEqual([]);
});

test('as a table it opens in a spreadsheet, in the language asked for, and no cell is a formula', async () => {
  const { li, made } = await withIncidents();
  const answer = await li.with({ 'accept-language': 'zh-CN' }).get('/api/v1/register.csv');
  expect(answer.headers.get('content-type')).toContain('text/csv');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [head, line, ...more] = new TextDecoder().decode(bytes).trimEnd().split('\r\n');
  expect(head).toContain('"事件编号"');
  expect(line).toContain(`"${made.id}","否","'=HYPERLINK(""x"") 泄露"`);
  expect(line?.split('","').length).toBe(head?.split('","').length);
  expect(more).toEqual([]);
});

test('from abroad there are no titles, after a state-secret stop no words and no level, for a stranger nothing', async () => {
  const { house, li, ann, made, rows } = await withIncidents();
  const path = `/api/v1/incidents/${made.id}/intents`;
  const at = new Date().toISOString();
  const asked = {
    type: 'add_request',
    from: 'bureau',
    recipient: 'provincial_cac',
    what: 'Zebra logs',
    receivedAt: at,
  };
  const filing = { type: 'record_filing', obligation: 'cac.art4.other', channel: 'hotline_12387', at, receipt: 'R-17' };
  const { revision } = await json(await li.post(path, { intent: asked, revision: made.revision }));
  const filed = await json(await li.post(path, { intent: filing, revision }));
  for (const word of ['Zebra', 'R-17']) {
    expect(JSON.stringify(await rows(li))).toContain(word);
    expect(JSON.stringify(await rows(ann))).not.toContain(word);
  }
  const [abroad] = await rows(ann);
  expect(abroad).toMatchObject({ id: made.id, title: null, entity: null, system: null, level: expect.any(String) });
  const stop = { type: 'stop_state_secret', reason: 'may be a secret' };
  await li.post(path, { intent: stop, revision: filed.revision });
  for (const by of [li, new Client(house, { authorization: `Bearer ${API_TOKEN}` })]) {
    const text = JSON.stringify(await rows(by));
    expect(text).not.toContain('HYPERLINK');
    expect(text).not.toContain('secret');
    expect((await rows(by))[0]).toMatchObject({ title: null, level: null });
    expect((await rows(by))[0]?.duties.map(({ id }) => id)).toContain('cac.art4.other');
  }
  expect((await rows(ann))[0]).toMatchObject({ title: null, nextDue: null, awareAt: null });
  expect((await new Client(house).get('/api/v1/register')).status).toBe(401);
});

test('a page counts what its filter finds, however small it is, and never a level that is hidden', async () => {
  const { li, made } = await withIncidents();
  await li.post('/api/v1/incidents', { title: 'Another' });
  await li.post(`/api/v1/incidents/${made.id}/intents`, {
    intent: { type: 'stop_state_secret' },
    revision: made.revision,
  });
  const total = async (query: string) =>
    (await json(await li.get(`/api/v1/register/page?sort=-incident${query}`)))['total'];
  expect(await total('')).toBe(2);
  for (const filter of ['level=undetermined', 'phase=classifying'])
    for (const limit of [1, 100])
      expect([filter, limit, await total(`&${filter}&limit=${limit}`)]).toEqual([filter, limit, 1]);
});

test('it is filtered by level, phase and lead, and searched across what was written, with figures over what was found', async () => {
  const { li, ann, made, rows } = await withIncidents();
  const path = `/api/v1/incidents/${made.id}/intents`;
  await li.post(path, { intent: { type: 'add_note', text: '跳板机 bastion-7 已隔离' }, revision: made.revision });
  const found = async (query: string, by = li) => (await rows(by, `?${new URLSearchParams(query)}`)).length;
  expect(await found('search=BASTION-7')).toBe(1);
  expect(await found('search=li')).toBe(1);
  expect(await found('search=nowhere')).toBe(0);
  // What somebody may not read is not found by it either.
  expect(await found('search=bastion', ann)).toBe(0);
  expect([await found('lead=Li'), await found('lead=Ann')]).toEqual([1, 0]);
  expect([await found('phase=classifying'), await found('phase=closed')]).toEqual([1, 0]);
  expect([await found('level=undetermined'), await found('level=major')]).toEqual([1, 0]);
  const { figures } = registerAnswer.parse(await (await li.get('/api/v1/register')).json());
  expect(figures).toMatchObject({ incidents: 1, due: 0, verdict: null, months: [{ incidents: 1 }] });
});

test.each([...'=+-@＝＋－＠\t\r'])('a cell that begins with %j is text to a spreadsheet', (sign) => {
  expect(csvOf([[`${sign}1+1`, `1${sign}1`]])).toBe(`\u{feff}"'${sign}1+1","1${sign}1"\r\n`);
});
