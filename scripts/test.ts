import { mkdirSync, writeFileSync } from 'node:fs';
import { runTwice } from './twice.ts';

/** `npm test`: runs vitest with the arguments given, failed files a second time, and keeps the numbers for `.ci/run`. */
const tallied = await runTwice(process.argv.slice(2));
mkdirSync('reports', { recursive: true });
writeFileSync('reports/test.json', JSON.stringify(tallied));
for (const line of tallied.said) console.log(line);
console.log(`${tallied.passed} passed, ${tallied.failed} failed`);
process.exitCode = tallied.failed === 0 ? 0 : 1;
