import type { Config } from '../config/schema.ts';
import { addressOf } from '../http/access.ts';
import { operatorTokens } from '../http/sessions.ts';
import { sessionKey } from '../wiring/assemble.ts';
import { CommandError } from './terminal.ts';

/** Sends a request to the API of the bot on this machine, as its operator. */
export type AskBot = (method: string, path: string, body?: object) => Promise<unknown>;

/**
 * Returns access to the running bot's API; null if none answers at the configured address. The session secret, which
 * only the bot's user can read, proves the right to use the API.
 */
export async function runningBot(config: Config): Promise<AskBot | null> {
  const address = addressOf({ ...config, host: reachable(config.host) });
  const alive = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
  if (!alive?.ok) return null;
  const secret = config.consoleSecret ?? sessionKey(config);
  return async (method, path, body) => {
    const headers = {
      authorization: `Bearer ${operatorTokens.seal({}, secret, Date.now())}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const response = await fetch(`${address}/api/v1${path}`, {
      ...{ method, headers, signal: AbortSignal.timeout(60_000) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return response.json();
    if (response.status !== 401) throw new CommandError(`jishi: the bot refused: ${await response.text()}`, 1);
    throw new CommandError(
      `jishi: what answers at ${address} is another bot, or was started with another CONSOLE_SECRET or DATA_DIR`,
      1,
    );
  };
}

/** Returns the address to connect to for a listening address. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
