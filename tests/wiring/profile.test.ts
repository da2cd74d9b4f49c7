import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isOfSettings } from '../../src/cli/reason.ts';
import type { Session } from '../../src/http/token-store.ts';
import { noFailpoints } from '../../src/ops/failpoints.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { openStore } from '../../src/wiring/open-store.ts';
import { ProfileInUse } from '../../src/wiring/profile.ts';
import { ManualClock } from '../fakes/clock.ts';
import { memoryKept } from '../platforms/slack/kept.ts';

const profile = (people: string, province = 'shanghai'): string =>
  `organisation: x\nentities: [{ id: a, name: x, province: ${province} }]\npeople: [${people}]\n`;
const LI = '{ id: li, name: Li }';

/** A profile in use from a file, with what it logs, whose sessions end, and how a signal is sent. */
async function inUse(text: string, kept = memoryKept()) {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-profile-'));
  const file = join(folder, 'organisation.yaml');
  writeFileSync(file, text);
  const where = { organisationFile: file, regimesDir: null, dataDir: folder, databaseUrl: null };
  const used = await ProfileInUse.open(where);
  const lines: string[] = [];
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  const metrics = createMetrics();
  const session = (id: string): Session & { readonly id: string } => ({
    ...{ id, name: id, way: 'link', person: id, version: '', groups: [], since: 0, until: 1 },
  });
  const ended: string[] = [];
  const applied: (readonly [people: number, isNew: boolean])[] = [];
  const clock = new ManualClock();
  const heard: ((key: string, value: string | null) => void)[] = [];
  const stop = used.watch({
    clock,
    log,
    metrics,
    kept: {
      ...kept,
      watch: async (prefix, limit, hear) => {
        heard.push(hear);
        await kept.watch(prefix, limit, hear);
      },
    },
    sessions: {
      list: () => ['li', 'wu'].map(session),
      end: async (id) => {
        ended.push(id);
        return true;
      },
    },
    apply: async (isNew) => {
      applied.push([used.current()?.people.length ?? 0, isNew]);
    },
    stands: ({ person }) => used.current()?.people.some(({ id }) => id === person) ?? false,
  });
  onTestFinished(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const said = (words: string) => expect.poll(() => lines.join('')).toContain(words);
  const reload = async (next: string, words: string): Promise<void> => {
    lines.length = 0;
    writeFileSync(file, next);
    process.emit('SIGHUP');
    await said(words);
  };
  /** As the database tells it when another instance starts with this profile. */
  const another = async (text: string): Promise<void> => {
    await expect.poll(() => heard).toHaveLength(1);
    heard[0]?.('profile:last-good', text);
  };
  return { used, lines, ended, applied, reload, metrics, file, said, clock, another };
}

it('is new after a change, also one that was made while the bot did not run', async () => {
  const kept = memoryKept();
  const startWith = async (text: string): Promise<boolean | undefined> => {
    const { applied } = await inUse(text, kept);
    await expect.poll(() => applied).toHaveLength(1);
    return applied[0]?.[1];
  };
  expect(await startWith(profile(LI))).toBe(true);
  expect(await startWith(profile(LI))).toBe(false);
  expect(await startWith(profile(`${LI}, { id: wu, name: Wu }`))).toBe(true);
});

it('is read anew on SIGHUP: new people are there, who left is signed out', async () => {
  const { used, ended, applied, reload, lines } = await inUse(profile(`${LI}, { id: wu, name: Wu }`));
  await reload(profile(LI), '"what":"profile"');
  expect(applied.map(([people]) => people)).toEqual([2, 1]);
  expect(used.current()?.people.map(({ id }) => id)).toEqual(['li']);
  expect(ended).toEqual(['wu']);
  expect(lines.join('')).toContain('"people":1');
  await reload(profile(LI), 'is the same');
  expect(lines.join('')).not.toContain('audit');
});

it.each([
  ['is no YAML', 'organisation: [', 'organisation.yaml:1'],
  ['names a province that does not exist', profile(LI, 'shangai'), 'did you mean shanghai'],
  [
    'is of a duty that does not exist',
    `${profile(LI)}duties: { nope: { hours: 1 } }\n`,
    'no clock pack has a duty nope',
  ],
])('stays in use while the file %s', async (_, broken, reason) => {
  const { used, reload, ended, lines, metrics } = await inUse(profile(LI));
  await reload(broken, '"outcome":"refused"');
  expect(used.current()?.people.map(({ id }) => id)).toEqual(['li']);
  expect(ended).toEqual([]);
  expect(lines.join('')).toContain(reason);
  expect(await metrics.registry.metrics()).toContain('jishi_failures_total{where="profile"} 1');
  expect(used.isStale).toBe(true);
  await reload(profile(LI), 'is the same');
  expect(used.isStale).toBe(false);
});

it('is read anew when the file changes, and says what only a start changes', async () => {
  const { used, file, said, clock } = await inUse(profile(LI));
  const room = 'rooms: [{ platform: console, tenant: local, address: other, location: home }]\n';
  writeFileSync(file, profile(`${LI}, { id: wu, name: Wu }`) + room);
  utimesSync(file, 1, 1);
  clock.advance(5_000);
  await expect.poll(() => used.current()?.people).toHaveLength(2);
  await said('at the next start');
});

it('is compared with that of another instance once a change had time to reach all', async () => {
  const { used, lines, reload, clock, another } = await inUse(profile(LI));
  const apart = () => [used.health().length, lines.filter((line) => line.includes('another instance')).length];
  const wait = (seconds: number): void => {
    for (let n = 0; n < seconds / 5; n += 1) clock.advance(5_000);
  };
  wait(120);
  expect(apart()).toEqual([0, 0]);
  await another(profile(`${LI}, { id: wu, name: Wu }`));
  wait(50);
  expect(apart()).toEqual([0, 0]);
  wait(120);
  expect(apart()).toEqual([1, 1]);
  await reload(profile(`${LI}, { id: wu, name: Wu }`), '"what":"profile"');
  wait(5);
  expect(used.health()).toEqual([]);
});

it('that no user may look at is named with its path, as a setting that is wrong', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-profile-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'loop.yaml');
  symlinkSync(file, file);
  const where = { organisationFile: file, regimesDir: null, dataDir: folder, databaseUrl: null };
  const failure: unknown = await ProfileInUse.open(where).catch((error: unknown) => error);
  expect(isOfSettings(failure)).toBe(true);
  expect(String(failure)).toContain(`${file}: this file cannot be read`);
});

