import { isOfSettings, notStarted } from './cli/reason.ts';
import type { ExitCode, Terminal } from './cli/terminal.ts';
import { languageOf } from './cli/usage.ts';
import type { Config } from './config/schema.ts';
import { isLocalMode, localLink } from './http/access.ts';
import { serveWaiting } from './http/starting-page.ts';
import { programLogger } from './ops/logger.ts';
import { loadTracing } from './ops/tracing.ts';
import { notifyRestored } from './use-cases/upkeep/restore-mark.ts';
import { assemble, type Beginning, localToken, type Running, type Stop } from './wiring/assemble.ts';
import { isSingle } from './wiring/delivering.ts';

/** Maximum time (ms) of a stop before the process ends anyway. */
const STOP_WITHIN = 10_000;
/** Time (ms) for the process to end by itself once everything has stopped. */
const LEFT_OPEN = 1_000;

/** Runs the bot until SIGTERM or SIGINT; returns the exit code, 78 if a file that a setting names is wrong. */
export async function start(config: Config, terminal: Terminal): Promise<number> {
  const ending = untilEnd();
  const hardEnd = ending.ended.then(() => setTimeout(() => process.exit(1), STOP_WITHIN));
  const log = await programLogger(config.logLevel, process.stdout.isTTY);
  const begun: Stop[] = [];
  if (await loadTracing()) log.info('traces of OpenTelemetry are on');
  let failure: ExitCode = 1;
  try {
    const address = await begin({ config, terminal, log, begun });
    log.info({ address }, 'up');
    // The token never reaches the log, which others may read.
    terminal.out(`Jishi · 计时: ${isLocalMode(config) ? localLink(address, localToken(config)) : address}`);
  } catch (error) {
    if (isOfSettings(error)) failure = 78;
    ending.end(notStarted(error, config, languageOf(terminal.env)));
  }
  const complaint = await ending.ended;
  if (complaint !== null) terminal.error(complaint);
  // Stops in reverse order of start: HTTP and chat input, sends in flight, their connections, the record.
  for (const stop of begun.toReversed()) await stop();
  clearTimeout(await hardEnd);
  // A library or a part that holds the event loop after its stop does not keep the process.
  setTimeout(() => process.exit(), LEFT_OPEN).unref();
  log.info('stopped');
  return complaint === null ? 0 : failure;
}

/** Assembles the parts. Only a database that other instances also use can delay this: meanwhile `/readyz` reports it. */
async function assembleInTime(beginning: Beginning): Promise<Running> {
  const { databaseUrl } = beginning.config;
  const ready = databaseUrl === null ? null : await serveWaiting(beginning.config);
  try {
    return await assemble(beginning);
  } finally {
    await ready?.();
  }
}

/** Starts all parts and returns the address. The heartbeat and readiness start last. */
async function begin(beginning: Beginning): Promise<string> {
  const { log, begun } = beginning;
  const running = await assembleInTime(beginning);
  const { server, core, daily, services, delivering, store } = running;
  const several = services.filter((service) => !isSingle(service));
  let standDown = async (): Promise<void> => {};
  begun.push(
    async () => {
      await Promise.all(several.map((service) => service.stop()));
    },
    // Sends under way are answered on the connections of the platforms.
    () => standDown(),
    () => server.close(),
  );
  const address = await server.listen();
  const restored = await notifyRestored(core.engine, store.kept);
  if (restored.told > 0) log.warn({ incidents: restored.told }, 'restored from a backup; every open incident hears it');
  for (const { id, due } of restored.gone)
    log.error({ incident: id, due }, 'an incident that was open is not in the restored record; open it again');
  standDown = delivering.begin([core, daily], services);
  await Promise.all(several.map((service) => service.start()));
  begun.push(running.watch.start(), running.watchProfile(), running.watchRecord());
  if (running.heartbeat) {
    const { startHeartbeat } = await import('./scheduling/heartbeat.ts');
    begun.push(startHeartbeat(running.heartbeat));
  }
  return address;
}

/** Resolves at the end of the program: with null for a signal, with a sentence for a fatal error; the first one counts. */
function untilEnd(): { readonly ended: Promise<string | null>; readonly end: (complaint: string) => void } {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  process.once('SIGTERM', () => resolve(null));
  process.once('SIGINT', () => resolve(null));
  return { ended: promise, end: resolve };
}
