import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { MISTAKES, type Mistake } from '../tests/contract/mistakes.ts';
import { planted } from '../tests/simulation/faults.ts';

/**
 * Plants each of the known mistakes of a platform in a copy of the source and runs the contract suites of that platform,
 * which have to fail at an expectation; without a mistake they have to pass. `--only PART` (may be repeated) chooses the
 * mistakes whose names contain it, `--unchecked` leaves out the runs without a mistake. Ends with 1 if one of them is not found.
 */
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, unchecked: { type: 'boolean' } } });
const chosen = MISTAKES.filter(({ name }) => values.only?.some((part) => name.includes(part)) ?? true);

const reportSchema = z.object({
  numPassedTests: z.number(),
  testResults: z.array(z.object({ assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) })),
});

/** Large folders of tests that the suites do not read. */
const UNUSED = /^tests\/(golden|fixtures|e2e|bench)\//;

/** A copy of the source with the tests that are needed. */
function copyOfSource(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-mistake-'));
  for (const part of ['src', 'tests', 'package.json', 'vitest.config.ts', 'tsconfig.json'])
    cpSync(part, join(folder, part), { recursive: true, filter: (path) => !UNUSED.test(path) });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** A start that is slow on a busy machine is no mistake. */
const PATIENT = ['--hookTimeout', '60000', '--testTimeout', '60000'];

/** The test of a suite that failed; null if all passed. Throws if the suite did not run: that proves nothing. */
async function failedTest(folder: string, suite: Mistake['suite']): Promise<string | null> {
  const files = [`tests/contract/platform/${suite}.test.ts`];
  const report = join(folder, 'report.json');
  const how = [
    'run',
    ...files,
    '--bail',
    '1',
    '--retry',
    '0',
    ...PATIENT,
    '--reporter',
    'json',
    '--outputFile',
    report,
  ];
  const child = spawn(process.execPath, [resolve('node_modules/vitest/vitest.mjs'), ...how], { cwd: folder });
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (!existsSync(report)) throw new Error(`${suite} did not run: ${out}${complaint}`);
  const { testResults, numPassedTests } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
  rmSync(report);
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = all.find(({ status }) => status === 'failed');
  if (!failed && numPassedTests === 0) throw new Error(`${suite} did not run: ${out}${complaint}`);
  return failed?.fullName ?? null;
}

async function hunt(): Promise<void> {
  const folder = copyOfSource();
  let missed = 0;
  try {
    for (const suite of values.unchecked ? [] : new Set(chosen.map((mistake) => mistake.suite))) {
      const failed = await failedTest(folder, suite);
      if (failed !== null) throw new Error(`${suite} fails without any mistake: ${failed}`);
    }
    for (const mistake of chosen) {
      const file = join(folder, mistake.file);
      const sound = readFileSync(file, 'utf8');
      writeFileSync(file, planted(sound, mistake));
      const failed = await failedTest(folder, mistake.suite);
      writeFileSync(file, sound);
      if (failed === null) missed += 1;
      console.log(failed === null ? `MISSED ${mistake.name}` : `found  ${mistake.name} (${failed})`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${chosen.length} mistakes, ${missed} not found`);
  process.exitCode = missed === 0 && chosen.length > 0 ? 0 : 1;
}

await hunt();
