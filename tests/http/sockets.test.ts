import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { BlockList, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { addresses } from '../../src/config/settings.ts';
import { clientOf } from '../../src/http/request-context.ts';
import { MOST_HALF_OPEN } from '../../src/http/routes.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

let house: RunningHouse;
let url: string;
let cookie: string;
beforeAll(async () => {
  house = await startHouse();
  url = await house.listen();
  cookie = (await signIn(new Client(house, {}, url), 'Li Wei')).headers['cookie'] ?? '';
});
afterAll(() => house.stop());

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request over a real socket. A body without a Content-Length goes out chunked, as behind a proxy that re-chunks. */
function send(
  method: string,
  path: string,
  { headers = {}, chunks = [] }: { headers?: OutgoingHttpHeaders; chunks?: readonly string[] } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(new URL(path, url), { method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    call.once('error', reject);
    for (const chunk of chunks) call.write(chunk);
    call.end();
  });
}

async function failures(): Promise<number> {
  const { body } = await send('GET', '/metrics');
  return Number(/^jishi_failures_total\{where="http"\} (\d+)$/m.exec(body)?.[1] ?? 0);
}

const bearer = { authorization: `Bearer ${API_TOKEN}` };
const chunkedJson = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };

test('the API is compressed for whoever can read that; events of a stream are sent as they come', async () => {
  const get = (path: string, encoding: string) =>
    fetch(new URL(path, url), { headers: { cookie, 'accept-encoding': encoding } });
  const coded = ({ headers }: Response) => headers.get('content-encoding');
  const [packed, plain] = [await get('/api/v1/labels', 'gzip'), await get('/api/v1/labels', 'identity')];
  expect([coded(packed), coded(plain)]).toEqual(['gzip', null]);
  expect(await packed.text()).toBe(await plain.text());
  const stream = await get('/api/v1/stream', 'gzip');
  expect([stream.status, coded(stream)]).toEqual([200, null]);
  await stream.body?.cancel();
});

describe('a body of unknown length', () => {
  test('of a declaration in JSON is read', async () => {
    const chunks = ['{"title":"Leak of', ' customer data"}'];
    const declared = await send('POST', '/api/v1/incidents', { headers: { ...bearer, ...chunkedJson }, chunks });
    expect([declared.status, JSON.parse(declared.body).title]).toEqual([201, 'Leak of customer data']);
  });

  test('of an upload is kept whole', async () => {
    const declared = await json(
      await new Client(house, { cookie }, url).post('/api/v1/incidents', { title: `Upload ${randomUUID()}` }),
    );
    const headers = { cookie, 'content-type': 'text/plain', 'transfer-encoding': 'chunked' };
    const chunks = ['first part, '.repeat(10_000), 'second part'];
    const at = `/api/v1/incidents/${declared.id}/files`;
    expect((await send('POST', `${at}?name=log.txt`, { headers, chunks })).status).toBe(201);
    const { files } = JSON.parse((await send('GET', at, { headers: { cookie } })).body);
    const kept = await send('GET', `${at}/${files[0].file}`, { headers: { cookie } });
    expect(kept.body).toBe(chunks.join(''));
  });

  test('that is too long is refused, one of somebody unknown before it is read', async () => {
    const chunks = Array.from({ length: 300 }, () => 'x'.repeat(1_024));
    const known = await send('POST', '/api/v1/incidents', { headers: { ...bearer, ...chunkedJson }, chunks });
    expect(known.status).toBe(413);
    const unknown = await send('POST', '/api/v1/incidents/INC-2026-0001/files?name=x', {
      headers: { 'transfer-encoding': 'chunked' },
      chunks: ['x'],
    });
    expect(unknown.status).toBe(401);
  });

  test.each([
    ['OPTIONS', '/api/v1/incidents', 404],
    ['POST', '/api/v1/incidents', 415],
    ['POST', '/api/v1/session', 403],
    ['PUT', '/api/v1/incidents', 404],
  ])('that is none at all: %s %s is %i', async (method, path, status) => {
    expect((await send(method, path, { headers: bearer })).status).toBe(status);
  });

  test('counts as no failure of ours', async () => expect(await failures()).toBe(0));
});

test('signing out ends the session on this browser', async () => {
  const leaving = (await signIn(new Client(house, {}, url), 'Li Wei')).headers['cookie'] ?? '';
  const out = await send('DELETE', '/api/v1/session', { headers: { cookie: leaving, origin: url } });
  expect(out.status).toBe(200);
  expect(out.headers['set-cookie']?.[0]).toMatch(/^jishi_session=; Max-Age=0/);
});

test.each(['content-length: 100000', 'transfer-encoding: chunked'])(
  'a client that goes away in the middle of its body (%s) is no failure',
  async (length) => {
    const { hostname, port } = new URL(url);
    const head = ['POST /api/v1/incidents HTTP/1.1', `host: ${hostname}:${port}`, `authorization: Bearer ${API_TOKEN}`];
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = connect(Number(port), hostname);
        socket.write(`${[...head, 'content-type: application/json', length].join('\r\n')}\r\n\r\n400\r\n{"title":`);
        await new Promise((resolve) => setTimeout(resolve, 50));
        socket.destroy();
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await failures()).toBe(0);
  },
);

test.each([
  ['its headers', 'GET / HTTP/1.1\r\nhost: x\r\n'],
  ['its body', 'POST /api/v1/session HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 9\r\n\r\n{'],
])('a connection that does not finish %s is closed', async (_, beginning) => {
  const impatient = await startHouse({
    timeouts: { headersTimeout: 500, requestTimeout: 600, connectionsCheckingInterval: 50 },
  });
  const { hostname, port } = new URL(await impatient.listen());
  const socket = connect(Number(port), hostname);
  socket.write(beginning);
  socket.resume();
  await once(socket, 'close');
  await impatient.stop();
});

