import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { takeOwner } from '../config/owner.ts';

export const LOCAL_TOKEN_FILE = 'console.token';

/** Returns a local mode secret, made once per data folder and kept in `file`, readable by this user only. */
export function localSecret(file: string): string {
  try {
    // Flag `wx` fails if the file exists, so two processes that start at once share the first one's secret.
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
    takeOwner(file, dirname(file));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
