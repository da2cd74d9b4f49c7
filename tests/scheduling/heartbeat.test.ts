import { createServer } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { beatOnce, beatTo, startHeartbeat } from '../../src/scheduling/heartbeat.ts';
import { heartbeatOf, saysWhetherItCommits } from '../../src/wiring/watching.ts';

async function watcher(status: number): Promise<{ url: string; beats: string[] }> {
  const beats: string[] = [];
  const server = createServer((request, response) => {
    beats.push(request.url ?? '');
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/ping/abc`, beats };
}

async function beat(
  status: number,
  healthy: () => Promise<boolean>,
): Promise<{ beats: string[]; failures: unknown[] }> {
  const { url, beats } = await watcher(status);
  const failures: unknown[] = [];
  await beatOnce({ healthy, beat: () => beatTo(url, null), failed: (error) => failures.push(error) });
  return { beats, failures };
}

it('tells whoever watches that all is well, and stays silent when it is not', async () => {
  expect(await beat(200, async () => true)).toEqual({ beats: ['/ping/abc'], failures: [] });
  expect(await beat(200, async () => false)).toEqual({ beats: [], failures: [] });
  const broken = await beat(200, () => Promise.reject(new Error('the store cannot commit')));
  expect(broken).toMatchObject({ beats: [], failures: [{ message: 'the store cannot commit' }] });
});

it('is sent every minute, also in the hour that summer time repeats and after the clock was set back', async () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  vi.useFakeTimers({ now: new Date('2026-10-24T23:30:00Z') });
  onTestFinished(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  });
  const beats: number[] = [];
  const deps = { healthy: async () => true, beat: async () => void beats.push(Date.now()), failed: () => {} };
  const stop = startHeartbeat(deps);
  await vi.advanceTimersByTimeAsync(180 * 60_000);
  vi.setSystemTime(new Date('2026-10-25T00:30:00Z'));
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(beats).toHaveLength(191);
  await stop();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(beats).toHaveLength(191);
});

it('notices that it was not taken', async () => {
  expect(await beat(500, async () => true)).toMatchObject({ failures: [{ message: 'answered 500' }] });
});

const NOW = Date.parse('2026-03-31T09:42:00+08:00');
const MINUTE = 60_000;

/** Whether it would give a sign of life with a timer and a notice that lie for so many milliseconds; null: there is none. */
async function alive(
  timer: number | null,
  notice: number | null,
  probe = async () => {},
  platforms: { needed: string[]; down: string[] } = { needed: [], down: [] },
): Promise<boolean> {
  const since = (ms: number | null) => async () => (ms === null ? null : NOW - ms);
  const heartbeat = heartbeatOf({
    config: { heartbeatUrl: 'http://127.0.0.1:1/', heartbeatPlatforms: platforms.needed, proxy: null },
    store: { probe, timers: { nextDueAt: since(timer) }, outbox: { untriedSince: since(notice) } },
    clock: { now: () => NOW },
    metrics: createMetrics(),
    log: createLogger('silent'),
    down: () => platforms.down,
  });
  return heartbeat?.healthy() ?? Promise.reject(new Error('no address'));
}

it('all is well while the store commits and nothing lies about that was due: no timer, no notice', async () => {
  expect(await alive(null, null)).toBe(true);
  expect(await alive(-MINUTE, -MINUTE)).toBe(true);
  expect(await alive(MINUTE - 1, 5 * MINUTE - 1)).toBe(true);
  expect(await alive(MINUTE, null)).toBe(false);
  expect(await alive(null, 5 * MINUTE)).toBe(false);
  await expect(alive(null, null, () => Promise.reject(new Error('full')))).rejects.toThrow('full');
});

it('an outage of a platform stops it only where the settings say so', async () => {
  const probe = async (): Promise<void> => {};
  const withPlatforms = (needed: string[], down: string[]) => alive(null, null, probe, { needed, down });
  expect(await withPlatforms([], ['slack'])).toBe(true);
  expect(await withPlatforms(['wecom'], ['slack'])).toBe(true);
  expect(await withPlatforms(['wecom', 'slack'], ['slack'])).toBe(false);
  expect(await withPlatforms(['all'], ['slack'])).toBe(false);
  expect(await withPlatforms(['all'], [])).toBe(true);
});

it('a store that does not commit is said once in the log, with what to do, and again when it goes on', async () => {
  const lines: string[] = [];
  const log = createLogger('warn', { write: (line) => void lines.push(line) });
  let failure: Error | null = null;
  const ready = saysWhetherItCommits({ probe: async () => (failure ? Promise.reject(failure) : undefined) }, log);
  const named = (code: string) => Object.assign(new Error('failed'), { code });
  const unnamed = [
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Query read timeout',
  ];
  for (const [error, code, advice] of [
    [named('SQLITE_FULL'), 'SQLITE_FULL', 'make space'],
    [named('25006'), '25006', 'standby'],
    [named('53300'), '53300', 'no connection left'],
    [named('28P01'), '28P01', 'DATABASE_URL'],
    [named('ECONNREFUSED'), 'ECONNREFUSED', 'can be reached'],
    ...unnamed.map((said, n) => [new Error(said), n === 0 ? 'ECONNRESET' : 'ETIMEDOUT', 'can be reached'] as const),
  ] as const) {
    failure = error;
    for (const _ of [1, 2]) await expect(ready()).rejects.toMatchObject({ code });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(advice);
    failure = null;
    expect(await ready()).toBe('ready');
    expect(lines.splice(0)[1]).toContain('the store commits again');
  }
});
