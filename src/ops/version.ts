import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { parseJson } from './json.ts';

/** Version of the program, e.g. `0.1.0`. */
export const VERSION = manifest.version;

const buildSchema = z.object({
  /** Commit of the build, e.g. `9b8c989a`; empty if not given. */
  commit: z.string().regex(/^[0-9a-f]{7,40}$|^$/),
  /** Time of that commit (ISO 8601); empty if not given. */
  date: z.iso.datetime({ offset: true }).or(z.literal('')),
});
export type Build = z.infer<typeof buildSchema>;

const UNKNOWN: Build = { commit: '', date: '' };
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
let known: Build | null = null;

/** Returns commit and date of this program: from `build.json` in releases and images, otherwise from its checkout. */
export function build(): Build {
  known ??= buildOf(ROOT);
  return known;
}

/** Returns the build of the program in a folder. Never throws, as a program of unknown build runs as well. */
export function buildOf(root: string): Build {
  try {
    if (existsSync(`${root}/build.json`))
      return buildSchema.safeParse(parseJson(readFileSync(`${root}/build.json`, 'utf8'))).data ?? UNKNOWN;
    // The folder itself must be the checkout: one around it belongs to a project that installed this program.
    if (!existsSync(`${root}/.git`)) return UNKNOWN;
    const git = ['-C', root, 'log', '-1', '--format={"commit":"%h","date":"%cI"}', '--abbrev=8'];
    const said = execFileSync('git', git, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 2_000 });
    return buildSchema.safeParse(parseJson(said)).data ?? UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

/** Returns the commit of the program in a folder; empty if unknown, or if the program was changed since. */
export function unchangedCommit(root: string = ROOT): string {
  const { commit } = root === ROOT ? build() : buildOf(root);
  if (commit === '' || existsSync(`${root}/build.json`)) return commit;
  try {
    execFileSync('git', ['-C', root, 'diff', '--quiet', 'HEAD', '--', 'src', 'package*.json'], { timeout: 2_000 });
    return commit;
  } catch {
    return '';
  }
}

/** Returns version, commit and day, e.g. `0.1.0 (9b8c989a, 2026-11-28)`; only the version if the commit is unknown. */
export function fullVersion({ commit, date }: Build = build()): string {
  return commit === '' ? VERSION : `${VERSION} (${[commit, date.slice(0, 10)].filter(Boolean).join(', ')})`;
}
