import { execSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { checkoutOf, measure } from './support/checkout.ts';
import {
  type BenchRow,
  type Kept,
  keptSchema,
  paired,
  renewed,
  stillWorse,
  TRIES,
  type Worse,
  worseThanKept,
} from './support/compare.ts';
import { pairsTable, table } from './support/table.ts';

/**
 * Runs every exported `bench…` function of `*.bench.ts`, one after the other, each in a process of its own, and prints what
 * it measured. Words choose files or functions by a part of their name: npm run bench -- store
 *
 *   --short           a small form of each; ends with 1 if one does not run, or stands to its floor more than twice as badly as
 *                     `kept.json` says, in three tries
 *   --minutes N       begins nothing after so many minutes, and names what was not reached
 *   --report FILE     writes how many benches passed and failed, as JSON
 *   --keep REASON     with --short: keeps the ratios found, with the reason
 *   --against COMMIT  measures that commit as well, in turns (A B A B), and compares the medians
 *   --rounds N        turns of each (2)
 */
const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    minutes: { type: 'string' },
    report: { type: 'string' },
    keep: { type: 'string' },
    against: { type: 'string' },
    rounds: { type: 'string', default: '2' },
  },
});
const ROOT = resolve(import.meta.dirname, '../..');
const KEPT = join(import.meta.dirname, 'kept.json');

interface Bench {
  readonly file: string;
  readonly name: string;
}

async function benches(): Promise<readonly Bench[]> {
  const found: Bench[] = [];
  for (const file of globSync('tests/bench/*.bench.ts', { cwd: ROOT }).toSorted()) {
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(join(ROOT, file)).href);
    for (const [name, bench] of Object.entries(module)) {
      if (!name.startsWith('bench') || typeof bench !== 'function') continue;
      if (wanted.length === 0 || wanted.some((part) => `${file} ${name}`.includes(part))) found.push({ file, name });
    }
  }
  return found;
}

function machine(): string {
  const [cpu] = cpus();
  const npm = execSync('npm --version', { encoding: 'utf8' }).trim();
  const memory = `${(totalmem() / 2 ** 30).toFixed(1)} GiB`;
  return `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${memory} · Node ${process.versions.node}, npm ${npm}`;
}

const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(1)} s`;

/** Rows of a bench here. Throws if it does not run. */
async function here({ file, name }: Bench): Promise<readonly BenchRow[]> {
  const rows = await measure(ROOT, file, name, values.short);
  if (!rows) throw new Error(`${file} has no ${name}`);
  return rows;
}

interface Result {
  readonly kept: Kept;
  readonly errors: readonly string[];
  /** Benches and rows that were not measured, or not once more, before the time was over. */
  readonly unreached: readonly string[];
}

/**
 * All of them, one at a time: what runs beside a bench is in its figures. In a short run, what does not run or looks worse
 * than is kept is measured again after the others, until it was right once or wrong in three tries.
 */
async function runAll(all: readonly Bench[], kept: Kept, isCompared: boolean): Promise<Result> {
  const errors: string[] = [];
  const unreached: string[] = [];
  const now = { ...kept };
  /** Measures once; answers what is wrong in this try. */
  const attempt = async (bench: Bench): Promise<readonly Worse[]> => {
    const started = performance.now();
    try {
      const rows = await here(bench);
      now[bench.name] = renewed(rows, kept[bench.name] ?? {}, values.keep ?? '', new Date().toISOString().slice(0, 10));
      console.log(`\n${bench.name} (${seconds(started)})\n${table(rows)}`);
      return isCompared ? worseThanKept(bench.name, rows, kept) : [];
    } catch (error) {
      console.log(`\n${bench.name} (${seconds(started)}) FAILED`);
      const why = `${bench.name}: ${error instanceof Error ? error.message : String(error)}`;
      return [{ row: 'the bench itself', why }];
    }
  };
  let waiting: readonly { readonly bench: Bench; readonly wrong: readonly Worse[] | null }[] = all.map((bench) => ({
    bench,
    wrong: null,
  }));
  const tries = isCompared ? TRIES : 1;
  for (let round = 1; round <= tries; round += 1) {
    const next: { bench: Bench; wrong: readonly Worse[] }[] = [];
    for (const { bench, wrong } of waiting) {
      if (Date.now() > deadline) {
        unreached.push(...(wrong?.map(({ why }) => `${why} (try ${round} of ${tries})`) ?? [bench.name]));
        continue;
      }
      const still = stillWorse(wrong, await attempt(bench));
      if (still.length > 0) next.push({ bench, wrong: still });
    }
    waiting = next;
  }
  errors.push(...waiting.flatMap(({ wrong }) => wrong?.map(({ why }) => why) ?? []));
  return { kept: now, errors, unreached };
}

/** Both commits in turns, so that what the machine does meanwhile meets both. */
async function runAgainst(all: readonly Bench[], commit: string, rounds: number): Promise<readonly string[]> {
  const errors: string[] = [];
  const other = checkoutOf(ROOT, commit);
  try {
    for (const { file, name } of all) {
      const started = performance.now();
      const a: (readonly BenchRow[])[] = [];
      const b: (readonly BenchRow[])[] = [];
      try {
        for (let round = 0; round < rounds; round += 1) {
          const then = await measure(other.folder, file, name, values.short);
          if (!then) break;
          a.push(then);
          b.push(await here({ file, name }));
        }
        console.log(`\n${name} (${seconds(started)})`);
        console.log(a.length === 0 ? `not in ${commit}` : pairsTable(paired(a, b), commit));
      } catch (error) {
        errors.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    other.remove();
  }
  return errors;
}

const started = performance.now();
const deadline = values.minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + Number(values.minutes) * 60_000;
console.log(machine());
const all = await benches();
const kept = keptSchema.parse(JSON.parse(readFileSync(KEPT, 'utf8')));
const errors: string[] = [];
const unreached: string[] = [];
if (values.against !== undefined) {
  errors.push(...(await runAgainst(all, values.against, Number(values.rounds))));
} else {
  const result = await runAll(all, kept, values.short && values.keep === undefined);
  errors.push(...result.errors);
  unreached.push(...result.unreached);
  if (values.short && values.keep !== undefined) writeFileSync(KEPT, `${JSON.stringify(result.kept, null, 2)}\n`);
}
console.log(`\n${all.length} benches in ${seconds(started)}, ${errors.length} errors`);
for (const error of errors) console.log(error);
for (const one of unreached) console.log(`not reached: ${one}`);
if (values.report !== undefined) {
  const isOf = (name: string) => (line: string) => line === name || line.startsWith(`${name}:`);
  const failed = all.filter(({ name }) => errors.some(isOf(name))).length;
  const skipped = all.filter(({ name }) => unreached.includes(name)).length;
  writeFileSync(values.report, JSON.stringify({ passed: all.length - failed - skipped, failed }));
}
process.exit(errors.length === 0 && all.length > 0 ? 0 : 1);
