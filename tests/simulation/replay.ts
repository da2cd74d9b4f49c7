import { simulate } from './simulate.ts';

/** `node tests/simulation/replay.ts SEED [HOURS]` plays one seed again, or its first hours, and prints all that happened. */
const [seed = 1, hours = Number.POSITIVE_INFINITY] = process.argv.slice(2).map(Number);
const outcome = await simulate(seed, (line) => console.log(line), { hours });
console.log(JSON.stringify(outcome.figures), `${outcome.hours} h`, outcome.hash);
for (const flaw of outcome.wrong) console.log(`WRONG ${flaw}`);
process.exitCode = outcome.wrong.length === 0 ? 0 : 1;
