import { createServer } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiClient, ApiError } from '../../../src/platforms/shared/api-client.ts';
import { Limiter } from '../../../src/platforms/shared/limiter.ts';
import { advice, createWecomApi, failedOutcome } from '../../../src/platforms/wecom/api/wecom-api.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { CORP, SECRET, WecomServer } from '../../fakes/wecom/app-server.ts';

let wecom: WecomServer;
let clock: ManualClock;
let api: ApiClient;
beforeEach(async () => {
  wecom = await WecomServer.start();
  clock = new ManualClock();
  api = connected();
});
afterEach(async () => {
  await api.http.close();
  await wecom.stop();
});
const app = { corpId: CORP, secret: SECRET };
const connected = (how: Partial<Parameters<typeof createWecomApi>[0]> = {}) =>
  createWecomApi({ apiUrl: wecom.url, proxy: null, clock, app, ...how });
const nameOf = (of: ApiClient, userid: string) => of.call('user/get', { query: { userid } });
const ring = (of: ApiClient) => of.call('webhook/send', { query: { key: 'k' }, body: { json: '{}' } });
const name = () => nameOf(api, 'zhangsan');
const gettokens = (): number => wecom.calls.filter((call) => call === 'gettoken').length;
const failure = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => null,
    (error: unknown) => error,
  );

describe('the token', () => {
  it('is fetched once for all who wait, and used until shortly before its end', async () => {
    await Promise.all(Array.from({ length: 20 }, name));
    expect(gettokens()).toBe(1);
    clock.advance(7_200_000 - 5 * 60_000 - 1);
    await name();
    expect(gettokens()).toBe(1);
    clock.advance(2);
    await name();
    expect(gettokens()).toBe(2);
  });

  it('that ended early is renewed once for everybody whose call failed', async () => {
    await name();
    wecom.endTokens();
    await Promise.all(Array.from({ length: 20 }, name));
    expect(gettokens()).toBe(2);
  });

  it('that WeCom refuses again and again is renewed once per call only', async () => {
    wecom.failures.push(...Array.from({ length: 10 }, () => ({ api: 'user/get', errcode: 40014, errmsg: 'invalid' })));
    expect(await failure(name())).toMatchObject({ code: 40014 });
    expect(wecom.calls.filter((call) => call === 'user/get')).toHaveLength(2);
    expect(gettokens()).toBe(2);
  });

  it('is not asked for in a loop with a wrong secret: that would block the whole company', async () => {
    const wrong = connected({ app: { corpId: CORP, secret: 'wrong' } });
    for (let i = 0; i < 100; i += 1) {
      expect(await failure(wrong.call('user/get'))).toMatchObject({ code: 40001 });
      clock.advance(1_000);
    }
    expect(gettokens()).toBeLessThan(8);
  });

  it('that could not be fetched means that nothing was sent', async () => {
    wecom.losses.push('gettoken');
    const outcome = failedOutcome(await failure(api.call('message/send', { body: { json: '{}' } })), clock.now());
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'unreachable' });
  });
});