it('starts with the last good one, and says so until the file is right, where a start finds it wrong', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-profile-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'organisation.yaml');
  const where = { organisationFile: file, regimesDir: null, dataDir: folder, databaseUrl: null };
  writeFileSync(file, profile(LI));
  const lines: string[] = [];
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  const clock = new ManualClock();
  // A store is opened between a look at the profile and its use, as the program does.
  const started = async (): Promise<ProfileInUse> => {
    const used = await ProfileInUse.open(where);
    const { kept, close } = await openStore(where, noFailpoints);
    const sessions = { list: () => [], end: async () => true };
    const stop = used.watch({
      clock,
      log,
      metrics: createMetrics(),
      kept,
      sessions,
      stands: () => true,
      apply: async () => undefined,
    });
    await stop();
    await close();
    return used;
  };
  writeFileSync(file, profile(LI, 'shangai'));
  await expect(started()).rejects.toThrow('did you mean shanghai');
  writeFileSync(file, profile(LI));
  expect((await started()).health()).toEqual([]);
  writeFileSync(file, profile(`${LI}, { id: wu, name: Wu }`, 'shangai'));
  lines.length = 0;
  const stale = await started();
  expect(stale.current()?.people.map(({ id }) => id)).toEqual(['li']);
  expect([stale.isStale, stale.health()]).toMatchObject([true, [{ name: 'profile', ok: false }]]);
  expect(lines.join('')).toContain('did you mean shanghai');
  rmSync(file);
  expect((await started()).isStale).toBe(true);
  writeFileSync(file, profile(`${LI}, { id: wu, name: Wu }`));
  const mended = await started();
  expect([mended.isStale, mended.current()?.people.length]).toEqual([false, 2]);
});
