import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { oidcConfigOf, oidcVariables } from '../../src/config/oidc-settings.ts';
import { IdentityProvider, personOfClaims } from '../../src/http/oidc.ts';
import type { Command } from '../../src/incident/commands.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { Messenger } from '../../src/use-cases/ports.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json } from '../fakes/http-client.ts';
import { type RunningProvider, signInAt, startProvider } from '../fakes/identity-provider.ts';

const SECRET = 'a-console-secret-of-some-length';
const PUBLIC = 'http://127.0.0.1:3000';
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31' }],
  people: [
    { id: 'li-wei', name: '李伟', accounts: [{ platform: 'oidc', tenant: 'idp', id: 'sub-li' }], roles: ['responder'] },
    { id: 'zhao', name: '赵敏', email: 'zhao@example.com' },
    {
      ...{ id: 'wang', name: '王磊', email: 'wang@example.com', roles: ['lead', 'approver'] },
      accounts: [{ platform: 'console', tenant: 'local', id: 'wang' }],
    },
  ],
});

const people = [
  { sub: 'sub-li', claims: { name: '李伟', groups: ['security-leads', 'everybody'] } },
  { sub: 'sub-zhao', claims: { email: 'Zhao@example.com', email_verified: true } },
  { sub: 'sub-wang', claims: { email: 'wang@example.com', email_verified: false } },
  { sub: 'sub-stranger', claims: { name: '李伟', email: 'other@example.com', email_verified: true } },
];
/** A key pair of the provider, with its id. */
const newKey = (kid: string) => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return { privateKey, jwk: { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', use: 'sig', alg: 'RS256', kid } };
};
const firstKey = newKey('first');
const provide = (keys: readonly ReturnType<typeof newKey>[], port = 0) =>
  startProvider({
    ...{ clientId: 'jishi', clientSecret: 'a secret/with:signs', publicUrl: PUBLIC },
    ...{ people, port, keys: keys.map(({ jwk }) => jwk) },
  });
let idp: RunningProvider;
beforeAll(async () => {
  idp = await provide([firstKey]);
});
afterAll(() => idp.stop());
const running: RunningHouse[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

function settings(more: Readonly<Record<string, string>> = {}) {
  const config = oidcConfigOf(
    oidcVariables.parse({
      OIDC_ISSUER: idp.issuer,
      OIDC_CLIENT_ID: 'jishi',
      OIDC_ACCOUNT: 'oidc/idp/{sub}',
      OIDC_NAME: '公司统一登录',
      OIDC_ROLES: 'security-leads=lead+administrator,law=legal',
      ...more,
    }),
  );
  if (config === null) throw new Error('no settings');
  return { ...config, clientSecret: 'a secret/with:signs' };
}

async function console_(
  config = settings(),
  fetch: ConstructorParameters<typeof IdentityProvider>[2] = null,
  messengers: readonly Messenger[] = [],
) {
  const house = await startHouse({
    ...{ consoleSecret: SECRET, publicUrl: PUBLIC, organisation, messengers },
    provider: new IdentityProvider(config, PUBLIC, fetch),
  });
  running.push(house);
  const client = new Client(house, { 'accept-language': 'en' });
  /** To the provider, in there as somebody, and back. */
  const enter = async (sub: string, tamper: (back: URL) => void = () => {}) => {
    const start = await client.get('/login/oidc');
    const cookie = start.headers.get('set-cookie')?.split(';')[0] ?? '';
    const back = await signInAt(start.headers.get('location') ?? '', sub);
    tamper(back);
    const browser = client.with({ cookie });
    const answer = await browser.get(back.pathname + back.search);
    const session = answer.headers.getSetCookie().find((one) => /^jishi_session=[^;]/.test(one));
    return { answer, back, browser, client: client.with({ cookie: session?.split(';')[0] ?? '' }) };
  };
  return { house, client, enter };
}

describe('signing in by a real provider', () => {
  test('a person of the profile comes in as the account it lists, with the roles of their groups', async () => {
    const { client, enter } = await console_();
    expect(await json(await client.get('/api/v1/session'))).toMatchObject({ single: '公司统一登录', signIn: 'login' });
    const { answer, client: li } = await enter('sub-li');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(await json(await li.get('/api/v1/session'))).toMatchObject({ name: '李伟', administrates: true });
    const { id, revision } = await json(await li.post('/api/v1/incidents', { title: 'Leak' }));
    const intent = { type: 'decide_level', level: 'major', reason: 'clear' };
    expect((await li.post(`/api/v1/incidents/${id}/intents`, { intent, revision })).status).toBe(200);
  });

  test('without a listed account by the mail address the provider verified, and by no other', async () => {
    const { enter } = await console_();
    const { client: zhao } = await enter('sub-zhao');
    expect(await json(await zhao.get('/api/v1/session'))).toMatchObject({ name: '赵敏', administrates: false });
    for (const sub of ['sub-wang', 'sub-stranger']) {
      const { answer, client } = await enter(sub);
      expect([sub, answer.status, (await client.get('/api/v1/incidents')).status]).toEqual([sub, 403, 401]);
      const page = await answer.text();
      expect(page).toContain('not in the organisation profile');
      // For whoever keeps the profile: which account to add.
      expect(page).toMatch(new RegExp(`Account used for this sign-in: oidc/.+/${sub}<`));
    }
  });

  test('not by the accounts of a chat that an incident left, until it is led back', async () => {
    const chat: Messenger = {
      ...{ platform: 'chat', canMessagePeople: { direct: async () => null } },
      render: () => '',
      post: async () => ({ kind: 'sent', ref: '1' }),
    };
    const { house, enter } = await console_(settings({ OIDC_ACCOUNT: 'chat/idp/{sub}' }), null, [chat]);
    const caller = {
      account: { platform: 'console', tenant: 'local', id: 'wang' },
      name: '王磊',
      language: 'en',
    } as const;
    expect((await enter('sub-zhao')).answer.status).toBe(303);
    const delivery = (key: string) => ({ platform: 'test', key, body: '' });
    const { app } = house.house;
    const incident = `INC-${new Date().getFullYear()}-0001`;
    await app.declare({ title: 'x', caller, room: null, delivery: delivery('1') });
    const act = async (intent: Command) => {
      const revision = (await app.state(incident, caller))?.version ?? 0;
      const told = await app.submit({ ...{ incident, revision, caller, intent }, delivery: delivery(intent.type) });
      expect(told).toMatchObject({ kind: 'done' });
    };
    await act({ type: 'leave_chat' });
    const { answer, client } = await enter('sub-zhao');
    expect([answer.status, (await client.get('/api/v1/incidents')).status]).toEqual([403, 401]);
    expect(await answer.text()).toContain('npx jishi login');
    await act({ type: 'return_to_chat', reason: 'cleaned' });
    expect((await enter('sub-zhao')).answer.status).toBe(303);
  });

  test('works once, in the browser that began it, with the state it was given', async () => {
    const { client, enter } = await console_();
    const { back, browser } = await enter('sub-li');
    const path = back.pathname + back.search;
    expect((await browser.get(path)).status).toBe(403);
    expect((await client.get(path)).status).toBe(403);
    const forged = await enter('sub-li', (url) => url.searchParams.set('state', 'x'));
    expect(forged.answer.status).toBe(403);
    expect(await forged.answer.text()).toContain('Start again');
  });

  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  test.each<[string, (head: string, claims: string, signature: string) => string]>([
    [
      'a changed signature',
      (head, claims, [first, ...rest]) => [head, claims, (first === 'A' ? 'B' : 'A') + rest.join('')].join('.'),
    ],
    [
      'changed claims',
      (head, claims, signature) => [head, part({ ...JSON.parse(atob(claims)), sub: 'sub-zhao' }), signature].join('.'),
    ],
    [
      'the signature of another key',
      (head, claims) =>
        [head, claims, sign('sha256', Buffer.from(`${head}.${claims}`), privateKey).toString('base64url')].join('.'),
    ],
    ['no signature, by its own word', (_, claims) => `${part({ alg: 'none' })}.${claims}.`],
    ['no signature', (head, claims) => `${head}.${claims}.`],
    [
      'a signature by the shared secret',
      (_, claims) => {
        const signed = `${part({ alg: 'HS256' })}.${claims}`;
        return `${signed}.${createHmac('sha256', 'a secret/with:signs').update(signed).digest('base64url')}`;
      },
    ],
  ])('an ID token with %s, as a proxy on the way may make it, signs nobody in', async (_, forge) => {
    const forged: string[] = [];
    const { enter } = await console_(settings(), async (url, options) => {
      const answer = await fetch(url, options as RequestInit);
      if (!new URL(url).pathname.endsWith('/token')) return answer;
      const body = z.looseObject({ id_token: z.string() }).parse(await answer.json());
      const [head = '', claims = '', signature = ''] = body.id_token.split('.');
      forged.push(forge(head, claims, signature));
      return Response.json({ ...body, id_token: forged[0] });
    });
    const { answer } = await enter('sub-li');
    expect([forged.length, answer.status]).toEqual([1, 403]);
    expect(answer.headers.getSetCookie().filter((one) => /^jishi_session=[^;]/.test(one))).toEqual([]);
  });

  /** ID token with other claims, signed by the provider's own key. */
  const reissued = (claims: string, changed: Readonly<Record<string, unknown>>): string => {
    const signed = `${part({ alg: 'RS256', kid: 'first', typ: 'JWT' })}.${part({ ...JSON.parse(atob(claims)), ...changed })}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), firstKey.privateKey).toString('base64url')}`;
  };
  const now = (): number => Math.floor(Date.now() / 1_000);

  test.each<[string, () => Readonly<Record<string, unknown>>]>([
    ['for another client', () => ({ aud: 'wiki' })],
    ['for this client and another, made for the other', () => ({ aud: ['jishi', 'wiki'], azp: 'wiki' })],
    ['of another issuer', () => ({ iss: 'https://login.example.com' })],
    ['that expired', () => ({ iat: now() - 7_200, exp: now() - 3_600 })],
    ['without an end', () => ({ exp: undefined })],
    ['of an earlier sign-in', () => ({ nonce: 'an earlier one' })],
    ['without a nonce', () => ({ nonce: undefined })],
    ['of nobody', () => ({ sub: undefined })],
    ['of somebody else than the access token', () => ({ sub: 'sub-zhao' })],
  ])('a rightly signed ID token %s signs nobody in; the unchanged one does', async (_, changed) => {
    const given = [changed(), {}];
    const { enter } = await console_(settings(), async (url, options) => {
      const answer = await fetch(url, options as RequestInit);
      if (!new URL(url).pathname.endsWith('/token')) return answer;
      const body = z.looseObject({ id_token: z.string() }).parse(await answer.json());
      const [, claims = ''] = body.id_token.split('.');
      return Response.json({ ...body, id_token: reissued(claims, given.shift() ?? {}) });
    });
    const { answer } = await enter('sub-li');
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie().filter((one) => /^jishi_session=[^;]/.test(one))).toEqual([]);
    expect((await enter('sub-li')).answer.status).toBe(303);
  });

  test('a provider that changed its keys signs people in again after a minute, without a restart', async () => {
    const own = idp;
    onTestFinished(() => {
      idp = own;
    });
    idp = await provide([newKey('old')]);
    const port = Number(new URL(idp.issuer).port);
    const { enter } = await console_();
    expect((await enter('sub-li')).answer.status).toBe(303);
    await idp.stop();
    idp = await provide([newKey('new')], port);
    const rotated = idp;
    onTestFinished(() => rotated.stop());
    // The keys are fetched again for an unknown key id, at most once a minute.
    expect((await enter('sub-li')).answer.status).toBe(403);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect((await enter('sub-li')).answer.status).toBe(303);
  });

  test('signing out leads to the end of the session at the provider', async () => {
    const { enter } = await console_();
    const { client: li } = await enter('sub-li');
    const left = await json(await li.raw('/api/v1/session', { method: 'DELETE' }));
    const url = new URL(String(left['signOut']));
    expect([url.origin, url.searchParams.get('post_logout_redirect_uri')]).toEqual([idp.issuer, `${PUBLIC}/`]);
    expect((await fetch(url)).status).toBe(200);
    expect((await li.get('/api/v1/incidents')).status).toBe(401);
  });

  test('a provider that does not answer is said so, and asked again the next time', async () => {
    const { client } = await console_({ ...settings(), issuer: 'http://127.0.0.1:1' });
    const away = await client.get('/login/oidc');
    expect([away.status, await away.text()]).toEqual([503, expect.stringContaining('have a link sent')]);
    expect((await client.get('/login/oidc')).status).toBe(503);
  });
});

describe('whom claims name', () => {
  const who = (account: string, claims: Readonly<Record<string, unknown>>) =>
    personOfClaims({ account, issuer: 'https://login.example.com/x' }, claims, organisation, null)?.id ?? null;

  test('is an account or an id, from claims that are there and hold no slash', () => {
    expect(who('oidc/idp/{sub}', { sub: 'sub-li' })).toBe('li-wei');
    expect(who('{preferred_username}', { sub: 'x', preferred_username: 'zhao' })).toBe('zhao');
    expect(who('{preferred_username}', { sub: 'x' })).toBeNull();
    expect(who('oidc/{tenant}', { tenant: 'idp/sub-li' })).toBeNull();
    expect(who('oidc/{https://x.example/team}/{sub}', { 'https://x.example/team': 'idp', sub: 'sub-li' })).toBe(
      'li-wei',
    );
    expect(who('oidc/{issuer}/{sub}', { sub: 'sub-li' })).toBeNull();
  });
});

test.each(['a', 'a=', 'a=king', '=lead', 'a=lead+'])('roles of groups written as %j are refused', (value) => {
  const parsed = oidcVariables.safeParse({ OIDC_ROLES: value });
  expect(parsed.error?.issues[0]?.message).toMatch(/^must be group=role/);
});
