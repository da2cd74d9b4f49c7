import { simulate } from './simulate.ts';

/** `node tests/simulation/sweep.ts FIRST SECONDS` plays seed after seed for so many seconds of processor time. */
const [first = '1', seconds = '60'] = process.argv.slice(2);
let hours = 0;
let failed = 0;
for (let seed = Number(first); process.cpuUsage().user / 1e6 < Number(seconds); seed += 1) {
  const outcome = await simulate(seed);
  hours += outcome.hours;
  for (const flaw of outcome.wrong) console.log(`seed ${seed}: ${flaw}`);
  if (outcome.wrong.length > 0) failed += 1;
  console.log(
    `seed ${seed} ${Math.round(outcome.hours)} h ${JSON.stringify(outcome.figures)} ${(process.cpuUsage().user / 1e6).toFixed(1)} s`,
  );
}
console.log(
  `${failed} failed; ${Math.round((hours / (process.cpuUsage().user / 1e6)) * 60)} simulated hours per minute of processor time`,
);
process.exitCode = failed === 0 ? 0 : 1;
