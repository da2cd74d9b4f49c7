import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { StoreFigures } from '../../src/ops/figures.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics, type GaugeSources } from '../../src/ops/metrics.ts';
import { build, buildOf, fullVersion, unchangedCommit, VERSION } from '../../src/ops/version.ts';
import { answeredSkews } from '../../src/wiring/machine-figures.ts';
import { PlatformWatch } from '../../src/wiring/platform-watch.ts';
import { ManualClock } from '../fakes/clock.ts';

const NOW = Date.parse('2026-03-31T09:42:00+08:00');
const figures: StoreFigures = {
  notices: { ready: 2 },
  open: 3,
  nextDue: NOW + 90_000,
  overdue: 1,
  bytes: 4096,
  backup: NOW - 60_000,
};

function scraped(sources: Partial<GaugeSources>) {
  const metrics = createMetrics();
  const platforms = () => [
    { name: 'slack', ok: true },
    { name: 'slack/T0HQ', ok: false },
    { name: 'wecom', ok: false },
  ];
  metrics.watch({
    now: () => NOW,
    figures: async () => figures,
    commits: async () => 'ready',
    delivers: () => true,
    platforms,
    diskFree: async () => 5e9,
    clockSkew: () => [['slack.com', -600]],
    profileIsStale: () => true,
    roomsUnreachable: () => 2,
    tokens: () => [{ name: 'prometheus', until: NOW + 86_400_000 }],
    ...sources,
  });
  return async () =>
    (await metrics.registry.metrics()).split('\n').filter((line) => /^jishi_(?!process|nodejs)/.test(line));
}

it('says of an instance that stands by that it does not deliver', async () => {
  expect(await scraped({ delivers: () => false })()).toContain('jishi_delivering 0');
});

it('says what runs, what is open and due, who can be reached, and how old the last backup is', async () => {
  const lines = await scraped({})();
  for (const line of [
    `jishi_build_info{version="${VERSION}",commit="${build().commit}",date="${build().date}",node="${process.versions.node}"} 1`,
    'jishi_disk_free_bytes 5000000000',
    'jishi_clock_skew_seconds{host="slack.com"} -600',
    'jishi_profile_stale 1',
    'jishi_rooms_unreachable 2',
    'jishi_token_expires_seconds{name="prometheus"} 86400',
    'jishi_store_up 1',
    'jishi_delivering 1',
    'jishi_platform_up{platform="slack"} 1',
    'jishi_platform_up{platform="slack",workspace="T0HQ"} 0',
    'jishi_platform_up{platform="wecom"} 0',
    'jishi_incidents_open 3',
    'jishi_next_deadline_seconds 90',
    'jishi_obligations_overdue 1',
    'jishi_outbox_notices{state="ready"} 2',
    'jishi_store_bytes 4096',
    'jishi_backup_age_seconds 60',
  ])
    expect(lines).toContain(line);
});

it('has no deadline and no backup where there is none, instead of a zero', async () => {
  const names = await scraped({ figures: async () => ({ ...figures, nextDue: null, backup: null }) })();
  expect(names.filter((line) => /next_deadline|backup_age/.test(line))).toEqual([]);
});

it.each<[string, () => Promise<unknown>]>([
  ['fails', () => Promise.reject(new Error('SQLITE_FULL'))],
  ['hangs', () => new Promise(() => {})],
])('says that a store is not up which can be read but whose commit %s', async (_, commits) => {
  const lines = await scraped({ commits })();
  expect(lines).toContain('jishi_store_up 0');
  expect(lines).toContain('jishi_incidents_open 3');
});

it('reads the store once a scrape, and answers with the last figures while it does not answer', async () => {
  let reads = 0;
  let state: 'well' | 'failing' | 'hanging' = 'well';
  const scrape = scraped({
    figures: () => {
      reads += 1;
      if (state === 'hanging') return new Promise(() => {});
      return state === 'well' ? Promise.resolve(figures) : Promise.reject(new Error('gone'));
    },
  });
  await scrape();
  expect(reads).toBe(1);
  for (const next of ['failing', 'hanging'] as const) {
    state = next;
    const lines = await scrape();
    for (const line of [
      'jishi_store_up 0',
      'jishi_incidents_open 3',
      'jishi_next_deadline_seconds 90',
      'jishi_backup_age_seconds 60',
    ])
      expect(lines).toContain(line);
  }
});

it('a platform that is down for five minutes is one alarm and one error line, and said when it is back', async () => {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const lines: unknown[] = [];
  const metrics = createMetrics();
  let ok = false;
  let probes = 0;
  const watch = new PlatformWatch({
    clock,
    metrics,
    log: createLogger('warn', { write: (line) => void lines.push(JSON.parse(line)) }),
    platforms: () => [{ name: 'slack', ok, detail: 'ECONNREFUSED' }],
    store: async () => {
      probes += 1;
      throw new Error('full');
    },
  });
  const alarms = async () =>
    (await metrics.alarms.get()).values.find(({ labels }) => labels.kind === 'platform_down')?.value;
  const stop = watch.start();
  clock.advance(5 * 60_000 - 1);
  expect([watch.down(), lines, await alarms()]).toEqual([[], [], 0]);
  expect(probes).toBe(20);
  clock.advance(10 * 60_000);
  expect(watch.down()).toEqual(['slack']);
  expect(await alarms()).toBe(1);
  expect(lines).toMatchObject([
    { alarm: 'platform_down', platform: 'slack', since: '2026-03-31T01:42:00.000Z', level: 'error' },
  ]);
  ok = true;
  clock.advance(15_000);
  expect(watch.down()).toEqual([]);
  expect(lines.slice(1)).toMatchObject([{ platform: 'slack', level: 'warn' }]);
  await stop();
  ok = false;
  clock.advance(60 * 60_000);
  expect(await alarms()).toBe(1);
});

it('says of a build its commit and day: of build.json, of its own checkout, never of a checkout around it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-build-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  expect(buildOf(join(folder, 'none'))).toEqual({ commit: '', date: '' });
  writeFileSync(join(folder, 'build.json'), '{"commit":"9b8c989a","date":"2026-11-28T10:00:00Z"}');
  expect(fullVersion(buildOf(folder))).toBe(`${VERSION} (9b8c989a, 2026-11-28)`);
  expect(unchangedCommit(folder)).toBe('9b8c989a');
  writeFileSync(join(folder, 'build.json'), '{"commit":"; rm -rf /"}');
  expect(fullVersion(buildOf(folder))).toBe(VERSION);
});

it('is certain of the commit of a checkout until a file of the program changes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-build-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args]);
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'main.ts'), 'one');
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'one');
  expect(unchangedCommit(folder)).toMatch(/^[0-9a-f]{8}$/);
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  expect(unchangedCommit(folder)).toBe(buildOf(folder).commit);
  writeFileSync(join(folder, 'src', 'main.ts'), 'two');
  expect([unchangedCommit(folder), unchangedCommit(join(folder, 'src'))]).toEqual(['', '']);
});

it('compares its clock with the Date of whoever answers', async () => {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const skews = answeredSkews(clock);
  const server = createServer((_, response) => {
    response.setHeader('date', new Date(clock.now() - 600_000).toUTCString());
    response.end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  await (await fetch(`http://${host}/`)).text();
  expect([...skews].filter(([one]) => one === host)).toEqual([[host, expect.closeTo(-600, -1)]]);
});
