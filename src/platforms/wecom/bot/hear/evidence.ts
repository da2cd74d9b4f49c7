import { decryptFile } from '@wecom/aibot-node-sdk';
import { z } from 'zod';
import type { Clock } from '../../../../use-cases/ports.ts';
import { type HttpClient, isFileAddress, type OutgoingFile } from '../../../shared/http-client.ts';
import { BOT_LIMITS, FETCHED_FROM } from '../../limits.ts';
import { clean, cut } from '../../text/cut.ts';

/** Maximum size of a file that is fetched; for a larger one the person gets a message. */
const MAX_BYTES = 50 * 1024 * 1024;

/** A photo or file somebody gave, on disk until it is fetched: its address is good for five minutes. */
export const givenFileSchema = z.strictObject({
  url: z.string(),
  aeskey: z.string().nullable(),
  user: z.string(),
  /** Id of the message, with the file's position in it. */
  message: z.string(),
  at: z.number(),
});
export type GivenFile = z.infer<typeof givenFileSchema>;
type MediaResult = OutgoingFile | 'too_large' | 'gone';
/** Sources from which media may be fetched. */
export interface MediaSource {
  readonly http: HttpClient;
  /** The long connection's own address where it is not Tencent's: media of a private deployment lie beside it. */
  readonly wsUrl: string | null;
  readonly clock: Clock;
}

/** Fetches a file that a person gave. Throws if a retry may help. */
export async function fetchMedia(
  { http, wsUrl, clock }: MediaSource,
  { url, aeskey, at }: GivenFile,
): Promise<MediaResult> {
  if (!isFileAddress(url, FETCHED_FROM, wsUrl)) return 'gone';
  if (clock.now() - at > BOT_LIMITS.mediaFor) return 'gone';
  const got = await http.download('media', url, { max: MAX_BYTES });
  if (got === 'too_large') return got;
  if (got.status !== 200) return 'gone';
  const content = aeskey === null ? got.content : decryptFile(Buffer.from(got.content), aeskey);
  const { mediaType, ending } = kindOf(content);
  const name = got.name === null ? '' : cut(clean(got.name).replace(/[\\/\t\n]/g, '_'), 200);
  return { name: name || `${at}.${ending}`, mediaType, content };
}

/** Type of a file by its content, because names given by people are not reliable. */
function kindOf(content: Uint8Array): { readonly mediaType: string; readonly ending: string } {
  const head = Buffer.from(content.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return { mediaType: 'image/jpeg', ending: 'jpg' };
  if (head.startsWith('\x89PNG')) return { mediaType: 'image/png', ending: 'png' };
  if (head.startsWith('%PDF')) return { mediaType: 'application/pdf', ending: 'pdf' };
  if (head.startsWith('PK')) return { mediaType: 'application/zip', ending: 'zip' };
  if (head.slice(4, 8) === 'ftyp') return { mediaType: 'video/mp4', ending: 'mp4' };
  return { mediaType: 'application/octet-stream', ending: 'bin' };
}
