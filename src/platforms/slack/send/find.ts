import type { z } from 'zod';
import type { CanFind, KeptValues, Place } from '../../../use-cases/ports.ts';
import { FILE_REF, history, type historyMessage, METADATA_TYPE, opaqueKey, opened } from '../api-shapes.ts';
import { uploadKey } from '../kept-values.ts';
import { pagesOf, type SlackApi } from './api.ts';

/** Slack's clock and ours may differ by this much. */
const MARGIN = 120_000;
const PAGE = 200;
const MOST_PAGES = 5;

type Found = Awaited<ReturnType<CanFind['find']>>;
type Message = z.infer<typeof historyMessage>;

/** Looks for a message by the key in its metadata, or for a file by the id it was given before it was shared. */
export async function findMessage(
  deps: { readonly api: SlackApi; readonly kept: KeptValues },
  place: Place,
  key: string,
  since: number,
): Promise<Found> {
  try {
    const channel = await channelOf(deps.api, place.address);
    const file = await deps.kept.get(uploadKey(key));
    const wanted = opaqueKey(key);
    const matches = (message: Message): boolean =>
      (message.metadata?.event_type === METADATA_TYPE && message.metadata.event_payload.key === wanted) ||
      (file !== null && message.files?.some(({ id }) => id === file) === true);
    const found = await search(deps.api, { ...place, address: channel }, Math.max(0, since - MARGIN), matches);
    if (found === undefined) return { kind: 'unknown' };
    if (found === null) return { kind: 'absent' };
    return { kind: 'found', ref: file === null ? found.ts : `${FILE_REF}${file}` };
  } catch {
    return { kind: 'unknown' };
  }
}

/** History is kept by channel; a person's id is the address of a post, not of a history. */
export async function channelOf(api: SlackApi, address: string): Promise<string> {
  if (!/^[UW]/.test(address)) return address;
  const answer = await api.call('conversations.open', { users: address });
  return opened.parse(answer).channel.id;
}

/** Null: not there. Undefined: there is more than was looked at. */
async function search(
  api: SlackApi,
  place: Place,
  since: number,
  matches: (message: Message) => boolean,
): Promise<Message | null | undefined> {
  const method = place.thread === null ? 'conversations.history' : 'conversations.replies';
  const args = {
    channel: place.address,
    oldest: String(since / 1_000),
    limit: PAGE,
    include_all_metadata: true,
    ...(place.thread === null ? {} : { ts: place.thread }),
  };
  let pages = 0;
  for await (const { messages } of pagesOf(api, method, args, history)) {
    const found = messages.find(matches);
    if (found) return found;
    pages += 1;
    if (pages === MOST_PAGES) return undefined;
    // The newest page of a whole channel is enough if no start time is known.
    if (since === 0 && place.thread === null) return null;
  }
  return null;
}