test('of too many connections that finish no headers the oldest are closed at once, and others are served', async () => {
  const patient = await startHouse();
  const { hostname, port } = new URL(await patient.listen());
  const closed = Array.from({ length: MOST_HALF_OPEN + 50 }, () => false);
  const sockets = closed.map((_, n) => {
    const socket = connect(Number(port), hostname);
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n');
    socket
      .on('error', () => {})
      .on('close', () => {
        closed[n] = true;
      });
    return socket.resume();
  });
  await expect.poll(() => closed.filter(Boolean).length).toBe(50);
  expect((await fetch(`http://${hostname}:${port}/healthz`)).status).toBe(200);
  for (const socket of sockets) socket.destroy();
  await patient.stop();
});

test('an idle connection is kept longer than proxies keep theirs', async () => {
  const { headers } = await send('GET', '/healthz', { headers: { connection: 'keep-alive' } });
  expect(headers['keep-alive']).toMatch(/^timeout=7\d$/);
});

test.each([
  ['GET', '/api/v1/incidents/INC%00', 404],
  ['GET', '/api/v1/rooms/%00/messages', 404],
  ['GET', '/api/v1/incidents?search=%00', 422],
  ['GET', '/api/v1/rooms/main/messages?thread=%00', 422],
])('a NUL: %s %s is %i', async (method, path, status) => {
  expect((await send(method, path, { headers: { cookie } })).status).toBe(status);
});

test('a NUL in an id of a body is refused', async () => {
  const chunks = [JSON.stringify({ text: 'status', incident: 'INC\u0000' })];
  const headers = { cookie, 'content-type': 'application/json' };
  expect((await send('POST', '/api/v1/rooms/main/messages', { headers, chunks })).status).toBe(422);
  const words = [JSON.stringify({ text: 'a log with \\u0000 in it' })];
  expect((await send('POST', '/api/v1/rooms/main/messages', { headers, chunks: words })).status).toBe(200);
});

test.each([
  ['a page for a browser', '/nope', 'text/html', 'text/html; charset=UTF-8'],
  ['a problem for a program', '/nope', '*/*', 'application/problem+json; charset=utf-8'],
  ['a problem below the API', '/api/v1/nope', 'text/html', 'application/problem+json; charset=utf-8'],
])('an unknown address is %s', async (_, path, accept, type) => {
  const answer = await send('GET', path, { headers: { cookie, accept, 'accept-language': 'zh-CN' } });
  expect([answer.status, answer.headers['content-type']]).toEqual([404, type]);
  expect(answer.body).toContain('页面不存在');
});

test.each([
  ['nobody is trusted', '', '10.0.0.7', '198.51.100.4', '10.0.0.7'],
  ['the proxy is trusted', '10.0.0.0/8', '10.0.0.7', '198.51.100.4', '198.51.100.4'],
  ['the client wrote something in front', '10.0.0.0/8', '10.0.0.7', '127.0.0.1, 198.51.100.4', '198.51.100.4'],
  ['two proxies', '10.0.0.0/8,192.0.2.1', '::ffff:10.0.0.7', '198.51.100.4, 192.0.2.1:443', '198.51.100.4'],
  ['IPv6', '::1,2001:db8::/32', '::1', '[2001:db9::5]:443', '2001:db9::5'],
  ['what is no address', '10.0.0.0/8', '10.0.0.7', 'unknown, <script>', '10.0.0.7'],
  ['a trusted client', '10.0.0.0/8', '10.0.0.7', '', '10.0.0.7'],
])('the address of a client where %s', (_, trusted, peer, forwarded, client) => {
  expect(clientOf(peer, forwarded, trusted === '' ? new BlockList() : addresses.parse(trusted))).toBe(client);
});

test.each([
  ['of the connection', null, '127.0.0.1'],
  ['that a trusted proxy names', addresses.parse('127.0.0.1'), '198.51.100.4'],
])('a line of the audit log holds the address %s', async (_, trustedProxies, ip) => {
  const lines: string[] = [];
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  const other = await startHouse({ log, ...(trustedProxies ? { trustedProxies } : {}) });
  onTestFinished(() => other.stop());
  const headers = { authorization: 'Bearer wrong', 'x-forwarded-for': '198.51.100.4' };
  expect((await fetch(`${await other.listen()}/api/v1/incidents`, { headers })).status).toBe(401);
  const refused = lines.map((line): unknown => JSON.parse(line));
  expect(refused).toContainEqual(expect.objectContaining({ audit: 'token_refused', ip }));
});

test('what is no network is no trusted proxy', () => {
  for (const wrong of ['proxy', '10.0.0.0/33', '10.0.0.0/x', '::1/129'])
    expect(addresses.safeParse(wrong).success).toBe(false);
});

test('a person has no more than twenty streams, and gets another once one has ended', async () => {
  const closing: (() => void)[] = [];
  const stream = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const call = request(new URL('/api/v1/stream', url), { headers: { cookie } }, (response) => {
        response.on('error', () => {});
        resolve(response.statusCode ?? 0);
      });
      closing.push(() => call.destroy());
      call.once('error', reject).end();
    });
  const answers = await Promise.all(Array.from({ length: 21 }, stream));
  expect([
    answers.filter((status) => status === 200).length,
    answers.filter((status) => status === 429).length,
  ]).toEqual([20, 1]);
  for (const close of closing) close();
  await expect.poll(stream).toBe(200);
  for (const close of closing) close();
});
