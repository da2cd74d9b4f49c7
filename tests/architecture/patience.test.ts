import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Ways to wait that give up while a busy machine lets the process stand, and what waits as long as it takes. */
const IMPATIENT: readonly (readonly [words: RegExp, instead: string])[] = [
  [/\bvi\.wait(For|Until)\(/, 'gives up after a second: expect.poll'],
  [/\.poll\([^;]*\{[^}]*timeout: (\d{1,4}|\d_\d{3}|[12]\d_\d{3})\b/, 'polls for less than 30 s: leave the limit out'],
  [/\bnow\(\) - \w+\)\.toBeLess/, 'measures once while the process may stand: the shortest of several'],
  [/\bretry: [1-9]/, 'hides what fails now and then: mend the wait'],
  [/\(\{ timeout: ([1-9]\d{0,3}|[1-9]_\d{3})\b/, 'a page answers when it can: leave the limit out'],
  [/\bchromium\.launch(Server)?\((?!\{ timeout: \d{3}_000\b)/, 'a browser starts within 30 s only: give it minutes'],
  [/\bonce\('exit', [^;]*\b(said|output|says)\b/, 'what was said last may be on its way: close'],
];

it('no test waits by a limit that a busy machine exceeds', () => {
  const found = globSync('tests/**/*.ts').flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return IMPATIENT.flatMap(([words, instead]) => (words.test(text) ? [`${file}: ${instead}`] : []));
  });
  expect(found.filter((one) => !one.startsWith('tests/architecture/patience'))).toEqual([]);
});
