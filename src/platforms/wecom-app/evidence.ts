import { z } from 'zod';
import type { FetchedFile } from '../../talk/evidence.ts';
import type { ApiClient } from '../shared/api-client.ts';
import { ApiError } from '../shared/api-client.ts';

/** Largest file kept; a note should name where larger ones are kept. */
const MAX_BYTES = 20 * 1024 * 1024;

/** Media that a person sent; WeCom keeps it for three days. */
export const givenSchema = z.object({ media: z.string(), user: z.string(), message: z.string() });
export type GivenMedia = z.infer<typeof givenSchema>;

export async function fetchGiven(api: ApiClient, { media }: GivenMedia): Promise<FetchedFile> {
  try {
    const got = await api.download('media/get', MAX_BYTES, { media_id: media });
    return got === 'too_large' ? got : { ...got, name: got.name ?? '' };
  } catch (error) {
    // Codes 40007 and 40058: the media does not exist, or expired.
    if (error instanceof ApiError && (error.code === 40007 || error.code === 40058)) return 'gone';
    throw error;
  }
}
