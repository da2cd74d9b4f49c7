import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { Headers, type RequestInit, Response } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { deliveriesAnswer } from '../../src/http/integration-answers.ts';
import { operatorTokens } from '../../src/http/sessions.ts';
import { createWebhooks } from '../../src/platforms/webhooks/messenger.ts';
import { ManualClock } from '../fakes/clock.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, cookieOf, json } from '../fakes/http-client.ts';

const CONSOLE_SECRET = 'a-console-secret-of-some-length';
const secret = `whsec_${randomBytes(32).toString('base64')}`;
const older = `whsec_${randomBytes(24).toString('base64')}`;

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

async function withEndpoint(answer: (n: number) => number | Error) {
  // Deadlines that come nearer are told as well: they are taken, and left out here.
  const isNear = (body: string): boolean => body.includes('incident.deadline_near');
  // The library compares timestamps with the clock of the machine.
  const clock = new ManualClock(new Date().toISOString());
  const received: Received[] = [];
  const fetch = async (_: string | URL, init: RequestInit = {}) => {
    if (isNear(String(init.body))) return new Response(null, { status: 200 });
    received.push({ body: String(init.body), headers: Object.fromEntries(new Headers(init.headers)) });
    const said = answer(received.length);
    if (said instanceof Error) throw said;
    return new Response(null, { status: said });
  };
  const endpoints = [{ name: 'siem', url: 'https://siem.example/hook', secrets: [older, secret] }];
  const house = await startHouse({
    clock,
    consoleSecret: CONSOLE_SECRET,
    listeners: (needs) => [
      createWebhooks({
        ...needs,
        endpoints,
        http: { fetch },
        log: { warn: () => {} },
        publicUrl: 'https://jishi.example',
      }),
    ],
  });
  running.push(house);
  const api = new Client(house, { authorization: `Bearer ${API_TOKEN}` });
  const operator = () =>
    new Client(house, { authorization: `Bearer ${operatorTokens.seal({}, CONSOLE_SECRET, clock.now())}` });
  const deliveries = async () =>
    deliveriesAnswer
      .parse(await (await operator().get('/api/v1/access/webhooks')).json())
      .deliveries.filter(({ type }) => type !== 'incident.deadline_near');
  const declare = async () => {
    const made = await json(await api.post('/api/v1/incidents', { title: '支付系统泄露' }));
    await house.house.settle();
    return made;
  };
  return { house, clock, received, api, operator, deliveries, declare };
}

test('an independent library verifies the signature, and the message holds no content', async () => {
  const { received, declare, deliveries } = await withEndpoint(() => 204);
  const { id } = await declare();
  expect(received.length).toBe(1);
  const [{ headers, body } = { headers: {}, body: '' }] = received;
  for (const key of [secret, older])
    expect(new Webhook(key).verify(body, headers)).toMatchObject({ type: 'incident.declared' });
  expect(() => new Webhook(`whsec_${randomBytes(32).toString('base64')}`).verify(body, headers)).toThrow();
  expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
  expect(JSON.parse(body)).toEqual({
    type: 'incident.declared',
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    data: { incident: id, revision: 1, drill: false, url: `https://jishi.example/incidents/${id}` },
  });
  expect(body).not.toContain('支付');
  expect(await deliveries()).toMatchObject([{ endpoint: 'siem', state: 'delivered', status: 204, attempts: 1 }]);
});

