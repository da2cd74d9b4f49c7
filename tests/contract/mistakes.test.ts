import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { planted } from '../simulation/faults.ts';
import { MISTAKES } from './mistakes.ts';

it('every planted mistake of a platform still has its place in the source, and changes it', () => {
  expect(MISTAKES.length).toBeGreaterThanOrEqual(24);
  expect(new Set(MISTAKES.map(({ name }) => name)).size).toBe(MISTAKES.length);
  for (const mistake of MISTAKES) {
    const source = readFileSync(mistake.file, 'utf8');
    expect(planted(source, mistake), mistake.name).not.toBe(source);
    expect(existsSync(`tests/contract/platform/${mistake.suite}.test.ts`), mistake.suite).toBe(true);
  }
});
