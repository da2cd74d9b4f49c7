import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { intervalFor } from '../../src/conversation/reminding/countdown.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import { noFailpoints } from '../../src/ops/failpoints.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomIds } from '../../src/ops/system-clock.ts';
import { HttpClient } from '../../src/platforms/shared/http-client.ts';
import { Directory } from '../../src/platforms/slack/directory.ts';
import { RATES } from '../../src/platforms/slack/limits.ts';
import type { SlackApi } from '../../src/platforms/slack/send/api.ts';
import { createMessenger } from '../../src/platforms/slack/send/messenger.ts';
import { PressResponses } from '../../src/platforms/slack/send/press-responses.ts';
import { loadRegimes } from '../../src/regimes/load.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import { build } from '../../src/wiring.ts';
import { ManualClock } from '../fakes/clock.ts';
import { TEAM } from '../fakes/slack/workspace.ts';
import { CHANNEL, ROOM } from '../platforms/slack/bot.ts';
import { memoryKept, silent } from '../platforms/slack/kept.ts';
import { fill } from './support/full-store.ts';
import { sized } from './support/measure.ts';

interface Row {
  readonly 'open incidents': number;
  readonly 'edits a minute': string;
  readonly 'age / interval p99': string;
  /** The bar is 1.2. */
  readonly 'p99 ÷ best possible': string;
  readonly starved: number;
}
const MINUTE = 60_000;
/** How far the clock moves at a time. */
const STEP = 2_000;
/** Minutes: long enough for every card to have had its turn a few times under the budget. */
const WATCHED = sized(25, 10);

/**
 * How old the countdowns get, with so many incidents open, under Slack's budget of edits; a moved clock, the real delivery.
 * The incidents are put into the store with their cards shown: to declare and post them costs more than to watch them. A
 * thousand want many times what the budget allows; ten times as many wait ten times as long, by the same rule.
 */
export async function benchSlackCountdown(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of sized([10, 100, 1_000], [10, 100])) rows.push(await countdown(size));
  return rows;
}

async function countdown(size: number): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-bench-countdown-'));
  const clock = new ManualClock('2026-03-31T09:00:00+08:00');
  const shown = new Map<string, number>();
  const edits: { ratio: number; best: number }[] = [];
  /** The open clocks of each card. */
  const dues = new Map<string, readonly number[]>();
  let posts = 0;
  const wantedAt = (clocks: readonly number[], at: number): number =>
    Math.min(...clocks.map((due) => intervalFor((due - at) / MINUTE))) * MINUTE;
  const interval = (ref: string, at: number): number => wantedAt(dues.get(ref) ?? [at], at);
  /** Age in units of the wanted interval, which changes while a card waits: how many renewals were wanted meanwhile. */
  const wantedSince = (ref: string, from: number, to: number): number => {
    let wanted = 0;
    for (let at = from; at < to; at += STEP) wanted += Math.min(STEP, to - at) / interval(ref, at);
    return wanted;
  };
  /** The least age ÷ interval any schedule can keep to at that time: what is wanted over what the budget allows. */
  const bestAt = (at: number): number => {
    let wanted = 0;
    for (const clocks of dues.values()) wanted += MINUTE / wantedAt(clocks, at);
    return Math.max(1, wanted / RATES.edits);
  };
  const http = new HttpClient(null);
  const api: SlackApi = {
    http,
    isTroubled: () => false,
    respond: async () => false,
    call: async (method, args = {}) => {
      if (method === 'conversations.history' || method === 'conversations.replies') return { messages: [] };
      if (method === 'chat.postMessage') {
        posts += 1;
        const ref = String(posts);
        if (args['thread_ts'] === undefined) shown.set(ref, clock.now());
        return { ts: ref, channel: CHANNEL };
      }
      const ref = String(args['ts']);
      const before = shown.get(ref);
      if (method === 'chat.update' && before !== undefined) {
        const ratio = wantedSince(ref, before, clock.now());
        edits.push({ ratio, best: Math.max(bestAt(before), bestAt(clock.now())) });
        shown.set(ref, clock.now());
      }
      return { ts: ref, channel: CHANNEL };
    },
  };
  const kept = memoryKept();
  const directory = new Directory({ api, clock, kept, log: silent, profile: () => null });
  const messenger = createMessenger({
    ...{ api, clock, kept, directory },
    presses: new PressResponses(clock),
    publicUrl: null,
    standing: { refusalOf: () => null },
  });
  const regime = (await loadRegimes(undefined)).get('cn-cac-2025');
  if (!regime) throw new Error('no regime');
  const file = join(folder, 'b.sqlite');
  // Clocks of one and four hours, begun at any time of the last hour.
  const awareAt = (n: number): number => clock.now() - Math.floor((n / size) * 55) * MINUTE;
  await fill(file, ROOM, [{ count: size, declaredAt: clock.now(), awareAt }], clock.now());
  const store = await createSqliteStore({ file, evolve, clock, ids: randomIds });
  const house = build({
    store,
    clock,
    ids: randomIds,
    regime,
    profile: () => null,
    messengers: [messenger],
    defaultRooms: [],
    renderReport: () => Promise.reject(new Error('not used')),
    log: createLogger('silent'),
    metrics: createMetrics(),
    fail: noFailpoints,
    readsRoom: () => true,
  });
  for (const row of await store.incidents({ limit: size })) {
    const ref = (await store.surfaces.get(row.id, `slack/${TEAM}/${CHANNEL}`, 'status'))?.ref;
    const state = await store.incident(row.id);
    const clocks = state ? house.engine.assess(state).clocks : [];
    if (!ref || clocks.length === 0) throw new Error(`${row.id}: nothing counts down`);
    shown.set(ref, clock.now());
    dues.set(
      ref,
      clocks.map((one) => Date.parse(one.due)),
    );
  }
  house.start();
  for (let second = 0; second < WATCHED * 60; second += STEP / 1_000) {
    clock.advance(STEP);
    await house.settle();
  }
  const quantile = (values: readonly number[]): number =>
    values.toSorted((x, y) => x - y)[Math.floor(values.length * 0.99)] ?? 0;
  const p99 = quantile(edits.map((e) => e.ratio));
  const ratio = quantile(edits.map((e) => e.ratio / e.best));
  const now = clock.now();
  const patience = (at: number): number => 3 * Math.max(bestAt(at), bestAt(now));
  const starved = [...shown].filter(([ref, at]) => wantedSince(ref, at, now) > patience(at)).length;
  await house.stop();
  await store.close();
  await http.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    'open incidents': size,
    'edits a minute': (edits.length / WATCHED).toFixed(1),
    'age / interval p99': p99.toFixed(2),
    'p99 ÷ best possible': ratio.toFixed(2),
    starved,
  };
}
