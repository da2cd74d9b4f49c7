import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Compiled once for all workers of this and the next run.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/tests');

/** What decides without input or output: a look of seconds. */
const pure = [
  'tests/{law,incident,report,i18n}/*.test.ts',
  'tests/regimes/{annex,cases,properties,load}.test.ts',
  'tests/conversation/text/*.test.ts',
];

/** Whole programs, browsers and databases. */
const slow = ['tests/{e2e,crash}/**/*.test.ts', 'tests/**/*.slow.test.ts', 'tests/**/postgres*.test.ts'];

/** Servers on sockets, files on the disk and other processes; together with the quick ones it would be no quick look any more. */
const live = [
  'tests/platforms/wecom/app-*.test.ts',
  'tests/platforms/wecom/bot/*.test.ts',
  'tests/**/*.live.test.ts',
  'tests/delivery/{delivery,unknown}.test.ts',
  'tests/storage/{open,verify,restore,sqlite-failures}.test.ts',
  'tests/contract/sqlite.test.ts',
  'tests/contract/platform/*.test.ts',
  'tests/architecture/imports.test.ts',
  'tests/http/sockets.test.ts',
];

/** Whole programs, browsers and databases begin, so that in the end no core waits for a long file. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification): number => {
      if (project.name !== 'live') return project.name === 'doors' ? 2 : 3;
      return /\/tests\/(e2e|crash|storage)\//.test(moduleId) ? 0 : 1;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    // Half of the work of whole programs is waiting: two more than there are cores.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: LongFirst },
    // A process keeps its modules from file to file: half the work. What a file changes of its process it puts back.
    isolate: false,
    // Node runs the sources as they are, so nothing is transformed; no test replaces a module.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Limits are for what hangs. How fast something is, the benches say: a machine with eight other busy processes takes its time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000, interval: 50 } },
    globalSetup: ['tests/fakes/run-setup.ts'],
    // `npm test` and `test:fast` leave out `soak`, a soak of less than ten minutes plays `soak` and `grows` alone; a file or a
    // change that is looked at by itself plays all.
    tags: [
      {
        name: 'soak',
        description: 'a further way, language or trouble of what another test proves: played by every soak',
      },
      { name: 'grows', description: 'plays more cases or variants in a soak: soaked() and variants()' },
    ],
    setupFiles: ['tests/fakes/shifted-clock.ts', 'tests/fakes/platform-messages.ts', 'tests/fakes/seed.ts'],
    projects: [
      { extends: true, test: { name: 'fast', include: pure, exclude: slow } },
      { extends: true, test: { name: 'doors', include: ['tests/**/*.test.ts'], exclude: [...pure, ...slow, ...live] } },
      {
        extends: true,
        // A page on a busy machine answers when it can: waiting long costs nothing when all is well.
        test: {
          name: 'live',
          include: [...live, ...slow],
          testTimeout: 300_000,
        },
      },
    ],
  },
});
