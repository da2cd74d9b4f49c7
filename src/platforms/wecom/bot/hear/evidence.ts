import { decryptFile } from '@wecom/aibot-node-sdk';
import { z } from 'zod';
import { type FetchedFile, UNKNOWN_TYPE } from '../../../../talk/evidence.ts';
import type { Clock } from '../../../../use-cases/ports.ts';
import type { HttpClient } from '../../../shared/http-client.ts';
import { BOT_LIMITS, FETCHED_FROM } from '../../limits.ts';

/** Largest file fetched; for a larger one the person gets a message. */
const MAX_BYTES = 50 * 1024 * 1024;

/** Photo or file that a person gave, stored until it is fetched; its address is valid for five minutes. */
export const givenFileSchema = z.strictObject({
  url: z.string(),
  aeskey: z.string().nullable(),
  user: z.string(),
  /** Id of the message, with the file's position in it. */
  message: z.string(),
  at: z.number(),
});
export type GivenFile = z.infer<typeof givenFileSchema>;
/** Parts for fetching media. */
export interface MediaSource {
  readonly http: HttpClient;
  /** Address of the long connection if not Tencent's: a private deployment has its media there. */
  readonly wsUrl: string | null;
  readonly clock: Clock;
}

/** Fetches a file that a person gave. Throws if a retry may help. */
export async function fetchMedia(
  { http, wsUrl, clock }: MediaSource,
  { url, aeskey, at }: GivenFile,
): Promise<FetchedFile> {
  if (clock.now() - at > BOT_LIMITS.mediaFor) return 'gone';
  const got = await http.downloadGiven('media', url, { max: MAX_BYTES, hosts: FETCHED_FROM, own: wsUrl });
  if (got === 'too_large') return got;
  if (got === 'elsewhere' || got.status !== 200) return 'gone';
  const content = aeskey === null ? got.content : decryptFile(Buffer.from(got.content), aeskey);
  return { name: got.name ?? '', mediaType: UNKNOWN_TYPE, content };
}
