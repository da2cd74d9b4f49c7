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

/** Longest time (ms) of a stop before the process exits anyway. */
const STOP_WITHIN = 10_000;
/** Time (ms) for the process to exit by itself once everything has stopped. */
const LEFT_OPEN = 1_000;

/** Runs the bot until SIGTERM or SIGINT; returns the exit code, 78 if a file named by a setting is wrong. */
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
    // The token is printed to the terminal only: others may read the log.
    terminal.out(`Jishi · 计时: ${isLocalMode(config) ? localLink(address, localToken(config)) : address}`);
  } catch (error) {
    if (isOfSettings(error)) failure = 78;
    ending.end(notStarted(error, config, languageOf(terminal.env)));
  }
  const complaint = await ending.ended;
  if (complaint !== null) terminal.error(complaint);
  // Parts stop in reverse order of start: HTTP and chat input, running sends, their connections, the record.
  for (const stop of begun.toReversed()) await stop();
  clearTimeout(await hardEnd);
  // The timer ends the process even if a library or part still holds the event loop.
  setTimeout(() => process.exit(), LEFT_OPEN).unref();
  log.info('stopped');
  return complaint === null ? 0 : failure;
}

/** Assembles the parts. Only a database shared with other instances can delay this; `/readyz` reports it meanwhile. */
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
    // Platforms stay connected until the work stops: answers to running sends come through them.
    () => standDown(),
    () => server.close(),
  );
  const address = await server.listen();
  const restored = await notifyRestored(core.engine, store.kept);
  if (restored.told > 0)
    log.warn({ incidents: restored.told }, 'restored from a backup; each open incident gets a message');
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

/** Resolves when the program should end: null for a signal, a sentence for a fatal error; the first one counts. */
function untilEnd(): { readonly ended: Promise<string | null>; readonly end: (complaint: string) => void } {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  process.once('SIGTERM', () => resolve(null));
  process.once('SIGINT', () => resolve(null));
  return { ended: promise, end: resolve };
}
