import type { CanSendFile, Clock, KeptValues, Place, SendOutcome } from '../../../use-cases/ports.ts';
import type { HttpClient } from '../../shared/http-client.ts';
import { notShown } from '../../shared/sending.ts';
import { FILE_REF, uploadUrl } from '../api-shapes.ts';
import { keepValues, uploadKey } from '../kept-values.ts';
import { readBody } from '../render/body.ts';
import type { SlackApi } from './api.ts';
import { channelOf } from './find.ts';
import { failedOutcome } from './outcome.ts';

const UPLOAD_TIMEOUT = 60_000;
type File = Parameters<CanSendFile['sendFile']>[1];

/**
 * Three steps: an address, the bytes, sharing. Only the last can be seen by anybody, so only a lost answer to the last is
 * unknown; before it, whatever fails is refused and may be done again.
 */
export async function sendFile(
  deps: { readonly api: SlackApi; readonly http: HttpClient; readonly kept: KeptValues; readonly clock: Clock },
  place: Place,
  { file, body, key }: { readonly file: File; readonly body: string; readonly key: string },
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
  await deps.api.call('reminder', 'files.completeUploadExternal', {
    files: [{ id, title: file.name }],
    channel_id: channel,
    blocks: message.blocks,
    ...(place.thread === null ? {} : { thread_ts: place.thread }),
  });
  return { kind: 'sent', ref: `${FILE_REF}${id}` };
}

async function uploaded(deps: { readonly api: SlackApi; readonly http: HttpClient }, file: File): Promise<string> {
  const answer = await deps.api.call('reminder', 'files.getUploadURLExternal', {
    filename: file.name,
    length: file.content.byteLength,
  });
  const { upload_url, file_id } = uploadUrl.parse(answer);
  const body = { content: file.content, mediaType: file.mediaType };
  const response = await deps.http.ask('upload', upload_url, { body, timeout: UPLOAD_TIMEOUT });
  if (response.status !== 200) throw new Error(`upload answered ${response.status}`);
  return file_id;
}
