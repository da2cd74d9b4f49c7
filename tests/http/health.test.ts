import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { type ComponentHealth, mountHealth } from '../../src/http/health.ts';
import type { HttpEnv } from '../../src/http/routes.ts';

function server(store: () => Promise<'ready' | 'migrating'>, parts: readonly ComponentHealth[] = []) {
  const http = new Hono<HttpEnv>();
  const metrics = { contentType: 'text/plain; version=0.0.4', metrics: async () => 'jishi_up 1\n' };
  mountHealth(http, { store, parts: () => parts }, metrics);
  return http;
}

describe('readyz', () => {
  test.each([
    ['ready', 200, 'ready'],
    ['migrating', 503, 'unavailable'],
  ] as const)('store %s: %i', async (store, status, said) => {
    const response = await server(async () => store).request('/readyz');
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status: said, store });
  });

  test('a store that throws is not ready, and says by which code', async () => {
    const full = Object.assign(new Error('database or disk is full: /secret/path'), { code: 'SQLITE_FULL' });
    const response = await server(() => Promise.reject(full)).request('/readyz');
    expect(response.status).toBe(503);
    const said = { status: 'unavailable', store: 'failing', reason: 'SQLITE_FULL', parts: [] };
    expect(await response.json()).toEqual(said);
  });

  test('a platform that is down is degraded, not away', async () => {
    const parts = [{ name: 'chat', ok: false, detail: 'no connection' }];
    const response = await server(async () => 'ready', parts).request('/readyz');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'degraded', parts });
  });
});

test('healthz and metrics need nothing', async () => {
  const http = server(() => Promise.reject(new Error('disk full')));
  expect((await http.request('/healthz')).status).toBe(200);
  const metrics = await http.request('/metrics');
  expect(metrics.headers.get('content-type')).toContain('text/plain');
  expect(await metrics.text()).toContain('jishi_up 1');
});
