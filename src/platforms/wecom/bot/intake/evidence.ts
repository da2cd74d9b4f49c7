import { decryptFile } from '@wecom/aibot-node-sdk';
import { ProxyAgent, fetch as undiciFetch } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../../../use-cases/ports.ts';
import { BOT_LIMITS, MEDIA_HOSTS } from '../../limits.ts';
import { clean, cut } from '../../text/cut.ts';

/** Maximum size of a file that is fetched; for a larger one the person gets a message. */
const MAX_BYTES = 50 * 1024 * 1024;
const FETCH_TIMEOUT = 60_000;

/** A photo or file somebody gave, on disk until it is fetched: its address is good for five minutes. */
export const mediaJobSchema = z.strictObject({
  url: z.string(),
  aeskey: z.string().nullable(),
  incident: z.string(),
  user: z.string(),
  msgid: z.string(),
  at: z.number(),
});
export type MediaJob = z.infer<typeof mediaJobSchema>;
export interface Fetched {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}
export type MediaResult = Fetched | 'too_large' | 'gone';
/** Sources from which media may be fetched. */
export interface MediaSource {
  readonly proxy: string | null;
  /** The long connection's own address where it is not Tencent's: media of a private deployment lie beside it. */
  readonly wsUrl: string | null;
  readonly clock: Clock;
}

/** Fetches what somebody gave. Throws when it should be tried again. */
export async function fetchMedia(
  { proxy, wsUrl, clock }: MediaSource,
  { url, aeskey, at }: MediaJob,
): Promise<MediaResult> {
  if (!isMediaAddress(url, wsUrl)) return 'gone';
  if (clock.now() - at > BOT_LIMITS.mediaFor) return 'gone';
  const response = await undiciFetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(FETCH_TIMEOUT),
    ...(proxy === null ? {} : { dispatcher: new ProxyAgent(proxy) }),
  });
  if (response.status !== 200 || !response.body) return 'gone';
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    if (!(part instanceof Uint8Array)) continue;
    size += part.byteLength;
    if (size > MAX_BYTES) return 'too_large';
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  const content = aeskey === null ? body : decryptFile(body, aeskey);
  const { mediaType, ending } = kindOf(content);
  return { name: nameOf(response.headers.get('content-disposition')) ?? `${at}.${ending}`, mediaType, content };
}

/** Returns true if media may be fetched there: Tencent's hosts over https, or the host of a private deployment. */
export function isMediaAddress(address: string, wsUrl: string | null): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (wsUrl !== null && url.host === new URL(wsUrl).host) return true;
  return (
    url.protocol === 'https:' && url.port === '' && MEDIA_HOSTS.some((host) => `.${url.hostname}`.endsWith(`.${host}`))
  );
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

function nameOf(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition ?? '')?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
  let name = plain ?? null;
  try {
    if (encoded !== undefined) name = decodeURIComponent(encoded);
  } catch {
    return null;
  }
  return name === null ? null : cut(clean(name).replace(/[\\/\t\n]/g, '_'), 200) || null;
}
