import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../../incident/identity.ts';
import type { Clock, IdSource, KeptValues, Messenger, Place, SendOutcome } from '../../use-cases/ports.ts';
import { type ApiClient, notShown, outcomeOf } from '../shared/api-client.ts';
import type { Chats } from '../shared/chats.ts';
import type { OutgoingFile } from '../shared/http-client.ts';
import { failedOutcome } from './api.ts';
import { LIMITS, PLATFORM } from './limits.ts';
import { feishuBody, readBody, withoutRevision } from './render.ts';

const sentAnswer = z.looseObject({ data: z.looseObject({ message_id: z.string() }) });
const fileAnswer = z.looseObject({ data: z.looseObject({ file_key: z.string() }) });
type Content = { readonly msg_type: 'interactive' | 'file'; readonly content: string };
const cardContent = (card: object): Content => ({ msg_type: 'interactive', content: JSON.stringify(card) });

/** Puts messages on the wire; rejects as the API does. */
export type Sender = ReturnType<typeof createSender>;
export function createSender(api: ApiClient, ids: IdSource) {
  /** `to`: a chat (`oc_…`), a person (`ou_…`), or a message (`om_…`) to answer; `uuid` makes Feishu drop a repetition. */
  const send = async (to: string, what: Content, uuid: string, topic = false): Promise<string> => {
    const kind = to.startsWith('ou_') ? 'open_id' : 'chat_id';
    const [path, more] = to.startsWith('om_')
      ? [`im/v1/messages/${to}/reply`, { reply_in_thread: topic }]
      : [`im/v1/messages?receive_id_type=${kind}`, { receive_id: to }];
    const hash = createHash('sha256').update(uuid).digest('base64url');
    const json = JSON.stringify({ ...what, ...more, uuid: hash });
    return sentAnswer.parse(await api.call(path, { body: { json } })).data.message_id;
  };
  const upload = async (file: OutgoingFile): Promise<Content> => {
    const texts = { file_type: 'stream', file_name: file.name };
    const answer = await api.call('im/v1/files', { body: { field: 'file', file, texts } });
    return { msg_type: 'file', content: JSON.stringify({ file_key: fileAnswer.parse(answer).data.file_key }) };
  };
  return {
    ...{ send, upload },
    /** Answers to somebody who acted: sent once. */
    answer: async (to: string, card: object): Promise<void> => {
      await send(to, cardContent(card), ids.next());
    },
    answerFile: async (to: string, file: OutgoingFile): Promise<void> => {
      await send(to, await upload(file), ids.next());
    },
  };
}

export interface MessengerDependencies {
  readonly api: ApiClient;
  readonly appId: string;
  readonly kept: KeptValues;
  readonly clock: Clock;
  readonly chats: Chats;
  readonly sender: Sender;
}

/** Feishu as a place to show incidents: cards in a topic below the status card, edited in place. */
export function createMessenger({ api, appId, kept, clock, chats, sender }: MessengerDependencies): Messenger {
  const isOurs = ({ platform, tenant }: Account): boolean => platform === PLATFORM && tenant === appId;
  const failed = (error: unknown) => failedOutcome(error, clock.now());
  /** Sends to a place of ours that nobody of another company reads. */
  const sending = async ({ tenant, address }: Place, send: () => Promise<string>): Promise<SendOutcome> => {
    if (tenant !== appId) return { kind: 'refused', reason: 'forbidden', detail: 'a room of another app' };
    const chat = address.startsWith('oc_') ? await chats.chat(address, LIMITS.lookupWithin * 4) : null;
    if (chat?.external || (chat === null && address.startsWith('oc_')))
      return { kind: 'refused', reason: 'forbidden', detail: 'read by other companies, or not known by whom' };
    return outcomeOf(send(), failed);
  };
  const post = ({ thread, address }: Place, what: Content, uuid: string): Promise<string> =>
    sender.send(thread ?? address, what, uuid, address.startsWith('oc_'));
  return {
    platform: PLATFORM,
    render: (message) => JSON.stringify(feishuBody(message)),
    fingerprint: withoutRevision,
    post: (place, body, key) =>
      sending(place, async () => {
        const content = cardContent(readBody(body).card);
        if (!key.startsWith('surface:')) return post(place, content, key);
        // Posted again after a recall it is another message, which must not be dropped as a repetition.
        const before = (await kept.get(`posted:${key}`)) ?? '';
        const ref = await post(place, content, key + before);
        await kept.put(`posted:${key}`, ref);
        return ref;
      }),
    canEdit: {
      perMinute: LIMITS.editsPerMinute,
      edit: (place, ref, body) =>
        sending(place, async () => {
          const json = JSON.stringify({ content: JSON.stringify(readBody(body).card) });
          await api.call(`im/v1/messages/${ref}`, { method: 'PATCH', body: { json } });
          return ref;
        }),
    },
    // History does not show our keys; Feishu itself drops what has the same uuid, for an hour.
    canFind: {
      find: async (_place, _key, since) =>
        clock.now() - since < LIMITS.sameWithin ? { kind: 'absent', drops: true } : { kind: 'unsearchable' },
    },
    canSendFile: {
      sendFile: async (place, file, body, key) => {
        const content = await sender.upload(file).catch((error: unknown) => notShown(failed(error)));
        if ('kind' in content) return content;
        const words = await sending(place, () => post(place, cardContent(readBody(body).card), `${key}:words`));
        if (words.kind !== 'sent') return words;
        const sent = await sending(place, () => post(place, content, key));
        return sent.kind === 'refused' ? { ...sent, partly: true } : sent;
      },
    },
    canMessagePeople: {
      direct: async (account) => (isOurs(account) ? { tenant: appId, address: account.id, thread: null } : null),
      reaches: isOurs,
    },
  };
}
