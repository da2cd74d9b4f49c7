import { join } from 'node:path';
import { z } from 'zod';
import { refusalCard } from '../../conversation/record/refusals.ts';
import { type Operations, personal } from '../../http/operations/operation.ts';
import { problem } from '../../http/problems.ts';
import type { HttpRoutes } from '../../http/routes.ts';
import type { UsedLinks } from '../../http/sessions.ts';
import { translate } from '../../i18n/translate.ts';
import type { Language, Room } from '../../incident/identity.ts';
import type { TalkNeeds } from '../../talk/acts.ts';
import { createPageIntake } from '../../talk/page-intake.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import type { Clock, IdSource, KeptValues, Messenger, RoomLog } from '../../use-cases/ports.ts';
import { Assets } from './assets.ts';
import { createConsoleMessenger, PLATFORM, TENANT } from './messenger.ts';
import { Presence } from './presence.ts';
import type { Push } from './push.ts';
import { readsOwnRoom } from './reading.ts';
import { type RoomsDependencies, roomOperations } from './rooms.ts';
import { streamOperation } from './stream.ts';

/** Address under which used links are stored; it is no room, so nobody can read it. */
const ADDRESS = 'login-links';

/**
 * Stores used sign-in links. A message with the link's key can be appended only once, so of two requests with one link,
 * even with a restart between them, exactly one finds its own claim there.
 */
export function createUsedLinks(log: RoomLog, clock: Clock, ids: IdSource): UsedLinks {
  return {
    async use(nonce, name) {
      const body = JSON.stringify({ kind: 'said', text: ids.next() });
      const claim = { address: ADDRESS, thread: null, key: nonce, author: name, body, at: clock.now() };
      return (await log.append(claim)).body === body;
    },
  };
}

/** Fields kept of `PushSubscription.toJSON()`. */
const subscription = z.object({
  endpoint: z.url().max(2_000),
  keys: z.object({ p256dh: z.string().regex(/^[\w-]{87}=?$/), auth: z.string().regex(/^[\w-]{22}(==)?$/) }),
});

/** Operations on the caller's devices that are notified while the page is closed: `/api/v1/push…`. */
function pushOperations(push: Push | null): Operations {
  return {
    'GET /push': personal(
      { summary: 'Key for notifications (null: they are off), and the devices of the caller' },
      ({ caller }) => ({ key: push?.publicKey ?? null, devices: push?.devices(caller.account.id) ?? [] }),
    ),
    'POST /push': personal(
      { summary: 'Add a device by what its browser hands out, and send it a test', body: subscription, status: 201 },
      async ({ c, body, caller, language }) => {
        if (!push) return problem(c, 404, 'not_found');
        const added = await push.add(caller.account.id, body, language);
        if (typeof added === 'object') return added;
        const key = added === 'many' ? 'console.push.many' : 'console.push.foreign';
        return problem(c, 422, 'invalid', { field: 'endpoint', detail: translate(language, key) });
      },
    ),
    'POST /push/{id}/arrived': personal(
      { summary: 'Say that the test arrived on this device', body: z.strictObject({ word: z.string().max(100) }) },
      async ({ c, id, body, caller }) =>
        (await push?.arrived(caller.account.id, id, body.word)) ? c.body(null, 204) : problem(c, 404, 'not_found'),
    ),
    'DELETE /push/{id}': personal({ summary: 'Do not notify this device any more' }, async ({ c, id, caller }) => {
      await push?.remove(caller.account.id, id);
      return c.body(null, 204);
    }),
  };
}

export interface ConsoleDependencies extends Omit<RoomsDependencies, 'app' | 'acts' | 'presence'> {
  readonly kept: KeptValues;
  readonly ids: IdSource;
  readonly push?: Push | null;
  readonly program: Pick<TalkNeeds, 'log' | 'inbox'>;
}
export interface Console {
  readonly messenger: Messenger;
  readonly usedLinks: UsedLinks;
  /** Returns true if a caller may read a room, given by id: all but guests read the console's rooms. */
  readonly readsRoom: (room: string, caller: Caller) => boolean;
  /** Returns the routes of the page and its API. */
  routes(app: App): HttpRoutes;
}

/** Returns the room of a console without a profile, read by everybody who may sign in. */
export function consoleRoom(language: Language): Room {
  return { platform: PLATFORM, tenant: TENANT, address: 'main', location: 'home', language, open: false };
}

const assets = new Assets(join(import.meta.dirname, 'web'));

/** Creates the console platform: rooms in our own store, the page, and the stream that updates it. */
export function createConsole(deps: ConsoleDependencies): Console {
  return {
    messenger: createConsoleMessenger(deps),
    usedLinks: createUsedLinks(deps.log, deps.clock, deps.ids),
    readsRoom: (room, caller) => caller.account.platform === PLATFORM && readsOwnRoom(deps, room, caller),
    routes: (app) => {
      const acts = createPageIntake({ ...deps, ...deps.program }, { app, explain: (one) => refusalCard(one) }, 'api');
      const rooms = { ...deps, app, acts, presence: new Presence() };
      return {
        operations: { ...roomOperations(rooms), ...streamOperation(rooms), ...pushOperations(deps.push ?? null) },
        mount(http) {
          assets.mount(http);
          for (const path of ['/', '/rooms/*', '/incidents', '/incidents/*', '/access', '/visit/*'])
            http.get(path, async (c) => c.html(await assets.page()));
        },
      };
    },
  };
}
