import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Only what needs no quotation marks, so that every reader of `.env` files understands it alike. */
const BARE = /^[\w./:@-]*$/;

/**
 * Sets variables in a `.env` file and keeps every other line as it is. The file is made if it is missing, replaced as a
 * whole, and readable by its owner only. Throws what the file system throws.
 */
export function setInEnvFile(file: string, values: Readonly<Record<string, string>>): void {
  const before = read(file);
  const place = before === null ? file : realpathSync(file);
  const temporary = `${place}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, withValues(before ?? '', values), { mode: 0o600, flag: 'wx' });
    // The mode above is subject to the umask.
    chmodSync(temporary, 0o600);
    renameSync(temporary, place);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The text of the file with these variables set: where they stood, otherwise at its end. */
export function withValues(text: string, values: Readonly<Record<string, string>>): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
  for (const [name, value] of Object.entries(values)) {
    if (!BARE.test(value)) throw new Error(`${name} has characters that do not belong into it`);
    const mentions = lines.flatMap((line, index) => (assigns(line, name) ? [index] : []));
    // The last one counts, so the others must not stay behind it or before it.
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

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
