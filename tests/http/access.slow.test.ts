import { afterEach, describe, expect, test } from 'vitest';
import { loginLink, logins, sessionCookies } from '../../src/http/sessions.ts';
import { API_TOKEN, type HouseOptions, LOCAL_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { byLink, Client, cookieOf, json, signIn } from '../fakes/http-client.ts';

const running: RunningHouse[] = [];
async function house(options: HouseOptions = {}): Promise<RunningHouse> {
  const one = await startHouse(options);
  running.push(one);
  return one;
}
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const mode = async (client: Client) => (await json(await client.get('/api/v1/session'))).signIn;
const SECRET = 'a-console-secret-of-some-length';

describe('local mode', () => {
  test('is there for a browser that came by the printed link', async () => {
    const client = new Client(await house());
    expect(await mode(await byLink(client))).toBe('local');
    const wei = await signIn(client, '  Li   Wei ');
    expect(await json(await wei.get('/api/v1/session'))).toMatchObject({ name: 'Li Wei' });
  });

  test.each([
    ['no token, as through a proxy that says nothing of itself', ''],
    ['a wrong token', 'x'.repeat(43)],
    ['the beginning of the token', LOCAL_TOKEN.slice(0, -1)],
  ])('gives nobody a name with %s, and says where the link is', async (_, token) => {
    const client = await byLink(new Client(await house()), token);
    expect(await mode(client)).toBe('link');
    const refused = await client
      .with({ 'accept-language': 'zh-CN' })
      .post('/api/v1/session', { name: 'Li Wei' }, { cookie: `jishi_local=${token}` });
    expect(refused.status).toBe(403);
    expect((await json(refused))['detail']).toContain('启动时显示的链接');
    expect((await client.get('/api/v1/incidents')).status).toBe(401);
  });

  test('keeps the token in a cookie that no script and no other site sees', async () => {
    const page = await new Client(await house()).get(`/incidents?token=${LOCAL_TOKEN}`);
    expect(page.status).toBe(200);
    expect(page.headers.get('set-cookie')).toMatch(/^jishi_local=.*HttpOnly; SameSite=Strict$/);
  });

  test.each(['evil.example', '127.0.0.1.evil.example', '192.168.1.4:3000', 'localhost.evil.example:3000'])(
    'is off for the Host %s',
    async (host) => expect(await mode(await byLink(new Client(await house(), { host })))).toBe('closed'),
  );
  test.each(['localhost:3000', '[::1]:3000', '127.0.0.1', '127.8.9.10:80'])('is there for the Host %s', async (host) =>
    expect(await mode(await byLink(new Client(await house(), { host })))).toBe('local'),
  );
  test('a Host that is none is refused altogether', async () => {
    const client = new Client(await house(), { host: 'a b' });
    expect((await client.get('/api/v1/session')).status).toBe(400);
  });

  test('is off when the server listens to others, has a public address, or a secret is set', async () => {
    const come = async (options: HouseOptions) => mode(await byLink(new Client(await house(options))));
    expect(await come({ host: '0.0.0.0' })).toBe('closed');
    expect(await come({ publicUrl: 'https://jishi.example' })).toBe('closed');
    expect(await come({ consoleSecret: SECRET })).toBe('login');
  });

  test.each(['', ' ', 'a/b', 'x'.repeat(65), 'tab\tinside\u0001', '\u3164', '\u2800', 'Li\u00adWei', '李\ufe00伟'])(
    'refuses %j as a name',
    async (name) => {
      const client = await byLink(new Client(await house()));
      const zh = client.with({ 'accept-language': 'zh-CN' });
      const refused = await zh.post('/api/v1/session', { name });
      expect(refused.status).toBe(422);
      expect((await json(refused))['detail']).toBe('姓名不符合要求：不超过64个字符，不能含有斜杠（/）或不可见字符。');
    },
  );
});

describe('login links', () => {
  const now = Date.parse('2026-03-31T09:42:00+08:00');
  const path = (link: string) => new URL(link).pathname + new URL(link).search;
  /** Presses the button of the page that a link opens. */
  const press = (client: Client, link: string) =>
    client.raw('/login', {
      method: 'POST',
      body: new URLSearchParams({ token: new URL(link).searchParams.get('token') ?? '' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  test('sign one person in once', async () => {
    const client = new Client(
      await house({ consoleSecret: SECRET, publicUrl: 'https://jishi.example' }),
      {},
      'https://jishi.example',
    );
    const link = loginLink({ secret: SECRET, name: '陈宇', publicUrl: 'https://jishi.example', now: Date.now() });
    expect(link.startsWith('https://jishi.example/login?token=')).toBe(true);
    const first = await press(client, link);
    expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-jishi=.*HttpOnly.*Secure.*SameSite=Strict/);
    const chen = client.with({ cookie: cookie.split(';')[0] ?? '' });
    expect(await json(await chen.get('/api/v1/session'))).toMatchObject({ name: '陈宇' });
    const second = await press(client, link);
    expect(second.status).toBe(403);
    expect(second.headers.get('set-cookie')).toBeNull();
  });

  test('without a public address work under any Host, which is given no session and no link of its own', async () => {
    const running = await house({ consoleSecret: SECRET });
    const link = loginLink({ secret: SECRET, name: 'Li Wei', publicUrl: 'http://127.0.0.1:3000', now: Date.now() });
    const cookie = (await press(new Client(running), link)).headers.get('set-cookie') ?? '';
    // Bound to the host that set it: a browser sends it to no other name of this machine.
    expect(cookie).not.toMatch(/domain/i);
    const elsewhere = new Client(running, { host: 'evil.example', origin: 'http://evil.example' });
    expect((await elsewhere.get('/api/v1/incidents')).status).toBe(401);
    expect(await (await elsewhere.get('/')).text()).not.toContain('evil.example');
  });

  test('two requests with one link at the same time: one of them', async () => {
    const client = new Client(await house({ consoleSecret: SECRET }));
    const link = loginLink({ secret: SECRET, name: 'Li Wei', publicUrl: 'http://127.0.0.1:3000', now: Date.now() });
    const answers = await Promise.all([press(client, link), press(client, link), press(client, link)]);
    expect(answers.map((a) => a.status).toSorted()).toEqual([303, 403, 403]);
  });

  test('sign nobody in by being opened: the page says as whom, and as whom one is signed in now', async () => {
    const client = new Client(await house({ consoleSecret: SECRET }));
    const linkOf = (name: string) =>
      loginLink({ secret: SECRET, name, publicUrl: 'http://127.0.0.1:3000', now: Date.now() });
    const cookie = (await press(client, linkOf('Victim'))).headers.get('set-cookie')?.split(';')[0] ?? '';
    const victim = client.with({ cookie });
    const link = linkOf('<b>Mallory');
    const page = await victim.get(path(link));
    expect([page.status, page.headers.get('set-cookie')]).toEqual([200, null]);
    const text = await page.text();
    expect(text).toContain('Sign in as &lt;b&gt;Mallory');
    expect(text).toContain('currently signed in as Victim');
    expect(await json(await victim.get('/api/v1/session'))).toMatchObject({ name: 'Victim' });
    const forged = await press(victim.with({ origin: 'https://evil.example' }), link);
    expect([forged.status, forged.headers.get('set-cookie')]).toEqual([403, null]);
    expect((await press(victim.with({ origin: 'http://127.0.0.1:3000' }), link)).status).toBe(303);
    expect((await victim.get(path(linkOf('x')).replace('token=', 'token=x'))).status).toBe(403);
  });

  test('run out, and another secret or a changed name does not open them', () => {
    const link = loginLink({ secret: SECRET, name: 'Li Wei', publicUrl: 'http://x.example', now });
    const token = new URL(link).searchParams.get('token') ?? '';
    expect(logins.open(token, SECRET, now)).toMatchObject({ name: 'Li Wei' });
    expect(logins.open(token, SECRET, now + 15 * 60_000)).toBeNull();
    expect(logins.open(token, 'another', now)).toBeNull();
    const [, signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ name: 'Zhao Min', nonce: 'n'.repeat(16), until: now + 1e9 })).toString(
      'base64url',
    );
    expect(logins.open(`${forged}.${signature}`, SECRET, now)).toBeNull();
  });

  test('a session is no link and a link is no session', () => {
    const id = 'a-session-of-16-characters';
    const session = sessionCookies.seal({ id }, SECRET, now);
    expect(sessionCookies.open(session, SECRET, now)).toEqual({ id });
    expect(sessionCookies.open(session, SECRET, now + 8 * 86_400_000)).toBeNull();
    expect(logins.open(session, SECRET, now)).toBeNull();
  });

  test('a local session does not pass where links are wanted', async () => {
    const one = await house({ consoleSecret: SECRET });
    const client = new Client(one, { cookie: `jishi_session=${await cookieOf(one, SECRET, 'Li Wei', 'local')}` });
    expect((await client.get('/api/v1/incidents')).status).toBe(401);
  });
});

describe('requests another site makes a browser send', () => {
  const declare = { title: '支付系统疑似用户数据泄露' };

  test.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:4000' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('with %j change nothing', async (headers) => {
    const wei = await signIn(new Client(await house()), 'Li Wei');
    expect((await wei.post('/api/v1/incidents', declare, headers)).status).toBe(403);
    expect((await json(await wei.get('/api/v1/incidents'))).incidents).toEqual([]);
  });

  test('as a form are not taken', async () => {
    const wei = await signIn(new Client(await house()), 'Li Wei');
    const body = JSON.stringify(declare);
    const form = await wei.raw('/api/v1/incidents', {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain' },
    });
    expect(form.status).toBe(415);
  });

  test('from the page itself are carried out', async () => {
    const wei = await signIn(new Client(await house()), 'Li Wei');
    const own = { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' };
    expect((await wei.post('/api/v1/incidents', declare, own)).status).toBe(201);
  });

  test('behind a proxy the public address is the own one, whatever Host says', async () => {
    const one = await house({ consoleSecret: SECRET, publicUrl: 'https://jishi.example' });
    const cookie = `__Host-jishi=${await cookieOf(one, SECRET, 'Li Wei')}`;
    const wei = new Client(one, { cookie }, 'http://10.0.0.7:3000');
    expect((await wei.post('/api/v1/incidents', declare, { origin: 'https://jishi.example' })).status).toBe(201);
    expect((await wei.post('/api/v1/incidents', declare, { origin: 'http://10.0.0.7:3000' })).status).toBe(403);
  });
});

describe('bearer token', () => {
  const get = (client: Client, authorization: string) => client.with({ authorization }).get('/api/v1/incidents');

  test('opens the API, from anywhere; a wrong one does not', async () => {
    const client = new Client(await house(), { host: 'elsewhere.example', 'x-forwarded-for': '10.0.0.1' });
    expect((await get(client, `Bearer ${API_TOKEN}`)).status).toBe(200);
    expect((await get(client, `bearer ${API_TOKEN}`)).status).toBe(200);
    for (const wrong of [`Bearer ${API_TOKEN}x`, 'Bearer ', `Basic ${API_TOKEN}`, `Bearer ${API_TOKEN} x`]) {
      const refused = await get(client, wrong);
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toContain('Bearer');
    }
  });

  test('that is not set opens nothing', async () => {
    const client = new Client(await house({ apiToken: null }));
    for (const given of ['Bearer null', 'Bearer undefined', 'Bearer ', `Bearer ${API_TOKEN}`]) {
      expect((await get(client, given)).status).toBe(401);
    }
  });

  test('beside a cookie: the token decides, and a wrong one is not mended by the cookie', async () => {
    const wei = await signIn(new Client(await house()), 'Li Wei');
    expect((await get(wei, 'Bearer wrong')).status).toBe(401);
  });
});
