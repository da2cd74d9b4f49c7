import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { kept, packed, pathOf, withoutHashes } from '../tests/golden/fixtures.ts';
import { type Make, TRANSCRIPTS } from '../tests/golden/transcripts.ts';

const USAGE = `npm run golden [-- OPTIONS] [NAME…]
The transcripts of everything the bot says. NAME is the beginning of a name, e.g. slack or seed-07; without one, all.
  (nothing)      makes the transcripts anew and keeps them
  --diff         makes them anew, keeps nothing, and prints what differs from the kept ones
  --since REV    prints what differs between the transcripts kept in a revision of git and those kept now
  --show         prints the kept transcripts`;

type Pair = readonly [before: string | null, after: string | null];

/** One difference that spans all the transcripts, as `git diff` prints it. */
function printDiff(pairs: ReadonlyMap<string, Pair>): void {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-golden-'));
  for (const side of ['before', 'after']) mkdirSync(join(folder, side));
  for (const [name, [before, after]] of pairs) {
    if (before !== null) writeFileSync(join(folder, 'before', `${name}.txt`), before);
    if (after !== null) writeFileSync(join(folder, 'after', `${name}.txt`), after);
  }
  const args = ['diff', '--no-index', '--stat', '--patch', '-U2', 'before', 'after'];
  spawnSync('git', args, { cwd: folder, stdio: 'inherit' });
  rmSync(folder, { recursive: true });
}

async function makeAnew(made: ReadonlyMap<string, Make>, isKept: boolean): Promise<void> {
  const changed = new Map<string, Pair>();
  for (const [name, make] of made) {
    const before = kept(name);
    const after = withoutHashes(await make());
    if (before === after) continue;
    changed.set(name, [before, after]);
    if (isKept) writeFileSync(pathOf(name), packed(after));
  }
  if (!isKept) printDiff(changed);
  else console.log(changed.size === 0 ? 'nothing changed' : `changed: ${[...changed.keys()].join(', ')}`);
}

/** Files of transcripts that are no longer made. */
function removeOld(): void {
  const folder = dirname(pathOf(''));
  for (const file of readdirSync(folder)) if (!(basename(file, '.br') in TRANSCRIPTS)) rmSync(join(folder, file));
}

const args = process.argv.slice(2);
const revision = args.includes('--since') ? args.splice(args.indexOf('--since'), 2)[1] : undefined;
const options = args.filter((arg) => arg.startsWith('-'));
const wanted = args.filter((arg) => !arg.startsWith('-'));
const chosen = new Map(
  Object.entries(TRANSCRIPTS).filter(([name]) => wanted.length === 0 || wanted.some((one) => name.startsWith(one))),
);
if (options.some((option) => !['--diff', '--show'].includes(option)) || chosen.size === 0) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (revision !== undefined) {
  printDiff(new Map([...chosen.keys()].map((name): [string, Pair] => [name, [kept(name, revision), kept(name)]])));
} else if (options.includes('--show')) {
  for (const name of chosen.keys()) console.log(kept(name) ?? `${name}: not kept yet`);
} else {
  if (wanted.length === 0 && options.length === 0) removeOld();
  await makeAnew(chosen, options.length === 0);
}