test('what is not taken is sent again with growing pauses under the same id, then given up; a replay sends it anew', async () => {
  const { received, declare, deliveries, clock, house, operator } = await withEndpoint((n) => (n > 11 ? 200 : 500));
  await declare();
  const [first] = await deliveries();
  expect(first).toMatchObject({ state: 'retrying', status: 500, attempts: 1 });
  clock.advance(6_000);
  await house.house.settle();
  expect((await deliveries())[0]).toMatchObject({ attempts: 2, state: 'retrying' });
  for (let n = 0; n < 8; n += 1) {
    clock.advance(27 * 3_600_000);
    await house.house.settle();
  }
  expect((await deliveries())[0]).toMatchObject({ attempts: 10, state: 'given_up' });
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  clock.advance(100 * 3_600_000);
  await house.house.settle();
  expect(received.length).toBe(10);
  expect((await operator().post(`/api/v1/access/webhooks/${first?.id}/replay`, {})).status).toBe(202);
  expect((await operator().post('/api/v1/access/webhooks/msg_none/replay', {})).status).toBe(404);
  await house.house.settle();
  // The replay has all its attempts, whatever the message had before.
  expect((await deliveries())[0]).toMatchObject({ state: 'retrying', attempts: 1, id: first?.id });
  clock.advance(6_000);
  await house.house.settle();
  expect((await deliveries())[0]).toMatchObject({ state: 'delivered', status: 200, id: first?.id });
  expect(received.at(-1)?.headers['webhook-id']).toBe(first?.id);
});

test('what waits when the incident is stopped for state secrets is not sent any more, nor by a replay', async () => {
  const { received, declare, deliveries, clock, house, operator, api } = await withEndpoint((n) =>
    n === 1 ? 500 : 200,
  );
  const { id } = await declare();
  const [waiting] = await deliveries();
  expect(waiting).toMatchObject({ state: 'retrying' });
  const { revision } = await json(await api.get(`/api/v1/incidents/${id}`));
  const caller = { account: { platform: 'console', tenant: 'local', id: 'Li' }, name: 'Li', language: 'en' } as const;
  const delivery = { platform: 'test', key: 'stop', body: '' };
  const act = { incident: String(id), revision: Number(revision), caller, delivery };
  expect(await house.house.app.submit({ ...act, intent: { type: 'stop_state_secret' } })).toMatchObject({
    kind: 'done',
  });
  clock.advance(10_000);
  await house.house.settle();
  const states = async () => (await deliveries()).filter((one) => one.id === waiting?.id).map(({ state }) => state);
  expect(await states()).toEqual(['given_up']);
  await operator().post(`/api/v1/access/webhooks/${waiting?.id}/replay`, {});
  await house.house.settle();
  expect(received.map(({ body }) => JSON.parse(body).type)).toEqual(['incident.declared', 'incident.stopped']);
});

test('a redirect and no answer are failures; 410 ends the endpoint', async () => {
  const { declare, deliveries, received, house, clock } = await withEndpoint(
    (n) => [302, new Error('reset'), 410][n - 1] ?? 200,
  );
  await declare();
  expect((await deliveries())[0]).toMatchObject({ state: 'retrying', status: 302 });
  clock.advance(6_000);
  await house.house.settle();
  expect((await deliveries())[0]).toMatchObject({ state: 'retrying', status: null });
  clock.advance(6 * 60_000);
  await house.house.settle();
  expect((await deliveries())[0]).toMatchObject({ state: 'given_up', status: 410 });
  await declare();
  expect(received.length).toBe(3);
});

test('after a state-secret stop only the stop is told; only administrators read the log', async () => {
  const { declare, received, api, house } = await withEndpoint(() => 200);
  const { id, revision } = await declare();
  const wei = new Client(house, { cookie: `jishi_session=${await cookieOf(house, CONSOLE_SECRET, 'Li Wei')}` });
  const stop = { intent: { type: 'stop_state_secret' }, revision };
  const path = `/api/v1/incidents/${id}/intents`;
  // Only a person stops an incident.
  expect((await api.post(path, stop)).status).toBe(403);
  const stopped = await json(await wei.post(path, stop));
  expect(stopped.revision).toBeGreaterThan(revision);
  await house.house.settle();
  const types = received.map(({ body }) => String(JSON.parse(body).type));
  expect(types).toEqual(['incident.declared', 'incident.stopped']);
  expect((await api.get('/api/v1/access/webhooks')).status).toBe(403);
});
