import type { Config } from '../config/schema.ts';
import { messageOf } from '../ops/errors.ts';

/** What a system calls a file that this user may not write, or cannot. */
const NOT_WRITABLE = /^(?:SQLITE_CANTOPEN|SQLITE_READONLY|EACCES|EPERM|EROFS|ENOTDIR)/;

/** Why a command could not do its work, and what to do about it if that is known. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (NOT_WRITABLE.test(code)) {
    return `this user may not write there (${messageOf(error)}); run it as the user Jishi runs as, or change the owner`;
  }
  if (code === 'ENOENT') return `no such file or folder (${messageOf(error)}); name one that exists`;
  return messageOf(error) || code;
}

/** Why the bot cannot start, and which setting to look at. */
export function whyNotStarted(error: unknown, { port, dataDir }: Pick<Config, 'port' | 'dataDir'>): string {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') return `port ${port} is taken; set PORT to another one`;
  if (NOT_WRITABLE.test(code)) {
    return `${dataDir} cannot be written by this user (${messageOf(error)}); change its owner or set DATA_DIR`;
  }
  return messageOf(error);
}

/** What libraries call it; empty if they do not. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
