import { accountKey, type Room } from '../../incident/identity.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import type { deliveriesOf } from '../../use-cases/platform-support.ts';

const MOST_INCIDENTS = 50;

interface Spoken {
  /** In the language that was asked for. */
  readonly caller: Caller;
  /** Returns true if a room is the conversation with this person alone. */
  readonly isOwn: (room: Room) => boolean;
  readonly key: string;
  readonly delivery: ReturnType<typeof deliveriesOf>;
}

/** On the record of what is open: what is sent to them, and what their own conversation shows, is in their language too. */
export async function recordLanguage(app: App, { caller, isOwn, key, delivery }: Spoken): Promise<void> {
  const { language, account } = caller;
  const { rows } = await app.openIncidents(caller, MOST_INCIDENTS);
  for (const { id } of rows) {
    const state = await app.state(id, caller);
    if (!state) continue;
    const takesPart = Object.values(state.people).some(
      (person) => person.account && accountKey(person.account) === accountKey(account),
    );
    const rooms = Object.values(state.rooms).filter((room) => isOwn(room) && room.language !== language);
    const intents = [
      ...(takesPart ? [{ type: 'set_language' as const, language }] : []),
      ...rooms.map(({ assumed: _, ...room }) => ({ type: 'add_room' as const, room: { ...room, language } })),
    ];
    for (const intent of intents) {
      const by = delivery(`${key}:${intent.type}:${id}`, [account.id, language]);
      await app.submit({ incident: id, intent, revision: state.version, caller, delivery: by });
    }
  }
}
