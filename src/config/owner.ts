import { chownSync, statSync } from 'node:fs';

/**
 * Gives a file the owner and group of another file or folder, so that the user of the service can use what an
 * administrator creates. Returns false if this user may not.
 */
export function takeOwner(file: string, of: string): boolean {
  const { uid, gid } = statSync(of);
  const own = statSync(file);
  if (own.uid === uid && own.gid === gid) return true;
  try {
    chownSync(file, uid, gid);
    return true;
  } catch {
    return false;
  }
}
