import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Tallied } from './outcome.ts';
import { runTwice } from './twice.ts';

/**
 * Runs what `npm test` leaves out (tag `soak`) and everything that is random again and again: kills, the simulation, the
 * schedules of two chats and property tests with another seed each round (SOAK_SEED), and recorded seeds. SOAK_MINUTES says
 * for how long (10); a started round is finished. A soak of less than ten minutes, as `.ci/run` plays one, has smaller
 * rounds: the tests tagged `soak` or `grows` alone. `npm test` runs the rest of a round.
 */
const minutes = Number(process.env['SOAK_MINUTES'] ?? 10);
const isShort = minutes < 10;
const tagged = /@module-tag (soak|grows)\b|\btags: '(soak|grows)'/;
const random = /from 'fast-check'|\bsoaked\(/;
const files = globSync('tests/**/*.test.ts').filter((file) => {
  const text = readFileSync(file, 'utf8');
  return tagged.test(text) || (!isShort && (random.test(text) || /tests.(crash|simulation)./.test(file)));
});
const until = Date.now() + minutes * 60_000;
let total: Tallied = { passed: 0, failed: 0, said: [] };
let seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000);
for (let round = 1; round === 1 || (Date.now() < until && total.failed === 0); round++, seed++) {
  console.log(`round ${round}, SOAK_SEED=${seed}`);
  const what = isShort ? ['--tags-filter=soak or grows', ...files] : files;
  // The seed stays the same in a second try: what a case found, it finds again.
  const one = await runTwice(what, { reporter: 'dot', env: { SOAK_SEED: String(seed) } });
  total = { passed: total.passed + one.passed, failed: total.failed + one.failed, said: [...total.said, ...one.said] };
}
mkdirSync('reports', { recursive: true });
writeFileSync('reports/soak.json', JSON.stringify(total));
for (const line of total.said) console.log(line);
console.log(`soak: ${total.passed} passed, ${total.failed} failed in ${files.length} files`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
