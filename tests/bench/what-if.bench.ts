import fc from 'fast-check';
import { supposing } from '../../src/incident/facts/what-if.ts';
import { replay } from '../../src/incident/record/evolve.ts';
import { bank, ended, law, used, VARIANTS } from '../incident/what-if-cases.ts';
import { casesUnder } from '../report/random-cases.ts';
import { ms, type Row, sized } from './support/measure.ts';

const CASES = sized(1_000, 20);

/** Recorded cases, each replayed and assessed under nothing supposed and nineteen suppositions: processor and elapsed time. */
export async function benchWhatIf(): Promise<readonly Row[]> {
  const cases = fc.sample(casesUnder(bank, used), { numRuns: CASES, seed: 7 }).map(ended);
  const before = process.cpuUsage();
  const began = performance.now();
  for (const one of cases) {
    const state = replay(one.events);
    if (!state) throw new Error('nothing was declared');
    const suppose = supposing(state, law(one));
    for (const variant of [{}, ...VARIANTS]) {
      if (!suppose(variant).ok) throw new Error(`${JSON.stringify(variant)} is refused`);
    }
  }
  const elapsed = performance.now() - began;
  // More than elapsed, because V8 compiles and collects garbage beside.
  const { user, system } = process.cpuUsage(before);
  const what = `replay and ${VARIANTS.length + 1} variants, ${CASES} cases`;
  return [
    { what, time: ms((user + system) / 1_000) },
    { what: `${what}: elapsed`, time: ms(elapsed) },
  ];
}
