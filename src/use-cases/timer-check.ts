import type { IncidentAssessment } from '../incident/facts/assessment.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Engine } from './engine.ts';
import { wantedTimers } from './notices/timer-plan.ts';
import type { Clock, Store, StoredTimer } from './ports.ts';

interface Checked extends Pick<Store, 'incident' | 'events'> {
  readonly timers: Pick<Store['timers'], 'of'>;
}

const PAGE = 100;
/** Pause (ms) between two incidents, so that other work continues: ten thousand take two minutes. */
const PAUSE = 10;
/** Wait of the check while due work is pending: `ms` between two tries, at most `looks` tries per page. */
const PATIENCE = { ms: 1_000, looks: 60 } as const;

/**
 * Keys of timers that would run too late or never, because their rows were removed, moved or ended by something other
 * than the bot. The timers an incident needs depend slightly on time (a threshold may have been crossed), so only those
 * needed both at its last change and now count.
 */
export async function overlookedTimers(
  store: Checked,
  incident: string,
  { assess, now }: { readonly assess: (state: IncidentState, at: number) => IncidentAssessment; readonly now: number },
): Promise<readonly string[]> {
  const state = await store.incident(incident);
  if (!state || state.erased) return [];
  const [last] = await store.events(incident, state.version);
  const stored = new Map((await store.timers.of(incident)).map((timer) => [timer.key, timer]));
  const missedAt = (at: number): readonly string[] =>
    wantedTimers(state, assess(state, at))
      .filter(({ key, dueAt }) => isMissed(stored.get(key), dueAt, now))
      .map(({ key }) => key);
  const missed = missedAt(now);
  if (missed.length === 0 || !last) return missed;
  // The bot may have changed the incident between the two reads.
  if ((await store.incident(incident))?.version !== state.version) return [];
  const before = new Set(missedAt(Date.parse(last.at)));
  return missed.filter((key) => before.has(key));
}

function isMissed(timer: StoredTimer | undefined, dueAt: number, now: number): boolean {
  if (!timer || timer.state === 'cancelled') return true;
  return timer.state === 'pending' ? timer.dueAt > dueAt : dueAt > now;
}

/**
 * Checks the timers of every incident and restores missing or changed ones. `found` is called once, at the end, if
 * there were any; `pause` waits, and resolves to false to end the check.
 */
export async function checkTimers(
  engine: Engine,
  { found, pause }: { readonly found: Found; readonly pause: (ms: number) => Promise<boolean> },
): Promise<void> {
  const { store, clock } = engine.deps;
  const look = (id: string) =>
    overlookedTimers(store, id, { assess: (state, at) => engine.assess(state, at), now: clock.now() });
  const incidents: string[] = [];
  const silent: string[] = [];
  const walk = async (): Promise<void> => {
    let last: string | undefined;
    for (;;) {
      for (let looks = 0; looks < PATIENCE.looks && (await hasDue(store, clock)); looks += 1)
        if (!(await pause(PATIENCE.ms))) return;
      const rows = await store.incidents({ limit: PAGE, ...(last === undefined ? {} : { before: last }) });
      for (const { id } of rows) {
        if ((await look(id)).length > 0) {
          await planAnew(engine, id, clock);
          incidents.push(id);
          if ((await look(id)).length > 0) silent.push(id);
        }
        if (!(await pause(PAUSE))) return;
      }
      if (rows.length < PAGE) return;
      last = rows.at(-1)?.id;
    }
  };
  await walk();
  if (incidents.length > 0) found({ incidents, silent });
}

async function hasDue(
  { timers, outbox }: Pick<Store, 'timers' | 'outbox'>,
  clock: Pick<Clock, 'now'>,
): Promise<boolean> {
  const [timer, notice] = await Promise.all([timers.nextDueAt(), outbox.untriedSince()]);
  return Math.min(timer ?? Number.POSITIVE_INFINITY, notice ?? Number.POSITIVE_INFINITY) <= clock.now();
}

/** Called with the result: `incidents` were planned again; `silent` ones lost a reminder that was marked as done. */
export type Found = (what: { readonly incidents: readonly string[]; readonly silent: readonly string[] }) => void;

/** Plans the timers by a change without commands, because every change plans them. */
async function planAnew(engine: Engine, incident: string, clock: Pick<Clock, 'now'>): Promise<void> {
  await engine.run({
    target: { incident },
    commands: [],
    who: 'clock',
    revision: null,
    delivery: { platform: 'timers', key: `${incident}:${clock.now()}`, body: '' },
    room: null,
  });
}
