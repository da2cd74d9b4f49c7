import type { z } from 'zod';
import type { CanFind, Clock, KeptValues } from '../../../use-cases/ports.ts';
import { ApiError } from '../../shared/api-client.ts';
import {
  type CardMessenger,
  type CardMessengerDependencies,
  createCardMessenger,
} from '../../shared/card-messenger.ts';
import type { CardWire, Target } from '../../shared/card-wire.ts';
import type { OutgoingFile } from '../../shared/http-client.ts';
import type { Standing } from '../../shared/standing.ts';
import {
  channelAnswer,
  FILE_REF,
  history,
  type historyMessage,
  METADATA_TYPE,
  PLATFORM,
  posted,
  uploadUrl,
} from '../api-shapes.ts';
import type { Directory } from '../directory.ts';
import { keepValues, uploadKey } from '../kept-values.ts';
import { RATES } from '../limits.ts';
import { withoutRevisions } from '../render/bind.ts';
import { drawing, type MessageBody, readBody } from '../render/draw.ts';
import { failedOutcome, pagesOf, type SlackApi, slackError } from './api.ts';
import type { PressResponses } from './press-responses.ts';

export interface MessengerDependencies {
  readonly api: SlackApi;
  readonly clock: Clock;
  readonly kept: KeptValues;
  readonly directory: Directory;
  readonly presses: PressResponses;
  readonly publicUrl: string | null;
  readonly standing: Pick<Standing, 'refusalOf'>;
}

/** Creates Slack's messenger. Sends never throw; an uncertain outcome is `unknown`. */
export function createMessenger(deps: MessengerDependencies): CardMessenger {
  const { directory, publicUrl } = deps;
  const closed: CardMessengerDependencies['closed'] = async (place, _, isPost) => directory.closedFor(place, isPost);
  const page = (incident: string) => consoleUrl(publicUrl, incident);
  return createCardMessenger(wireOf(deps), { ...deps, closed, page });
}

/** Returns an incident's console page; the console's first page if the id is empty; null without a `publicUrl`. */
export function consoleUrl(publicUrl: string | null, incident: string): string | null {
  return publicUrl === null || incident === '' ? publicUrl : `${publicUrl}/incidents/${encodeURIComponent(incident)}`;
}

/** Options of every post: no previews, no notifications by name. */
const quiet = { unfurl_links: false, unfurl_media: false, link_names: false } as const;
const UPLOAD_TIMEOUT = 60_000;

function wireOf(deps: MessengerDependencies): CardWire {
  const { api, directory, presses, kept, standing } = deps;
  /** Notes a refusal of a place, which then pauses. */
  const noting = <T>(address: string, work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      directory.refused(address, slackError(error));
      throw error;
    });
  /** Stores a message's button values before they are shown. */
  const keptOf = async (body: unknown): Promise<MessageBody> => {
    const message = readBody(body);
    await keepValues(deps, message.kept);
    return message;
  };
  const shared = async (to: Target, id: string, file: OutgoingFile, key: string, words: unknown): Promise<string> => {
    const { blocks } = await keptOf(words);
    const channel_id = await channelOf(api, to.address);
    await kept.put(uploadKey(key), id);
    const at = to.below === null ? {} : { thread_ts: to.below };
    await api.call('files.completeUploadExternal', { files: [{ id, title: file.name }], channel_id, blocks, ...at });
    return `${FILE_REF}${id}`;
  };
  return {
    platform: PLATFORM,
    get tenant() {
      return directory.team;
    },
    drawing,
    isGroup: (address) => !/^[DUW]/.test(address),
    perMinute: { edits: RATES.edits },
    isFree: (channel, ts) => presses.has({ channel, ts }),
    reaches: (user) => standing.refusalOf('bot') === null && !directory.isUnreachable(user),
    fingerprint: withoutRevisions,
    post: ({ address: channel, below }, body, key) =>
      noting(channel, posting(api, { channel, below, key, body: keptOf(body) })),
    edit: ({ address, ref }, body) => noting(address, edited(deps, address, ref, keptOf(body))),
    // Deleting a file deletes it from every message.
    remove: async ({ address, ref }) =>
      ref.startsWith(FILE_REF)
        ? api.call('files.delete', { file: ref.slice(FILE_REF.length) })
        : api.call('chat.delete', { channel: await channelOf(api, address), ts: ref }),
    upload: async ({ content, mediaType, name: filename }) => {
      const answer = await api.call('files.getUploadURLExternal', { filename, length: content.byteLength });
      const { upload_url, file_id } = uploadUrl.parse(answer);
      const request = { body: { content, mediaType }, timeout: UPLOAD_TIMEOUT };
      const { status } = await api.http.ask('upload', upload_url, request);
      if (status !== 200) throw new Error(`upload answered ${status}`);
      return file_id;
    },
    postFile: () => Promise.reject(new Error('a file is posted with its words')),
    postFileWith: (to, id, file, key, words) => noting(to.address, shared(to, id, file, key, words)),
    find: (to, key, since) => findMessage(deps, to, key, since),
    failed: failedOutcome,
  };
}

