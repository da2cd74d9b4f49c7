import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkRegime } from '../../src/regimes/check.ts';
import { loadRegime } from '../../src/regimes/load.ts';
import type { Classification } from '../../src/use-cases/classify/classify.ts';
import { inputOf, REGIME, regimes, run } from './support.ts';

const root = fileURLToPath(new URL('../../src/regimes/', import.meta.url));
const { cases } = loadRegime(`${root}${REGIME}`, checkRegime);

describe('worked cases beside the rules', () => {
  it('there are at least fifteen', () => expect(cases.length).toBeGreaterThanOrEqual(15));

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    expect(comparable(run(inputOf(one)))).toMatchObject(one.expect);
  });

  it('every folder of rules is loaded', () => {
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) =>
      existsSync(`${root}${entry.name}/regime.yaml`),
    );
    expect([...regimes.keys()].sort()).toEqual(folders.map(({ name }) => name).sort());
  });
});

function comparable(verdict: Classification) {
  return { ...verdict, matched: verdict.matched.map(({ criterion }) => criterion) };
}
