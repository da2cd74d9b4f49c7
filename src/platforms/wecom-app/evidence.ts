import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FetchedFile } from '../../talk/evidence.ts';
import type { ApiClient } from '../shared/api-client.ts';
import { ApiError } from '../shared/api-client.ts';

/** Limit of a kept file; larger ones are stored elsewhere and named in a note. */
const MAX_BYTES = 20 * 1024 * 1024;

/** Something somebody gave. WeCom keeps it for three days. */
export const givenSchema = z.object({ media: z.string(), user: z.string(), message: z.string() });
export type GivenMedia = z.infer<typeof givenSchema>;

export async function fetchGiven(api: ApiClient, { media, message }: GivenMedia): Promise<FetchedFile> {
  try {
    const got = await api.download('media/get', MAX_BYTES, { media_id: media });
    if (got === 'too_large') return got;
    return { ...got, name: got.name ?? createHash('sha256').update(message).digest('hex').slice(0, 8) };
  } catch (error) {
    // 40007, 40058: there is no such media, or no longer.
    if (error instanceof ApiError && (error.code === 40007 || error.code === 40058)) return 'gone';
    throw error;
  }
}
