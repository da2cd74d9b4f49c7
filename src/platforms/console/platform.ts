import { join } from 'node:path';
import { refusalCard } from '../../conversation/record/refusals.ts';
import type { HttpRoutes } from '../../http/routes.ts';
import type { UsedLinks } from '../../http/sessions.ts';
import type { Language, Room } from '../../incident/identity.ts';
import type { TalkNeeds } from '../../talk/acts.ts';
import { createPageIntake } from '../../talk/page-intake.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import type { IdSource, KeptValues, Messenger, Refusal } from '../../use-cases/ports.ts';
import { Assets } from './assets.ts';
import { createConsoleMessenger, PLATFORM, TENANT } from './messenger.ts';
import { Presence } from './presence.ts';
import type { Push } from './push.ts';
import { pushOperations } from './push-operations.ts';
import { readsOwnRoom } from './reading.ts';
import { type RoomsDependencies, roomOperations } from './rooms.ts';
import { streamOperation } from './stream.ts';
import { createUsedLinks } from './used-links.ts';

export interface ConsoleDependencies extends Omit<RoomsDependencies, 'app' | 'acts' | 'presence'> {
  readonly kept: KeptValues;
  readonly ids: IdSource;
  readonly push?: Push | null;
  readonly program: Pick<TalkNeeds, 'log' | 'inbox'>;
}
export interface Console {
  readonly messenger: Messenger;
  readonly usedLinks: UsedLinks;
  /** Returns true if a caller reads a room, by its id: those of the console are read by all but guests. */
  readonly readsRoom: (room: string, caller: Caller) => boolean;
  /** Routes of the page and of its API. */
  routes(app: App): HttpRoutes;
}

/** The room of a console without a profile. Everybody who may sign in reads it. */
export function consoleRoom(language: Language): Room {
  return { platform: PLATFORM, tenant: TENANT, address: 'main', location: 'home', language, open: false };
}

const assets = new Assets(join(import.meta.dirname, 'web'));

/** The console as a platform: rooms in our own store, the page, and the stream that keeps it current. */
export function createConsole(deps: ConsoleDependencies): Console {
  return {
    messenger: createConsoleMessenger(deps),
    usedLinks: createUsedLinks(deps.log, deps.clock, deps.ids),
    readsRoom: (room, caller) => caller.account.platform === PLATFORM && readsOwnRoom(deps, room, caller),
    routes: (app) => {
      const explain = (refusal: Refusal) => refusalCard(refusal);
      const acts = createPageIntake({ ...deps, ...deps.program }, { app, explain }, 'api');
      const rooms = { ...deps, app, acts, presence: new Presence() };
      return {
        operations: { ...roomOperations(rooms), ...streamOperation(rooms), ...pushOperations(deps.push ?? null) },
        mount(http) {
          assets.mount(http);
          for (const path of ['/', '/rooms/*', '/incidents', '/incidents/*', '/access', '/visit/*'])
            http.get(path, (c) => c.html(assets.page()));
        },
      };
    },
  };
}
