import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Outcome, outcomeSchema, type Tallied } from './outcome.ts';

/** More files than these are no chance, and trying them again would take too long. */
const MOST = 8;

interface How {
  readonly reporter?: 'default' | 'dot';
  readonly env?: Readonly<Record<string, string>>;
}

/** One run of vitest with arguments. */
export type Play = (args: readonly string[], how: How) => Outcome;

/**
 * Runs vitest with these arguments. A file that failed is played once more after the run, alone in processes of its own: what
 * fails twice has failed, what passes then counts as passed and is named. Nothing that ran counts as a failure, unless
 * `--passWithNoTests` is given.
 */
export async function runTwice(args: readonly string[], how: How = {}, play: Play = vitest): Promise<Tallied> {
  const first = play(args, how);
  const suspects = first.files.filter(({ failed }) => failed.length > 0);
  const isTooMany = suspects.length > MOST;
  const files = first.files.filter(({ failed }) => failed.length === 0);
  const said = first.errors.map((error) => `failed: ${error}`);
  const options = suspects.length > 0 && !isTooMany ? await optionsOf(args) : [];
  const errors = [...first.errors];
  for (const suspect of suspects) {
    const why = suspect.failed.join(' · ');
    if (isTooMany) {
      said.push(`failed: ${suspect.file}: ${why}`);
      files.push(suspect);
      continue;
    }
    console.log(`\nsecond try of ${suspect.file}, alone`);
    const again = play([...options, resolve(suspect.file)], how);
    const names = [...again.files.flatMap(({ failed }) => failed), ...again.errors];
    const verdict = names.length === 0 ? 'passed' : `failed: ${names.join(' · ')}`;
    said.push(`second try: ${suspect.file}: ${verdict} (first try failed: ${why})`);
    files.push(...again.files);
    errors.push(...again.errors);
  }
  const passed = files.reduce((sum, file) => sum + file.passed, 0);
  const failed = files.reduce((sum, file) => sum + file.failed.length, errors.length);
  if (failed === 0 && passed === 0 && !args.includes('--passWithNoTests'))
    return { passed, failed: 1, said: [...said, 'failed: no test ran'] };
  return { passed, failed, said };
}

/** Arguments without the words that choose files. */
async function optionsOf(args: readonly string[]): Promise<readonly string[]> {
  if (args.length === 0) return [];
  const { parseCLI } = await import('vitest/node');
  const { filter } = parseCLI(['vitest', 'run', ...args]);
  return args.filter((arg) => !filter.includes(arg));
}

function vitest(args: readonly string[], { reporter = 'default', env = {} }: How): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-tests-'));
  const report = join(folder, 'outcome.json');
  try {
    const reporters = [`--reporter=${reporter}`, `--reporter=${join(import.meta.dirname, 'outcome.ts')}`];
    const { status } = spawnSync('vitest', ['run', ...args, ...reporters, `--outputFile.outcome=${report}`], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    const ended = `vitest ended with ${status ?? 'a signal'}`;
    if (!existsSync(report)) return { files: [], errors: status === 0 ? [] : [ended] };
    const { files, errors } = outcomeSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
    const isRed = errors.length > 0 || files.some(({ failed }) => failed.length > 0);
    return { files, errors: status !== 0 && !isRed && files.length > 0 ? [ended] : errors };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
