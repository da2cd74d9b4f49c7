import { parseArgs } from 'node:util';
import { MISTAKES, type Mistake } from '../tests/contract/mistakes.ts';
import { type Copy, copyOfSource, failedTest } from './faults/copy.ts';

/**
 * Plants each of the known mistakes of a platform in a copy of the source and runs the contract suites of that platform,
 * which have to fail at an expectation; without a mistake they have to pass. `--only PART` (may be repeated) chooses the
 * mistakes whose names contain it, `--suite NAME` those of a platform, `--sample` takes the first of each suite,
 * `--unchecked` leaves out the runs without a mistake. Ends with 1 if one of them is not found.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    suite: { type: 'string', multiple: true },
    sample: { type: 'boolean' },
    unchecked: { type: 'boolean' },
  },
});
const named = MISTAKES.filter(
  ({ name, suite }) =>
    (values.only?.some((part) => name.includes(part)) ?? true) && (values.suite?.includes(suite) ?? true),
);
const chosen = values.sample
  ? [...Map.groupBy(named, ({ suite }) => suite).values()].flatMap(([first]) => first ?? [])
  : named;

/** The test of a suite that failed; null if all passed. */
async function failedIn({ folder }: Copy, suite: Mistake['suite']): Promise<string | null> {
  const result = await failedTest(folder, [`tests/contract/platform/${suite}.test.ts`]);
  return result === 'late' ? null : result.failed;
}

async function hunt(): Promise<void> {
  const copy = copyOfSource();
  let missed = 0;
  try {
    for (const suite of values.unchecked ? [] : new Set(chosen.map((mistake) => mistake.suite))) {
      const failed = await failedIn(copy, suite);
      if (failed !== null) throw new Error(`${suite} fails without any mistake: ${failed}`);
    }
    for (const mistake of chosen) {
      const failed = await copy.planting(mistake, () => failedIn(copy, mistake.suite));
      if (failed === null) missed += 1;
      console.log(failed === null ? `MISSED ${mistake.name}` : `found  ${mistake.name} (${failed})`);
    }
  } finally {
    copy.remove();
  }
  console.log(`${chosen.length} mistakes, ${missed} not found`);
  process.exitCode = missed === 0 && chosen.length > 0 ? 0 : 1;
}

await hunt();
