import type { Terminal } from './cli/terminal.ts';
import { loadOrganisation } from './config/organisation.ts';
import type { Config } from './config/schema.ts';
import { localise } from './conversation/localise.ts';
import { refusalText } from './conversation/refusals.ts';
import { labelsOf } from './http/labels.ts';
import { localSecret } from './http/local-secret.ts';
import { createHttpServer, type HttpServer } from './http/server.ts';
import { evolve } from './incident/evolve.ts';
import type { Organisation } from './incident/profile.ts';
import { killAt } from './ops/failpoints.ts';
import { createLogger, type Logger } from './ops/logger.ts';
import { createMetrics } from './ops/metrics.ts';
import { randomIds, systemClock } from './ops/system-clock.ts';
import { consoleRoom, createConsole } from './platforms/console/platform.ts';
import { loadRegimes } from './regimes/load.ts';
import { createDaily, type Daily } from './scheduling/daily.ts';
import { createSqliteStore, type SqliteStore } from './storage/sqlite/store.ts';
import { build, dataFile, type House } from './wiring.ts';

/** How long a clean stop may take before the process ends anyway. */
const STOP_WITHIN = 10_000;
const REGIME = 'cn-cac-2025';

/** Runs the bot until SIGTERM or SIGINT; answers the exit code. */
export async function start(config: Config, terminal: Terminal): Promise<number> {
  const stopping = stopSignal();
  const log = createLogger(config.logLevel);
  const running = await assemble(config, terminal, log);
  const address = await running.server.listen();
  running.house.start();
  running.daily.start();
  log.info({ address }, 'up');
  terminal.out(`Jishi · 计时: ${address}`);
  await stopping;
  const hardEnd = setTimeout(() => process.exit(1), STOP_WITHIN);
  await running.daily.stop();
  await running.server.close();
  await running.house.stop();
  await running.store.close();
  clearTimeout(hardEnd);
  log.info('stopped');
  return 0;
}

interface Running {
  readonly server: HttpServer;
  readonly house: House;
  readonly daily: Daily;
  readonly store: SqliteStore;
}

async function assemble(config: Config, terminal: Terminal, log: Logger): Promise<Running> {
  const fail = killAt(terminal.env['JISHI_FAILPOINT']);
  const organisation = config.organisationFile ? await loadOrganisation(config.organisationFile) : null;
  const regime = (await loadRegimes(config.regimesDir ?? undefined)).get(REGIME);
  if (!regime) throw new Error(`the regime ${REGIME} is missing`);
  const metrics = createMetrics();
  const store = await createSqliteStore({
    file: dataFile(config.dataDir, 'jishi.sqlite'),
    evolve,
    clock: systemClock,
    ids: randomIds,
    fail,
  });
  const rooms = consoleRooms(organisation);
  const shared = { clock: systemClock, ids: randomIds, log, metrics, fail, store, regime, organisation };
  const page = createConsole({
    ...shared,
    log: store.roomLog,
    blobs: store.blobs,
    rooms,
    rootOf: async (incident, room) => (await store.surfaces.get(incident, room, 'status'))?.ref ?? null,
  });
  const house = build({
    ...shared,
    messengers: [page.messenger],
    defaultRooms: rooms.slice(0, 1),
    renderReport: async (request) => (await import('./documents/incident-report.ts')).renderIncidentReport(request),
    readsRoom: (room, caller) => caller.account.platform === 'console' && room.startsWith('console/'),
  });
  const explain: Parameters<typeof page.routes>[1] = (refusal, language) => localise(refusalText(refusal), language);
  const server = createHttpServer({
    config: { ...config, localSecret: localSecret(dataFile(config.dataDir, 'session.key')) },
    app: house.app,
    clock: systemClock,
    readiness: { store: async () => store.probe().then(() => 'ready' as const), parts: () => [] },
    metrics: metrics.registry,
    platforms: [page.routes(house.app, explain)],
    consoleRoom: rooms[0] ?? null,
    usedLinks: page.usedLinks,
    explain,
    labels: labelsOf(regime),
    failed: (error, path) => {
      metrics.failures.inc({ where: 'http' });
      log.error({ err: error, path }, 'request failed');
    },
  });
  const daily = createDaily({
    store,
    clock: systemClock,
    scene: (state) => ({ state, ia: house.engine.assess(state), regime }),
    wake: house.wake,
    failed: (error) => {
      metrics.failures.inc({ where: 'daily' });
      log.error({ err: error }, 'a daily task failed; the next run catches up');
    },
  });
  return { server, house, daily, store };
}

/** The rooms of the console: those of the profile, otherwise the one everybody reads. */
function consoleRooms(organisation: Organisation | null) {
  const language = organisation?.languages.rooms ?? 'zh-CN';
  const own = organisation?.rooms.filter((room) => room.platform === 'console') ?? [];
  if (own.length === 0) return [consoleRoom(language)];
  return own.map((room) => ({ ...consoleRoom(room.language ?? language), address: room.address, tenant: room.tenant }));
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}
