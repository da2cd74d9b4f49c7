import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../../incident/identity.ts';
import type { CanSendFile, Clock, KeptValues, Messenger, Place, SendOutcome } from '../../use-cases/ports.ts';
import type { OutgoingFile } from '../shared/http-client.ts';
import type { Readers } from '../shared/readers.ts';
import { type FeishuApi, failedOutcome } from './api.ts';
import { LIMITS, PLATFORM } from './limits.ts';
import { feishuBody, readBody, withoutRevision } from './render.ts';

export interface SendDependencies {
  readonly api: FeishuApi;
  readonly appId: string;
  readonly kept: KeptValues;
  readonly clock: Clock;
  readonly readers: Readers;
}
const sentAnswer = z.looseObject({ data: z.looseObject({ message_id: z.string() }) });
const fileAnswer = z.looseObject({ data: z.looseObject({ file_key: z.string() }) });
const digest = (words: string): string => createHash('sha256').update(words).digest('base64url');
type Content = { readonly msg_type: 'interactive' | 'file'; readonly content: string };

/** Puts messages on the wire; rejects as `FeishuApi` does. */
export class Sender {
  readonly #deps: SendDependencies;

  constructor(deps: SendDependencies) {
    this.#deps = deps;
  }

  /** `to`: a chat (`oc_…`), a person (`ou_…`), or a message (`om_…`) to answer; `uuid` makes Feishu drop a repetition. */
  async send(to: string, what: Content, uuid: string, topic = false): Promise<string> {
    const kind = to.startsWith('ou_') ? 'open_id' : 'chat_id';
    const [path, more] = to.startsWith('om_')
      ? [`im/v1/messages/${to}/reply`, { reply_in_thread: topic }]
      : [`im/v1/messages?receive_id_type=${kind}`, { receive_id: to }];
    const json = JSON.stringify({ ...what, ...more, uuid: digest(uuid) });
    return sentAnswer.parse(await this.#deps.api.call(path, { body: { json } })).data.message_id;
  }

  async upload(file: OutgoingFile): Promise<Content> {
    const texts = { file_type: 'stream', file_name: file.name };
    const answer = await this.#deps.api.call('im/v1/files', { body: { field: 'file', file, texts } });
    return { msg_type: 'file', content: JSON.stringify({ file_key: fileAnswer.parse(answer).data.file_key }) };
  }

  /** Outcome of work that sends to a place of ours that nobody of another company reads. */
  async guarded({ tenant, address }: Place, work: () => Promise<string>): Promise<SendOutcome> {
    const { appId, clock, readers } = this.#deps;
    if (tenant !== appId) return { kind: 'refused', reason: 'forbidden', detail: 'a room of another app' };
    const chat = address.startsWith('oc_') ? await readers.chat(address, LIMITS.lookupWithin * 4) : null;
    if (chat?.external || (chat === null && address.startsWith('oc_')))
      return { kind: 'refused', reason: 'forbidden', detail: 'read by other companies, or not known by whom' };
    return work().then(
      (ref) => ({ kind: 'sent', ref }) as const,
      (error: unknown) => failedOutcome(error, clock.now()),
    );
  }
}

export const cardContent = (card: object): Content => ({ msg_type: 'interactive', content: JSON.stringify(card) });

/** Feishu as a place to show incidents: cards in a topic below the status card, edited in place. */
export function createMessenger(deps: SendDependencies, sender: Sender): Messenger {
  const target = ({ thread, address }: Place) => thread ?? address;
  const card = (place: Place, body: string, uuid: string): Promise<string> => {
    return sender.send(target(place), cardContent(readBody(body).card), uuid, place.address.startsWith('oc_'));
  };
  const isOurs = ({ platform, tenant }: Account): boolean => platform === PLATFORM && tenant === deps.appId;
  const sendFile: CanSendFile['sendFile'] = async (place, file, body, key) => {
    let content: Content;
    try {
      content = await sender.upload(file);
    } catch (error) {
      const outcome = failedOutcome(error, deps.clock.now());
      return outcome.kind === 'unknown' ? { kind: 'refused', reason: 'unreachable', detail: outcome.detail } : outcome;
    }
    const words = await sender.guarded(place, () => card(place, body, `${key}:words`));
    if (words.kind !== 'sent') return words;
    const sent = await sender.guarded(place, () =>
      sender.send(target(place), content, key, place.address.startsWith('oc_')),
    );
    return sent.kind === 'refused' ? { ...sent, partly: true } : sent;
  };
  return {
    platform: PLATFORM,
    render: (message) => JSON.stringify(feishuBody(message)),
    fingerprint: withoutRevision,
    post: (place, body, key) =>
      sender.guarded(place, async () => {
        if (!key.startsWith('surface:')) return card(place, body, key);
        // Posted again after a recall it is another message, which must not be dropped as a repetition.
        const before = (await deps.kept.get(`posted:${key}`)) ?? '';
        const ref = await card(place, body, key + before);
        await deps.kept.put(`posted:${key}`, ref);
        return ref;
      }),
    canEdit: {
      perMinute: LIMITS.editsPerMinute,
      edit: (place, ref, body) =>
        sender.guarded(place, async () => {
          const json = JSON.stringify({ content: JSON.stringify(readBody(body).card) });
          await deps.api.call(`im/v1/messages/${ref}`, { method: 'PATCH', body: { json } });
          return ref;
        }),
    },
    // History does not show our keys; Feishu itself drops what has the same uuid, for an hour.
    canFind: {
      find: async (_place, _key, since) =>
        deps.clock.now() - since < LIMITS.sameWithin ? { kind: 'absent', drops: true } : { kind: 'unsearchable' },
    },
    canSendFile: { sendFile },
    canMessagePeople: {
      direct: async (account) => (isOurs(account) ? { tenant: deps.appId, address: account.id, thread: null } : null),
      reaches: isOurs,
    },
  };
}
