import { z } from 'zod';
import { type Account, accountKey, LANGUAGES, type Language, type Room } from '../../incident/identity.ts';
import type { App, Caller, Delivery } from '../app.ts';
import type { KeptValues } from '../ports.ts';
import { KeptMap } from './kept-map.ts';

const PREFIX = 'language:';

/** Languages that people of a platform chose in words, shared by all instances and kept over restarts. */
export class ChosenLanguages {
  readonly #chosen: KeptMap<Language>;

  /** `kept`: kept values of the platform. */
  constructor(kept: KeptValues) {
    this.#chosen = new KeptMap<Language>(kept, PREFIX, z.enum(LANGUAGES));
  }

  /** Loads the choices, and follows those made at other instances. */
  recall(): Promise<void> {
    return this.#chosen.recall();
  }

  /** Stores the choice; it is on disk when this resolves. */
  choose(user: string, language: Language): Promise<void> {
    return this.#chosen.put(user, language);
  }

  of(user: string): Language | undefined {
    return this.#chosen.get(user);
  }

  spoken(caller: Caller): Caller {
    const language = this.of(caller.account.id);
    return language === undefined ? caller : { ...caller, language, choseLanguage: true };
  }
}

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
