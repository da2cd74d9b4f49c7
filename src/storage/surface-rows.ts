import type { SurfaceRow } from '../use-cases/ports.ts';

/** A surface as both stores keep it. */
export type StoredSurface = Omit<SurfaceRow, 'dirty'> & { readonly dirty: number };

/** Default renewal interval (ms) of a surface. */
export const EVERY = 60_000;

export const SURFACE_COLUMNS =
  'incident, room, key, ref, shown_hash AS "shownHash", dirty, refresh_at AS "refreshAt", refresh_every AS "refreshEvery", shown_at AS "shownAt", attempted_at AS "attemptedAt", fence';

/** Neither what changed nor what went stale can crowd out the other: each may fill half, or what the other leaves. */
export function shared<T>(changed: readonly T[], stale: readonly T[], limit: number): T[] {
  const first = Math.min(changed.length, Math.max(Math.ceil(limit / 2), limit - stale.length));
  return [...changed.slice(0, first), ...stale.slice(0, limit - first)];
}

export function surfaceOf(row: StoredSurface): SurfaceRow {
  return { ...row, dirty: row.dirty === 1 };
}
