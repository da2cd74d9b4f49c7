import { settingOf } from './setting.ts';
import { simulate } from './simulate.ts';

/**
 * `node tests/simulation/hunt.ts SECONDS [SEED]` plays seeds for so many seconds of processor time and prints each at which
 * something is wrong, as JSON. SEED comes first; of each hundred the short ones come before the long ones: they are the richest.
 */
const HUNDRED = 100;
const used = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;

function* seedsFrom(known: readonly number[]): Generator<number> {
  yield* known;
  for (let first = 1; ; first += HUNDRED) {
    const hundred = Array.from({ length: HUNDRED }, (_, index) => first + index);
    yield* hundred.sort((a, b) => settingOf(a).hours - settingOf(b).hours);
  }
}

async function hunt(budget: number, known: readonly number[]): Promise<void> {
  const begin = used();
  let seeds = 0;
  let hours = 0;
  for (const seed of seedsFrom(known)) {
    if (used() - begin > budget) return;
    const { wrong, hours: more } = await simulate(seed);
    seeds += 1;
    hours += more;
    const [flaw] = wrong;
    if (flaw !== undefined) console.log(JSON.stringify({ seed, flaw, seeds, hours, seconds: used() - begin }));
  }
}

const [seconds = 60, ...known] = process.argv.slice(2).map(Number);
await hunt(seconds, known);
console.log('over');
