import { join } from 'node:path';
import type { HttpRoutes } from '../../http/routes.ts';
import type { Language, Room } from '../../incident/identity.ts';
import { Assets } from './assets.ts';
import { PLATFORM, TENANT } from './messenger.ts';
import { mountRooms, type RoomsDependencies } from './rooms.ts';
import { mountStream } from './stream.ts';

/** The room of a console without a profile. Everybody who may sign in reads it. */
export function mainRoom(language: Language): Room {
  return { platform: PLATFORM, tenant: TENANT, address: 'main', location: 'home', language, open: false };
}

/** The page and what it talks to. */
export function consoleRoutes(deps: RoomsDependencies): HttpRoutes {
  return {
    mount(http, tools) {
      const assets = new Assets(join(import.meta.dirname, 'web'));
      mountRooms(http, deps, tools);
      mountStream(http, deps, tools);
      assets.mount(http);
      for (const path of ['/', '/rooms/*', '/incidents', '/incidents/*']) http.get(path, (c) => c.html(assets.page()));
    },
  };
}
