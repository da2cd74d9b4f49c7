import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readEnvFile } from './dotenv.ts';
import { takeOwner } from './owner.ts';

/** Values that need no quotation marks, so that every reader of `.env` files gets the same value. */
const BARE = /^[\w./:@,=-]*$/;

/**
 * Sets variables in a `.env` file and keeps all other lines. The file keeps its owner, group and mode, but loses the
 * rights of all other users, as it has secrets; only its owner can read a new file. The file is replaced as a whole if
 * this user may give it to its owner, otherwise it is rewritten in place. Throws file system errors.
 */
export function setInEnvFile(file: string, values: Readonly<Record<string, string>>): void {
  const before = readEnvFile(file);
  const text = withValues(before ?? '', values);
  const place = before === null ? file : realpathSync(file);
  const temporary = `${place}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    const isKept = before === null || takeOwner(temporary, place);
    // The umask limits the mode that a file is created with, and chown may change it.
    chmodSync(temporary, before === null ? 0o600 : statSync(place).mode & 0o770);
    if (isKept) renameSync(temporary, place);
    else writeFileSync(place, text);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Text of the file with these variables set: each replaces its old line, or is added at the end. */
export function withValues(text: string, values: Readonly<Record<string, string>>): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
  for (const [name, value] of Object.entries(values)) {
    if (!BARE.test(value)) throw new Error(`${name} has characters that do not belong into it`);
    const mentions = lines.flatMap((line, index) => (assigns(line, name) ? [index] : []));
    // Readers use the last entry of a name, so an older one must not stay below the new value.
    for (const index of mentions.slice(1).toReversed()) lines.splice(index, 1);
    const [first] = mentions;
    if (first === undefined) lines.push(`${name}=${value}`);
    else lines[first] = `${name}=${value}`;
  }
  return lines.length === 0 ? '' : `${lines.join(eol)}${eol}`;
}

function assigns(line: string, name: string): boolean {
  return new RegExp(`^\\uFEFF?\\s*(export\\s+)?${name}\\s*=`).test(line);
}
