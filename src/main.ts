import type { Terminal } from './cli/terminal.ts';
import { loadOrganisation } from './config/organisation.ts';
import type { Config } from './config/schema.ts';
import { renderReport } from './documents/render.ts';
import { createHttpServer } from './http/server.ts';
import { evolve } from './incident/evolve.ts';
import type { Room } from './incident/identity.ts';
import { killAt } from './ops/failpoints.ts';
import { createLogger } from './ops/logger.ts';
import { createMetrics } from './ops/metrics.ts';
import { randomIds, systemClock } from './ops/system-clock.ts';
import { consoleRoom, createConsole } from './platforms/console/platform.ts';
import { loadRegimes } from './regimes/load.ts';
import { createSqliteStore } from './storage/sqlite/store.ts';
import { build, dataFile } from './wiring.ts';

/** How long a clean stop may take before the process ends anyway. */
const STOP_WITHIN = 10_000;

/** Runs the bot until SIGTERM or SIGINT; answers the exit code. */
export async function start(config: Config, env: Terminal['env'], terminal: Terminal): Promise<number> {
  const log = createLogger(config.logLevel);
  const metrics = createMetrics();
  const organisation = config.organisationFile ? await loadOrganisation(config.organisationFile) : null;
  const regimes = await loadRegimes(config.regimesDir);
  const regime = regimes.get('cn-cac-2025');
  if (!regime) throw new Error('the regime cn-cac-2025 is missing');
  const store = await createSqliteStore({
    file: dataFile(config.dataDir, 'jishi.sqlite'),
    evolve,
    clock: systemClock,
    ids: randomIds,
    fail: killAt(env['JISHI_FAILPOINT']),
  });
  const console = createConsole({ log: store.roomLog });
  const house = build({
    store,
    clock: systemClock,
    ids: randomIds,
    regime,
    organisation,
    messengers: [console.messenger],
    defaultRooms: defaultRooms(organisation),
    renderReport,
    log,
    metrics,
    fail: killAt(env['JISHI_FAILPOINT']),
    readsRoom: (room, caller) => caller.account.platform === 'console' && room.startsWith('console/'),
  });
  const server = createHttpServer({ config, app: house.app, store, console, metrics, clock: systemClock, ids: randomIds, organisation, log });
  const address = await server.listen();
  house.start();
  log.info({ address }, 'jishi is up');
  terminal.out(`Jishi · 计时 is up: ${address}`);
  await stopSignal();
  const hardEnd = setTimeout(() => process.exit(1), STOP_WITHIN);
  await server.close();
  await house.stop();
  await store.close();
  clearTimeout(hardEnd);
  log.info('stopped');
  return 0;
}

function defaultRooms(organisation: { languages: { rooms: Room['language'] } } | null): readonly Room[] {
  return [consoleRoom(organisation?.languages.rooms ?? 'zh-CN')];
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}
