import { settingOf } from './setting.ts';
import { simulate } from './simulate.ts';

/**
 * `node tests/simulation/hunt.ts SECONDS [SEED HOURS]` plays seeds for so many seconds of processor time and prints each at
 * which something is wrong, as JSON. The SEED given is played first, for its HOURS; finds it nothing, `{"stale":SEED}` is
 * printed. Then a hundred seeds after another: the first hours of each, then the short ones whole, then the long ones.
 */
const HUNDRED = 100;
/** Hours in which most is done: many beginnings find more than a few whole runs. */
const BEGINNING = 2;
const used = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;

interface Run {
  readonly seed: number;
  readonly hours: number;
}

function* runsFrom(): Generator<Run> {
  for (let first = 1; ; first += HUNDRED) {
    const hundred = Array.from({ length: HUNDRED }, (_, index) => first + index);
    yield* hundred.map((seed) => ({ seed, hours: BEGINNING }));
    const whole = hundred.map((seed) => ({ seed, hours: settingOf(seed).hours }));
    yield* whole.sort((a, b) => a.hours - b.hours);
  }
}

async function hunt(budget: number, known: Run | null): Promise<void> {
  const begin = used();
  let runs = 0;
  const play = async ({ seed, hours }: Run): Promise<boolean> => {
    const { wrong } = await simulate(seed, () => {}, { hours, untilWrong: true });
    runs += 1;
    const [flaw] = wrong;
    if (flaw !== undefined) console.log(JSON.stringify({ seed, hours, flaw, runs, seconds: used() - begin }));
    return flaw !== undefined;
  };
  if (known && !(await play(known))) console.log(JSON.stringify({ stale: known.seed }));
  for (const run of runsFrom()) {
    if (used() - begin > budget) return;
    await play(run);
  }
}

const [seconds = 60, seed, hours] = process.argv.slice(2).map(Number);
await hunt(seconds, seed === undefined || hours === undefined ? null : { seed, hours });
console.log('over');
