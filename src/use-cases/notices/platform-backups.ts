import type { Text } from '../../conversation/cards/card.ts';
import { dutyLine, headline } from '../../conversation/cards/headline.ts';
import { localise } from '../../conversation/cards/localise.ts';
import { joined, openClocks, type Situation } from '../../conversation/cards/situation.ts';
import { toWallTime } from '../../incident/drill-clock.ts';
import type { Clock } from '../../incident/facts/owed.ts';
import { type Account, accountKey, isOfRoom, type Language, type RoomId } from '../../incident/identity.ts';
import { isPerson } from '../../incident/people/people.ts';
import type { IncidentState } from '../../incident/state.ts';
import { isOfClock } from '../../incident/steps.ts';
import { accountsOf } from '../directory/accounts.ts';
import { whoCanAct } from '../directory/escalation.ts';
import type { Engine } from '../engine.ts';
import { formatKey } from './notice-key.ts';
import { remindedRooms } from './recipients.ts';
import { clocksToldAt } from './timer-plan.ts';

/** Message that a platform sends on its own at an instant if the bot's earlier reminder was not sent. */
export interface WantedBackup {
  readonly incident: string;
  readonly room: RoomId;
  readonly thread: string | null;
  /** Instant of the message, epoch milliseconds. */
  readonly postAt: number;
  readonly language: Language;
  /** People to mention: those in the platform's workspace who can act. */
  readonly mention: readonly Account[];
  /** State and deadline in one line. */
  readonly summary: string;
}

/** Minutes before a limit: of the backup (`post`), and of the bot's own reminder that makes it unnecessary (`own`). */
const NETS = [
  { post: 15, own: 30, near: 'middle' },
  { post: 3, own: 5, near: 'limit' },
  { post: -3, own: 0, near: 'limit' },
] as const;
type Net = (typeof NETS)[number];
const MINUTE = 60_000;

/**
 * Backups for all clocks of open incidents in rooms of a platform or of one tenant, earliest first. A backup is wanted
 * until its reminder was accepted in the room, so that people notice if the machine stops before the limit.
 */
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
    if (!state) continue;
    const situation = engine.situation(state);
    const coming = NETS.flatMap((net) => comingNets(situation, net, clock.now()));
    for (const room of remindedRooms(state)) {
      const shown = state.rooms[room];
      if (!shown || !room.startsWith(`${platform}/`)) continue;
      const thread = (await store.surfaces.get(id, room, 'status'))?.ref ?? null;
      for (const { net, postAt, entries, text } of coming) {
        const told = entries.map((version) => formatKey({ kind: 'told', incident: id, version, to: room }));
        const own = await Promise.all(told.map((key) => store.outbox.get(key)));
        if (own.some((notice) => notice?.state === 'sent')) continue;
        const mention = calledIn(engine, situation, room, net);
        const { language } = shown;
        wanted.push({ incident: id, room, thread, postAt, language, mention, summary: localise(text, language) });
      }
    }
  }
  return wanted.toSorted((a, b) => a.postAt - b.postAt).slice(0, limit);
}

/** Accounts, in the room's workspace, of the lead and the people who can act. */
function calledIn({ deps }: Engine, situation: Situation, room: RoomId, { near }: Net): readonly Account[] {
  const { state } = situation;
  const lead = state.people[state.lead];
  const called = [...(lead ? [lead] : []), ...whoCanAct(situation, near)].filter(isPerson);
  const accounts = called.flatMap((one) => accountsOf(state, one, deps)).filter((account) => isOfRoom(account, room));
  return [...new Map(accounts.map((account) => [accountKey(account), account])).values()];
}

/** Instant of a backup, and the reminders that make it unnecessary. */
interface Coming {
  readonly net: Net;
  readonly postAt: number;
  /** Versions of the reminders that make it unnecessary. */
  readonly entries: readonly number[];
  readonly text: Text;
}

/**
 * Pending backups of one kind, one for all clocks due together. None for a limit that became known only after the time
 * of the bot's own reminder: it was announced then, and the next kind of backup follows.
 */
function comingNets(situation: Situation, net: Net, now: number): readonly Coming[] {
  const { state } = situation;
  const told = Math.max(Date.parse(state.declared.at), clocksToldAt(state));
  return [...Map.groupBy(openClocks(situation), ({ due }) => Date.parse(due))].flatMap(([due, together], index) => {
    const postAt = toWallTime(state.segments, due - net.post * MINUTE);
    const ownAt = due - net.own * MINUTE;
    if (postAt === null || postAt <= now || ownAt < told) return [];
    const others = together.map((clock) => dutyLine(situation, clock));
    // The headline of a stopped incident names no deadline.
    const text = index === 0 && !state.stopped ? headline(situation) : joined(others, 'semicolon');
    return [{ net, postAt, entries: remindersFrom(state, together, ownAt), text }];
  });
}

/** Versions of the reminders of some clocks at or after an instant (epoch ms). */
function remindersFrom({ reminders }: IncidentState, clocks: readonly Clock[], from: number): readonly number[] {
  const isOfThem = (id: string): boolean => clocks.some((clock) => clock.id === id);
  return reminders.flatMap(({ step, dueAt, obligations, version }) =>
    isOfClock(step) && Date.parse(dueAt) >= from && obligations.some(isOfThem) ? [version] : [],
  );
}
