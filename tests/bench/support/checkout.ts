import { execFileSync, fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type BenchRow, rowsSchema } from './compare.ts';

const ONE = resolve(import.meta.dirname, '../one.ts');
const answerSchema = z.object({ rows: rowsSchema.nullable() });
/** A bench that takes longer hangs, in its short form and whole. */
const LIMITS = { short: 2 * 60_000, whole: 8 * 60_000 };

/** Rows of one bench of a checkout, measured in a process of its own; null if it has no such bench. Throws if it fails. */
export function measure(
  root: string,
  file: string,
  name: string,
  isShort: boolean,
): Promise<readonly BenchRow[] | null> {
  if (!existsSync(join(root, file))) return Promise.resolve(null);
  const env = { ...process.env, ...(isShort ? { BENCH_SHORT: '1' } : {}) };
  const child = fork(ONE, [file, name], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((done, failed) => {
    const alarm = setTimeout(() => child.kill('SIGKILL'), isShort ? LIMITS.short : LIMITS.whole);
    let rows: readonly BenchRow[] | null | undefined;
    child.on('message', (message) => {
      rows = answerSchema.parse(message).rows;
    });
    child.once('exit', (code, signal) => {
      clearTimeout(alarm);
      if (rows === undefined) failed(new Error(`ended with ${signal ?? code} and no rows`));
      else done(rows);
    });
  });
}

/** Another commit in a folder of its own, with packages to run it; `remove` takes it away again. */
export function checkoutOf(root: string, commit: string): { readonly folder: string; remove(): void } {
  const git = (...args: readonly string[]): string => execFileSync('git', [...args], { cwd: root, encoding: 'utf8' });
  const above = mkdtempSync(join(tmpdir(), 'jishi-against-'));
  const folder = join(above, 'checkout');
  git('worktree', 'add', '--detach', '--quiet', folder, commit);
  const remove = (): void => {
    git('worktree', 'remove', '--force', folder);
    rmSync(above, { recursive: true, force: true });
  };
  try {
    if (hasPackagesOf(packagesIn(root), packagesIn(folder)))
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    else execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

const packagesSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});
type Packages = z.infer<typeof packagesSchema>;

function packagesIn(folder: string): Packages {
  return packagesSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

/** Returns true if everything `other` names is there in the same version, so that its packages need not be installed. */
export function hasPackagesOf(here: Packages, other: Packages): boolean {
  const all = { ...here.devDependencies, ...here.dependencies };
  return Object.entries({ ...other.devDependencies, ...other.dependencies }).every(
    ([name, version]) => all[name] === version,
  );
}
