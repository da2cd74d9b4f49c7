import { z } from 'zod';
import { goneCard } from '../../conversation/reminding/fallback-cards.ts';
import { roomId } from '../../incident/identity.ts';
import type { Engine } from '../engine.ts';
import { formatKey } from '../notices/notice-key.ts';
import type { IncidentRow, KeptValues, NewNotice } from '../ports.ts';

/** Key of the mark that `jishi restore` and `jishi restored` leave for the next start. */
export const RESTORED_KEY = 'restored';
const headSchema = z.object({
  id: z.string(),
  version: z.int(),
  /** Next due time (ISO); null without one. */
  due: z.string().nullish(),
});
/** Incident that was open before a restore, as in the high-water mark. */
export type KnownHead = z.infer<typeof headSchema>;
const markSchema = z.object({
  /** Last instant in the restored record. */
  upTo: z.iso.datetime({ offset: true }),
  /** Time of the restore, used as its id. */
  at: z.iso.datetime({ offset: true }),
  /** Incidents that were open before and have fewer entries, or none, in the restored record. */
  lost: z.array(headSchema.extend({ missing: z.int(), isGone: z.boolean() })).default([]),
});
export type RestoreMark = z.infer<typeof markSchema>;
export type LostEntries = RestoreMark['lost'][number];

/** Incidents whose restored record is shorter than before, with the number of missing entries. */
export function lostIn(known: readonly KnownHead[], versionOf: (id: string) => number | null): readonly LostEntries[] {
  return known.flatMap(({ id, version, due = null }) => {
    const restored = versionOf(id);
    const missing = version - (restored ?? 0);
    return missing > 0 ? [{ id, version, due, missing, isGone: restored === null }] : [];
  });
}

const AT_ONCE = 50;

/**
 * Notifies every open incident once after a restore: the last recorded time, the time left, and the number of missing
 * entries, in place of reminders that may have been sent since. The bot's own rooms are notified of incidents that the
 * restored record lacks (`gone`). If interrupted, it continues at the next start.
 */
export async function notifyRestored(
  engine: Engine,
  kept: KeptValues,
): Promise<{ readonly told: number; readonly gone: readonly LostEntries[] }> {
  const value = await kept.get(RESTORED_KEY);
  if (value === null) return { told: 0, gone: [] };
  const mark = markSchema.parse(JSON.parse(value));
  let told = 0;
  let before: string | undefined;
  for (;;) {
    const rows = await engine.deps.store.incidents({ open: true, limit: AT_ONCE, ...(before ? { before } : {}) });
    await Promise.all(rows.map((row) => tell(engine, row, mark)));
    told += rows.length;
    before = rows.at(-1)?.id;
    if (rows.length < AT_ONCE) break;
  }
  const gone = mark.lost.filter(({ isGone }) => isGone);
  await engine.deps.store.outbox.add(gone.flatMap((one) => goneNotices(engine, one, mark.at)));
  await kept.remove(RESTORED_KEY);
  return { told, gone };
}

async function tell(engine: Engine, { id }: Pick<IncidentRow, 'id'>, { upTo, at, lost }: RestoreMark): Promise<void> {
  const less = lost.find((one) => one.id === id);
  await engine.run({
    target: { incident: id },
    // Timers due meanwhile are consumed in the same change, so that none sends its reminder again.
    commands: [
      {
        ...{ type: 'note_restored', upTo },
        ...(less ? { missing: less.missing, ...(less.due ? { due: less.due } : {}) } : {}),
      },
      { type: 'tick', timer: 'restored', dueAt: at },
    ],
    who: 'clock',
    revision: null,
    delivery: { platform: 'restore', key: `${id} ${at}`, body: upTo },
    room: null,
  });
}

function goneNotices({ deps }: Engine, { id, due }: LostEntries, at: string): readonly NewNotice[] {
  return deps.defaultRooms.map((room) => ({
    ...({ incident: null, lane: 'reminder', dueAt: deps.clock.now() } as const),
    key: formatKey({ kind: 'intake', ref: `restored ${at} ${id}`, to: roomId(room) }),
    to: { kind: 'room', room: roomId(room), ring: true, language: room.language },
    content: { kind: 'card', card: goneCard(id, due ?? null) },
  }));
}
