import { simulate } from './simulate.ts';

/**
 * `node tests/simulation/sweep.ts FIRST SECONDS [once]` plays seed after seed for so many seconds of processor time and
 * prints what is wrong and how to see it again; with `once` it ends with the first seed that finds something.
 */
const [first = '1', seconds = '60', once] = process.argv.slice(2);
const used = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;
const begin = used();
let hours = 0;
let failed = 0;
let seed = Number(first);
for (; used() - begin < Number(seconds) && !(once && failed > 0); seed += 1) {
  const { wrong, hours: more } = await simulate(seed);
  hours += more;
  for (const flaw of wrong) console.log(`seed ${seed}: ${flaw}`);
  if (wrong.length === 0) continue;
  failed += 1;
  console.log(`again: node tests/simulation/replay.ts ${seed}`);
}
const perMinute = Math.round((hours / (used() - begin)) * 60);
console.log(
  `seeds ${first} to ${seed - 1}, ${failed} failed; ${Math.round(hours)} h, ${perMinute} h per minute of processor time`,
);
process.exitCode = failed === 0 ? 0 : 1;
