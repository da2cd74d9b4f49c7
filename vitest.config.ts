import { defineConfig } from 'vitest/config';

/** Whole programs, browsers and databases; everything else has to stay quick. */
const slow = ['tests/{e2e,crash}/**/*.test.ts', 'tests/**/*.slow.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 20_000,
    projects: [
      { extends: true, test: { name: 'fast', include: ['tests/**/*.test.ts'], exclude: slow } },
      { extends: true, test: { name: 'slow', include: slow, testTimeout: 120_000, hookTimeout: 60_000 } },
    ],
  },
});
