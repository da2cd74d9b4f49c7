import { z } from 'zod';
import type { Engine } from '../engine.ts';
import type { KeptValues } from '../ports.ts';

/** Where `jishi restore` and `jishi restored` leave word for the next start. */
export const RESTORED_KEY = 'restored';
const markSchema = z.object({
  /** The last instant the restored record knows of. */
  upTo: z.iso.datetime({ offset: true }),
  /** When it was restored: names this restoring among others. */
  at: z.iso.datetime({ offset: true }),
});
export type RestoreMark = z.infer<typeof markSchema>;

const AT_ONCE = 50;

/**
 * After a restore every open incident hears once how far its record reaches and how much time is left, in place of the
 * reminders that may or may not have been sent meanwhile. Answers how many incidents there are; 0 if nothing was restored.
 * Ended half way, it goes on at the next start.
 */
export async function tellRestored(engine: Engine, kept: KeptValues): Promise<number> {
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
    // What has come due meanwhile is taken in the same change, so that no timer says it again.
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
