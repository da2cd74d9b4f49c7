import Counter from 'prom-client/lib/counter.js';
import Gauge from 'prom-client/lib/gauge.js';
import Histogram from 'prom-client/lib/histogram.js';
import Registry from 'prom-client/lib/registry.js';
import { inTime, LastFigures, type StoreFigures } from './figures.ts';
import { build, VERSION } from './version.ts';

const OUTCOMES = ['sent', 'repeated', 'undeliverable', 'delayed'];
const PLACES = ['http', 'scheduler', 'outbox', 'surfaces', 'outages', 'daily', 'heartbeat', 'profile', 'record_mark'];
const WAYS = ['local', 'link', 'guest', 'oidc'];
const REFUSED = ['link', 'token', 'sign_in', 'session'];

/** Sources of the gauges, read at every scrape. */
export interface GaugeSources {
  readonly now: () => number;
  readonly figures: () => Promise<StoreFigures>;
  /** Tries to commit, as `/readyz` does; rejects on failure. */
  readonly commits: () => Promise<unknown>;
  readonly delivers: () => boolean;
  readonly platforms: () => readonly { readonly name: string; readonly ok: boolean }[];
  /** Returns free bytes on the disk of the data folder; null if unknown. */
  readonly diskFree: () => Promise<number | null>;
  /** Returns the seconds by which other hosts' clocks are ahead of ours, by host. */
  readonly clockSkew: () => Iterable<readonly [host: string, seconds: number]>;
  readonly profileIsStale: () => boolean;
  readonly roomsUnreachable: () => number;
  /** Returns programs' valid tokens, with their end (epoch ms). */
  readonly tokens: () => readonly { readonly name: string; readonly until: number }[];
}

/**
 * Registry that adds the metrics of the process at the first scrape. The entry of prom-client, which has them, loads 76
 * modules: all of OpenTelemetry's API too.
 */
class ScrapedRegistry extends Registry {
  #hasProcess = false;

