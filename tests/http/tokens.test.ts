import { afterEach, expect, test } from 'vitest';
import { OPERATIONS } from '../../src/http/operations/operations.ts';
import { operatorTokens } from '../../src/http/sessions.ts';
import { SCOPES } from '../../src/http/token-store.ts';
import { ManualClock } from '../fakes/clock.ts';
import { API_TOKEN, type HouseOptions, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json } from '../fakes/http-client.ts';

const SECRET = 'a-console-secret-of-some-length';
const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function withTokens(options: HouseOptions = {}) {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const house = await startHouse({ consoleSecret: SECRET, clock, ...options });
  running.push(house);
  const client = new Client(house, { 'accept-language': 'en' });
  const as = (token: string) => client.with({ authorization: `Bearer ${token}` });
  const operator = () => as(operatorTokens.seal({}, SECRET, clock.now()));
  const make = async (scopes: readonly string[], days = 90) =>
    json(await operator().post('/api/v1/access/tokens', { name: 'program', scopes, days }));
  return { house, clock, client, as, operator, make };
}

/** One request for each scope, with what a token without it is refused. */
const asked = (id: string): Readonly<Record<string, (by: Client) => Promise<Response>>> => ({
  read: (by) => by.get(`/api/v1/incidents/${id}`),
  declare: (by) => by.post('/api/v1/incidents', { title: 'Leak' }),
  answer: (by) => by.post(`/api/v1/incidents/${id}/intents`, { intent: { type: 'add_note', text: 'x' }, revision: 1 }),
  export: (by) => by.get(`/api/v1/incidents/${id}/record`),
  metrics: (by) => by.get('/metrics'),
  alert: (by) => by.post('/api/v1/alerts/grafana', {}),
});

test('a token does what its scopes name, and nothing else', async () => {
  const { as, make } = await withTokens({ metricsNeedToken: true });
  const { id } = await json(await as(API_TOKEN).post('/api/v1/incidents', { title: 'To be read' }));
  for (const scope of SCOPES) {
    const { token } = await make([scope]);
    for (const [other, ask] of Object.entries(asked(id))) {
      const { status } = await ask(as(token));
      const refused = other === 'metrics' ? 401 : 403;
      expect([scope, other, status === refused]).toEqual([scope, other, other !== scope]);
      expect(status).not.toBe(500);
    }
  }
  const { token } = await make(['read']);
  const refused = await asked(id)['export']?.(as(token));
  expect(refused && (await json(refused))).toMatchObject({
    code: 'scope',
    detail: expect.stringContaining('“export”'),
  });
});

test('every operation a token may use has a scope, and none of them is for people only', () => {
  const forPeople = Object.entries(OPERATIONS).flatMap(([name, { scope, open }]) => (scope || open ? [] : [name]));
  expect(forPeople.filter((name) => !/\/(?:access|forms|views|reports|waiting)|POST .*\/files/.test(name))).toEqual([]);
});

test('it ends when its time is over, when it is revoked, and with one wrong sign', async () => {
  const { as, make, clock, operator } = await withTokens();
  const { id, token } = await make(['read'], 7);
  const status = async (by: Client) => (await by.get('/api/v1/incidents')).status;
  expect(await status(as(token))).toBe(200);
  for (const wrong of [`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, token.slice(6), `${token}x`])
    expect(await status(as(wrong))).toBe(401);
  clock.advance(7 * 86_400_000 - 1);
  expect(await status(as(token))).toBe(200);
  clock.advance(1);
  expect(await status(as(token))).toBe(401);
  const other = await make(['read']);
  expect((await operator().raw(`/api/v1/access/tokens/${other.id}`, { method: 'DELETE' })).status).toBe(200);
  expect([await status(as(other.token)), await status(as(token)), id !== other.id]).toEqual([401, 401, true]);
});

test('only its hash is kept, and the list does not show it', async () => {
  const { house, operator, make } = await withTokens();
  const { id, token } = await make(['read', 'read', 'export']);
  const [, secret = ''] = token.split('.');
  expect(secret).toHaveLength(43);
  const kept = await house.store.kept.list('', 100);
  expect(kept.map(({ key }) => key)).toContain(`access:token:${id}`);
  expect(JSON.stringify(kept)).not.toContain(secret);
  const { tokens } = await json(await operator().get('/api/v1/access/tokens'));
  expect(tokens).toMatchObject([{ id, name: 'program', scopes: ['read', 'export'], by: 'operator' }]);
  expect(JSON.stringify(tokens)).not.toContain(secret);
});

test('a token cannot make another, and two tokens do not share an idempotency key', async () => {
  const { as, make, client } = await withTokens();
  const [one, two] = [await make(['declare']), await make(['declare'])];
  for (const by of [as(one.token), as(API_TOKEN), client])
    expect((await by.post('/api/v1/access/tokens', { name: 'x', scopes: ['read'] })).status).toBe(
      by === client ? 401 : 403,
    );
  const declare = (token: string) => as(token).post('/api/v1/incidents', { title: 'Leak' }, { 'idempotency-key': 'k' });
  const ids = [(await json(await declare(one.token))).id, (await json(await declare(one.token))).id];
  expect(ids[1]).toBe(ids[0]);
  expect((await json(await declare(two.token))).id).not.toBe(ids[0]);
});
