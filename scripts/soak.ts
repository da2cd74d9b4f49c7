import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Tally, tallyOf } from './tally.ts';

/**
 * Runs everything that is random again and again: kills, the simulation and the schedules of two chats with another seed
 * each round (SOAK_SEED), recorded seeds, and property tests, which draw new cases by themselves. SOAK_MINUTES says for
 * how long (10); a started round is finished. A soak of less than ten minutes has smaller rounds, of what grows with a
 * soak alone: the rest of a round is what `npm test` runs.
 */
const minutes = Number(process.env['SOAK_MINUTES'] ?? 10);
const grows = /\b(soaked|variants)[(<]|\.\/schedules/;
const random = /from 'fast-check'/;
const files = globSync('tests/**/*.test.ts').filter((file) => {
  const text = readFileSync(file, 'utf8');
  return grows.test(text) || (minutes >= 10 && (random.test(text) || /tests.(crash|simulation)./.test(file)));
});
const report = 'reports/soak-round.json';
const until = Date.now() + minutes * 60_000;
let total: Tally = { passed: 0, failed: 0 };
let seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000);
for (let round = 1; round === 1 || (Date.now() < until && total.failed === 0); round++, seed++) {
  rmSync(report, { force: true });
  console.log(`round ${round}, SOAK_SEED=${seed}`);
  spawnSync('vitest', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`, ...files], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, SOAK_SEED: String(seed) },
  });
  const one = tallyOf(report);
  total = { passed: total.passed + one.passed, failed: total.failed + one.failed };
}
writeFileSync('reports/soak.json', JSON.stringify(total));
console.log(`soak: ${total.passed} passed, ${total.failed} failed in ${files.length} files`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
