import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Compiled once for all workers of this and the next run.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/tests');

/** Files that wait: for sockets, the disk, whole programs, browsers and databases. */
const WAITING =
  /\/tests\/(?:(?:e2e|crash|contract|simulation|platforms\/wecom\/bot)\/|.*\.(?:slow|live)\.test\.ts$|.*\/postgres[\w-]*\.test\.ts$)/;
/** Browsers, whole programs, databases and suites that are short files: the longest of them. */
const LONG = /\/tests\/(?:e2e|crash|storage|contract|simulation|golden)\//;

/**
 * Mixes files that wait with files that compute, each kind in proportion to its number, so that no core is idle. The
 * long ones begin: `LONG`, then the largest files.
 */
class Mixed extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): number => Number(LONG.test(moduleId));
    const sorted = (await super.sort(files)).toSorted((a, b) => isLong(b) - isLong(a));
    const kinds = [...Map.groupBy(sorted, ({ moduleId }) => WAITING.test(moduleId)).values()];
    const placed = kinds.flatMap((kind) => kind.map((file, index) => ({ file, at: index / kind.length })));
    return placed.toSorted((a, b) => a.at - b.at).map(({ file }) => file);
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Half of the work of whole programs is waiting: two more than there are cores.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: Mixed },
    // A process keeps its modules from file to file: half the work. What a file changes of its process it puts back. One
    // project for all files: each project would have processes of its own, which load and compile a thousand modules.
    isolate: false,
    // Node runs the sources as they are, so nothing is transformed; no test replaces a module.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Limits are for what hangs. How fast something is, the benches say: a page on a machine with eight other busy processes
    // answers when it can.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
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
  },
});
