import { existsSync, readFileSync } from 'node:fs';
import { type Tallied, talliedSchema } from './outcome.ts';

/**
 * The last lines of `.ci/run`: what failed or was tried twice by name, then the numbers. Arguments are the names of the steps
 * that failed. A failed step counts as one failure unless its own tests say which ones failed.
 */
const failedSteps = process.argv.slice(2);
const none: Tallied = { passed: 0, failed: 0, said: [] };
const talliedIn = (step: string, missing = none): Tallied => {
  const file = `reports/${step}.json`;
  return existsSync(file) ? talliedSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : missing;
};
const tallies: Readonly<Record<string, Tallied>> = {
  test: talliedIn('test', { passed: 0, failed: 1, said: [] }),
  soak: talliedIn('soak'),
  bench: talliedIn('bench'),
};
const all = Object.values(tallies);
const passed = all.reduce((sum, one) => sum + one.passed, 0);
const failedTests = all.reduce((sum, one) => sum + one.failed, 0);
const failed = failedTests + failedSteps.filter((step) => (tallies[step] ?? none).failed === 0).length;
for (const line of all.flatMap(({ said }) => said)) console.log(line);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
