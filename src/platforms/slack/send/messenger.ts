import type { Account } from '../../../incident/identity.ts';
import { roomFromId } from '../../../incident/rooms.ts';
import type { Clock, KeptValues, Messenger, Place, SendOutcome } from '../../../use-cases/ports.ts';
import { notShown } from '../../shared/api-client.ts';
import type { HttpClient, OutgoingFile } from '../../shared/http-client.ts';
import { FILE_REF, METADATA_TYPE, opaqueKey, PLATFORM, posted, uploadUrl } from '../api-shapes.ts';
import type { Directory } from '../directory.ts';
import { keepValues, uploadKey } from '../kept-values.ts';
import { RATES } from '../limits.ts';
import { withoutRevisions } from '../render/bind.ts';
import { type MessageBody, messageBody, readBody } from '../render/body.ts';
import { type SlackApi, slackError } from './api.ts';
import { channelOf, findMessage } from './find.ts';
import { FATAL_AUTH, failedOutcome } from './outcome.ts';
import type { PressResponses } from './press-responses.ts';

export interface MessengerDependencies {
  readonly api: SlackApi;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly kept: KeptValues;
  readonly directory: Directory;
  readonly presses: PressResponses;
  readonly publicUrl: string | null;
  end(reason: string): void;
}

/** Slack as a place to show incidents. Sends never throw; what they cannot tell is `unknown`. */
export function createMessenger(deps: MessengerDependencies): Messenger {
  const sending = (place: Place, send: () => Promise<SendOutcome>): Promise<SendOutcome> => guarded(deps, place, send);
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
    canFind: { find: (place, key, since) => findMessage(deps, place, key, since) },
    canSendFile: {
      sendFile: (place, file, body, key) => sending(place, () => sendFile(deps, place, { file, body, key })),
    },
    canMessagePeople: {
      direct: async (account) => directPlace(deps.directory, account),
      reaches: (account) => directPlace(deps.directory, account) !== null,
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

const RESPOND_TIMEOUT = 3_000;

/** Replaces a message through the response of a press on it; false if Slack did not accept that. */
async function replaced({ http }: MessengerDependencies, url: string, { text, blocks }: MessageBody): Promise<boolean> {
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

async function uploaded({ api, http }: MessengerDependencies, file: OutgoingFile): Promise<string> {
  const { content, mediaType, name: filename } = file;
  const answer = await api.call('files.getUploadURLExternal', { filename, length: content.byteLength });
  const { upload_url, file_id } = uploadUrl.parse(answer);
  const response = await http.ask('upload', upload_url, { body: { content, mediaType }, timeout: UPLOAD_TIMEOUT });
  if (response.status !== 200) throw new Error(`upload answered ${response.status}`);
  return file_id;
}

async function guarded(
  deps: MessengerDependencies,
  place: Place,
  send: () => Promise<SendOutcome>,
): Promise<SendOutcome> {
  const closed = deps.directory.closedFor(place);
  if (closed !== null) return closed;
  try {
    return await send();
  } catch (error) {
    const code = slackError(error);
    if (code !== null && FATAL_AUTH.has(code)) deps.end(code);
    const outcome = failedOutcome(error, deps.clock.now());
    deps.directory.refused(place.address, code);
    return outcome;
  }
}

/**
 * A person's id is an address Slack takes, so reaching somebody needs no call before. Null for who was refused before, or
 * belongs to another workspace.
 */
function directPlace(directory: Directory, account: Account): Place | null {
  if (account.platform !== PLATFORM || !directory.isOurs(account.tenant)) return null;
  if (directory.isUnreachable(account.id)) return null;
  return { tenant: account.tenant, address: account.id, thread: null };
}
