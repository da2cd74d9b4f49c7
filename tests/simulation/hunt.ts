import { settingOf } from './setting.ts';
import { simulate } from './simulate.ts';

/**
 * `node tests/simulation/hunt.ts SECONDS` plays seeds for so many seconds of processor time and prints each at which
 * something is wrong, as JSON. Of each hundred the short ones come first: they are the richest.
 */
const HUNDRED = 100;
const used = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;

async function hunt(budget: number): Promise<void> {
  const begin = used();
  let seeds = 0;
  let hours = 0;
  for (let first = 1; ; first += HUNDRED) {
    const hundred = Array.from({ length: HUNDRED }, (_, index) => first + index);
    for (const seed of hundred.sort((a, b) => settingOf(a).hours - settingOf(b).hours)) {
      if (used() - begin > budget) return;
      const { wrong, hours: more } = await simulate(seed);
      seeds += 1;
      hours += more;
      const [flaw] = wrong;
      if (flaw !== undefined) console.log(JSON.stringify({ seed, flaw, seeds, hours, seconds: used() - begin }));
    }
  }
}

await hunt(Number(process.argv[2] ?? 60));
console.log('over');
