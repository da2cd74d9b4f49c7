import type { Context, Hono } from 'hono';
import { problem } from './problems.ts';
import type { HttpEnv } from './routes.ts';

/** One line of `/readyz`. */
export interface ComponentHealth {
  readonly name: string;
  readonly ok: boolean;
  readonly detail?: string;
}
/** Checks made at every request of `/readyz`. */
export interface Readiness {
  /** State of the store: resolves if it commits right now, rejects with the reason if not. */
  store(): Promise<'ready' | 'migrating'>;
  /** Platforms and other parts the incident can do without. */
  parts(): Promise<readonly ComponentHealth[]> | readonly ComponentHealth[];
}
/** prom-client's registry, as far as it is used. */
export interface MetricsSource {
  readonly contentType: string;
  metrics(): Promise<string>;
}

/**
 * `/healthz`, `/readyz`, `/metrics`: no access rules, nothing of what incidents are about in them. `/metrics` may be closed to
 * all but a token by `maySeeMetrics`.
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
      // Only the error code: this page needs no sign-in, and the log has the details.
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
