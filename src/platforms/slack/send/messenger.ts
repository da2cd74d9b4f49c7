import type { z } from 'zod';
import type { Account } from '../../../incident/identity.ts';
import { roomFromId } from '../../../incident/rooms.ts';
import type { CanFind, Clock, KeptValues, Messenger, Place, SendOutcome } from '../../../use-cases/ports.ts';
import { notShown } from '../../shared/api-client.ts';
import type { OutgoingFile } from '../../shared/http-client.ts';
import {
  channelAnswer,
  FILE_REF,
  history,
  type historyMessage,
  METADATA_TYPE,
  opaqueKey,
  PLATFORM,
  posted,
  uploadUrl,
} from '../api-shapes.ts';
import type { Directory } from '../directory.ts';
import { keepValues, uploadKey } from '../kept-values.ts';
import { RATES } from '../limits.ts';
import { withoutRevisions } from '../render/bind.ts';
import { type MessageBody, messageBody, readBody } from '../render/body.ts';
import { failedOutcome, pagesOf, type SlackApi, slackError } from './api.ts';
import type { PressResponses } from './press-responses.ts';

export interface MessengerDependencies {
  readonly api: SlackApi;
  readonly clock: Clock;
  readonly kept: KeptValues;
  readonly directory: Directory;
  readonly presses: PressResponses;
  readonly publicUrl: string | null;
  /** Slack's word for which it refuses the app, or null. */
  readonly revoked: () => string | null;
}

/** Slack as a place to show incidents. Sends never throw; what they cannot tell is `unknown`. */
export function createMessenger(deps: MessengerDependencies): Messenger {
  const { directory, clock } = deps;
  const sending = async (place: Place, send: () => Promise<SendOutcome>): Promise<SendOutcome> => {
    const closed = directory.closedFor(place);
    if (closed !== null) return closed;
    try {
      return await send();
    } catch (error) {
      directory.refused(place.address, slackError(error));
      return failedOutcome(error, clock.now());
    }
  };
  return {
    platform: PLATFORM,
    render: (message) => JSON.stringify(messageBody(message, consoleUrl(deps.publicUrl, message.incident))),
    fingerprint: withoutRevisions,
    post: (place, body, key) => sending(place, () => post(deps, place, body, key)),
    canEdit: {
      perMinute: RATES.edits,
      isFree: (room, ref) => deps.presses.has({ channel: roomFromId(room).address, ts: ref }),
      edit: (place, ref, body) => sending(place, () => edit(deps, place, ref, body)),
    },
    canRemove: {
      remove: (place, ref) => sending(place, () => remove(deps, place, ref)),
    },
    canFind: { find: (place, key, since) => findMessage(deps, place, key, since) },
    canSendFile: {
      sendFile: (place, file, body, key) => sending(place, () => sendFile(deps, place, { file, body, key })),
    },
    canMessagePeople: {
      direct: async (account) => directPlace(deps, account),
      reaches: (account) => directPlace(deps, account) !== null,
    },
  };
}

/** The page of an incident in the console; of all of them where it is empty. */
export function consoleUrl(publicUrl: string | null, incident: string): string | null {
  return publicUrl === null || incident === '' ? publicUrl : `${publicUrl}/incidents/${encodeURIComponent(incident)}`;
}

async function post(deps: MessengerDependencies, place: Place, body: string, key: string): Promise<SendOutcome> {
  const message = readBody(body);
  await keepValues(deps, message.kept);
  const answer = await deps.api.call('chat.postMessage', {
    channel: place.address,
    text: message.text,
    blocks: message.blocks,
    metadata: { event_type: METADATA_TYPE, event_payload: { key: opaqueKey(key) } },
    ...quiet,
    ...(place.thread === null ? {} : { thread_ts: place.thread, reply_broadcast: message.ring }),
  });
  return { kind: 'sent', ref: posted.parse(answer).ts };
}

/** An address in a message must not be fetched and previewed, and names in it ring nobody. */
const quiet = { unfurl_links: false, unfurl_media: false, link_names: false } as const;

async function edit(deps: MessengerDependencies, place: Place, ref: string, body: string): Promise<SendOutcome> {
  if (ref.startsWith(FILE_REF)) return { kind: 'refused', reason: 'invalid', detail: 'a file cannot be edited' };
  const message = readBody(body);
  await keepValues(deps, message.kept);
  const response = deps.presses.take({ channel: place.address, ts: ref });
  if (response !== null && (await replaced(deps, response, message))) return { kind: 'sent', ref };
  const answer = await deps.api.call('chat.update', {
    channel: await channelOf(deps.api, place.address),
    ts: ref,
    text: message.text,
    blocks: message.blocks,
    link_names: false,
  });
  return { kind: 'sent', ref: posted.parse(answer).ts };
}

