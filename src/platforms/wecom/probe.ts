import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { Clock } from '../../use-cases/ports.ts';
import { Connection, type ConnectionStatus } from './bot/connection.ts';
import type { WecomBotConfig } from './index.ts';

/** Signs in once and leaves again. A running bot with the same id loses its connection by this. */
export async function tryBot(
  config: WecomBotConfig,
  proxy: OutgoingProxy | null,
  clock: Clock,
): Promise<ConnectionStatus> {
  const quiet = (): void => {};
  const connection = new Connection({
    config,
    proxy,
    clock,
    log: { info: quiet, warn: quiet, error: quiet },
    jitter: () => 1,
    received: quiet,
    connected: quiet,
    alarm: quiet,
  });
  await connection.start();
  const { status } = connection;
  connection.stop();
  return status;
}
