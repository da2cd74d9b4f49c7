import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { mapAlerts, mappingSchema } from '../../src/http/alerts/mapping.ts';
import { sourcesWith } from '../../src/http/alerts/sources.ts';
import { decidedAnswer, reportsAnswer } from '../../src/http/integration-answers.ts';
import { operatorTokens } from '../../src/http/sessions.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { ManualClock } from '../fakes/clock.ts';
import { API_TOKEN, type HouseOptions, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

const payload = (name: string): string =>
  readFileSync(new URL(`../fixtures/alerts/${name}.json`, import.meta.url), 'utf8');

const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
  people: [
    { id: 'li', name: 'Li', roles: ['lead'], accounts: [account('Li')] },
    { id: 'ann', name: 'Ann', location: 'abroad', roles: ['lead'], accounts: [account('Ann')] },
  ],
});

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function withBot(options: HouseOptions = {}) {
  const clock = new ManualClock('2026-03-31T09:30:00+08:00');
  const house = await startHouse({ organisation, clock, ...options });
  running.push(house);
  const client = new Client(house, { 'accept-language': 'en' });
  const li = await signIn(client, 'Li');
  const program = client.with({ authorization: `Bearer ${API_TOKEN}` });
  const send = (source: string, body: string, headers: Record<string, string> = {}, by = program) =>
    by.raw(`/api/v1/alerts/${source}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  const reports = async (by = li) => reportsAnswer.parse(await (await by.get('/api/v1/reports')).json()).reports;
  const cards = async () => {
    await house.house.settle();
    return JSON.stringify(await (await li.get('/api/v1/rooms/main/messages')).json());
  };
  return { house, clock, client, li, program, send, reports, cards };
}

test('reports are listed in pages, each once and newest first, while others arrive', async () => {
  const { send, reports, li, clock } = await withBot();
  const alert = (n: number) =>
    send('cloudevents', payload('cloudevent').replace('9f3c-77', `id-${n}`).replaceAll('file-server-2', `host-${n}`), {
      'content-type': 'application/cloudevents+json',
    });
  // Three at one instant each.
  for (let n = 0; n < 9; n += 1) {
    expect((await alert(n)).status).toBe(202);
    if (n % 3 === 2) clock.advance(60_000);
  }
  const all = (await reports()).map(({ ref }) => ref);
  expect(all.length).toBe(9);
  const found: string[] = [];
  for (let before: string | null = ''; before !== null; ) {
    const query = new URLSearchParams({ limit: '2', ...(before ? { before } : {}) });
    const page = reportsAnswer.parse(await (await li.get(`/api/v1/reports?${query}`)).json());
    expect(page.reports.length).toBeGreaterThan(0);
    found.push(...page.reports.map(({ ref }) => ref));
    before = page.next;
    await alert(100 + found.length);
  }
  expect(found).toEqual(all);
  for (const limit of ['0', '201', 'x']) expect((await li.get(`/api/v1/reports?limit=${limit}`)).status).toBe(422);
});

test('recorded payloads of four systems become reports that wait for a person, and open nothing', async () => {
  const { send, reports, li, clock } = await withBot();
  for (const name of ['alertmanager', 'grafana', 'pagerduty'])
    expect((await send(name, payload(name))).status).toBe(202);
  const events = { 'content-type': 'application/cloudevents+json' };
  expect((await send('cloudevents', payload('cloudevent'), events)).status).toBe(202);
  const found = await reports();
  expect(
    found.map(({ source, title, startedAt, more, severity }) => ({ source, title, startedAt, more, severity })),
  ).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        source: 'alertmanager',
        title: '12 GB left db-01 within ten minutes',
        startedAt: '2026-03-31T01:12:30.123Z',
        more: 1,
        severity: 'critical',
      }),
      expect.objectContaining({ source: 'grafana', title: '4,000 failed sign-ins in five minutes', more: 0 }),
      expect.objectContaining({ source: 'pagerduty', title: 'Web shell found on portal-03', severity: 'P1' }),
      expect.objectContaining({ source: 'cloudevents', title: 'Ransom note on file-server-2' }),
    ]),
  );
  expect((await json(await li.get('/api/v1/incidents'))).incidents).toEqual([]);
  clock.advance(3_600_000);
  expect((await json(await li.get('/api/v1/incidents'))).incidents).toEqual([]);
});

test('the same alert again is the same report, told once; one of its group is counted', async () => {
  const { send, reports, house } = await withBot();
  const first = await (await send('alertmanager', payload('alertmanager'))).json();
  const again = await (await send('alertmanager', payload('alertmanager'))).json();
  expect(first).toMatchObject({ alerts: [{ state: 'new' }, { state: 'added' }] });
  expect(again).toMatchObject({ alerts: [{ state: 'repeated' }, { state: 'repeated' }] });
  expect((await reports()).length).toBe(1);
  await house.house.settle();
  expect((await house.store.outbox.counts()).sent).toBe(1);
  const ended = payload('alertmanager')
    .replaceAll('"status":"firing"', '"status":"resolved"')
    .replaceAll('a1b2', 'dddd');
  expect(await (await send('alertmanager', ended)).json()).toMatchObject({ alerts: [{ state: 'ended' }, {}] });
});

test('a person opens a suspected incident with it: its time is a candidate, and nobody has confirmed any', async () => {
  const { send, reports, li } = await withBot();
  await send('alertmanager', payload('alertmanager'));
  const [report] = await reports();
  const opened = decidedAnswer.parse(await (await li.post(`/api/v1/reports/${report?.ref}`, { choice: 'new' })).json());
  const incident = await (await li.get(`/api/v1/incidents/${opened.incident}`)).json();
  expect(incident).toMatchObject({
    title: '疑似：12 GB left db-01 within ten minutes',
    lead: 'Li',
    awareness: {
      confirmed: false,
      candidates: [
        { source: 'declaration', reachedUs: true },
        { source: 'alert', at: '2026-03-31T01:12:30.123Z', reachedUs: true },
      ],
    },
  });
  const again = await li.post(`/api/v1/reports/${report?.ref}`, { choice: 'none' });
  expect(again.status).toBe(409);
  expect(await again.json()).toMatchObject({
    code: 'report_decided',
    detail: expect.stringContaining('Li has already dealt with'),
  });
  expect((await reports())[0]).toMatchObject({ decided: { choice: 'opened', incident: opened.incident, by: 'Li' } });
});

test('it is added to an incident that the person sees, or set aside; a program decides nothing', async () => {
  const { send, reports, li, program } = await withBot();
  await send('grafana', payload('grafana'));
  await send('pagerduty', payload('pagerduty'));
  const [second, first] = (await reports()).toSorted((a, b) => a.source.localeCompare(b.source)).toReversed();
  const made = await json(await li.post('/api/v1/incidents', { title: 'Leak' }));
  expect((await program.post(`/api/v1/reports/${first?.ref}`, { choice: 'new' })).status).toBe(403);
  expect((await program.get('/api/v1/reports')).status).toBe(403);
  const nowhere = await li.post(`/api/v1/reports/${first?.ref}`, { choice: 'INC-2020-0001' });
  expect(nowhere.status).toBe(404);
  const joined = await li.post(`/api/v1/reports/${first?.ref}`, { choice: made.id });
  expect(await joined.json()).toMatchObject({ incident: made.id });
  const incident = await (await li.get(`/api/v1/incidents/${made.id}`)).json();
  expect(incident).toMatchObject({ awareness: { confirmed: false, earliest: '2026-03-31T01:20:00.000Z' } });
  const aside = await li.post(`/api/v1/reports/${second?.ref}`, { choice: 'none', reason: 'a test' });
  expect(await aside.json()).toMatchObject({ incident: null, said: expect.stringContaining('not an incident') });
});

test('the console shows buttons; a line says the same, in both languages', async () => {
  const { send, reports, li, house } = await withBot();
  await li.post('/api/v1/incidents', { title: 'Leak' });
  await send('alertmanager', payload('alertmanager'));
  const [report] = await reports();
  await house.house.settle();
  const rows = await house.store.roomLog.page('main', null, null, 10);
  const posted = rows.map(({ body }) => body).find((body) => body.includes(report?.ref ?? ''));
  for (const words of ['new', 'none', 'INC-2026-0001']) expect(posted).toContain(`alert ${report?.ref} ${words}`);
  const read = (line: string) => house.house.app.read(line);
  expect(read('线索')).toEqual({ type: 'report' });
  expect(read(`线索 ${report?.ref} 新建`)).toEqual({ type: 'report', ref: report?.ref, choice: 'new' });
  expect(read(`线索 ${report?.ref} 排除：扫描测试`)).toMatchObject({ choice: 'none', reason: '扫描测试' });
  expect(read(`alert ${report?.ref?.toLowerCase()} INC-2026-0001`)).toMatchObject({
    ref: report?.ref,
    id: 'INC-2026-0001',
  });
  expect(read('alert from monitoring at night').type).not.toBe('report');
});

test('an alert without a description says its labels, by which two of one name are told apart', () => {
  const mapping = sourcesWith({}).get('alertmanager');
  if (!mapping) throw new Error('no alertmanager');
  const alert = {
    fingerprint: 'a',
    startsAt: '2026-03-31T09:00:00Z',
    labels: { alertname: 'DataExfil1', host: 'shop-1' },
  };
  const told = (annotations: object) => mapAlerts(mapping, { version: '4', alerts: [{ ...alert, annotations }] });
  expect(told({ summary: 'Data leaves' })).toMatchObject({
    alerts: [{ title: 'Data leaves', text: 'alertname: DataExfil1\nhost: shop-1' }],
  });
  expect(told({ summary: 'Data leaves', description: 'of 3 GB' })).toMatchObject({ alerts: [{ text: 'of 3 GB' }] });
});

test('who reads from abroad sees that there is an alert, not what it says; after a stop nobody reads it', async () => {
  const { house, send, reports, li, client } = await withBot();
  const ann = await signIn(client, 'Ann');
  await send('grafana', payload('grafana'));
  const [abroad] = await reports(ann);
  expect(abroad).toMatchObject({ source: 'grafana', title: null, text: '', link: null });
  const inRoom = async (by: Client) => (await by.get('/api/v1/rooms/main/messages')).text();
  await house.house.settle();
  expect(await inRoom(li)).toContain('sign-ins');
  expect(await inRoom(ann)).not.toContain('sign-ins');
  const opened = decidedAnswer.parse(await (await li.post(`/api/v1/reports/${abroad?.ref}`, { choice: 'new' })).json());
  const id = opened.incident ?? '';
  const { revision } = await json(await li.get(`/api/v1/incidents/${id}`));
  await li.post(`/api/v1/incidents/${id}/intents`, { intent: { type: 'stop_state_secret' }, revision });
  expect(JSON.stringify(await reports())).not.toContain('sign-ins');
});

test('only who has the scope or the secret of the source may send', async () => {
  const secret = 'a-secret-of-pagerduty';
  const clock = new ManualClock('2026-03-31T09:30:00+08:00');
  const bot = await startHouse({
    clock,
    consoleSecret: 'a-console-secret-of-some-length',
    alertSecrets: new Map([
      ['pagerduty', ['an-older-secret', secret]],
      ['grafana', [secret]],
    ]),
  });
  running.push(bot);
  const nobody = new Client(bot);
  const post = (source: string, body: string, headers: Record<string, string>) =>
    nobody.raw(`/api/v1/alerts/${source}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  const hmac = (text: string, key = secret) => createHmac('sha256', key).update(text).digest('hex');
  const body = payload('pagerduty');
  const signed = (value: string) => post('pagerduty', body, { 'x-pagerduty-signature': value });
  expect((await signed(`v1=${hmac(body, 'wrong')},v1=${hmac(body)}`)).status).toBe(202);
  for (const wrong of ['', 'v1=', `v1=${hmac(`${body} `)}`, `v1=${hmac(body).slice(2)}`])
    expect((await signed(wrong)).status).toBe(401);
  const grafana = payload('grafana');
  const at = String(clock.now() / 1_000);
  const old = String(clock.now() / 1_000 - 301);
  const timed = (stamp: string) => ({
    'x-grafana-alerting-timestamp': stamp,
    'x-grafana-alerting-signature': hmac(`${stamp}:${grafana}`),
  });
  expect((await post('grafana', grafana, timed(at))).status).toBe(202);
  expect((await post('grafana', grafana, timed(old))).status).toBe(401);
  expect((await post('alertmanager', payload('alertmanager'), { 'x-pagerduty-signature': 'v1=x' })).status).toBe(401);
  const operator = nobody.with({
    authorization: `Bearer ${operatorTokens.seal({}, 'a-console-secret-of-some-length', clock.now())}`,
  });
  const token = async (scope: string) =>
    (await json(await operator.post('/api/v1/access/tokens', { name: 'x', scopes: [scope] }))).token;
  const withToken = async (scope: string) =>
    (await post('grafana', grafana, { authorization: `Bearer ${await token(scope)}` })).status;
  expect([await withToken('alert'), await withToken('read'), await withToken('declare')]).toEqual([202, 403, 403]);
});

