import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Tally, tallyOf } from './tally.ts';

/**
 * The last line of `.ci/run`. Arguments are the names of the steps that failed. A failed step counts as one failure
 * unless its own tests say which ones failed.
 */
const failedSteps = process.argv.slice(2);
const counted = z.object({ passed: z.number(), failed: z.number() });
const none: Tally = { passed: 0, failed: 0 };
const countedIn = (file: string): Tally =>
  existsSync(file) ? counted.parse(JSON.parse(readFileSync(file, 'utf8'))) : none;
const tallies: Readonly<Record<string, Tally>> = {
  test: tallyOf('reports/test.json'),
  soak: countedIn('reports/soak.json'),
  bench: countedIn('reports/bench.json'),
};
const passed = Object.values(tallies).reduce((sum, one) => sum + one.passed, 0);
const failedTests = Object.values(tallies).reduce((sum, one) => sum + one.failed, 0);
const failed = failedTests + failedSteps.filter((step) => (tallies[step] ?? none).failed === 0).length;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
