import { buttons, sentenceCard } from '../../conversation/cards/sentence.ts';
import { t } from '../../conversation/cards/situation.ts';
import { moveAction } from '../../conversation/cards/status-card.ts';
import type { CommandOf } from '../../incident/commands.ts';
import { type RoomId, roomId } from '../../incident/identity.ts';
import { languageOf } from '../../incident/people/people.ts';
import { roomOf } from '../../incident/rooms.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { App } from '../app.ts';
import { accountsOf } from '../directory/accounts.ts';
import type { Engine } from '../engine.ts';
import type { UseCaseContext } from '../use-case-context.ts';
import { holders, noticeTo, type Reader } from './trouble.ts';

/** Change of a chat that shows incidents: the bot cannot post there any more, or readers or name changed. */
export interface PlaceChange {
  readonly room: RoomId;
  /** Kind of change; `lost`: the chat accepts no messages, for an unknown reason. */
  readonly kind: 'kicked' | 'archived' | 'shared' | 'renamed' | 'lost';
  readonly name?: string | undefined;
}

/** Time (ms) within which a repeated change of a chat is not announced again. */
const NEWS_FOR = 10 * 60_000;
const LOST: ReadonlySet<PlaceChange['kind']> = new Set(['kicked', 'archived', 'lost']);

/** Use case for changes of chats: incidents shown there are updated, and their leads get a direct message. */
export function createPlaces({ engine, links, placeLost }: UseCaseContext): Pick<App, 'placeChanged'> {
  const { store, clock, profile } = engine.deps;
  const leadsOf = (state: IncidentState): readonly Reader[] => {
    const lead = state.people[state.lead];
    const accounts = lead ? accountsOf(state, lead, engine.deps) : [];
    if (lead && accounts.length > 0) return [{ id: lead.actor, accounts, language: languageOf(state, lead) }];
    return holders({ clock, profile, links }, ['lead']);
  };
  return {
    placeChanged: async ({ room, kind, name }) => {
      const states = await Promise.all((await store.threads.shownIn(room)).map((id) => store.incident(id)));
      // A room without open incidents matters only if new people can read its content.
      const here = states.flatMap((state) =>
        state && (kind === 'shared' || (!state.closed && room in state.rooms)) ? [state] : [],
      );
      const what = LOST.has(kind) ? 'lost' : `${kind}:${name ?? ''}`;
      const span = Math.floor(clock.now() / NEWS_FOR);
      const keyOf = (state: IncidentState, at: number): string => `place:${state.id}:${room}:${what}:${at}`;
      for (const state of here) {
        const key = keyOf(state, span);
        // Another company reads the room: the incident leaves it, with all its content.
        if (kind === 'shared') await byBot(engine, state.id, { type: 'remove_room', room }, key);
        const known = roomOf(state, room)?.name ?? name ?? room.split('/').at(-1) ?? '';
        const params = { id: { raw: state.id }, room: { raw: known }, name: { raw: name ?? known } };
        const move = kind === 'shared' && !state.closed ? buttons([moveAction({ state })]) : [];
        const tone = kind === 'renamed' ? 'calm' : 'urgent';
        const card = sentenceCard(t(`chat.place_${kind}`, params), move, tone);
        const [platform = ''] = room.split('/');
        for (const reader of leadsOf(state)) {
          const tell = (at: number) =>
            noticeTo(reader, { platform, key: keyOf(state, at), card, isDown: false }, state.id, clock.now());
          const [before] = tell(span - 1);
          // One change may cause several events and refusals.
          const isTold = before !== undefined && (await store.outbox.get(before.key)) !== null;
          if (!isTold) await store.outbox.add(tell(span));
        }
      }
      if (here.length === 0) return 0;
      if (kind !== 'renamed') placeLost?.();
      engine.deps.wake();
      return here.length;
    },
  };
}

/** Records that rooms are abroad by the profile in force, so that what they showed before is taken back. */
export async function recordRoomsAbroad(engine: Engine): Promise<void> {
  const { store, profile } = engine.deps;
  for (const id of profile()?.rooms.map(roomId) ?? []) {
    for (const incident of await store.threads.shownIn(id)) {
      const state = await store.incident(incident);
      const room = state?.rooms[id];
      if (!room || !state.turnedAbroad?.includes(id)) continue;
      await byBot(engine, incident, { type: 'add_room', room }, `abroad:${incident}:${id}:${state.version}`);
    }
  }
}

/** Runs a command about a room in the bot's own name. */
async function byBot(
  engine: Engine,
  incident: string,
  command: CommandOf<'add_room' | 'remove_room'>,
  key: string,
): Promise<void> {
  await engine.run({
    target: { incident },
    commands: [command],
    who: 'clock',
    revision: null,
    delivery: { platform: 'places', key, body: command.type },
    room: null,
  });
}
