import { z } from 'zod';
import type { Engine } from '../engine.ts';
import type { KeptValues } from '../ports.ts';

/** Key under which `jishi restore` and `jishi restored` leave a mark for the next start. */
export const RESTORED_KEY = 'restored';
const markSchema = z.object({
  /** Last instant in the restored record. */
  upTo: z.iso.datetime({ offset: true }),
  /** Time of the restore, which identifies it. */
  at: z.iso.datetime({ offset: true }),
});
export type RestoreMark = z.infer<typeof markSchema>;

const AT_ONCE = 50;

/**
 * Notifies every open incident once after a restore: the last recorded time and the time left, in place of the
 * reminders that may or may not have been sent meanwhile. Returns the number of incidents; 0 if nothing was restored.
 * If interrupted, it continues at the next start.
 */
export async function notifyRestored(engine: Engine, kept: KeptValues): Promise<number> {
  const value = await kept.get(RESTORED_KEY);
  if (value === null) return 0;
  const { upTo, at } = markSchema.parse(JSON.parse(value));
  let told = 0;
  let before: string | undefined;
  for (;;) {
    const rows = await engine.deps.store.incidents({ open: true, limit: AT_ONCE, ...(before ? { before } : {}) });
    await Promise.all(rows.map(({ id }) => tell(engine, id, upTo, at)));
    told += rows.length;
    before = rows.at(-1)?.id;
    if (rows.length < AT_ONCE) break;
  }
  await kept.remove(RESTORED_KEY);
  return told;
}

async function tell(engine: Engine, incident: string, upTo: string, at: string): Promise<void> {
  await engine.run({
    target: { incident },
    // Timers due meanwhile are taken in the same change, so that none sends its reminder again.
    commands: [
      { type: 'note_restored', upTo },
      { type: 'tick', timer: 'restored', dueAt: at },
    ],
    who: 'clock',
    revision: null,
    delivery: { platform: 'restore', key: `${incident} ${at}`, body: upTo },
    room: null,
  });
}
