import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

function newFolder(): string {
  const home = mkdtempSync(join(tmpdir(), 'jishi-ci-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, 'reports'));
  return home;
}

function run(home: string, script: string, ...args: readonly string[]) {
  const PATH = [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter);
  const { VITEST: _, VITEST_POOL_ID: __, VITEST_WORKER_ID: ___, ...env } = process.env;
  const ran = spawnSync(process.execPath, [resolve(`scripts/${script}.ts`), ...args], {
    cwd: home,
    encoding: 'utf8',
    env: { ...env, PATH },
  });
  return { lines: ran.stdout.trim().split('\n'), status: ran.status, complaint: ran.stderr };
}

type Counted = { passed: number; failed: number; said?: readonly string[] };

/** What `.ci/run` prints last, and its exit code, for these reports and failed steps. */
function result(reports: { test?: Counted; soak?: Counted; bench?: Counted }, ...failedSteps: string[]) {
  const home = newFolder();
  for (const [step, counted] of Object.entries(reports))
    writeFileSync(join(home, `reports/${step}.json`), JSON.stringify(counted));
  const { lines, status } = run(home, 'ci-result', ...failedSteps);
  return [...lines, status];
}

it('adds tests, soak and benches', () => {
  const good = { test: { passed: 2, failed: 0 }, soak: { passed: 3, failed: 0 }, bench: { passed: 4, failed: 0 } };
  expect(result(good)).toEqual(['9 passed, 0 failed', 0]);
  const worse = { test: { passed: 1, failed: 0 }, bench: { passed: 4, failed: 1 } };
  expect(result(worse, 'bench')).toEqual(['5 passed, 1 failed', 1]);
});

it('counts a failed step that has no tests of its own, and failed tests once', () => {
  expect(result({ test: { passed: 1, failed: 0 } }, 'check')).toEqual(['1 passed, 1 failed', 1]);
  expect(result({ test: { passed: 1, failed: 2 } }, 'test')).toEqual(['1 passed, 2 failed', 1]);
});

it('names what failed and what was tried twice before the numbers', () => {
  const test = { passed: 1, failed: 0, said: ['second try: a'] };
  expect(result({ test, soak: { passed: 1, failed: 1, said: ['second try: b'] } }, 'soak')).toEqual([
    'second try: a',
    'second try: b',
    '2 passed, 1 failed',
    1,
  ]);
});

it('is red when nothing ran', () => {
  expect(result({ test: { passed: 0, failed: 0 } })).toEqual(['0 passed, 0 failed', 1]);
  expect(result({}, 'test')).toEqual(['0 passed, 1 failed', 1]);
});

/** `npm test` of a project with these files: what it says after the run, its exit code, and how many it counted. */
function tested(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const home = newFolder();
  symlinkSync(resolve('node_modules'), join(home, 'node_modules'));
  writeFileSync(join(home, 'package.json'), '{ "type": "module" }');
  const config = { include: ['*.test.js'], isolate: false, maxWorkers: 1 };
  writeFileSync(join(home, 'vitest.config.js'), `export default { test: ${JSON.stringify(config)} };`);
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(home, `${name}.test.js`), `import { beforeAll, expect, it } from 'vitest';\n${text}`);
  const { lines, status, complaint } = run(home, 'test', ...args);
  const report = join(home, 'reports/test.json');
  if (!existsSync(report)) throw new Error(complaint);
  const { passed, failed } = JSON.parse(readFileSync(report, 'utf8'));
  const said = lines.filter((line) => /^(second try:|failed:|\d+ passed)/.test(line));
  return { said, status, passed, failed };
}

const GOOD = "it('good', () => {});";
/** Fails in its first run; what it leaves behind lies beside it. */
const once = (where: string) => `
  import { existsSync, writeFileSync } from 'node:fs';
  const been = import.meta.filename + '-been';
  const isFirst = !existsSync(been);
  writeFileSync(been, '');
  ${where}`;

it('plays a file that failed once more, alone: what passes then is named and counts as passed, what fails twice has failed', () => {
  const files = {
    good: GOOD,
    chance: once("it('chance', () => expect(isFirst).toBe(false)); it('beside it', () => {});"),
    hook: once("beforeAll(() => { if (isFirst) throw new Error('no'); }); it('it', () => {});"),
    load: once("if (isFirst) throw new Error('no'); it('it', () => {});"),
    unhandled: once(
      "it('it', async () => { if (isFirst) Promise.reject(new Error('no')); await new Promise(setImmediate); });",
    ),
    bad: "it('bad', () => expect(1).toBe(2)); it('beside it', () => {});",
  };
  const { said, ...rest } = tested(files);
  expect(said.slice(0, -1).toSorted()).toEqual([
    'second try: bad.test.js: failed: bad (first try failed: bad)',
    'second try: chance.test.js: passed (first try failed: chance)',
    expect.stringMatching(/^second try: hook\.test\.js: passed \(first try failed: /),
    'second try: load.test.js: passed (first try failed: no)',
    'second try: unhandled.test.js: passed (first try failed: unhandled error: no)',
  ]);
  expect([said.at(-1), rest]).toEqual(['7 passed, 1 failed', { status: 1, passed: 7, failed: 1 }]);
});

it('plays a file once more whose process ended', () => {
  const ended = once(
    "it('it', () => isFirst ? process.kill(process.pid, 'SIGKILL') && new Promise(() => {}) : undefined);",
  );
  const { said, ...rest } = tested({ ended });
  expect([said[0], rest]).toEqual([
    expect.stringMatching(/^second try: ended\.test\.js: passed \(first try failed: /),
    { status: 0, passed: 1, failed: 0 },
  ]);
});

it('a run that breaks in many files is not played again', () => {
  const bad = Object.fromEntries(
    Array.from({ length: 9 }, (_, n) => [`bad${n}`, "it('bad', () => expect(1).toBe(2));"]),
  );
  const { said, status, failed } = tested({ good: GOOD, ...bad });
  expect([said.length, said[0], status, failed]).toEqual([10, expect.stringContaining('failed: bad'), 1, 9]);
});

it('a run in which no test ran has failed', () => {
  expect(tested({})).toMatchObject({ status: 1, passed: 0, failed: 1 });
  expect(tested({ good: GOOD }, '-t', 'another')).toMatchObject({ status: 1, passed: 0, failed: 1 });
});
