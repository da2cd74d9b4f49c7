import { afterEach, expect, test } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { Messenger, SendOutcome } from '../../src/use-cases/ports.ts';
import { ManualClock } from '../fakes/clock.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json } from '../fakes/http-client.ts';

const SECRET = 'a-console-secret-of-some-length';
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31' }],
  people: [
    {
      id: 'li-wei',
      name: '李伟',
      email: 'li@example.com',
      language: 'en',
      accounts: [{ platform: 'chat', tenant: 'T', id: 'U1' }],
    },
    {
      ...{ id: 'zhao', name: '赵敏', email: 'zhao@example.com', roles: ['lead', 'approver'] },
      accounts: [{ platform: 'console', tenant: 'local', id: 'zhao' }],
    },
    { id: 'lost', name: '丢失' },
    {
      id: 'fa',
      name: '法',
      roles: ['legal', 'approver'],
      accounts: [{ platform: 'console', tenant: 'local', id: 'fa' }],
    },
  ],
});

const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

/** Two ways to people that note what they were given; `chat` may refuse. */
async function ways(chat: SendOutcome['kind'] = 'sent') {
  const sent: { platform: string; to: string; text: string }[] = [];
  const outcome: SendOutcome =
    chat === 'sent' ? { kind: 'sent', ref: '1' } : { kind: 'refused', reason: 'unreachable', detail: 'down' };
  const messenger = (platform: string, answer: SendOutcome): Messenger => ({
    platform,
    render: (message) => JSON.stringify(message),
    post: async ({ address }, text) => {
      sent.push({ platform, to: address, text });
      return answer;
    },
    canMessagePeople: { direct: async ({ tenant, id }) => ({ tenant, address: `dm:${id}`, thread: null }) },
  });
  const clock = new ManualClock('2026-03-31T03:00:00+08:00');
  const messengers = [messenger('chat', outcome), messenger('mail', { kind: 'sent', ref: '2' })];
  const house = await startHouse({ consoleSecret: SECRET, organisation, messengers, clock });
  running.push(house);
  const client = new Client(house, { 'accept-language': 'en' });
  const ask = async (who: string) => {
    const answer = await client.post('/api/v1/session/link', { who });
    // The sending goes on after the answer, all of it within this turn.
    await new Promise((resolve) => setImmediate(resolve));
    return [answer.status, await answer.text()];
  };
  const tokenIn = (text = '') => /token=([\w.-]+)/.exec(text)?.[1] ?? '';
  return { house, client, sent, ask, clock, tokenIn };
}

test('a person of the profile is sent a link by chat, which signs them in once', async () => {
  const { client, sent, ask, tokenIn } = await ways();
  expect(await json(await client.get('/api/v1/session'))).toMatchObject({ signIn: 'login', sendsLinks: true });
  expect(await ask('李伟')).toEqual([202, '{}']);
  expect(sent.map(({ platform, to }) => [platform, to])).toEqual([['chat', 'dm:U1']]);
  expect(JSON.parse(sent[0]?.text ?? '')).toMatchObject({ language: 'en', ring: false, incident: '' });
  const body = new URLSearchParams({ token: tokenIn(sent[0]?.text) }).toString();
  const use = () =>
    client.raw('/login', { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  const first = await use();
  expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
  expect((await use()).status).toBe(403);
});

test('by mail where chat does not take it, or there is no account', async () => {
  const { sent, ask } = await ways('refused');
  await ask('li-wei');
  await ask('zhao@example.com');
  expect(sent.map(({ platform, to }) => [platform, to])).toEqual([
    ['chat', 'dm:U1'],
    ['mail', 'li@example.com'],
    ['mail', 'zhao@example.com'],
  ]);
});

test('not in a chat that an incident left, also after it was closed, where an intruder may be reading', async () => {
  const { house, client, sent, ask, clock, tokenIn } = await ways();
  const { app } = house.house;
  const li = { account: { platform: 'chat', tenant: 'T', id: 'U1' }, name: '李伟', language: 'en' } as const;
  const zhao = { account: { platform: 'console', tenant: 'local', id: 'zhao' }, name: '赵敏', language: 'en' } as const;
  const delivery = (key: string) => ({ platform: 'test', key, body: '' });
  await app.declare({ title: 'x', caller: zhao, room: null, delivery: delivery('1') });
  await ask('li-wei');
  const revision = (await app.state('INC-2026-0001', zhao))?.version ?? 0;
  const act = { incident: 'INC-2026-0001', revision, caller: zhao };
  const leaves = await app.submit({ ...act, intent: { type: 'leave_chat' }, delivery: delivery('2') });
  expect(leaves).toMatchObject({ kind: 'done' });
  expect(await app.state('INC-2026-0001', li)).toBeNull();
  // The link that was sent before, too.
  const body = new URLSearchParams({ token: tokenIn(sent[0]?.text) }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await client.raw('/login', { method: 'POST', body, headers })).status).toBe(403);
  clock.advance(15 * 60_000);
  await ask('li-wei');
  await expect.poll(() => sent.length).toBe(2);
  const state = await app.state('INC-2026-0001', zhao);
  const closes = { ...act, revision: state?.version ?? 0, intent: { type: 'withdraw_declaration' } } as const;
  expect(await app.submit({ ...closes, delivery: delivery('3') })).toMatchObject({ kind: 'done' });
  const fa = { account: { platform: 'console', tenant: 'local', id: 'fa' }, name: '法', language: 'en' } as const;
  const asked = await app.state('INC-2026-0001', zhao);
  const agrees = { type: 'second', proposal: asked?.proposals.at(-1)?.id ?? '', agree: true } as const;
  const seconds = { ...closes, revision: asked?.version ?? 0, caller: fa, intent: agrees };
  expect(await app.submit({ ...seconds, delivery: delivery('4') })).toMatchObject({ kind: 'done' });
  expect((await app.state('INC-2026-0001', zhao))?.closed).not.toBeNull();
  clock.advance(15 * 60_000);
  await ask('li-wei');
  await expect.poll(() => sent.length).toBe(3);
  expect(sent.map(({ platform, to }) => [platform, to])).toEqual([
    ['chat', 'dm:U1'],
    ['mail', 'li@example.com'],
    ['mail', 'li@example.com'],
  ]);
});

test('the answer tells nothing of who is known, and nobody else is written to', async () => {
  const { sent, ask } = await ways();
  const answers = await Promise.all(['李伟', '外人', '丢失', 'x'.repeat(200)].map(ask));
  expect(new Set(answers.map(String))).toEqual(new Set(['202,{}']));
  expect(sent).toHaveLength(1);
});

test('nobody is flooded: three links in a quarter of an hour, the last of which still signs in', async () => {
  const { client, sent, ask, clock, tokenIn } = await ways();
  for (let n = 0; n < 5; n += 1) await ask('李伟');
  expect(sent).toHaveLength(3);
  // Whoever asked for them: the person has links that work for as long as no further one is sent.
  clock.advance(15 * 60_000 - 1_000);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ token: tokenIn(sent.at(-1)?.text) }).toString();
  expect((await client.raw('/login', { method: 'POST', body, headers })).status).toBe(303);
  clock.advance(1_000);
  await ask('李伟');
  expect(sent).toHaveLength(4);
});

test('a stranger who asks for names nobody has keeps no one from a link', async () => {
  const { sent, ask } = await ways();
  for (let n = 0; n < 200; n += 1) await ask(`外人 ${n}`);
  expect(sent).toEqual([]);
  await ask('李伟');
  expect(sent).toHaveLength(1);
});
