import { defineConfig } from 'vitest/config';

/** The tests that Stryker runs against the mutated law engine: those that speak about it. */
export default defineConfig({ test: { include: ['tests/law/**/*.test.ts'], tags: [{ name: 'grows' }] } });
