import type { z } from 'zod';
import type { CanFind, Clock, KeptKey } from '../../../use-cases/ports.ts';
import { ApiError } from '../../shared/api-client.ts';
import { type CardMessenger, createCardMessenger } from '../../shared/card-messenger.ts';
import type { CardWire, Target } from '../../shared/card-wire.ts';
import type { Standing } from '../../shared/standing.ts';
import type { SlackBot } from '../hear/spots.ts';
import { EDITS_PER_MINUTE, PLATFORM } from '../limits.ts';
import { drawing, type MessageBody, readBody } from '../render/draw.ts';
import { keepValues, withoutRevisions } from '../render/values.ts';
import { channelAnswer, history, type historyMessage, posted, uploadUrl } from '../shapes.ts';
import { failedOutcome, pagesOf, type SlackApi } from './api.ts';
import { replacedBeside } from './beside.ts';

/** Prefix of a file message's handle, whose `ts` Slack does not return. */
const FILE_REF = 'file:';
/** Event type of our messages, whose metadata contains their key. */
const METADATA_TYPE = 'jishi_message';
const UPLOAD_TIMEOUT = 60_000;
/** Error codes of a channel or person that accepts nothing at present, and the time (ms) for which it is left alone. */
const CLOSED: readonly unknown[] = [
  ...['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action', 'user_not_found', 'user_disabled'],
  ...['cannot_dm_bot', 'messages_tab_disabled', 'user_not_visible'],
];
const CLOSED_FOR = 60_000;

type Needed = 'api' | 'clock' | 'kept' | 'directory' | 'presses' | 'publicUrl';
interface MessengerDependencies extends Pick<SlackBot, Needed> {
  readonly standing: Pick<Standing, 'refusalOf'>;
}

/** Creates Slack's messenger. Sends never throw; an uncertain outcome is `unknown`. */
export function createMessenger(deps: MessengerDependencies): CardMessenger {
  const { directory, publicUrl } = deps;
  return createCardMessenger(wireOf(deps), {
    ...deps,
    closed: async (place, _, isPost) => directory.closedFor(place, isPost),
    page: (incident) => consoleUrl(publicUrl, incident),
  });
}

/** Returns an incident's console page; the console's first page if the id is empty; null without a `publicUrl`. */
export function consoleUrl(publicUrl: string | null, incident: string): string | null {
  return publicUrl === null || incident === '' ? publicUrl : `${publicUrl}/incidents/${encodeURIComponent(incident)}`;
}

function wireOf(deps: MessengerDependencies): CardWire {
  const { api, directory, presses, kept, standing } = deps;
  /** Stores a message's button values before they are shown. */
  const keptOf = async (body: unknown): Promise<MessageBody> => {
    const message = readBody(body);
    await keepValues(deps, message.kept);
    return message;
  };
  const post: CardWire['post'] = async ({ address: channel, below }, body, key) => {
    const { text, blocks, ring } = await keptOf(body);
    const answer = await api.call('chat.postMessage', {
      ...{ channel, text, blocks },
      // Metadata contains no incident and no person, because every app of the workspace can read it.
      metadata: { event_type: METADATA_TYPE, event_payload: { key } },
      ...{ unfurl_links: false, unfurl_media: false, link_names: false },
      ...(below === null ? {} : { thread_ts: below, reply_broadcast: ring }),
    });
    return posted.parse(answer).ts;
  };
  const edit: CardWire['edit'] = async ({ address, ref: ts }, body) => {
    if (ts.startsWith(FILE_REF)) throw new ApiError('chat.update', 'invalid_arguments', 'a file cannot be edited');
    const message = await keptOf(body);
    const beside = replacedBeside(api, { address, ref: ts }, message);
    if (beside) {
      await beside;
      return;
    }
    const { text, blocks } = message;
    const response = presses.take(address, ts);
    const replacing = { replace_original: true, text, blocks };
    if (response !== null && (await api.respond(response, replacing).catch(() => false))) return;
    await api.call('chat.update', { channel: await channelOf(api, address), ts, text, blocks, link_names: false });
  };
  const postFileWith: NonNullable<CardWire['postFileWith']> = async ({ address, below }, id, { name }, key, words) => {
    const { blocks } = await keptOf(words);
    const channel_id = await channelOf(api, address);
    // The file's id is stored before the file is shared, so that its message can be found later.
    await kept.put(uploadKey(key), id);
    const at = below === null ? {} : { thread_ts: below };
    await api.call('files.completeUploadExternal', { files: [{ id, title: name }], channel_id, blocks, ...at });
    return `${FILE_REF}${id}`;
  };
  return {
    platform: PLATFORM,
    get tenant() {
      return directory.team;
    },
    drawing,
    isGroup: (address) => !/^[DUW]/.test(address),
    perMinute: { edits: EDITS_PER_MINUTE },
    isFree: (channel, ts) => presses.has(channel, ts),
    reaches: () => standing.refusalOf('bot') === null,
    newsOf: (channel) => directory.channel(channel)?.at ?? 0,
    fingerprint: withoutRevisions,
    post,
    edit,
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
    postFileWith,
    find: (to, key, since) => findMessage(deps, to, key, since),
    failed: (error, now) => {
      const outcome = failedOutcome(error, now);
      const isClosed = outcome.kind === 'refused' && CLOSED.includes(outcome.detail);
      return isClosed ? { ...outcome, retryAt: now + CLOSED_FOR } : outcome;
    },
  };
}

const uploadKey = (key: string): KeptKey => `upload:${key}`;

/** Largest difference (ms) between Slack's clock and ours. */
const MARGIN = 120_000;
const PAGE = 200;
const MOST_PAGES = 5;

/** Finds a message by the key in its metadata, or a file by the id it got before it was shared. */
async function findMessage(
  { api, kept }: MessengerDependencies,
  { address, below }: Target,
  key: string,
  since: number,
): ReturnType<CanFind['find']> {
  const channel = await channelOf(api, address);
  const file = await kept.get(uploadKey(key));
  const matches = (message: z.infer<typeof historyMessage>): boolean =>
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

/** Time (ms) for which a response address is used: Slack allows 30 minutes, the rest is for the request. */
const GOOD_FOR = 25 * 60_000;

/**
 * Response addresses of messages with a recently pressed button. The next edit of such a message uses its address,
 * because such responses do not count against the workspace's limits. They are lost with the process; then edits are
 * made as usual.
 */
export class PressResponses {
  readonly #clock: Clock;
  /** Addresses by `channel ts`. */
  readonly #urls = new Map<string, { readonly url: string; readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  keep(channel: string, ts: string, url: string): void {
    const now = this.#clock.now();
    for (const [old, { until }] of this.#urls) if (until <= now) this.#urls.delete(old);
    this.#urls.set(`${channel} ${ts}`, { url, until: now + GOOD_FOR });
  }

  has(channel: string, ts: string): boolean {
    return (this.#urls.get(`${channel} ${ts}`)?.until ?? 0) > this.#clock.now();
  }

  /** Returns the address for one edit of the message; null if there is none. */
  take(channel: string, ts: string): string | null {
    const key = `${channel} ${ts}`;
    const url = this.has(channel, ts) ? this.#urls.get(key)?.url : undefined;
    this.#urls.delete(key);
    return url ?? null;
  }
}
