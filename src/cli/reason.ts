import type { Config } from '../config/schema.ts';
import { type MessageLanguage, translate } from '../i18n/translate.ts';
import { codeOf, messageOf } from '../ops/errors.ts';
import { sentenceIn } from './sentence-translations.ts';

/** Error codes for files that this user may not, or cannot, write. */
const NOT_WRITABLE = /^(?:SQLITE_CANTOPEN|SQLITE_READONLY|EACCES|EPERM|EROFS|ENOTDIR|EEXIST)/;

/** Error codes for a disk that takes nothing more. */
const NO_SPACE = /^(?:SQLITE_FULL|ENOSPC|EDQUOT)/;

/** Error codes for a disk that fails; SQLite has no code of its own for a quota. */
const FAILING = /^(?:SQLITE_IOERR|EIO)/;

/** Returns the reason for a command's failure, with a remedy if one is known. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (NOT_WRITABLE.test(code)) {
    return `this user may not write there (${messageOf(error)}); run it as the user Jishi runs as, or change the owner`;
  }
  if (NO_SPACE.test(code))
    return `the disk is full (${messageOf(error)}); make space there, then run the command again`;
  if (FAILING.test(code))
    return `the disk failed (${messageOf(error)}): it is damaged, detached or over a quota; check it, then run the command again`;
  if (code === 'ENOENT') return `no such file or folder (${messageOf(error)}); name one that exists`;
  return messageOf(error) || code;
}

function whyNotStarted(error: unknown, { host, port, dataDir }: Pick<Config, 'host' | 'port' | 'dataDir'>): string {
  const code = codeOf(error);
  if (isOfListening(error) && code === 'EACCES')
    return `this user may not open port ${port}; set PORT to one above 1023`;
  if (code === 'EADDRNOTAVAIL') return `${host} is not an address of this machine; set HOST to one that is`;
  if (code === 'EADDRINUSE') return `port ${port} is taken; set PORT to another one`;
  if (NOT_WRITABLE.test(code)) {
    return `${dataDir} cannot be written by this user (${messageOf(error)}); change its owner or set DATA_DIR`;
  }
  if (NO_SPACE.test(code)) return `the disk of ${dataDir} is full; make space, then start again`;
  if (FAILING.test(code))
    return `the disk of ${dataDir} failed (${messageOf(error)}): it is damaged, detached or over a quota; check it, then start again`;
  return messageOf(error);
}

/** Returns the sentence for a failed start, in the terminal's language: the reason and the setting to check. */
export function notStarted(
  error: unknown,
  config: Pick<Config, 'host' | 'port' | 'dataDir'>,
  language: MessageLanguage,
): string {
  return translate(language, 'cli.not_started', { reason: sentenceIn(language, whyNotStarted(error, config)) });
}

/** Names of errors in a file named by a setting: importing the classes would load the readers of all such files. */
const OF_SETTINGS: readonly string[] = ['OrganisationError', 'RegimeError', 'ScenarioError', 'AlertSourcesError'];

/** Returns true if a file named by a setting is wrong, so that another start would fail the same way. */
export function isOfSettings(error: unknown): boolean {
  return error instanceof Error && OF_SETTINGS.includes(error.name);
}

/** Returns true if the server could not listen on its port, whatever the code. */
function isOfListening(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'listen';
}
