import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const OUTCOMES = ['sent', 'repeated', 'undeliverable', 'delayed'];
const PLACES = ['http', 'scheduler', 'outbox', 'surfaces', 'outages', 'shares', 'daily', 'heartbeat'];

/** The figures of `/metrics`. Names are listed in `docs/operating.md`. `alarms`: kinds that platforms raise. */
export function createMetrics(alarmKinds: readonly string[] = []): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'jishi_' });
  const registers = [registry];
  let outboxCounts = async (): Promise<Readonly<Record<string, number>>> => ({});
  const outbox = new Gauge({
    name: 'jishi_outbox_notices',
    help: 'Notices by state',
    labelNames: ['state'],
    registers,
    // Counted when somebody asks.
    collect: async () => {
      for (const [state, n] of Object.entries(await outboxCounts())) outbox.set({ state }, n);
    },
  });
  const alarms = new Counter({
    name: 'jishi_alarms_total',
    help: 'What somebody has to look at: notices that reached nobody, connections that stay down',
    labelNames: ['kind'],
    registers,
  });
  const notices = new Counter({
    name: 'jishi_notices_total',
    help: 'Notices by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const failures = new Counter({
    name: 'jishi_failures_total',
    help: 'Passes and payloads that failed',
    labelNames: ['where'],
    registers,
  });
  // A counter that appears with its first event shows no increase: the first alarm would be missed.
  for (const kind of ['undelivered', ...alarmKinds]) alarms.inc({ kind }, 0);
  for (const outcome of OUTCOMES) notices.inc({ outcome }, 0);
  for (const where of PLACES) failures.inc({ where }, 0);
  return {
    registry,
    alarms,
    notices,
    failures,
    commands: new Counter({
      name: 'jishi_commands_total',
      help: 'Commands by type and outcome',
      labelNames: ['type', 'outcome'],
      registers,
    }),
    timerDelay: new Histogram({
      name: 'jishi_timer_delay_seconds',
      help: 'Time between due and run',
      buckets: [0.05, 0.25, 1, 5, 30, 120, 600, 3600],
      registers,
    }),
    countOutbox: (counts) => {
      outboxCounts = counts;
    },
  };
}

export interface Metrics {
  readonly registry: Registry;
  readonly commands: Counter<'type' | 'outcome'>;
  readonly notices: Counter<'outcome'>;
  readonly timerDelay: Histogram;
  /** Tells where the states of the outbox are counted. */
  countOutbox(counts: () => Promise<Readonly<Record<string, number>>>): void;
  readonly alarms: Counter<'kind'>;
  readonly failures: Counter<'where'>;
}
