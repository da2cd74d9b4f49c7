import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

// @module-tag soak: npm run faults plants all of them.

/** A sample; `npm run faults` plants all of them. */
const SAMPLE = ['a delivery key is not remembered'];

it('the simulation finds a sample of the planted faults', { timeout: 600_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    'scripts/planted-faults.ts',
    ...SAMPLE.flatMap((name) => ['--only', name]),
  ]);
  for (const name of SAMPLE) expect(stdout).toContain(`found  ${name}`);
  expect(stdout).toContain('0 not found, 0 not reached, 0 seeds wrong');
});
