import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreFigures } from '../ops/figures.ts';
import type { OpenStore } from '../storage/open-store.ts';
import type { Engine } from '../use-cases/engine.ts';
import type { Where } from './reading.ts';

/** File in the data folder whose change time is that of the last backup; `touch` it after a backup by other means. */
export const BACKUP_MARK = 'backup.last';

/** Maximum number of overdue incidents read one by one; each further one counts as one obligation. */
const MOST_READ = 200;

export function readFigures(
  store: Pick<OpenStore, 'outbox' | 'openDues' | 'size' | 'incident' | 'kept'>,
  where: Where,
  engine: Pick<Engine, 'assess'>,
  now: () => number,
): () => Promise<StoreFigures> {
  return async () => {
    const [notices, open, bytes, backup] = await Promise.all([
      store.outbox.counts(),
      store.openDues(),
      store.size(),
      lastBackup(where, store.kept),
    ]);
    const dues = open.flatMap(({ id, nextDue }) => (nextDue === null ? [] : [{ id, due: Date.parse(nextDue) }]));
    const late = dues.filter(({ due }) => due < now());
    let overdue = Math.max(0, late.length - MOST_READ);
    for (const { id } of late.slice(0, MOST_READ)) {
      const state = await store.incident(id);
      const clocks = state ? engine.assess(state).clocks : [];
      overdue += clocks.filter(({ status, filing }) => status === 'late' && !filing).length;
    }
    const nextDue = dues.reduce<number | null>((least, { due }) => Math.min(least ?? due, due), null);
    return { notices, open: open.length, nextDue, overdue, bytes, backup };
  };
}

/** Key of the last database backup's instant (ISO) in the store, because the data folder cannot show it. */
export const BACKUP_KEY = 'backup:last';

/** Returns the instant (epoch ms) of the last backup; null if unknown. */
export async function lastBackup(
  { databaseUrl, dataDir }: Where,
  kept: Pick<OpenStore['kept'], 'get'>,
): Promise<number | null> {
  const file = statSync(join(dataDir, BACKUP_MARK), { throwIfNoEntry: false })?.mtimeMs ?? null;
  const noted = databaseUrl === null ? null : Date.parse((await kept.get(BACKUP_KEY)) ?? '');
  return noted === null || Number.isNaN(noted) ? file : Math.max(noted, file ?? 0);
}
