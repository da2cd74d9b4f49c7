import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { intervalFor } from '../../src/conversation/reminding/countdown.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import { noFailpoints } from '../../src/ops/failpoints.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomIds } from '../../src/ops/system-clock.ts';
import { HttpClient } from '../../src/platforms/shared/http-client.ts';
import { Directory } from '../../src/platforms/slack/directory.ts';
import { EDITS_PER_MINUTE } from '../../src/platforms/slack/limits.ts';
import type { SlackApi } from '../../src/platforms/slack/send/api.ts';
import { createMessenger, PressResponses } from '../../src/platforms/slack/send/messenger.ts';
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
  /** Edits of status cards, of which those whose record had changed go before the rest; and edits of all other cards. */
  readonly 'edits a minute': string;
  readonly 'of them changed': string;
  readonly 'of other cards': string;
  readonly 'age / interval p99': string;
  /** The bar is 1.2. */
  readonly 'p99 ÷ best possible': string;
  readonly starved: number;
}
const MINUTE = 60_000;
/** Prime, so that neighbours in the list differ in age. */
const SCATTER = 617;
/** How far the clock moves at a time. */
const STEP = 2_000;
/** Minutes watched. Ages begin as the best schedule would leave them, so that a thousand cards need no full round first. */
const WATCHED = sized(25, 10);
const WATCHED_THOUSAND = 12;

/**
 * Ages of the countdowns with so many incidents open, under Slack's budget of edits; a moved clock, the real delivery.
 * Delivery posts the cards itself, so that only real changes cost edits. A thousand want many times what the budget
 * allows; ten times as many wait ten times as long, by the same rule.
 */
export async function benchSlackCountdown(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of sized([10, 100, 1_000], [10, 100]))
    rows.push(await countdown(size, size < 1_000 ? WATCHED : WATCHED_THOUSAND));
  return rows;
}

async function countdown(size: number, minutes: number): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-bench-countdown-'));
  const clock = new ManualClock('2026-03-31T09:00:00+08:00');
  const shown = new Map<string, number>();
  const edits: { ratio: number; load: number; changed: boolean }[] = [];
  /** Edits of cards without a countdown, whose record changed: countdowns get the rest of the budget. */
  let others = 0;
  /** Incidents by their card, and the open clocks of each card. */
  const incidents = new Map<string, string>();
  const dues = new Map<string, readonly number[]>();
  let posts = 0;
  const room = `slack/${TEAM}/${CHANNEL}`;
  const wantedAt = (clocks: readonly number[], at: number): number =>
    Math.min(...clocks.map((due) => intervalFor((due - at) / MINUTE))) * MINUTE;
  const interval = (ref: string, at: number): number => wantedAt(dues.get(ref) ?? [at], at);
  /** Age in units of the wanted interval, which changes while a card waits: how many renewals were wanted meanwhile. */
  const wantedSince = (ref: string, from: number, to: number): number => {
    let wanted = 0;
    for (let at = from; at < to; at += STEP) wanted += Math.min(STEP, to - at) / interval(ref, at);
    return wanted;
  };
  /** Renewals wanted a minute at that time. */
  const loadAt = (at: number): number => {
    let wanted = 0;
    for (const clocks of dues.values()) wanted += MINUTE / wantedAt(clocks, at);
    return wanted;
  };
  /** The least age ÷ interval any schedule can keep to: what is wanted over what the budget allows a minute. */
  const bestOf = (load: number, budget: number): number => Math.max(1, load / budget);
  const http = new HttpClient(null);
  const api: SlackApi = {
    http,
    isTroubled: () => false,
    respond: async () => false,
    call: async (method, args = {}) => {
      if (method === 'conversations.history' || method === 'conversations.replies') return { messages: [] };
      if (method === 'chat.postMessage') {
        posts += 1;
        return { ts: String(posts), channel: CHANNEL };
      }
      const ref = String(args['ts']);
      const before = shown.get(ref);
      if (method === 'chat.update' && before !== undefined) {
        const changed = (await store.surfaces.get(incidents.get(ref) ?? '', room, 'status'))?.dirty === true;
        const ratio = wantedSince(ref, before, clock.now());
        edits.push({ ratio, load: Math.max(loadAt(before), loadAt(clock.now())), changed });
        shown.set(ref, clock.now());
      } else if (method === 'chat.update') others += 1;
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
  const direct = new Sqlite(file);
  direct.exec(`UPDATE surfaces SET ref = NULL, dirty = 1, shown_hash = NULL, shown_at = NULL, refresh_at = NULL`);
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
  house.start();
  await house.settle();
  for (const row of await store.incidents({ limit: size })) {
    const ref = (await store.surfaces.get(row.id, room, 'status'))?.ref;
    const state = await store.incident(row.id);
    const clocks = state ? house.engine.assess(state).clocks : [];
    if (!ref || clocks.length === 0) throw new Error(`${row.id}: nothing counts down`);
    incidents.set(ref, row.id);
    dues.set(
      ref,
      clocks.map((one) => Date.parse(one.due)),
    );
  }
  // Every age from none to the best possible, as after hours of the best schedule. An older card shows something else:
  // with the same content delivery would take it for current without an edit.
  const round = bestOf(loadAt(clock.now()), EDITS_PER_MINUTE);
  const aged = direct.prepare(`UPDATE surfaces SET shown_hash = 'older', shown_at = shown_at - $by,
    refresh_at = refresh_at - $by
    WHERE incident = $incident AND key = 'status'`);
  for (const [n, [ref, incident]] of [...incidents].entries()) {
    const by = Math.floor((((n * SCATTER) % size) / size) * round * interval(ref, clock.now()));
    aged.run({ by, incident });
    shown.set(ref, clock.now() - by);
  }
  direct.close();
  house.wake();
  await house.settle();
  for (let second = 0; second < minutes * 60; second += STEP / 1_000) {
    clock.advance(STEP);
    await house.settle();
  }
  const quantile = (values: readonly number[]): number =>
    values.toSorted((x, y) => x - y)[Math.floor(values.length * 0.99)] ?? 0;
  const p99 = quantile(edits.map((e) => e.ratio));
  const budget = EDITS_PER_MINUTE - others / minutes;
  const ratio = quantile(edits.map((e) => e.ratio / bestOf(e.load, budget)));
  const now = clock.now();
  const patience = (at: number): number => 3 * bestOf(Math.max(loadAt(at), loadAt(now)), budget);
  const starved = [...shown].filter(([ref, at]) => wantedSince(ref, at, now) > patience(at)).length;
  await house.stop();
  await store.close();
  await http.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    'open incidents': size,
    'edits a minute': (edits.length / minutes).toFixed(1),
    'of them changed': (edits.filter(({ changed }) => changed).length / minutes).toFixed(1),
    'of other cards': (others / minutes).toFixed(1),
    'age / interval p99': p99.toFixed(2),
    'p99 ÷ best possible': ratio.toFixed(2),
    starved,
  };
}