test('hostile payloads get an error that names the place, and never one of ours', async () => {
  const { send } = await withBot();
  const told = async (source: string, body: string, headers = {}) => {
    const response = await send(source, body, headers);
    const { code, field, detail } = z
      .looseObject({ code: z.string(), field: z.string().optional(), detail: z.string() })
      .parse(await response.json());
    return { status: response.status, code, field, detail };
  };
  expect(await told('alertmanager', '{"version":"3"}')).toMatchObject({
    status: 422,
    field: '^/version',
    detail: expect.stringContaining('must be 4'),
  });
  expect(await told('alertmanager', '{"version":"4","alerts":{}}')).toMatchObject({ status: 422, field: '/alerts' });
  expect(await told('alertmanager', '{"version":"4","alerts":[null]}')).toMatchObject({
    field: '/alerts/0/fingerprint',
  });
  expect(await told('alertmanager', `{"version":"4","alerts":[${Array(501).fill('{}').join(',')}]}`)).toMatchObject({
    status: 422,
  });
  expect(await told('zabbix', '{}')).toMatchObject({ status: 404, code: 'unknown_source' });
  expect(await told('constructor', '{}')).toMatchObject({ status: 404 });
  expect(await told('grafana', '{')).toMatchObject({ status: 400 });
  expect(await told('grafana', '"x"')).toMatchObject({ status: 422 });
  expect(await told('grafana', '{}', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
  expect(await told('cloudevents', '{"specversion":"0.3"}')).toMatchObject({ status: 422 });
  const large = JSON.stringify({ version: '1', alerts: [{ fingerprint: 'x'.repeat(3_000_000) }] });
  expect((await send('grafana', large)).status).toBe(413);
});

test('hostile words are kept short and plain: no control characters, no link but one of the web', async () => {
  const { send, reports } = await withBot();
  const alert = {
    fingerprint: 'f',
    startsAt: '0001-01-01T00:00:00Z',
    status: 'firing',
    labels: { alertname: '=cmd()‮ \u0007<script>'.repeat(50) },
    annotations: { description: 'x'.repeat(19_000) },
    generatorURL: 'javascript:alert(1)',
  };
  await send('alertmanager', JSON.stringify({ version: '4', alerts: [alert] }));
  const [report] = await reports();
  expect(report).toMatchObject({ link: null, startedAt: null });
  expect(report?.title).not.toMatch(/\p{Cc}|\u202e/u);
  expect([...(report?.title ?? '')].length).toBe(160);
  expect(report?.text.length).toBeLessThanOrEqual(6_000);
});

test('a mapping of any shape reads any JSON without throwing', () => {
  const sources = [...sourcesWith({}).values()];
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...sources), (value, mapping) => {
      const mapped = mapAlerts(mapping, value);
      expect(Array.isArray(mapped.alerts)).toBe(true);
    }),
    { numRuns: 300 },
  );
  const own = mappingSchema.parse({ key: ['/id'], title: '/a~1b/0' });
  expect(mapAlerts(own, { id: 7, 'a/b': ['Title'] })).toEqual({ fault: null, alerts: [{ key: '7', title: 'Title' }] });
  expect(mapAlerts(mappingSchema.parse({ key: ['/constructor/name'], title: '/id' }), { id: 'x' })).toMatchObject({
    alerts: [],
    fault: { field: '/constructor/name' },
  });
  expect(mappingSchema.safeParse({ key: ['id'], title: '/id' }).success).toBe(false);
});

