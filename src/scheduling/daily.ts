import { DateTime } from 'luxon';
import type { Text } from '../conversation/cards/card.ts';
import type { Situation } from '../conversation/cards/situation.ts';
import { digestCard } from '../conversation/reminding/reminders.ts';
import { textFor } from '../conversation/rooms/abroad.ts';
import type { Room } from '../incident/identity.ts';
import type { IncidentState } from '../incident/state.ts';
import { revealsClocks, visibility } from '../incident/visibility.ts';
import type { Logger } from '../ops/logger.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { Engine } from '../use-cases/engine.ts';
import { formatKey } from '../use-cases/notices/notice-key.ts';
import type { Clock, IncidentRow, NewNotice, Store, StoredTimer } from '../use-cases/ports.ts';
import { checkTimers, type Found } from '../use-cases/timer-check.ts';
import { applyRetention } from '../use-cases/upkeep/retention.ts';

const DAY = 86_400_000;
/** Interval of runs: zones differ by quarters of an hour, so 09:00 in any zone is at a quarter of an hour. */
const QUARTER = 15 * 60_000;
/** Time of night runs, 03:30 in Beijing, in milliseconds of the UTC day. */
const NIGHT = 19.5 * 3_600_000;
/** Delay (ms) after the start, so that overdue work is done first. */
const AFTER_START = 10_000;

export interface DailyDependencies {
  readonly clock: Clock;
  readonly engine: Engine;
  /** Removes outside reports whose retention is over. */
  dropReports(): Promise<void>;
  wake(): void;
  readonly failed: (error: unknown) => void;
  /** Called if timers of an incident differ from those its record requires, and no change of the profile explains it. */
  readonly tampered: Found;
}
export interface Daily {
  /** Runs missed work, then continues on schedule. */
  start(): void;
  /** Plans the timers of every incident again, because the profile has changed. */
  replan(): void;
  /** Stops; resolves when a current run is finished. */
  stop(): Promise<void>;
}

/**
 * Daily tasks: a digest of open clocks at nine in each room's zone; clean-up and a check of all timers at 03:30 in
 * Beijing. Runs are idempotent, so each also catches up on missed ones.
 */
export function createDaily(deps: DailyDependencies): Daily {
  let running: Promise<void> = Promise.resolve();
  const queue = (task: () => Promise<void>) => (): Promise<void> => {
    running = running.then(task).catch(deps.failed);
    return running;
  };
  const digests = queue(async () => {
    if ((await addDigests(deps.engine)) > 0) deps.wake();
  });
  const housekeeping = queue(async () => {
    await applyRetention(deps.engine);
    await deps.dropReports();
  });
  const pauses = new Set<(goOn: boolean) => void>();
  const pause = (ms: number): Promise<boolean> => {
    if (stopped) return Promise.resolve(false);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const end = deps.clock.at(deps.clock.now() + ms, () => resolve(true));
    pauses.add(resolve);
    return promise.finally(() => {
      end();
      pauses.delete(resolve);
    });
  };
  // The check runs beside other tasks, because it takes minutes with many incidents.
  let checking: Promise<void> = Promise.resolve();
  let hasNewProfile = false;
  const checked = async (goOn: boolean): Promise<void> => {
    if (!goOn) return;
    const isExpected = hasNewProfile;
    hasNewProfile = false;
    const found: Found = (what) => {
      const incidents = isExpected || hasNewProfile ? what.silent : what.incidents;
      if (incidents.length > 0) deps.tampered({ ...what, incidents });
    };
    await checkTimers(deps.engine, { found, pause });
  };
  const check = (): void => {
    const quiet = pause(AFTER_START);
    checking = checking
      .then(() => quiet)
      .then(checked)
      .catch(deps.failed);
  };
  let stopped = false;
  let cancel = (): void => {};
  let night = Number.NaN;
  const look = (): void => {
    const now = deps.clock.now();
    void digests();
    const last = Math.floor((now - NIGHT) / DAY);
    if (last !== night) {
      void housekeeping();
      check();
    }
    night = last;
    cancel = deps.clock.at((Math.floor(now / QUARTER) + 1) * QUARTER, look);
  };
  return {
    start() {
      stopped = false;
      look();
    },
    replan() {
      hasNewProfile = true;
      if (!Number.isNaN(night)) check();
    },
    async stop() {
      stopped = true;
      cancel();
      night = Number.NaN;
      for (const end of pauses) end(false);
      await Promise.all([running, checking]);
    },
  };
}

const PAGE = 200;
/** Maximum number of listed clocks, the most urgent ones; the rest is counted. */
const LINES = 30;

/**
 * Adds this morning's digest of open clocks for every room that is due one; returns the number of rooms checked. A room
 * whose clocks all opened after nine o'clock gets none; drills are left out.
 */
