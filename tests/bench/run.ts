import { execSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { checkoutOf, measure } from './support/checkout.ts';
import { type BenchRow, type Kept, keptSchema, paired, renewed, worseThanKept } from './support/compare.ts';
import { pairsTable, table } from './support/table.ts';

/**
 * Runs every exported `bench…` function of `*.bench.ts`, one after the other, each in a process of its own, and prints what
 * it measured. Words choose files or functions by a part of their name: npm run bench -- store
 *
 *   --short           a small form of each; ends with 1 if one does not run, or stands to its floor more than twice as badly as
 *                     `kept.json` says
 *   --keep REASON     with --short: keeps the ratios found, with the reason
 *   --against COMMIT  measures that commit as well, in turns (A B A B), and compares the medians
 *   --rounds N        turns of each (2)
 */
const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
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

/**
 * All of them, with what is wrong compared to the kept ratios. What looks worse is measured once more before it is believed.
 * Short ones run two at a time: they mostly wait, and their floors run beside the same other one.
 */
async function runAll(all: readonly Bench[], kept: Kept): Promise<{ kept: Kept; errors: readonly string[] }> {
  const errors: string[] = [];
  const now = { ...kept };
  const waiting = [...all];
  const one = async (bench: Bench): Promise<void> => {
    const started = performance.now();
    try {
      let rows = await here(bench);
      let worse = values.short && values.keep === undefined ? worseThanKept(bench.name, rows, kept) : [];
      if (worse.length > 0) {
        rows = await here(bench);
        worse = worseThanKept(bench.name, rows, kept);
      }
      errors.push(...worse);
      now[bench.name] = renewed(rows, kept[bench.name] ?? {}, values.keep ?? '', new Date().toISOString().slice(0, 10));
      console.log(`\n${bench.name} (${seconds(started)})\n${table(rows)}`);
    } catch (error) {
      errors.push(`${bench.name}: ${error instanceof Error ? error.message : String(error)}`);
      console.log(`\n${bench.name} (${seconds(started)}) FAILED`);
    }
  };
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await one(next);
  };
  const isPaired = values.short && values.keep === undefined;
  await Promise.all(Array.from({ length: isPaired ? 2 : 1 }, worker));
  return { kept: now, errors };
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
console.log(machine());
const all = await benches();
const kept = keptSchema.parse(JSON.parse(readFileSync(KEPT, 'utf8')));
const errors: string[] = [];
if (values.against !== undefined) {
  errors.push(...(await runAgainst(all, values.against, Number(values.rounds))));
} else {
  const result = await runAll(all, kept);
  errors.push(...result.errors);
  if (values.short && values.keep !== undefined) writeFileSync(KEPT, `${JSON.stringify(result.kept, null, 2)}\n`);
}
console.log(`\n${all.length} benches in ${seconds(started)}, ${errors.length} errors`);
for (const error of errors) console.log(error);
process.exit(errors.length === 0 && all.length > 0 ? 0 : 1);
