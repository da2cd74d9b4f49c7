import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const test = (...status: string[]) => ({
  status: status.includes('failed') ? 'failed' : 'passed',
  assertionResults: status.map((one) => ({ status: one })),
});
const unloadable = { status: 'failed', assertionResults: [] };

/** What `.ci/run` prints last, and its exit code, for these reports and failed steps. */
type Counted = { passed: number; failed: number };
function result(reports: { test?: object[]; soak?: Counted; bench?: Counted }, ...failedSteps: string[]) {
  const home = mkdtempSync(join(tmpdir(), 'jishi-ci-'));
  mkdirSync(join(home, 'reports'));
  if (reports.test) {
    const all = reports.test.flatMap((file) => ('assertionResults' in file ? file.assertionResults : []));
    const count = (status: string): number => JSON.stringify(all).split(`"${status}"`).length - 1;
    const report = { numPassedTests: count('passed'), numFailedTests: count('failed'), testResults: reports.test };
    writeFileSync(join(home, 'reports/test.json'), JSON.stringify(report));
  }
  for (const name of ['soak', 'bench'] as const)
    if (reports[name]) writeFileSync(join(home, `reports/${name}.json`), JSON.stringify(reports[name]));
  const ran = spawnSync(process.execPath, [resolve('scripts/ci-result.ts'), ...failedSteps], {
    cwd: home,
    encoding: 'utf8',
  });
  return [ran.stdout.trim(), ran.status];
}

it('adds tests, soak and benches', () => {
  expect(
    result({ test: [test('passed', 'passed')], soak: { passed: 3, failed: 0 }, bench: { passed: 4, failed: 0 } }),
  ).toEqual(['9 passed, 0 failed', 0]);
  const worse = { test: [test('passed')], bench: { passed: 4, failed: 1 } };
  expect(result(worse, 'bench')).toEqual(['5 passed, 1 failed', 1]);
});

it('counts failed tests once, and files that could not be loaded', () => {
  expect(result({ test: [test('passed', 'failed'), unloadable] }, 'test')).toEqual(['1 passed, 2 failed', 1]);
});

it('counts a failed step that has no tests of its own', () => {
  expect(result({ test: [test('passed')] }, 'check')).toEqual(['1 passed, 1 failed', 1]);
});

it('is red when nothing ran', () => {
  expect(result({ test: [] })).toEqual(['0 passed, 0 failed', 1]);
  expect(result({}, 'test')).toEqual(['0 passed, 1 failed', 1]);
});
