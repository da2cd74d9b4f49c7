import { fetch } from 'undici';
import { dispatcherBy, type OutgoingProxy } from '../ops/proxy.ts';

export interface HeartbeatDependencies {
  /** Resolves to true if the store commits and no due work is left undone. */
  readonly healthy: () => Promise<boolean>;
  /** Sends one request to the external monitoring service; rejects if it was not accepted. */
  readonly beat: () => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Interval (ms) of heartbeats. It is a timer's, so neither a zone with summer time nor a clock that is set delays one. */
const EVERY = 60_000;

/**
 * Sends a heartbeat to an outside service once a minute. If the heartbeat stops, that service raises the alarm, even if
 * this machine is down. Returns a function that ends the heartbeat.
 */
export function startHeartbeat(deps: HeartbeatDependencies): () => Promise<void> {
  let beating = false;
  const beat = async (): Promise<void> => {
    if (beating) return;
    beating = true;
    await beatOnce(deps);
    beating = false;
  };
  const timer = setInterval(() => void beat(), EVERY);
  void beat();
  return async () => clearInterval(timer);
}

/** Sends one beat if healthy. Never rejects. */
export async function beatOnce({ healthy, beat, failed }: HeartbeatDependencies): Promise<void> {
  try {
    if (await healthy()) await beat();
  } catch (error) {
    failed(error);
  }
}

/** Requests an address, through the proxy if there is one; rejects unless it succeeds within ten seconds. */
export async function beatTo(url: string, proxy: OutgoingProxy | null): Promise<void> {
  const dispatcher = dispatcherBy(proxy);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000), dispatcher });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`answered ${response.status}`);
  } finally {
    await dispatcher.close();
  }
}
