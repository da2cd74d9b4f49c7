import type { Context, Hono } from 'hono';
import { problem } from './problems.ts';
import type { HttpEnv } from './routes.ts';

/** State of one component in `/readyz`. */
export interface ComponentHealth {
  readonly name: string;
  readonly ok: boolean;
  readonly detail?: string;
}
/** Checks made at every request to `/readyz`. */
export interface Readiness {
  /** Resolves if the store can commit right now; rejects with the reason if not. */
  store(): Promise<'ready' | 'migrating'>;
  /** States of platforms and other parts that are not essential to an incident. */
  parts(): Promise<readonly ComponentHealth[]> | readonly ComponentHealth[];
}
/** Registry of prom-client, reduced to what is used. */
export interface MetricsSource {
  readonly contentType: string;
  metrics(): Promise<string>;
}

/**
 * Mounts `/healthz`, `/readyz` and `/metrics`, which need no sign-in and contain nothing about incidents.
 * `maySeeMetrics` may restrict `/metrics` to tokens.
 */
export function mountHealth(
  http: Hono<HttpEnv>,
  readiness: Readiness,
  metrics: MetricsSource,
  maySeeMetrics: (c: Context) => Promise<boolean> = async () => true,
): void {
  http.get('/healthz', (c) => c.json({ status: 'ok' }));
  http.get('/readyz', async (c) => {
    let reason: string | undefined;
    const store = await readiness.store().catch((error: unknown) => {
      // Only the error code is shown: this page needs no sign-in, and the log has the details.
      if (error instanceof Error && 'code' in error && error.code !== '') reason = String(error.code);
      return 'failing' as const;
    });
    const parts = await readiness.parts();
    const status = store !== 'ready' ? 'unavailable' : parts.every((part) => part.ok) ? 'ready' : 'degraded';
    return c.json({ status, store, ...(reason ? { reason } : {}), parts }, store === 'ready' ? 200 : 503);
  });
  http.get('/metrics', async (c) => {
    if (await maySeeMetrics(c)) return c.body(await metrics.metrics(), 200, { 'Content-Type': metrics.contentType });
    c.header('WWW-Authenticate', 'Bearer realm="jishi"');
    return problem(c, 401, 'sign_in');
  });
}