async function posting(
  api: SlackApi,
  of: {
    readonly channel: string;
    readonly below: string | null;
    readonly key: string;
    readonly body: Promise<MessageBody>;
  },
): Promise<string> {
  const { text, blocks, ring } = await of.body;
  const answer = await api.call('chat.postMessage', {
    ...{ channel: of.channel, text, blocks },
    // Metadata contains no incident and no person, because every app of the workspace can read it.
    metadata: { event_type: METADATA_TYPE, event_payload: { key: of.key } },
    ...quiet,
    ...(of.below === null ? {} : { thread_ts: of.below, reply_broadcast: ring }),
  });
  return posted.parse(answer).ts;
}

async function edited(
  { api, presses }: MessengerDependencies,
  channel: string,
  ts: string,
  body: Promise<MessageBody>,
): Promise<void> {
  if (ts.startsWith(FILE_REF)) throw new ApiError('chat.update', 'invalid_arguments', 'a file cannot be edited');
  const { text, blocks } = await body;
  const response = presses.take({ channel, ts });
  const replacing = { replace_original: true, text, blocks };
  if (response !== null && (await api.respond(response, replacing).catch(() => false))) return;
  const at = { channel: await channelOf(api, channel), ts };
  posted.parse(await api.call('chat.update', { ...at, text, blocks, link_names: false }));
}

/** Largest difference (ms) between Slack's clock and ours. */
const MARGIN = 120_000;
const PAGE = 200;
const MOST_PAGES = 5;

type Message = z.infer<typeof historyMessage>;

/** Finds a message by the key in its metadata, or a file by the id it got before it was shared. */
async function findMessage(
  { api, kept }: MessengerDependencies,
  { address, below }: Target,
  key: string,
  since: number,
): ReturnType<CanFind['find']> {
  const channel = await channelOf(api, address);
  const file = await kept.get(uploadKey(key));
  const matches = (message: Message): boolean =>
    (message.metadata?.event_type === METADATA_TYPE && message.metadata.event_payload.key === key) ||
    (file !== null && message.files?.some(({ id }) => id === file) === true);
  const method = below === null ? 'conversations.history' : 'conversations.replies';
  const oldest = Math.max(0, since - MARGIN);
  const args = {
    ...{ channel, oldest: String(oldest / 1_000), limit: PAGE, include_all_metadata: true },
    ...(below === null ? {} : { ts: below }),
  };
  let pages = 0;
  for await (const { messages } of pagesOf(api, method, args, history)) {
    const found = messages.find(matches);
    if (found) return { kind: 'found', ref: file === null ? found.ts : `${FILE_REF}${file}` };
    pages += 1;
    if (pages === MOST_PAGES) return { kind: 'unknown' };
    // The newest page is enough in a whole channel without a known start time.
    if (oldest === 0 && below === null) break;
  }
  return { kind: 'absent' };
}

/** Returns the channel of an address: posts accept a person's id, but the history needs the conversation's. */
async function channelOf(api: SlackApi, address: string): Promise<string> {
  if (!/^[UW]/.test(address)) return address;
  const answer = await api.call('conversations.open', { users: address });
  return channelAnswer.parse(answer).channel.id;
}
