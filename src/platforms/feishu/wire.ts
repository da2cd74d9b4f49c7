import { z } from 'zod';
import type { ChatPlatform, PlatformNeeds } from '../description.ts';
import { createCardPlatform } from '../shared/card-platform.ts';
import type { Target } from '../shared/card-wire.ts';
import { Standing } from '../shared/standing.ts';
import { botOf, createFeishuApi, failed, PLATFORM, readersOf } from './api.ts';
import { drawing, WAKES } from './draw.ts';
import type { FeishuConfig } from './index.ts';
import { callbacks, longConnection } from './listen.ts';
import { fileSchema, parseEvent } from './parse.ts';

const sent = z.looseObject({ message_id: z.string() });
const uploaded = z.looseObject({ file_key: z.string() });
const user = z.looseObject({ user: z.looseObject({ name: z.string().trim().min(1) }) });
const FILE_BYTES = 30 * 1024 * 1024;

/** Creates the Feishu platform: cards are posted in the status card's topic and stay editable for 14 days. */
export function createFeishu(config: FeishuConfig, needs: PlatformNeeds): Promise<ChatPlatform> {
  const standing = new Standing(needs, PLATFORM);
  const api = createFeishuApi(config, { proxy: needs.config.proxy, clock: needs.clock, standing });
  let bot: string | null = null;
  /** Sends a message. Feishu drops a repeated `uuid`; a message below another one is posted in its topic. */
  const send = async (to: Target, msg_type: string, content: object, uuid: string): Promise<string> => {
    const kind = to.isGroup ? 'chat_id' : 'open_id';
    const [path, more] =
      to.below === null
        ? [`im/v1/messages?receive_id_type=${kind}`, { receive_id: to.address }]
        : [`im/v1/messages/${to.below}/reply`, { reply_in_thread: to.isGroup }];
    return sent.parse(await api.send(path, { msg_type, content: JSON.stringify(content), uuid, ...more })).message_id;
  };
  return createCardPlatform(
    {
      ...{ platform: PLATFORM, tenant: config.appId, standing, drawing, failed, file: fileSchema },
      isGroup: (address) => address.startsWith('oc_'),
      // This is half of the app's limit.
      perMinute: { edits: 500 },
      dropsFor: 55 * 60_000,
      // Tokens of clicks stay valid, so they are not stored.
      secrets: new Set(['token']),
      post: async (to, { [WAKES]: wakes, ...card }, id) => {
        const ref = await send(to, 'interactive', card, id);
        const { urgent } = config;
        if (wakes !== true || urgent === null || to.isGroup) return ref;
        const path = `im/v1/messages/${ref}/urgent_${urgent}?user_id_type=open_id`;
        const unmarked = (err: unknown): void => needs.log.warn({ err }, 'a message cannot be marked urgent in Feishu');
        // The message has arrived, so a failed urgent mark does not send it again.
        await api.send(path, { user_id_list: [to.address] }, 'PATCH').catch(unmarked);
        return ref;
      },
      edit: ({ ref }, card) => api.send(`im/v1/messages/${ref}`, { content: JSON.stringify(card) }, 'PATCH'),
      mark: (message) => api.send(`im/v1/messages/${message}/reactions`, { reaction_type: { emoji_type: 'DONE' } }),
      remove: ({ ref }) => api.call(`im/v1/messages/${ref}`, { method: 'DELETE' }),
      upload: async (file) => {
        const texts = { file_type: 'stream', file_name: file.name };
        const answer = await api.call('im/v1/files', { body: { field: 'file', file, texts } });
        return uploaded.parse(answer).file_key;
      },
      postFile: (to, file_key, _file, id) => send(to, 'file', { file_key }, id),
      nameOf: async (id) => user.parse(await api.call(`contact/v3/users/${id}?user_id_type=open_id`)).user.name,
      readersOf: (chat) => readersOf(api, chat),
      parse: (raw) => parseEvent(raw, bot),
      fetch: async ({ message, key, type, name }) => {
        // Further files of a message have its id with a number.
        const path = `im/v1/messages/${message.split('.')[0]}/resources/${encodeURIComponent(key)}?type=${type}`;
        const got = await api.download(path, FILE_BYTES);
        return typeof got === 'string' ? got : { ...got, name: name || got.name || '' };
      },
      listen: (hear, connected) => {
        const { callback } = config;
        const listener = callback
          ? callbacks(callback, hear, needs.clock)
          : longConnection(config, { ...needs, api }, hear, connected);
        const start = async (): Promise<void> => {
          bot = await botOf(api).then(
            ({ open_id }) => open_id,
            () => null,
          );
          await listener.start();
        };
        return { ...listener, start };
      },
      close: () => api.http.close(),
    },
    needs,
  );
}
