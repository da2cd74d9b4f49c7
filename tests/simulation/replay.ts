import { simulate } from './simulate.ts';

/** `node tests/simulation/replay.ts SEED` plays one seed again and prints all that happened. */
const seed = Number(process.argv[2] ?? 1);
const outcome = await simulate(seed, (line) => console.log(line));
console.log(JSON.stringify(outcome.figures), `${outcome.hours} h`, outcome.hash);
for (const flaw of outcome.wrong) console.log(`WRONG ${flaw}`);
process.exitCode = outcome.wrong.length === 0 ? 0 : 1;
