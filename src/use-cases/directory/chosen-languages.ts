import { type Account, accountKey, type Room } from '../../incident/identity.ts';
import type { App, Caller, Delivery } from '../app.ts';

const MOST_INCIDENTS = 50;

interface Chosen {
  readonly caller: Caller;
  readonly isOwnRoom: (room: Room, account: Account) => boolean;
  readonly delivery: Delivery;
}

/** Records a chosen language in a person's open incidents, for messages and the person's own conversation. */
export async function recordLanguage(
  app: Pick<App, 'openIncidents' | 'state' | 'submit'>,
  { caller, isOwnRoom, delivery }: Chosen,
): Promise<void> {
  const { language, account } = caller;
  const { rows } = await app.openIncidents(caller, MOST_INCIDENTS);
  for (const { id } of rows) {
    const state = await app.state(id, caller);
    if (!state) continue;
    const takesPart = Object.values(state.people).some(
      (person) => person.account && accountKey(person.account) === accountKey(account),
    );
    const rooms = Object.values(state.rooms).filter((room) => isOwnRoom(room, account) && room.language !== language);
    const intents = [
      ...(takesPart ? [{ type: 'set_language' as const, language }] : []),
      ...rooms.map(({ assumed: _, ...room }) => ({ type: 'add_room' as const, room: { ...room, language } })),
    ];
    for (const intent of intents) {
      const by = { ...delivery, key: `${delivery.key}:${intent.type}:${id}` };
      await app.submit({ incident: id, intent, revision: state.version, caller, delivery: by });
    }
  }
}
