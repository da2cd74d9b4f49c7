import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import kept from './size.json' with { type: 'json' };

/** Lines of the TypeScript and JavaScript below src, as `git ls-files 'src/*.ts' 'src/*.js' | xargs cat | wc -l` counts. */
export function linesOfSrc(root = '.'): number {
  const files = globSync('src/**/*.{ts,js}', { cwd: root });
  return files.reduce((sum, file) => sum + readFileSync(join(root, file), 'utf8').split('\n').length - 1, 0);
}

/** An error when the program has more lines than the number that is kept; null if it has not. */
export function tooLong(lines: number, most: number): string | null {
  if (lines <= most) return null;
  return `src has ${lines} lines, ${lines - most} more than scripts/size.json allows (${most}): make it shorter, or raise "linesOfSrc" in the same commit and say in its message why.`;
}

if (import.meta.main) {
  const lines = linesOfSrc();
  const error = tooLong(lines, kept.linesOfSrc);
  console.log(error ?? `src has ${lines} of at most ${kept.linesOfSrc} lines`);
  if (error !== null) process.exitCode = 1;
}
