import { roomId } from '../../incident/identity.ts';
import { createIntake } from '../../talk/intake.ts';
import type { Given } from '../../talk/intake-options.ts';
import type { ChatPlatform, PlatformNeeds } from '../description.ts';
import { ApiError } from './api-client.ts';
import { Answers, hearingCards } from './card-hearing.ts';
import { closedBy, createCardMessenger, postWindow } from './card-messenger.ts';
import type { CardPlatform } from './card-wire.ts';
import { Chats } from './chats.ts';
import { People } from './people.ts';
import { readsOwn } from './rooms.ts';

const TEXTS = {
  hello: () => ({ key: 'chat.hello' }) as const,
  shared: 'chat.shared',
  question: 'chat.which_incident',
  kept: 'chat.file_kept',
  too_large: 'chat.file_too_large',
  gone: 'chat.file_gone',
} as const;

/** Longest wait (ms) for a chat's readers before a person is answered: a platform waits three seconds itself. */
const WITHIN = 1_200;

/** Creates a platform of cards that are edited in place. It sends at once, and receives input after `serve`. */
export async function createCardPlatform<File extends Given>(
  of: CardPlatform<File>,
  needs: PlatformNeeds,
): Promise<ChatPlatform> {
  const { platform, tenant } = of;
  const people = new People({ ...needs, platform, tenant, lookUp: async (user) => ({ name: await of.nameOf(user) }) });
  const chats = new Chats({ ...needs, people, within: WITHIN, platform, lookUp: (id) => of.readersOf(id) });
  await Promise.all([chats.recall(), people.recall()]);
  const window = postWindow(of);
  return {
    messenger: createCardMessenger(of, { ...needs, closed: closedBy(chats, tenant, WITHIN * 4) }, window),
    readsRoom: readsOwn(of, (user, chat) => chats.reads(user, chat)),
    serve: (core) => {
      const chat = createIntake<File>(needs, core, {
        ...{ platform, prefix: 'file:', people, texts: TEXTS, file: of.file },
        asksAlone: true,
        port: (spot, alone) => answers.port(spot, alone),
        // Cards are edited in place; a press is answered by a sentence.
        visibleCards: ({ place }, { by }) => ({
          comes: by === 'press' || place.kind === 'room' ? ['status', 'question'] : ['question'],
          ...{ cards: null, room: null },
        }),
        giver: ({ user, message }) => ({
          caller: people.caller(user),
          place: { kind: 'direct', room: null },
          at: message,
        }),
        // The platform no longer has the file.
        fetch: (file) =>
          of.fetch(file).catch((error: unknown) => {
            if (error instanceof ApiError) return 'gone';
            throw error;
          }),
      });
      const answers = new Answers({
        ...{ ...needs, app: core.app, after: chat.after, wire: of },
        count: (address) => window.count(address, needs.clock.now()),
      });
      chats.onShared = (id) =>
        core.app.placeChanged({ room: roomId({ platform, tenant, address: id }), kind: 'shared' });
      const listener = of.listen(hearingCards({ ...needs, of, intake: chat, chats, people }), () =>
        needs.returned(platform),
      );
      return {
        routes: listener.routes,
        start: async () => {
          chat.start();
          await listener.start();
        },
        stop: async () => {
          listener.stop();
          await chat.stop();
          await of.close();
        },
        idle: chat.idle,
        health: () => of.standing.health ?? listener.health(),
      };
    },
  };
}
