import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { changes } from './transcript.ts';

const FOLDER = 'tests/fixtures/golden';
const ROOT = join(import.meta.dirname, '../..');
/** So many lines after the first difference are compared for what a failing test prints. */
const WINDOW = 300;
const SHOWN = 80;

export const pathOf = (name: string): string => join(ROOT, FOLDER, `${name}.br`);

/** The kept transcript, of the working tree or of a revision of git; null if there is none. */
export function kept(name: string, revision: string | null = null): string | null {
  if (revision === null) return existsSync(pathOf(name)) ? unpacked(readFileSync(pathOf(name))) : null;
  try {
    const file = `${revision}:${FOLDER}/${name}.br`;
    return unpacked(execFileSync('git', ['show', file], { cwd: ROOT, maxBuffer: 1e9, stdio: 'pipe' }));
  } catch {
    return null;
  }
}

function unpacked(content: Uint8Array): string {
  return withoutHashes(brotliDecompressSync(content).toString('utf8'));
}

/**
 * Hashes of the record, and ids made of them, change with everything an event holds, whatever is said; codes of presses are
 * counted through the whole process, whatever ran before.
 */
export function withoutHashes(transcript: string): string {
  return transcript
    .replace(/(Fingerprint of the record: |记录校验码：)[0-9a-f]{16}/g, '$1…')
    .replace(/("task_id": "js-[0-9a-z]+)-[\w-]{32}"/g, '$1-…"')
    .replace(/("response_code": )"code-\d+"/g, '$1"…"');
}

export function packed(text: string): Uint8Array {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return brotliCompressSync(text, { params });
}

/** The first differences between two transcripts, for a person; null if they are equal. */
export function firstDifferences(before: string | null, after: string): string | null {
  if (before === null) return 'no transcript is kept under this name: npm run golden';
  if (before === after) return null;
  const [old, now] = [before.split('\n'), after.split('\n')];
  const first = old.findIndex((line, index) => line !== now[index]);
  const from = Math.max(0, (first < 0 ? old.length : first) - 3);
  const step = now.slice(0, from + 4).findLast((line) => line.startsWith('#')) ?? '';
  const shown = changes(old.slice(from, from + WINDOW), now.slice(from, from + WINDOW)).slice(0, SHOWN);
  return [`line ${Math.max(first, 0) + 1}, below ${step}`, ...shown, '(all of it: npm run golden -- --diff)'].join(
    '\n',
  );
}
