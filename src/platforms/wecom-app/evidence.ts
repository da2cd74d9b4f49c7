import { z } from 'zod';
import type { Download } from '../shared/http-client.ts';
import { WecomError } from '../wecom/api/errors.ts';
import type { WecomApp } from '../wecom/api/http-api.ts';

/** As everywhere: larger ones are kept elsewhere and named in a note. */
const MAX_BYTES = 20 * 1024 * 1024;

/** Something somebody gave. WeCom keeps it for three days. */
export const unplacedSchema = z.strictObject({ media: z.string(), user: z.string(), message: z.string() });
export type UnplacedMedia = z.infer<typeof unplacedSchema>;
export const givenSchema = unplacedSchema.extend({ incident: z.string() });
export type GivenMedia = z.infer<typeof givenSchema>;
export type Fetched = Download | 'too_large' | 'gone';

export async function fetchGiven(api: WecomApp, { media }: GivenMedia): Promise<Fetched> {
  try {
    return await api.download(media, MAX_BYTES);
  } catch (error) {
    // 40007, 40058: there is no such media, or no longer.
    if (error instanceof WecomError && (error.code === 40007 || error.code === 40058)) return 'gone';
    throw error;
  }
}