  override async metrics(): Promise<string> {
    const { collectDefaultMetrics } = await import('prom-client');
    if (!this.#hasProcess) collectDefaultMetrics({ register: this, prefix: 'jishi_' });
    this.#hasProcess = true;
    return super.metrics();
  }
}

export type Metrics = ReturnType<typeof createMetrics>;

/** Creates the metrics of `/metrics`, each with a HELP text. `alarmKinds`: kinds of alarms raised by platforms. */
export function createMetrics(alarmKinds: readonly string[] = []) {
  const registry = new ScrapedRegistry();
  const registers = [registry];
  const counter = <T extends string>(name: string, help: string, ...labelNames: readonly T[]): Counter<T> =>
    new Counter({ name: `jishi_${name}`, help, labelNames, registers });
  const alarms = counter(
    'alarms_total',
    'What somebody has to look at: lost notices, connections that stay down',
    'kind',
  );
  const notices = counter('notices_total', 'Messages that must arrive once, by outcome', 'outcome');
  const failures = counter('failures_total', 'Passes and payloads that failed', 'where');
  const signIns = counter('sign_ins_total', 'Sign-ins to the console by way', 'way');
  const refusals = counter('refusals_total', 'Refused links, tokens, sign-ins and ended sessions', 'what');
  // Counters start at 0: Prometheus sees no increase in one that appears with its first event, so an alarm is missed.
  for (const kind of ['undelivered', 'platform_down', 'record_lost', 'reminder_stuck', 'place_lost', ...alarmKinds])
    alarms.inc({ kind }, 0);
  for (const outcome of OUTCOMES) notices.inc({ outcome }, 0);
  for (const where of PLACES) failures.inc({ where }, 0);
  for (const way of WAYS) signIns.inc({ way }, 0);
  for (const what of REFUSED) refusals.inc({ what }, 0);
  const help = 'Always 1; version, commit and its date are in the labels';
  new Gauge({ name: 'jishi_build_info', help, labelNames: ['version', 'commit', 'date', 'node'], registers }).set(
    { version: VERSION, ...build(), node: process.versions.node },
    1,
  );
  return {
    registry,
    alarms,
    notices,
    failures,
    signIns,
    refusals,
    commands: counter('commands_total', 'Commands by type and outcome', 'type', 'outcome'),
    timerDelay: new Histogram({
      name: 'jishi_timer_delay_seconds',
      help: 'Time between the due time of a timer and its run',
      buckets: [0.05, 0.25, 1, 5, 30, 120, 600, 3600],
      registers,
    }),
    /** Sets the sources of the gauges. */
    watch: createGauges(registers),
  };
}

/** Creates gauges read at each scrape. Returns the function that sets their sources. */
function createGauges(registers: Registry[]): (sources: GaugeSources) => void {
  let sources: (GaugeSources & { readonly store: LastFigures }) | null = null;
  const gauge = (
    name: string,
    help: string,
    set: (gauge: Gauge<string>, from: NonNullable<typeof sources>) => void | Promise<void>,
    ...labelNames: readonly string[]
  ): void => {
    const collect = async function (this: Gauge<string>): Promise<void> {
      this.reset();
      if (labelNames.length === 0) this.remove();
      if (sources) await set(this, sources);
    };
    new Gauge({ name: `jishi_${name}`, help, labelNames, registers, collect });
  };
  const stored = (
    name: string,
    help: string,
    set: (gauge: Gauge<string>, figures: StoreFigures, now: number) => void,
    ...labelNames: readonly string[]
  ): void =>
    gauge(
      name,
      help,
      async (one, { store, now }) => {
        await store.refresh();
        if (store.last) set(one, store.last, now());
      },
      ...labelNames,
    );
  gauge(
    'store_up',
    '1 if the store answered and committed just now; if not, the other figures of the store are the last ones known',
    async (one, { store, commits }) => {
      const did = await Promise.all([store.refresh(), inTime(commits())]);
      one.set(did.every(Boolean) ? 1 : 0);
    },
  );
  gauge('delivering', '1 on the one instance that runs timers and sends; 0 on those that stand by', (one, from) =>
    one.set(from.delivers() ? 1 : 0),
  );
  gauge(
    'platform_up',
    '1 while a platform is connected or can be asked, by platform, and by workspace for further ones',
    (one, { platforms }) => {
      for (const { name, ok } of platforms()) {
        const [platform = name, workspace] = name.split('/');
        one.set({ platform, ...(workspace === undefined ? {} : { workspace }) }, ok ? 1 : 0);
      }
    },
    ...['platform', 'workspace'],
  );
  stored('backup_age_seconds', 'Time since the last backup; absent while none is known', (one, { backup }, now) => {
    if (backup !== null) one.set((now - backup) / 1000);
  });
  gauge('disk_free_bytes', 'Free space of the disk the data folder is on', async (one, { diskFree }) => {
    const bytes = await diskFree();
    if (bytes !== null) one.set(bytes);
  });
  gauge(
    'clock_skew_seconds',
    'Seconds by which the clock of a host that answered is ahead of ours',
    (one, { clockSkew }) => {
      for (const [host, seconds] of clockSkew()) one.set({ host }, seconds);
    },
    'host',
  );
  gauge('profile_stale', '1 while the profile is wrong and an earlier one is in use', (one, { profileIsStale }) =>
    one.set(profileIsStale() ? 1 : 0),
  );
  gauge('rooms_unreachable', 'Rooms that refuse what is shown there', (one, { roomsUnreachable }) =>
    one.set(roomsUnreachable()),
  );
  gauge(
    'token_expires_seconds',
    'Time until a token of a program ends, by its name',
    (one, { tokens, now }) => {
      for (const { name, until } of tokens()) one.set({ name }, (until - now()) / 1000);
    },
    'name',
  );
  stored(
    'outbox_notices',
    'Messages by state: ready (waiting), unknown (in doubt), dead (given up)',
    (one, { notices }) => {
      for (const [state, n] of Object.entries(notices)) one.set({ state }, n);
    },
    'state',
  );
  stored('incidents_open', 'Open incidents, drills left out', (one, { open }) => one.set(open));
  stored(
    'next_deadline_seconds',
    'Time to the next deadline, negative once it is over; absent without one',
    (one, { nextDue }, now) => {
      if (nextDue !== null) one.set((nextDue - now) / 1000);
    },
  );
  stored(
    'obligations_overdue',
    'Obligations whose deadline is over and that are not filed, drills left out',
    (one, { overdue }) => one.set(overdue),
  );
  stored('store_bytes', 'Size of the store', (one, { bytes }) => one.set(bytes));
  return (from) => {
    sources = { ...from, store: new LastFigures(from.figures) };
  };
}
