import { accountKey, LANGUAGES, type Language, type Room } from '../../incident/identity.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import type { deliveriesOf } from '../../use-cases/platform-doors.ts';
import type { KeptValues } from '../../use-cases/ports.ts';

const PREFIX = 'language:';
const MOST_PEOPLE = 10_000;
const MOST_INCIDENTS = 50;

/** The languages people asked for in words: theirs from then on, and after a restart. */
export class Languages {
  readonly #kept: KeptValues;
  readonly #chosen = new Map<string, Language>();

  constructor(kept: KeptValues) {
    this.#kept = kept;
  }

  /** Those chosen before, and from now on those chosen at other instances. */
  async recall(): Promise<void> {
    await this.#kept.watch(PREFIX, MOST_PEOPLE, (key, value) => {
      const language = LANGUAGES.find((one) => one === value);
      if (language) this.#chosen.set(key.slice(PREFIX.length), language);
    });
  }

  /** On disk when it resolves. */
  async choose(user: string, language: Language): Promise<void> {
    this.#chosen.set(user, language);
    await this.#kept.put(PREFIX + user, language);
  }

  /** The same person, in the language they asked for. */
  spoken(caller: Caller): Caller {
    const language = this.#chosen.get(caller.account.id);
    return language === undefined ? caller : { ...caller, language, choseLanguage: true };
  }
}

/** The same, for who only has the store. */
export async function inTheirLanguage(kept: KeptValues, caller: Caller): Promise<Caller> {
  const value = await kept.get(PREFIX + caller.account.id);
  const language = LANGUAGES.find((one) => one === value);
  return language === undefined ? caller : { ...caller, language, choseLanguage: true };
}

interface Spoken {
  /** In the language that was asked for. */
  readonly caller: Caller;
  /** Whether a room is the conversation with this person alone. */
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
