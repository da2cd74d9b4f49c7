import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { loginLink, operatorTokens } from '../../src/http/sessions.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { AUDIT_EVENTS } from '../../src/ops/audit.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { auditEventOf } from '../../src/wiring/observed.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json } from '../fakes/http-client.ts';

const SECRET = 'a-console-secret-of-some-length';
const TITLE = '支付系统疑似泄露，联系张三';
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31' }],
  people: [{ id: 'li-wei', name: '李伟', roles: ['lead', 'administrator'] }],
});

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function logged(level = 'info') {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger(level, { write: (line) => void lines.push(JSON.parse(line)) });
  const house = await startHouse({ consoleSecret: SECRET, organisation, log });
  running.push(house);
  const client = new Client(house, { 'accept-language': 'en' });
  const press = async (link: string) =>
    client.raw('/login', {
      method: 'POST',
      body: new URLSearchParams({ token: new URL(link).searchParams.get('token') ?? '' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-request-id': 'request-of-a-proxy' },
    });
  const link = () =>
    loginLink({ secret: SECRET, name: '李伟', person: 'li-wei', publicUrl: 'http://127.0.0.1:3000', now: Date.now() });
  const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const audits = () => lines.splice(0).filter((line) => 'audit' in line);
  return { lines, client, press, link, cookieOf, audits };
}

test('each sign-in, refusal, decision, export and act of administration is one line with ids and no content', async () => {
  const { lines, client, press, link, cookieOf, audits } = await logged();
  const used = link();
  const wei = client.with({ cookie: cookieOf(await press(used)) });
  expect(audits()).toMatchObject([
    { level: 'info', audit: 'sign_in', outcome: 'done', person: 'li-wei', way: 'link', request: 'request-of-a-proxy' },
  ]);
  await press(used);
  await client.with({ authorization: 'Bearer wrong' }).get('/api/v1/incidents');
  expect(audits()).toMatchObject([
    { audit: 'link_refused', outcome: 'refused', person: 'li-wei' },
    { audit: 'token_refused', outcome: 'refused' },
  ]);
  const { id, revision } = await json(await wei.post('/api/v1/incidents', { title: TITLE }));
  const give = (by: Client, intent: object) => by.post(`/api/v1/incidents/${id}/intents`, { intent, revision });
  await give(client.with({ authorization: `Bearer ${API_TOKEN}` }), { type: 'decide_level', level: 'major' });
  await give(wei, { type: 'decide_level', level: 'major', reason: 'because of 张三' });
  const [declared, refused, decided] = audits();
  expect(declared).toMatchObject({ audit: 'declaration', incident: id, person: 'li-wei', what: 'declare' });
  expect(declared?.['actor']).toMatch(/./);
  expect(declared?.['client']).toMatch(/^session:/);
  expect(refused).toMatchObject({
    audit: 'decision',
    outcome: 'refused',
    what: 'decide_level:forbidden',
    client: 'token:API_TOKEN',
  });
  expect(decided).toMatchObject({
    audit: 'decision',
    outcome: 'done',
    actor: declared?.['actor'],
    what: 'decide_level',
  });
  await wei.get(`/api/v1/incidents/${id}/report?format=md`);
  await wei.get(`/api/v1/incidents/${id}/record`);
  await wei.get('/api/v1/incidents/INC-2026-9999/record');
  expect(audits()).toMatchObject([
    { audit: 'export', outcome: 'done', incident: id, what: 'report.md', actor: declared?.['actor'], person: 'li-wei' },
    { audit: 'export', outcome: 'done', what: 'record' },
    { audit: 'export', outcome: 'refused', incident: 'INC-2026-9999' },
  ]);
  const operator = client.with({ authorization: `Bearer ${operatorTokens.seal({}, SECRET, Date.now())}` });
  const made = await json(await operator.post('/api/v1/access/tokens', { name: '张三', scopes: ['read'] }));
  await wei.raw(`/api/v1/access/tokens/${made.id}`, { method: 'DELETE' });
  await wei.raw('/api/v1/session', { method: 'DELETE' });
  for (const _ of [1, 2, 3]) await wei.get('/api/v1/session');
  const last = audits();
  expect(last).toMatchObject([
    { audit: 'administration', what: 'make_token', way: 'operator' },
    { audit: 'administration', what: 'revoke_token', person: 'li-wei' },
    { audit: 'sign_out', person: 'li-wei' },
  ]);
  for (const line of [declared, refused, decided, ...last, ...lines])
    expect(JSON.stringify(line)).not.toMatch(/张三|李伟|支付/);
});

test('audit lines are there whatever the level, debug shows each request and command', async () => {
  const quiet = await logged('error');
  await quiet.press(quiet.link());
  expect(quiet.audits()).toMatchObject([{ audit: 'sign_in' }]);
  const { client, lines } = await logged('debug');
  const api = client.with({ authorization: `Bearer ${API_TOKEN}` });
  const answer = await api.post('/api/v1/incidents?search=张三', { title: TITLE });
  const request = answer.headers.get('x-request-id');
  expect(lines.filter((line) => line['msg'] === 'request')).toMatchObject([
    { level: 'debug', method: 'POST', path: '/api/v1/incidents', status: 201, request },
  ]);
  expect(lines.find((line) => line['msg'] === 'command')).toMatchObject({
    command: 'declare',
    outcome: 'committed',
    request,
  });
  expect(JSON.stringify(lines)).not.toMatch(/张三|支付/);
});

test('an ended session that goes on asking is one line', async () => {
  const { client, press, link, cookieOf, audits } = await logged();
  const wei = client.with({ cookie: cookieOf(await press(link())) });
  const { sessions } = await json(await wei.get('/api/v1/access/sessions'));
  await wei.raw(`/api/v1/access/sessions/${sessions[0]?.id}`, { method: 'DELETE' });
  audits();
  for (const _ of [1, 2, 3]) await wei.get('/api/v1/incidents');
  expect(audits()).toMatchObject([{ audit: 'session_refused', outcome: 'refused' }]);
});

test('commands are audited by what they need: a role, an administrator, or nothing', () => {
  expect(auditEventOf('decide_level')).toBe('decision');
  expect(auditEventOf('approve')).toBe('decision');
  expect(auditEventOf('release_abroad')).toBe('release_abroad');
  expect(auditEventOf('hold')).toBe('administration');
  expect(auditEventOf('erase')).toBe('erasure');
  expect(auditEventOf('answer')).toBeNull();
  expect(auditEventOf('tick')).toBeNull();
});

test('the page for operators describes every kind of line', () => {
  const page = readFileSync('docs/operating.md', 'utf8');
  for (const event of AUDIT_EVENTS) expect(page).toContain(`\`${event}\``);
});

test('a calendar that is fetched is an export by the calendar, not by the chat of its person', async () => {
  const { client, audits } = await logged();
  const operator = client.with({ authorization: `Bearer ${operatorTokens.seal({}, SECRET, Date.now())}` });
  const { url } = await json(await operator.post('/api/v1/access/links', { kind: 'calendar', who: 'li-wei' }));
  audits();
  expect((await client.get(new URL(String(url)).pathname)).status).toBe(200);
  expect(audits()).toMatchObject([{ audit: 'export', what: 'register', way: 'calendar' }]);
});
