import { availableParallelism } from 'node:os';
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

/** Without a mistake a suite gets its time, with one it need not wait for what never comes. */
async function failedIn({ folder }: Copy, suite: Mistake['suite'], isPlanted: boolean): Promise<string | null> {
  const result = await failedTest(folder, [`tests/contract/platform/${suite}.test.ts`], { isPlanted });
  return result === 'late' ? null : result.failed;
}

/** Takes one after the other of what is left to look for, in a copy of its own. */
async function worker(copy: Copy, left: Mistake[]): Promise<number> {
  let missed = 0;
  for (let mistake = left.shift(); mistake; mistake = left.shift()) {
    const { name, suite } = mistake;
    const failed = await copy.planting(mistake, () => failedIn(copy, suite, true));
    if (failed === null) missed += 1;
    console.log(failed === null ? `MISSED ${name}` : `found  ${name} (${failed})`);
  }
  return missed;
}

async function hunt(): Promise<void> {
  const copies = Array.from({ length: Math.min(2, availableParallelism()) }, copyOfSource);
  try {
    const suites = values.unchecked ? [] : [...new Set(chosen.map((mistake) => mistake.suite))];
    const check = async (copy: Copy): Promise<void> => {
      for (let suite = suites.shift(); suite; suite = suites.shift()) {
        const failed = await failedIn(copy, suite, false);
        if (failed !== null) throw new Error(`${suite} fails without any mistake: ${failed}`);
      }
    };
    await Promise.all(copies.map(check));
    const left = [...chosen];
    const missed = (await Promise.all(copies.map((copy) => worker(copy, left)))).reduce((sum, n) => sum + n, 0);
    console.log(`${chosen.length} mistakes, ${missed} not found`);
    process.exitCode = missed === 0 && chosen.length > 0 ? 0 : 1;
  } finally {
    for (const copy of copies) copy.remove();
  }
}

await hunt();