export async function addDigests(engine: Engine): Promise<number> {
  const { store } = engine.deps;
  const rooms = await openByRoom(store);
  for (const [id, rows] of rooms) {
    const notice = await digestOf(id, rows, engine);
    if (notice) await store.outbox.add([notice]);
  }
  return rooms.size;
}

async function openByRoom(store: Store): Promise<ReadonlyMap<string, readonly IncidentRow[]>> {
  const rooms = new Map<string, IncidentRow[]>();
  let before: string | undefined;
  for (;;) {
    const page = await store.incidents({ open: true, limit: PAGE, ...(before === undefined ? {} : { before }) });
    for (const row of page) {
      if (row.drill || row.nextDue === null) continue;
      for (const room of row.rooms) push(rooms, room, row);
    }
    before = page.at(-1)?.id;
    if (before === undefined || page.length < PAGE) return rooms;
  }
}

async function digestOf(id: string, rows: readonly IncidentRow[], engine: Engine): Promise<NewNotice | null> {
  const { store, clock } = engine.deps;
  const room = await roomIn(id, rows, store);
  const morning = room && morningOf(room, clock.now());
  if (!morning) return null;
  const key = formatKey({ kind: 'digest', room: id, day: morning.day });
  if (await store.outbox.get(key)) return null;
  const open = rows
    .filter((row) => Date.parse(row.declaredAt) < morning.nine)
    .toSorted((a, b) => Date.parse(a.nextDue ?? '') - Date.parse(b.nextDue ?? ''));
  if (open.length === 0) return null;
  // The room may be abroad for one of its incidents and at home for another.
  const seen = (state: IncidentState) => visibility(state, { kind: 'room', room: state.rooms[id] ?? room });
  const say = ({ state }: Situation, text: Text): Text => textFor(text, seen(state));
  const situations: Situation[] = [];
  for (const row of open.slice(0, LINES)) {
    const state = await store.incident(row.id);
    if (state && revealsClocks(seen(state))) situations.push(engine.situation(state));
  }
  return {
    key,
    incident: null,
    lane: 'status',
    to: { kind: 'room', room: id, ring: false, language: room.language },
    content: { kind: 'card', card: digestCard(situations, open.length, say) },
    dueAt: morning.nine,
  };
}

async function roomIn(id: string, rows: readonly IncidentRow[], store: Store): Promise<Room | null> {
  for (const row of rows) {
    const room = (await store.incident(row.id))?.rooms[id];
    if (room) return room;
  }
  return null;
}

function push(rooms: Map<string, IncidentRow[]>, room: string, row: IncidentRow): void {
  const rows = rooms.get(room);
  if (rows) rows.push(row);
  else rooms.set(room, [row]);
}

const DIGEST_HOUR = 9;
const HOME_ZONE = 'Asia/Shanghai';

/**
 * Morning whose digest is due in a room, null before nine o'clock: its day (yyyy-mm-dd in the room's zone) and the
 * instant of nine o'clock. The day is part of the notice's key, so repeated calls make one digest, and a missed run is
 * caught up.
 */
export function morningOf(
  room: Pick<Room, 'zone'>,
  now: number,
): { readonly day: string; readonly nine: number } | null {
  const local = DateTime.fromMillis(now, { zone: room.zone ?? HOME_ZONE });
  const here = local.isValid ? local : DateTime.fromMillis(now, { zone: HOME_ZONE });
  const nine = here.set({ hour: DIGEST_HOUR, minute: 0, second: 0, millisecond: 0 });
  if (here.hour < DIGEST_HOUR) return null;
  return { day: here.toFormat('yyyy-MM-dd'), nine: nine.toMillis() };
}

/** Time (ms) after which a failing timer needs a person; shorter failures usually end by themselves. */
const STUCK_AFTER = 60_000;
/** Limit of remembered alarms; beyond it a timer may raise its alarm again. */
const MOST = 10_000;

/**
 * Raises an alarm for due timers that cannot be run, e.g. on a full disk. Their reminders cannot be recorded, so the
 * alarm, which needs no commit, is raised once per arming of a timer. The heartbeat stops as well.
 */
export function alarmOfStuck(
  { clock, metrics, log }: { clock: Pick<Clock, 'now'>; metrics: Pick<Metrics, 'alarms'>; log: Pick<Logger, 'error'> },
  nameOf: (timer: StoredTimer) => string,
): (timer: StoredTimer) => void {
  const told = new Set<string>();
  return (timer) => {
    const name = nameOf(timer);
    if (clock.now() - timer.dueAt < STUCK_AFTER || told.has(name)) return;
    if (told.size >= MOST) told.clear();
    told.add(name);
    metrics.alarms.inc({ kind: 'reminder_stuck' });
    const { incident, key, dueAt } = timer;
    log.error(
      { alarm: 'reminder_stuck', incident, job: key, since: new Date(dueAt).toISOString() },
      'a reminder is due and cannot be recorded or sent; tell the people of the incident another way',
    );
  };
}
