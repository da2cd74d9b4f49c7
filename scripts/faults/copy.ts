import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { type Fault, planted } from '../../tests/simulation/faults.ts';

/** Large folders of tests that nothing here reads. */
const UNUSED = /^tests\/(golden|fixtures|e2e|bench)\//;

/** A copy of the source and the tests, in which faults are planted one after the other. */
export interface Copy {
  readonly folder: string;
  /** Does `work` with a fault in the copy, and takes it out again. */
  planting<T>(fault: Fault, work: () => Promise<T>): Promise<T>;
  remove(): void;
}

export function copyOfSource(): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-fault-'));
  for (const part of ['src', 'tests', 'package.json', 'vitest.config.ts', 'tsconfig.json'])
    cpSync(part, join(folder, part), { recursive: true, filter: (path) => !UNUSED.test(path) });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    planting: async (fault, work) => {
      const file = join(folder, fault.file);
      const sound = readFileSync(file, 'utf8');
      writeFileSync(file, planted(sound, fault));
      try {
        return await work();
      } finally {
        writeFileSync(file, sound);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const reportSchema = z.object({
  numPassedTests: z.number(),
  testResults: z.array(z.object({ assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) })),
});

/** A start that is slow on a busy machine is no mistake. */
const PATIENT = ['--hookTimeout', '60000', '--testTimeout', '60000'];
/** With a fault much of what is waited for never comes; what is awaited on loopback comes within a second. */
const IMPATIENT = ['--hookTimeout', '30000', '--testTimeout', '15000', '--expect.poll.timeout', '4000'];

/**
 * The test of these files that failed; null if all passed, `late` if they did not end within `limit` milliseconds. With a
 * planted fault it waits only shortly for what may never come. Throws if they did not run: that proves nothing.
 */
export async function failedTest(
  folder: string,
  files: readonly string[],
  {
    limit = Number.POSITIVE_INFINITY,
    isPlanted = true,
  }: { readonly limit?: number; readonly isPlanted?: boolean } = {},
): Promise<{ readonly failed: string | null } | 'late'> {
  const report = join(folder, 'report.json');
  const how = [
    'run',
    ...files,
    '--bail',
    '1',
    '--retry',
    '0',
    ...(isPlanted ? IMPATIENT : PATIENT),
    '--reporter',
    'json',
    '--outputFile',
    report,
  ];
  // One worker each: several of them run beside each other.
  const env = { ...process.env, VITEST_MAX_WORKERS: '1', EVERY_VARIANT: '1' };
  const child = spawn(process.execPath, [resolve('node_modules/vitest/vitest.mjs'), ...how], { cwd: folder, env });
  const alarm = Number.isFinite(limit) ? setTimeout(() => child.kill('SIGKILL'), limit) : undefined;
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  clearTimeout(alarm);
  if (child.killed) return 'late';
  if (!existsSync(report)) throw new Error(`${files.join()} did not run: ${out}${complaint}`);
  const { testResults, numPassedTests } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
  rmSync(report);
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = all.find(({ status }) => status === 'failed')?.fullName ?? null;
  if (failed === null && numPassedTests === 0) throw new Error(`${files.join()} did not run: ${out}${complaint}`);
  return { failed };
}
