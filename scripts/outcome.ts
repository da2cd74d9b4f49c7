import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { z } from 'zod';

const fileOutcome = z.object({ file: z.string(), passed: z.number(), failed: z.array(z.string()) });

/** A test file of a run: how many tests passed, and the names of those that failed. */
export type FileOutcome = z.infer<typeof fileOutcome>;

/** A run of vitest as `OutcomeReporter` writes it; `errors` belong to no file. */
export const outcomeSchema = z.object({ files: z.array(fileOutcome), errors: z.array(z.string()) });
export type Outcome = z.infer<typeof outcomeSchema>;

/** Numbers of a run in which failed files were tried twice, and a line for each of these files. */
export const talliedSchema = z.object({
  passed: z.number(),
  failed: z.number(),
  said: z.array(z.string()).default([]),
});
export type Tallied = z.infer<typeof talliedSchema>;

const unhandledSchema = z.object({
  message: z.string().default('no message'),
  VITEST_TEST_PATH: z.string().optional(),
});
type Unhandled = z.infer<typeof unhandledSchema>;

function outcomeOf(module: TestModule, unhandled: readonly Unhandled[]): FileOutcome {
  const tests = [...module.children.allTests()].map((test) => ({ name: test.fullName, state: test.result().state }));
  const failed = tests.filter(({ state }) => state === 'failed').map(({ name }) => name);
  const own = unhandled.filter((error) => error.VITEST_TEST_PATH === module.moduleId);
  failed.push(...own.map(({ message }) => `unhandled error: ${message}`));
  // Its hooks or imports failed, or the process that played it ended before it.
  const isWhole = module.state() === 'passed' || module.state() === 'skipped';
  if (failed.length === 0 && !isWhole) failed.push(module.errors()[0]?.message ?? `the file is ${module.state()}`);
  return {
    file: relative('.', module.moduleId),
    passed: tests.filter(({ state }) => state === 'passed').length,
    failed,
  };
}

/** Writes the outcome of a run by file, with errors that vitest's own JSON leaves out, to `--outputFile.outcome`. */
// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its default export
export default class OutcomeReporter implements Reporter {
  #to: string | undefined;

  onInit({ config }: Vitest): void {
    this.#to = typeof config.outputFile === 'object' ? config.outputFile['outcome'] : undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const unhandled = errors.map((error) => unhandledSchema.parse(error));
    const files = modules.map((module) => outcomeOf(module, unhandled));
    const isOf = (error: Unhandled) => modules.some(({ moduleId }) => moduleId === error.VITEST_TEST_PATH);
    // A process that ends takes files with it: they say so themselves.
    const isExplained = modules.some((module) => module.state() === 'queued' || module.state() === 'pending');
    const others = isExplained ? [] : unhandled.filter((error) => !isOf(error));
    const outcome: Outcome = { files, errors: others.map(({ message }) => message) };
    if (this.#to !== undefined) writeFileSync(this.#to, JSON.stringify(outcome));
  }
}
