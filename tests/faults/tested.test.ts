import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inOrder, type Planned } from '../../scripts/faults/plan.ts';
import { FAULTS, planted } from '../simulation/faults.ts';
import { TESTED_FAULTS } from './tested.ts';

it('every fault that tests have to find still has its place in the source, changes it, and names tests that exist', () => {
  for (const fault of TESTED_FAULTS) {
    const source = readFileSync(fault.file, 'utf8');
    expect(planted(source, fault), fault.name).not.toBe(source);
    expect(fault.tests.length, fault.name).toBeGreaterThan(0);
    for (const file of fault.tests) expect(existsSync(file), file).toBe(true);
  }
});

it('no two faults have one name', () => {
  const names = [...FAULTS, ...TESTED_FAULTS].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

it('what is quick comes first, and nothing is left out', () => {
  const plan: readonly Planned[] = inOrder(FAULTS, TESTED_FAULTS, []);
  expect(plan).toHaveLength(FAULTS.length + TESTED_FAULTS.length);
  const slow = plan.findIndex(({ by }) => by === 'simulation');
  expect(plan.slice(0, slow).every(({ by }) => by === 'tests')).toBe(true);
  expect(plan.slice(slow).every(({ by }) => by === 'simulation')).toBe(true);
  expect(inOrder(FAULTS, TESTED_FAULTS, ['no such']).length).toBe(0);
  expect(inOrder(FAULTS, TESTED_FAULTS, ['starve', 'a lease is']).map(({ by }) => by)).toEqual(['tests', 'simulation']);
});