test('CloudEvents in binary mode and batches, and the handshake of their webhooks', async () => {
  const { send, reports, client } = await withBot();
  const { data, specversion, id, source, type, subject, time } = JSON.parse(payload('cloudevent'));
  const headers = Object.fromEntries(
    Object.entries({ specversion, id, source, type, subject, time }).map(([name, value]) => [
      `ce-${name}`,
      String(value),
    ]),
  );
  expect((await send('cloudevents', JSON.stringify(data), headers)).status).toBe(202);
  const batch = { 'content-type': 'application/cloudevents-batch+json' };
  const both = JSON.stringify([
    JSON.parse(payload('cloudevent')),
    { ...JSON.parse(payload('cloudevent')), id: 'b', subject: 'other' },
  ]);
  expect(await (await send('cloudevents', both, batch)).json()).toMatchObject({
    alerts: [{ state: 'repeated' }, { state: 'new' }],
  });
  expect((await reports()).length).toBe(2);
  const asked = await client.raw('/api/v1/alerts/cloudevents', {
    method: 'OPTIONS',
    headers: { 'webhook-request-origin': 'scanner.example' },
  });
  expect([asked.status, asked.headers.get('webhook-allowed-origin')]).toEqual([200, 'scanner.example']);
});

test('a flood tells people twenty times, lists the rest, and loses nothing', async () => {
  const { send, reports, house } = await withBot();
  for (let n = 0; n < 30; n += 1) {
    const alert = { fingerprint: `f${n}`, startsAt: '2026-03-31T01:00:00Z', labels: { alertname: `A${n}` } };
    await send('alertmanager', JSON.stringify({ version: '4', groupKey: `g${n}`, alerts: [alert] }));
  }
  await house.house.settle();
  expect((await house.store.outbox.counts()).sent).toBe(20);
  expect((await reports()).length).toBe(30);
});

test('an alert that cannot be read costs no other of its payload, nor does the size of 500', async () => {
  const { send, reports } = await withBot();
  const alert = (n: number, more: object = {}) => ({
    ...{ status: 'firing', fingerprint: String(n), startsAt: '2026-03-31T01:00:00Z' },
    ...{ labels: { alertname: `Alert ${n}` }, annotations: { description: 'x'.repeat(2_000) } },
    ...more,
  });
  const payload = (alerts: readonly object[]) => JSON.stringify({ version: '4', alerts });
  const mixed = await send('alertmanager', payload([alert(1), alert(2, { fingerprint: null }), alert(3)]));
  expect([mixed.status, await mixed.json()]).toEqual([
    422,
    expect.objectContaining({ field: '/alerts/1/fingerprint' }),
  ]);
  expect((await reports()).map(({ title }) => title).toSorted()).toEqual(['Alert 1', 'Alert 3']);
  const many = Array.from({ length: 500 }, (_, n) => alert(n + 10));
  expect((await send('alertmanager', payload(many))).status).toBe(202);
});
