import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * The secret that signs sessions of local mode, made once and kept beside the data, readable by this user only: who was
 * chosen on this machine is still known after a restart.
 */
export function localSecret(file: string): string {
  try {
    // Fails if it exists, so two processes starting at once end up with the same one.
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
