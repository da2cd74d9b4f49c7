import type { Text } from '../../conversation/cards/card.ts';
import { dutyLine, headline } from '../../conversation/cards/headline.ts';
import { localise } from '../../conversation/cards/localise.ts';
import { joined, openClocks, type Situation } from '../../conversation/cards/situation.ts';
import { toWallTime } from '../../incident/drill-clock.ts';
import type { Language, RoomId } from '../../incident/identity.ts';
import { revealsClocks, visibility } from '../../incident/visibility.ts';
import type { Engine } from '../engine.ts';

/** A reminder a platform should send by itself if this machine does not. */
export interface WantedBackup {
  readonly incident: string;
  readonly room: RoomId;
  readonly thread: string | null;
  /** Time of our own reminder, epoch milliseconds. */
  readonly dueAt: number;
  readonly language: Language;
  /** State and deadline in one line. */
  readonly summary: string;
}

/** The due reminders of all clocks of the open incidents of a platform's rooms, the earliest first. */
export async function wantedBackups(engine: Engine, platform: string, limit: number): Promise<readonly WantedBackup[]> {
  const { store, clock } = engine.deps;
  const rows = await store.incidents({ open: true, limit: 1_000 });
  const ticking = rows
    .filter((row) => row.nextDue !== null && !row.drill && row.rooms.some((room) => room.startsWith(`${platform}/`)))
    .toSorted((a, b) => Date.parse(a.nextDue ?? '') - Date.parse(b.nextDue ?? ''))
    .slice(0, limit);
  const wanted: WantedBackup[] = [];
  for (const { id } of ticking) {
    const state = await store.incident(id);
    if (!state || state.stopped) continue;
    const situation: Situation = engine.situation(state);
    const coming = comingDues(situation, clock.now());
    for (const [room, shown] of Object.entries(state.rooms)) {
      const { platform: of, language } = shown;
      if (of !== platform || !revealsClocks(visibility(state, { kind: 'room', room: shown }))) continue;
      const thread = (await store.surfaces.get(id, room, 'status'))?.ref ?? null;
      for (const { dueAt, text } of coming) {
        wanted.push({ incident: id, room, thread, dueAt, language, summary: localise(text, language) });
      }
    }
  }
  return wanted.toSorted((a, b) => a.dueAt - b.dueAt).slice(0, limit);
}

/** Every instant at which something comes due, the earliest first, with what; what is due together is one. */
function comingDues(situation: Situation, now: number): readonly { readonly dueAt: number; readonly text: Text }[] {
  const clocks = openClocks(situation).filter(({ status }) => status === 'running');
  return [...Map.groupBy(clocks, ({ due }) => Date.parse(due))].flatMap(([due, together], index) => {
    const dueAt = toWallTime(situation.state.segments, due);
    if (dueAt === null || dueAt <= now) return [];
    const others = together.map((clock) => dutyLine(situation, clock));
    return [{ dueAt, text: index === 0 ? headline(situation) : joined(others, 'semicolon') }];
  });
}
