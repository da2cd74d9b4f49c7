import { holds, sightOf } from '../conversation/abroad.ts';
import { headline } from '../conversation/headline.ts';
import { localise } from '../conversation/localise.ts';
import type { Clock as LegalClock } from '../incident/assessment.ts';
import { toWallTime } from '../incident/drill-clock.ts';
import type { Language, RoomId } from '../incident/identity.ts';
import type { Engine } from './engine.ts';

/** A reminder a platform should send by itself if this machine does not. */
export interface WantedBackup {
  readonly incident: string;
  readonly room: RoomId;
  readonly thread: string | null;
  /** When our own reminder goes out, epoch milliseconds. */
  readonly dueAt: number;
  readonly language: Language;
  /** State and deadline in one line. */
  readonly summary: string;
}

/** The due reminders of the open incidents of a platform's rooms, the earliest first. */
export async function wantedBackups(engine: Engine, platform: string, limit: number): Promise<readonly WantedBackup[]> {
  const { store, clock, regime } = engine.deps;
  const rows = await store.incidents({ open: true, limit: 1_000 });
  const ticking = rows
    .filter((row) => row.nextDue !== null && !row.drill && row.rooms.some((room) => room.startsWith(`${platform}/`)))
    .toSorted((a, b) => Date.parse(a.nextDue ?? '') - Date.parse(b.nextDue ?? ''))
    .slice(0, limit);
  const wanted: WantedBackup[] = [];
  for (const { id } of ticking) {
    const state = await store.incident(id);
    if (!state || state.stopped) continue;
    const ia = engine.assess(state);
    const next = ia.clocks
      .filter((c) => isComing(c, ia.now))
      .toSorted((a, b) => Date.parse(a.due) - Date.parse(b.due))[0];
    const dueAt = next ? toWallTime(state.segments, Date.parse(next.due)) : null;
    if (dueAt === null || dueAt <= clock.now()) continue;
    for (const [room, shown] of Object.entries(state.rooms)) {
      const { platform: of, language } = shown;
      // A room abroad that learns only that there is an incident gets no clock, not even a scheduled one.
      if (of !== platform || !holds(sightOf(state, shown), 'overview')) continue;
      const thread = (await store.surfaces.get(id, room, 'status'))?.ref ?? null;
      const summary = localise(headline({ state, ia, regime }), language);
      wanted.push({ incident: id, room, thread, dueAt, language, summary });
    }
  }
  return wanted.slice(0, limit);
}

function isComing(clock: LegalClock, now: string): boolean {
  return clock.filing === null && clock.status === 'running' && Date.parse(clock.due) > Date.parse(now);
}
