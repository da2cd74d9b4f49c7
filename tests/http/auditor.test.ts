import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { registerAnswer } from '../../src/http/integration-answers.ts';
import { OPERATIONS } from '../../src/http/operations/operations.ts';
import { apiRoute } from '../../src/http/routes.ts';
import { loginLink, operatorTokens } from '../../src/http/sessions.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { ManualClock } from '../fakes/clock.ts';
import { commandExamples } from '../fakes/command-examples.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json } from '../fakes/http-client.ts';

const SECRET = 'a-console-secret-of-some-length';
const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const organisation = organisationSchema.parse({
  organisation: '某集团',
  entities: [
    { id: 'sh', name: '上海某公司', province: '31', operator: 'other' },
    { id: 'bj', name: '北京某公司', province: '11', operator: 'other' },
  ],
  systems: [
    { id: 'crm', name: 'CRM', entity: 'sh' },
    { id: 'oa', name: 'OA', entity: 'bj' },
  ],
  people: [{ id: 'li', name: 'Li', roles: ['lead', 'filer'], accounts: [account('Li')] }],
});
const UNTIL = Date.parse('2026-05-01T00:00:00+08:00');

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function start() {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const lines: string[] = [];
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  let profile: Organisation = organisation;
  const house = await startHouse({ clock, log, consoleSecret: SECRET, profile: () => profile });
  running.push(house);
  const client = new Client(house, { 'accept-language': 'en' });
  const program = client.with({ authorization: `Bearer ${API_TOKEN}` });
  const declare = async (title: string, system?: string): Promise<string> => {
    const { id, revision } = await json(await program.post('/api/v1/incidents', { title }));
    const intent = { type: 'answer', fact: 'system', value: system };
    if (system) await program.post(`/api/v1/incidents/${id}/intents`, { intent, revision });
    return id;
  };
  const enter = async (name = 'Kim', entity = 'sh', until = UNTIL) => {
    const publicUrl = 'http://127.0.0.1:3000';
    const audits = { entity, until };
    const link = loginLink({ secret: SECRET, name, audits, publicUrl, now: clock.now() });
    const body = new URLSearchParams({ token: new URL(link).searchParams.get('token') ?? '' });
    const entered = await client.raw('/login', { method: 'POST', body });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    return { entered, kim: client.with({ cookie }) };
  };
  const audits = () =>
    lines.flatMap((line) => z.looseObject({ audit: z.string() }).safeParse(JSON.parse(line)).data ?? []);
  const setProfile = (changed: Organisation): void => {
    profile = changed;
  };
  return { house, clock, client, program, declare, enter, audits, setProfile };
}

test('an auditor reads the incidents of one entity: list, register, page, record, check, bundle; and no others', async () => {
  const { declare, enter, audits } = await start();
  const [own, other, open] = [await declare('Ours', 'crm'), await declare('Theirs', 'oa'), await declare('Whose?')];
  const { entered, kim } = await enter();
  expect(entered.status).toBe(303);
  expect((await json(await kim.get('/api/v1/session')))['name']).toBe('auditor:Kim');
  expect((await json(await kim.get('/api/v1/incidents'))).incidents.map(({ id }) => id)).toEqual([own]);
  const { register } = registerAnswer.parse(await (await kim.get('/api/v1/register')).json());
  expect(register.map(({ id, title }) => [id, title])).toEqual([[own, 'Ours']]);
  for (const path of ['', '/timeline', '/record', '/verify', '/bundle', '/page', '/files', '/report'])
    for (const id of [own, other, open]) {
      const { status } = await kim.get(`/api/v1/incidents/${id}${path}`);
      expect([path, id, status]).toEqual([path, id, id === own ? 200 : 404]);
    }
  const checked = await json(await kim.get(`/api/v1/incidents/${own}/verify`));
  expect(checked).toMatchObject({ broken: null, files: [] });
  // What is for counsel, rooms, alerts and the access of others is not theirs.
  expect((await kim.get(`/api/v1/incidents/${own}/record?counsel=true`)).status).toBe(403);
  expect(await (await kim.get('/api/v1/rooms')).json()).toMatchObject({
    rooms: [{ kind: 'direct' }],
  });
  expect(await (await kim.get('/api/v1/reports')).json()).toEqual({ reports: [], next: null });
  expect((await kim.get('/api/v1/access/sessions')).status).toBe(403);
  const pack = (entity: string) =>
    kim.get(`/api/v1/inspection?entity=${entity}&from=2026-01-01&to=2026-12-31&format=md`);
  const ours = await pack('sh');
  expect([ours.status, (await pack('bj')).status]).toEqual([200, 403]);
  expect(await ours.text()).toContain(own);
  expect(await (await kim.get('/api/v1/inspection/units')).json()).toMatchObject({ units: [{ id: 'sh' }] });
  const way = { way: 'auditor' };
  expect(audits()).toContainEqual(expect.objectContaining({ audit: 'sign_in', what: 'sh', ...way }));
  for (const what of ['register', 'record', 'verify', 'bundle'])
    expect(audits()).toContainEqual(
      expect.objectContaining({ audit: 'export', incident: what === 'register' ? null : own, what, ...way }),
    );
});

