import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FAULTS, planted } from './faults.ts';

it('every planted fault still has its place in the source, and changes it', () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(20);
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
  for (const fault of FAULTS) {
    const source = readFileSync(fault.file, 'utf8');
    expect(planted(source, fault), fault.name).not.toBe(source);
  }
});

it('a fault that has lost its place is an error, not a fault that is found', () => {
  const [fault] = FAULTS;
  if (!fault) throw new Error('no faults');
  expect(() => planted('something else', fault)).toThrow(/0 times/);
});
