import './messages.ts';
import { z } from 'zod';
import type { FetchedFile } from '../../talk/evidence.ts';
import { createChat } from '../../talk/intake.ts';
import { addressFor } from '../../use-cases/platform-support.ts';
import type { ChatPlatform, PlatformNeeds } from '../description.ts';
import { type ApiClient, ApiError } from '../shared/api-client.ts';
import { Chats } from '../shared/chats.ts';
import { People } from '../shared/people.ts';
import { createFeishuApi, readersOf } from './api.ts';
import { callbackRoutes, longConnection } from './connection.ts';
import type { FeishuConfig } from './index.ts';
import { createReceive, portOf } from './intake.ts';
import { LIMITS, PLATFORM } from './limits.ts';
import { fileSchema, type GivenFile } from './parse.ts';
import { createMessenger, createSender } from './send.ts';

const user = z.looseObject({ data: z.looseObject({ user: z.looseObject({ name: z.string().trim().min(1) }) }) });
const self = z.looseObject({ bot: z.looseObject({ open_id: z.string() }) });
const TEXTS = {
  hello: 'feishu.hello',
  shared: 'feishu.shared',
  question: 'feishu.which_incident',
  kept: 'feishu.file_kept',
  too_large: 'feishu.file_too_large',
  gone: 'feishu.file_gone',
} as const;

/** Feishu as a platform. Sending works at once; `serve` connects the use cases to people's input. */
export async function createFeishu(config: FeishuConfig, needs: PlatformNeeds): Promise<ChatPlatform> {
  const { appId } = config;
  const api = createFeishuApi(config, { proxy: needs.config.proxy, clock: needs.clock });
  const people = new People({
    ...needs,
    ...{ platform: PLATFORM, tenant: appId },
    nameOf: async (id) => user.parse(await api.call(`contact/v3/users/${id}?user_id_type=open_id`)).data.user.name,
  });
  const chats = new Chats({ ...needs, people, within: LIMITS.lookupWithin, lookUp: (id) => readersOf(api, id) });
  const sender = createSender(api, needs.ids);
  await Promise.all([chats.recall(), people.recall()]);
  return {
    messenger: createMessenger({ ...needs, api, chats, appId, sender }),
    readsRoom: (room, { account }) => {
      const isOurs = account.platform === PLATFORM && account.tenant === appId;
      const address = isOurs ? addressFor(account, room) : null;
      return address !== null && chats.reads(account.id, address);
    },
    serve: (core) => {
      const bot: { id: string | null; clicked: boolean } = { id: null, clicked: false };
      const chat = createChat(needs, core, {
        ...{ platform: PLATFORM, prefix: 'file:', people, texts: TEXTS, file: fileSchema },
        port: (spot, alone) => portOf(sender, spot, alone),
        // Cards are edited where they are; a press is answered by a toast.
        sight: async ({ place }, { by }) => {
          const isTold = by === 'press';
          return () => ({ newIncident: isTold || place.kind === 'room', questions: true, onCard: () => isTold });
        },
        fetch: (file) => fetched(api, file),
      });
      const receive = createReceive({ ...needs, chat, people, chats, bot });
      const connected = () => needs.returned(PLATFORM);
      const long = longConnection({ ...needs, config, api, proxy: needs.config.proxy, connected });
      return {
        routes: config.callback === null ? {} : callbackRoutes(config.callback, receive),
        start: async () => {
          chat.after.run(async () => {
            bot.id = self.parse(await api.call('bot/v3/info')).bot.open_id;
          });
          chat.start();
          if (config.callback === null) await long.start(receive);
        },
        stop: async () => {
          long.stop();
          await chat.stop();
          await api.http.close();
        },
        idle: chat.idle,
        health: () => (config.callback === null ? long.health() : { ok: true, detail: 'callbacks at /feishu/events' }),
      };
    },
  };
}

async function fetched(api: ApiClient, { message, key, type, name }: GivenFile): Promise<FetchedFile> {
  try {
    const path = `im/v1/messages/${message}/resources/${encodeURIComponent(key)}?type=${type}`;
    const got = await api.download(path, LIMITS.fileBytes);
    return typeof got === 'string' ? got : { ...got, name: name === key ? (got.name ?? name) : name };
  } catch (error) {
    if (error instanceof ApiError) return 'gone';
    throw error;
  }
}
