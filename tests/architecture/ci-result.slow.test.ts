import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, resolve } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { FileOutcome, Outcome } from '../../scripts/outcome.ts';
import { runTwice } from '../../scripts/twice.ts';

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

it('names whatever can fail in a file; a run that breaks in many files is not played again', () => {
  const bad = Object.fromEntries(
    Array.from({ length: 5 }, (_, n) => [`bad${n}`, "it('bad', () => expect(1).toBe(2)); it('beside it', () => {});"]),
  );
  const files = {
    good: GOOD,
    hook: "beforeAll(() => { throw new Error('no'); }); it('it', () => {});",
    load: "throw new Error('no');",
    unhandled: "it('it', async () => { Promise.reject(new Error('no')); await new Promise(setImmediate); });",
    several: "it('one', () => expect(1).toBe(2)); it('two', () => expect(1).toBe(2));",
  };
  const { said, ...rest } = tested({ ...files, ...bad });
  expect(said.slice(0, -1).toSorted()).toEqual([
    ...Object.keys(bad).map((name) => `failed: ${name}.test.js: bad`),
    expect.stringMatching(/^failed: hook\.test\.js: ./),
    'failed: load.test.js: no',
    'failed: several.test.js: one · two',
    'failed: unhandled.test.js: unhandled error: no',
  ]);
  expect([said.at(-1), rest]).toEqual(['7 passed, 10 failed', { status: 1, passed: 7, failed: 10 }]);
});

it('plays a file once more, alone, whose process ended', () => {
  const ended = once(
    "it('it', () => isFirst ? process.kill(process.pid, 'SIGKILL') && new Promise(() => {}) : undefined);",
  );
  const { said, ...rest } = tested({ ended });
  expect([said[0], rest]).toEqual([
    expect.stringMatching(/^second try: ended\.test\.js: passed \(first try failed: /),
    { status: 0, passed: 1, failed: 0 },
  ]);
});

/** The numbers of runs with these outcomes, one after the other, and the files that were played alone. */
async function twice(outcomes: readonly Outcome[], ...args: readonly string[]) {
  const [left, alone]: [Outcome[], string[]] = [[...outcomes], []];
  const log = vi.spyOn(console, 'log').mockReturnValue();
  onTestFinished(() => log.mockRestore());
  const tallied = await runTwice(args, {}, (given) => {
    alone.push(...given.filter((one) => one.startsWith('/')).map((one) => basename(one)));
    return left.shift() ?? { files: [], errors: ['played too often'] };
  });
  return { ...tallied, alone };
}

it('what passes in its second try counts as passed and is named, what fails twice has failed', async () => {
  const good: FileOutcome = { file: 'good.test.ts', passed: 3, failed: [] };
  const [chance, bad] = ['chance.test.ts', 'bad.test.ts'];
  const first = { files: [good, { file: chance, passed: 1, failed: ['x'] }, { file: bad, passed: 1, failed: ['y'] }] };
  const second = { files: [{ file: chance, passed: 2, failed: [] }], errors: [] };
  const third = { files: [{ file: bad, passed: 1, failed: ['y'] }], errors: [] };
  expect(await twice([{ ...first, errors: [] }, second, third])).toEqual({
    ...{ passed: 6, failed: 1, alone: [chance, bad] },
    said: [
      'second try: chance.test.ts: passed (first try failed: x)',
      'second try: bad.test.ts: failed: y (first try failed: y)',
    ],
  });
  const broken = { files: [], errors: ['vitest ended with 1'] };
  expect(await twice([{ ...first, errors: ['no'] }, second, broken])).toMatchObject({ passed: 5, failed: 2 });
});

it.each<[string, Outcome]>([
  ['has no files', { files: [], errors: [] }],
  ['chooses no test', { files: [{ file: 'good.test.ts', passed: 0, failed: [] }], errors: [] }],
])('a run that %s has failed, unless it may', async (_, outcome) => {
  expect(await twice([outcome])).toEqual({ passed: 0, failed: 1, said: ['failed: no test ran'], alone: [] });
  expect(await twice([outcome], '--passWithNoTests')).toMatchObject({ failed: 0 });
});
