import type { SurfaceRow, SurfaceStore } from '../use-cases/ports.ts';

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

/** Values of an update after a card was shown, in the order of both stores' statements. */
export function shownValues(...[{ incident, room, key, fence }, what]: Parameters<SurfaceStore['shown']>) {
  const { ref, hash, at, refreshAt, refreshEvery = null } = what;
  return [fence, ref, hash, at, refreshAt, refreshEvery, incident, room, key] as const;
}

export function surfaceOf(row: StoredSurface): SurfaceRow {
  return { ...row, dirty: row.dirty === 1 };
}
