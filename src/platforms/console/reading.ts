import { cardFor } from '../../conversation/rooms/abroad.ts';
import { type Language, type Room, roomId } from '../../incident/identity.ts';
import type { CurrentProfile } from '../../incident/people/profile.ts';
import { reveals, type Visibility } from '../../incident/visibility.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import { isMember } from '../../use-cases/directory/access.ts';
import { type Links, personBehind } from '../../use-cases/directory/links.ts';
import type { LoggedMessage, Store, ThreadIndex } from '../../use-cases/ports.ts';
import { type CardBody, readBody, type ShownMessage, show } from './body.ts';
import { directAddress, PLATFORM, TENANT } from './messenger.ts';

export interface ReadingDependencies {
  readonly app: Pick<App, 'visibility' | 'offered'>;
  /** Rooms of the console, which all but guests may read. The page opens with the first. */
  readonly rooms: readonly Room[];
  readonly store: Pick<Store, 'surfaces' | 'incident' | 'events'> & {
    readonly threads: Pick<ThreadIndex, 'incidentOf'>;
  };
  readonly profile: CurrentProfile;
  /** Accounts that people have confirmed as theirs. */
  readonly links?: Pick<Links, 'personOf'>;
}

type Own = Pick<ReadingDependencies, 'rooms' | 'profile' | 'links'>;

/** Returns true if a reader may read a console room, given by id: everybody except guests may. */
export function readsOwnRoom(own: Own, room: string, reader: Caller): boolean {
  return own.rooms.some((one) => roomId(one) === room) && isMember(own, reader);
}

/** Returns true if a reader may read an address: a room for people of the profile, a direct message for its person. */
export function mayRead(own: Own, address: string, reader: Caller): boolean {
  const room = { platform: PLATFORM, tenant: TENANT, address };
  return address === directAddress(reader.account.id) || readsOwnRoom(own, roomId(room), reader);
}

/**
 * Messages of the console's log as one reader may see them. A message about an incident is shown as far as the incident
 * is; all others in domestic rooms are withheld from people whom the profile lists as abroad.
 */
export class Reading {
  readonly #deps: ReadingDependencies;
  readonly #reader: Caller;

  constructor(deps: ReadingDependencies, reader: Caller) {
    this.#deps = deps;
    this.#reader = reader;
  }

  /** Returns a message in the reader's language; null if nothing of it may be shown. */
  async shown(message: LoggedMessage, language: Language): Promise<ShownMessage | null> {
    const body = readBody(message.body);
    if (body.kind === 'said')
      return (await this.#maySeeLine(message, body.incident)) ? show(message, body, language) : null;
    const card = await this.#card(message, body);
    return card && show(message, await this.#deps.app.offered(card, this.#reader), language);
  }

  async #maySeeLine(message: LoggedMessage, incident: string | undefined): Promise<boolean> {
    const room = this.#roomOf(message);
    const about =
      incident ??
      (room && message.thread ? await this.#deps.store.threads.incidentOf(roomId(room), message.thread) : null);
    if (about === null) return this.#maySeeOther(room);
    const shown = await this.#visibility(about, room);
    // People abroad have already seen the lines of their own room, so only a stop withholds those.
    const isThere = room?.location === 'abroad' && shown.show !== 'head' && shown.show !== 'nothing';
    return isThere || reveals(shown, 'texts');
  }

  async #card(message: LoggedMessage, body: CardBody): Promise<CardBody | null> {
    const room = this.#roomOf(message);
    if (body.incident === '') return this.#maySeeOther(room) ? body : null;
    const shown = await this.#visibility(body.incident, room);
    if (shown.show === 'all') return body;
    if (shown.show === 'nothing') return null;
    if (shown.show !== 'head' || shown.why !== 'stopped') return { ...body, card: cardFor(body.card, shown) };
    // After a stop the bot's messages contain only id, clocks and lead. Revisions are compared instead of times,
    // because clocks of drills run ahead and any clock can be set back.
    const state = await this.#deps.store.incident(body.incident);
    return body.revision >= (state?.stopped?.version ?? 0) ? body : null;
  }

  #roomOf({ address }: LoggedMessage): Room | null {
    return this.#deps.rooms.find((room) => room.address === address) ?? null;
  }

  #visibility(incident: string, room: Room | null): Promise<Visibility> {
    return this.#deps.app.visibility(incident, room ? { ...this.#reader, room } : this.#reader);
  }

  /** Returns true if the reader may see what belongs to no incident, e.g. an alert: nobody released it abroad. */
  #maySeeOther(room: Room | null): boolean {
    const isAbroad = personBehind(this.#deps, this.#reader.account)?.location === 'abroad';
    return room === null || room.location === 'abroad' || !isAbroad;
  }
}