test('every act is refused with a sentence, by every operation and every command, and no button is offered', async () => {
  const { house, declare, enter } = await start();
  const own = await declare('Ours', 'crm');
  const { kim } = await enter();
  const reads = ['POST /views', 'POST /classify'];
  const acts = Object.entries(OPERATIONS).filter(
    ([name, { open }]) => !/^GET/.test(name) && !open && !reads.includes(name),
  );
  expect(acts.length).toBeGreaterThan(10);
  const more = ['POST /lines', 'POST /rooms/main/messages', `POST /incidents/${own}/readers`];
  for (const name of [...acts.map(([one]) => one), ...more]) {
    if (name.startsWith('POST /alerts')) continue;
    const { method, path } = apiRoute(name);
    const url = path.replace(':id', own).replace(/:\w+/, 'x');
    const refused = await kim.raw(url, { method, body: '{}', headers: { 'content-type': 'application/json' } });
    expect([name, refused.status, (await json(refused))['code']]).toEqual([name, 403, 'auditor_reads']);
  }
  expect(
    (await kim.raw('/api/v1/classify', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }))
      .status,
  ).not.toBe(403);
  // Whatever comes past the door is refused by the rule for every command.
  const caller = { account: account('auditor:Kim'), name: 'Kim', language: 'en', audits: 'sh' } as const;
  const before = await house.store.incident(own);
  for (const intent of commandExamples) {
    const delivery = { platform: 'test', key: intent.type, body: '' };
    const done =
      intent.type === 'declare'
        ? await house.house.app.declare({ ...intent, caller, room: null, delivery })
        : await house.house.app.submit({ incident: own, intent, revision: before?.version ?? 0, caller, delivery });
    // The other incident of a relation is looked for first, and there is none.
    const code = intent.type === 'relate' ? 'unknown_relation' : 'auditor_reads';
    expect([intent.type, done.kind === 'refused' && done.refusal.code]).toEqual([intent.type, code]);
  }
  const actors = (await house.store.events(own)).map(({ actor }) => actor);
  expect(actors.filter((actor) => actor !== 'api' && actor !== 'clock')).toEqual([]);
  const page = JSON.stringify(await (await kim.get(`/api/v1/incidents/${own}/page`)).json());
  expect(page).not.toMatch(/"kind":"(?:intent|form)"/);
});

test('it ends at its date, on open pages too; before, when the entity leaves the profile or somebody ends it', async () => {
  const { house, clock, client, declare, enter, setProfile } = await start();
  await declare('Ours', 'crm');
  const { entered, kim } = await enter();
  expect(entered.headers.get('set-cookie')).toMatch(/Max-Age=2643480;/);
  clock.advance(20 * 86_400_000);
  expect((await kim.get('/api/v1/incidents')).status).toBe(200);
  const stream = (await kim.get('/api/v1/stream')).body?.getReader();
  clock.jumpTo(UNTIL);
  for (let more = true; more; ) more = !((await stream?.read())?.done ?? true);
  expect((await kim.get('/api/v1/incidents')).status).toBe(401);
  // A link that was not used in time, and one for an entity nobody knows, let nobody in.
  expect((await enter()).entered.status).toBe(403);
  const later = UNTIL + 86_400_000;
  expect((await enter('Kim', 'gz', later)).entered.status).toBe(403);
  const second = await enter('Kim', 'sh', later);
  setProfile({ ...organisation, entities: organisation.entities.slice(1) });
  expect((await second.kim.get('/api/v1/incidents')).status).toBe(401);
  setProfile(organisation);
  const third = await enter('Kim', 'sh', later);
  const operator = client.with({ authorization: `Bearer ${operatorTokens.seal({}, SECRET, clock.now())}` });
  const { sessions } = await json(await operator.get('/api/v1/access/sessions'));
  expect(sessions.at(0)).toMatchObject({ name: 'auditor:Kim', way: 'auditor', until: new Date(later).toISOString() });
  for (const { id } of house.sessions.list()) await operator.raw(`/api/v1/access/sessions/${id}`, { method: 'DELETE' });
  expect((await third.kim.get('/api/v1/incidents')).status).toBe(401);
});