describe('what went wrong', () => {
  it('an address that is not on the list is named, with the place to put it', async () => {
    wecom.allowsAddress = false;
    const error = await failure(name());
    if (!(error instanceof ApiError)) throw new Error('no error of WeCom');
    expect(advice(error)).toMatch(/203\.0\.113\.7.*企业可信IP/);
  });

  it.each([
    [-1, 'rate_limited'],
    [45009, 'rate_limited'],
    [45033, 'rate_limited'],
    [42001, 'unreachable'],
    [40001, 'forbidden'],
    [48002, 'forbidden'],
    [60020, 'forbidden'],
    [81013, 'forbidden'],
    [93000, 'forbidden'],
    [40008, 'invalid'],
    [42014, 'invalid'],
    [42045, 'invalid'],
    [45002, 'invalid'],
    [86001, 'gone'],
    [86008, 'gone'],
  ])('%i is %s', (code, reason) => {
    expect(failedOutcome(new ApiError('message/send', code, ''), 0)).toMatchObject({ kind: 'refused', reason });
  });

  it('too many calls wait for the next minute of the clock', () => {
    const now = Date.parse('2026-03-31T01:42:17Z');
    const outcome = failedOutcome(new ApiError('message/send', 45009, ''), now);
    expect(outcome).toMatchObject({ retryAt: Date.parse('2026-03-31T01:43:00Z') });
  });

  it('an answer that is lost or not one of WeCom is unknown; a machine that is not there was not reached', async () => {
    await name();
    wecom.losses.push('user/get');
    expect(failedOutcome(await failure(name()), 0)).toMatchObject({ kind: 'unknown' });
    const stopped = await WecomServer.start();
    const nowhere = createWecomApi({ apiUrl: stopped.url, proxy: null, clock });
    await stopped.stop();
    const error = await failure(ring(nowhere));
    expect(failedOutcome(error, 0)).toMatchObject({ kind: 'refused', reason: 'unreachable' });
    await nowhere.http.close();
  });

  it('no error ever shows a token or a secret', async () => {
    wecom.losses.push('gettoken');
    const lost = await failure(name());
    clock.advance(60_000);
    await name();
    wecom.losses.push('user/get');
    const shown = [lost, await failure(name())].map((error) => `${String(error)} ${JSON.stringify(error)}`).join();
    expect(shown).not.toMatch(/token-1|app-secret|access_token=|corpsecret/);
  });
});

describe('a proxy', () => {
  const targets: string[] = [];
  /** Opens the way, or refuses it. */
  async function proxy(status: string): Promise<{ url: string; close(): void }> {
    const server = createServer();
    server.on('connect', (request, client, head) => {
      targets.push(request.url ?? '');
      if (!status.startsWith('200')) {
        client.end(`HTTP/1.1 ${status}\r\n\r\n`);
        return;
      }
      const { hostname, port } = new URL(`http://${request.url}`);
      const upstream = connect(Number(port), hostname, () => {
        client.write(`HTTP/1.1 ${status}\r\n\r\n`);
        upstream.write(head);
        upstream.pipe(client).pipe(upstream);
      });
      for (const end of [upstream, client]) end.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    return { url: `http://127.0.0.1:${port}`, close: () => server.close().closeAllConnections() };
  }

  it('is the way for everything; where it refuses, nothing was sent', async () => {
    targets.length = 0;
    const open = await proxy('200 Connection Established');
    const through = connected({ proxy: { address: open.url, except: [] } });
    await nameOf(through, 'lisi');
    expect(new Set(targets)).toEqual(new Set([new URL(wecom.url).host]));
    await through.http.close();
    targets.length = 0;
    const { hostname } = new URL(wecom.url);
    const direct = connected({ proxy: { address: open.url, except: [hostname] } });
    await nameOf(direct, 'lisi');
    expect(targets).toEqual([]);
    await direct.http.close();
    open.close();
    const shut = await proxy('407 Proxy Authentication Required');
    const refused = createWecomApi({ apiUrl: wecom.url, clock, proxy: { address: shut.url, except: [] } });
    const error = await failure(ring(refused));
    expect(failedOutcome(error, 0)).toMatchObject({ kind: 'refused', reason: 'unreachable' });
    await refused.http.close();
    shut.close();
  });
});

describe('a limiter', () => {
  it('never lets more through in any window, and says when it will', () => {
    const limiter = new Limiter([
      { count: 3, span: 1_000 },
      { count: 5, span: 10_000 },
    ]);
    const taken: number[] = [];
    for (let now = 0; now < 40_000; now += 100) {
      const next = limiter.take(['a'], now);
      if (next === null) taken.push(now);
      else expect(next).toBeGreaterThan(now);
    }
    for (const at of taken) {
      expect(taken.filter((one) => one >= at && one < at + 1_000).length).toBeLessThanOrEqual(3);
      expect(taken.filter((one) => one >= at && one < at + 10_000).length).toBeLessThanOrEqual(5);
    }
    expect(taken).toHaveLength(20);
  });

  it('takes from all or from none', () => {
    const limiter = new Limiter([{ count: 1, span: 1_000 }]);
    expect(limiter.take(['a'], 0)).toBeNull();
    expect(limiter.take(['a', 'b'], 500)).toBe(1_000);
    expect(limiter.take(['b'], 500)).toBeNull();
  });
});
