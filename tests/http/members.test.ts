import { afterEach, describe, expect, test } from 'vitest';
import { loginLink, operatorTokens } from '../../src/http/sessions.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { type HouseOptions, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json } from '../fakes/http-client.ts';

const SECRET = 'a-console-secret-of-some-length';
const account = (id: string) => ({ platform: 'console', tenant: 'local', id });
const people = [
  { id: 'li-wei', name: '李伟', nameEn: 'Li Wei', roles: ['lead'], accounts: [account('李伟')] },
  { id: 'zhao', name: '赵敏', email: 'zhao@example.com', roles: ['administrator'] },
];
const profileOf = (list: readonly object[]): Organisation =>
  organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31' }],
    people: list,
  });

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

/** A house with a profile that can be changed, and a way to come in by a link. */
async function withProfile(options: HouseOptions = {}) {
  const now = { profile: profileOf(people) };
  const house = await startHouse({
    consoleSecret: SECRET,
    organisation: now.profile,
    profile: () => now.profile,
    ...options,
  });
  running.push(house);
  const client = new Client(house, { 'accept-language': 'en' });
  const enter = async (who: { name: string; person?: string; guest?: boolean }) => {
    const link = loginLink({ secret: SECRET, publicUrl: 'http://127.0.0.1:3000', now: Date.now(), ...who });
    const answer = await client.raw('/login', {
      method: 'POST',
      body: new URLSearchParams({ token: new URL(link).searchParams.get('token') ?? '' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    return { status: answer.status, text: await answer.text(), client: client.with({ cookie }) };
  };
  const change = (list: readonly object[]): void => {
    now.profile = profileOf(list);
  };
  return { house, client, enter, change };
}
const status = async (client: Client) => (await client.get('/api/v1/incidents')).status;
const li = { name: '李伟', person: 'li-wei' };

describe('with a profile', () => {
  test('its people come in under their console account, or under their id', async () => {
    const { enter } = await withProfile();
    const wei = (await enter(li)).client;
    expect(await json(await wei.get('/api/v1/session'))).toMatchObject({ name: '李伟' });
    const zhao = (await enter({ name: '赵敏', person: 'zhao' })).client;
    expect(await json(await zhao.get('/api/v1/session'))).toMatchObject({ name: '赵敏' });
    const { sessions } = await json(await zhao.get('/api/v1/access/sessions'));
    expect(sessions).toMatchObject([
      { name: 'zhao', person: 'zhao', way: 'link', own: true },
      { name: '李伟', person: 'li-wei', own: false },
    ]);
  });

  test('a person without a listed account has their roles all the same', async () => {
    const { enter } = await withProfile();
    const wei = (await enter(li)).client;
    const zhao = (await enter({ name: '赵敏', person: 'zhao' })).client;
    const { id, revision } = await json(await wei.post('/api/v1/incidents', { title: 'Leak' }));
    const path = `/api/v1/incidents/${id}/intents`;
    const held = await json(await zhao.post(path, { intent: { type: 'hold', reason: 'audit' }, revision }));
    const release = { intent: { type: 'release_hold', reason: 'audit' }, revision: held.revision };
    expect((await wei.post(path, release)).status).toBe(403);
    expect((await zhao.post(path, release)).status).toBe(200);
  });

  test('nobody else does: no stranger, nobody who has left, no guest under the name of one of its people', async () => {
    const { enter, change } = await withProfile();
    for (const stranger of [{ name: '外人' }, { name: 'x', person: 'nobody' }, { name: '李伟', guest: true }]) {
      const refused = await enter(stranger);
      expect([refused.status, await status(refused.client)]).toEqual([403, 401]);
      expect(refused.text).toContain('not in the organisation profile');
    }
    change(people.slice(1));
    expect((await enter(li)).status).toBe(403);
  });

  test('a guest comes in, without a role or sight of alerts, until the profile lists the name', async () => {
    const { enter, change, house } = await withProfile();
    const guest = (await enter({ name: 'Auditor', guest: true })).client;
    const { id, revision } = await json(await guest.post('/api/v1/incidents', { title: 'Leak' }));
    const lead = { intent: { type: 'take_lead' }, revision };
    expect((await guest.post(`/api/v1/incidents/${id}/intents`, lead)).status).toBe(403);
    expect((await guest.get('/api/v1/access/sessions')).status).toBe(403);
    const { ref } = await house.house.app.receive({ kind: 'alert', source: 'siem', key: '1', title: 'Exfiltration' });
    expect(await json(await guest.get('/api/v1/reports'))).toMatchObject({ reports: [] });
    expect((await guest.post(`/api/v1/reports/${ref}`, { choice: 'none', reason: 'x' })).status).toBe(404);
    expect(await json(await (await enter(li)).client.get('/api/v1/reports'))).toMatchObject({ reports: [{ ref }] });
    change([...people, { id: 'auditor', name: 'A', accounts: [account('Auditor')] }]);
    expect(await status(guest)).toBe(401);
  });

  test.each([
    ['leaves the profile', people.slice(1)],
    ['has other roles', people.map((one) => ({ ...one, roles: ['responder'] }))],
  ])('who %s is out at once, with the open page', async (_, changed) => {
    const { enter, change, house } = await withProfile();
    const wei = (await enter(li)).client;
    const stream = await wei.get('/api/v1/stream');
    const over = stream.text();
    expect(await status(wei)).toBe(200);
    change(changed);
    expect(await status(wei)).toBe(401);
    // `ProfileInUse` does so when it reads the profile anew.
    for (const one of house.sessions.list()) if (!house.members.stands(one)) await house.sessions.end(one.id);
    expect(await over).toContain('event: hello');
  });

  test('in local mode a name is that of one person of it', async () => {
    const { client } = await withProfile({ consoleSecret: null });
    const page = await client.get('/?token=local-token-for-tests-local-token');
    const local = client.with({ cookie: page.headers.get('set-cookie')?.split(';')[0] ?? '' });
    const refused = await local.post('/api/v1/session', { name: '外人' });
    expect([refused.status, (await json(refused))['detail']]).toEqual([
      422,
      expect.stringContaining('organisation profile'),
    ]);
    expect(await json(await local.post('/api/v1/session', { name: 'li wei' }))).toMatchObject({ name: '李伟' });
  });
});

describe('a session', () => {
  test('is over for every copy of its cookie when its person signs out', async () => {
    const { enter } = await withProfile();
    const wei = (await enter(li)).client;
    await wei.raw('/api/v1/session', { method: 'DELETE' });
    expect(await status(wei)).toBe(401);
  });

  test('is listed and ended by an administrator and by the command line, never by others', async () => {
    const { enter, client } = await withProfile();
    const wei = (await enter(li)).client;
    const zhao = (await enter({ name: '赵敏', person: 'zhao' })).client;
    const operator = client.with({ authorization: `Bearer ${operatorTokens.seal({}, SECRET, Date.now())}` });
    const ids = (await json(await operator.get('/api/v1/access/sessions'))).sessions.map(({ id }) => id);
    expect(ids).toHaveLength(2);
    const end = (by: Client, id = '') => by.raw(`/api/v1/access/sessions/${id}`, { method: 'DELETE' });
    expect((await end(wei, ids[0])).status).toBe(403);
    expect((await end(zhao, ids[1])).status).toBe(200);
    expect([await status(wei), await status(zhao)]).toEqual([401, 200]);
    expect((await end(operator, ids[0])).status).toBe(200);
    expect((await end(operator, ids[0])).status).toBe(404);
    expect(await status(zhao)).toBe(401);
  });

  test('the proof of the command line opens no incident and lives for a minute', async () => {
    const { client } = await withProfile();
    const at = (now: number, secret = SECRET) =>
      client.with({ authorization: `Bearer ${operatorTokens.seal({}, secret, now)}` });
    expect(await status(at(Date.now()))).toBe(403);
    const old = [at(Date.now() - 60_001), at(Date.now(), 'another-secret-of-some-length-here')];
    for (const one of old) expect((await one.get('/api/v1/access/sessions')).status).toBe(401);
  });
});
