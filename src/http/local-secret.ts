import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { takeOwner } from '../config/owner.ts';

/** The file of the token in the link that opens the console in local mode. */
export const LOCAL_TOKEN_FILE = 'console.token';

/** A secret of local mode, made once for a data folder and kept in `file` there, readable by this user only. */
export function localSecret(file: string): string {
  try {
    // Fails if it exists, so two processes starting at once end up with the same one.
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
    takeOwner(file, dirname(file));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