/** Removes a message of ours, or a file with everything it was shared in. */
async function remove({ api }: MessengerDependencies, place: Place, ref: string): Promise<SendOutcome> {
  if (ref.startsWith(FILE_REF)) await api.call('files.delete', { file: ref.slice(FILE_REF.length) });
  else await api.call('chat.delete', { channel: await channelOf(api, place.address), ts: ref });
  return { kind: 'sent', ref };
}

const RESPOND_TIMEOUT = 3_000;

/** Replaces a message through the response of a press on it; false if Slack did not accept that. */
async function replaced(
  { api: { http } }: MessengerDependencies,
  url: string,
  { text, blocks }: MessageBody,
): Promise<boolean> {
  try {
    const json = JSON.stringify({ replace_original: true, text, blocks });
    return (await http.ask('response_url', url, { body: { json }, timeout: RESPOND_TIMEOUT })).status < 300;
  } catch {
    return false;
  }
}

const UPLOAD_TIMEOUT = 60_000;

/**
 * Three steps: an address, the bytes, sharing. Only the last can be seen by anybody, so only a lost answer to the last is
 * unknown; before it, whatever fails is refused and may be done again.
 */
async function sendFile(
  deps: MessengerDependencies,
  place: Place,
  { file, body, key }: { readonly file: OutgoingFile; readonly body: string; readonly key: string },
): Promise<SendOutcome> {
  const message = readBody(body);
  await keepValues(deps, message.kept);
  let id: string;
  let channel: string;
  try {
    channel = await channelOf(deps.api, place.address);
    id = await uploaded(deps, file);
  } catch (error) {
    return notShown(failedOutcome(error, deps.clock.now()));
  }
  await deps.kept.put(uploadKey(key), id);
  await deps.api.call('files.completeUploadExternal', {
    files: [{ id, title: file.name }],
    channel_id: channel,
    blocks: message.blocks,
    ...(place.thread === null ? {} : { thread_ts: place.thread }),
  });
  return { kind: 'sent', ref: `${FILE_REF}${id}` };
}

async function uploaded({ api }: MessengerDependencies, file: OutgoingFile): Promise<string> {
  const { content, mediaType, name: filename } = file;
  const answer = await api.call('files.getUploadURLExternal', { filename, length: content.byteLength });
  const { upload_url, file_id } = uploadUrl.parse(answer);
  const response = await api.http.ask('upload', upload_url, { body: { content, mediaType }, timeout: UPLOAD_TIMEOUT });
  if (response.status !== 200) throw new Error(`upload answered ${response.status}`);
  return file_id;
}

/**
 * A person's id is an address Slack takes, so reaching somebody needs no call before. Null for who was refused before, or
 * belongs to another workspace.
 */
function directPlace({ directory, revoked }: MessengerDependencies, account: Account): Place | null {
  if (revoked() !== null || account.platform !== PLATFORM || !directory.isOurs(account.tenant)) return null;
  if (directory.isUnreachable(account.id)) return null;
  return { tenant: account.tenant, address: account.id, thread: null };
}

/** Slack's clock and ours may differ by this much. */
const MARGIN = 120_000;
const PAGE = 200;
const MOST_PAGES = 5;

type Message = z.infer<typeof historyMessage>;

/** Looks for a message by the key in its metadata, or for a file by the id it was given before it was shared. */
async function findMessage(
  { api, kept }: MessengerDependencies,
  place: Place,
  key: string,
  since: number,
): ReturnType<CanFind['find']> {
  try {
    const channel = await channelOf(api, place.address);
    const file = await kept.get(uploadKey(key));
    const wanted = opaqueKey(key);
    const matches = (message: Message): boolean =>
      (message.metadata?.event_type === METADATA_TYPE && message.metadata.event_payload.key === wanted) ||
      (file !== null && message.files?.some(({ id }) => id === file) === true);
    const found = await search(api, { ...place, address: channel }, Math.max(0, since - MARGIN), matches);
    if (found === undefined) return { kind: 'unknown' };
    if (found === null) return { kind: 'absent' };
    return { kind: 'found', ref: file === null ? found.ts : `${FILE_REF}${file}` };
  } catch {
    return { kind: 'unknown' };
  }
}

/** History is kept by channel; a person's id is the address of a post, not of a history. */
async function channelOf(api: SlackApi, address: string): Promise<string> {
  if (!/^[UW]/.test(address)) return address;
  const answer = await api.call('conversations.open', { users: address });
  return channelAnswer.parse(answer).channel.id;
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
