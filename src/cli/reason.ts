import { messageOf } from '../ops/errors.ts';

/** What a system calls a file that this user may not write, or cannot. */
const NOT_WRITABLE = /^(?:SQLITE_CANTOPEN|SQLITE_READONLY|EACCES|EPERM|EROFS|ENOTDIR)/;

/** Why a command could not do its work, and what to do about it if that is known. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (isNotWritable(error)) {
    return `this user may not write there (${messageOf(error)}); run it as the user Jishi runs as, or change the owner`;
  }
  if (code === 'ENOENT') return `no such file or folder (${messageOf(error)}); name one that exists`;
  return messageOf(error) || code;
}

/** Whether a file may not be written by this user. */
export function isNotWritable(error: unknown): boolean {
  return NOT_WRITABLE.test(codeOf(error));
}

/** What libraries call it; empty if they do not. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
