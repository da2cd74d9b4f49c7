import { execSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';

type Row = Readonly<Record<string, string | number>>;

/**
 * Runs every exported `bench…` function of `*.bench.ts`, one after the other, and prints what each measured. Words on the
 * command line choose files or functions by a part of their name: npm run bench -- store
 */
const wanted = process.argv.slice(2);
const chosen = (name: string): boolean => wanted.length === 0 || wanted.some((part) => name.includes(part));

function machine(): string {
  const [cpu] = cpus();
  const npm = execSync('npm --version', { encoding: 'utf8' }).trim();
  const memory = `${(totalmem() / 2 ** 30).toFixed(1)} GiB`;
  return `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${memory} · Node ${process.versions.node}, npm ${npm}`;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Columns are those of all rows together; numbers stand at the right. */
function table(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: string | number | undefined): string =>
    typeof value === 'number' ? value.toLocaleString('en') : (value ?? '');
  const width = (column: string): number => Math.max(column.length, ...rows.map((row) => cell(row[column]).length));
  const line = (value: (column: string) => string, first: string): string =>
    columns.map((c) => (c === first ? value(c).padEnd(width(c)) : value(c).padStart(width(c)))).join('  ');
  const [first = ''] = columns;
  return [line((c) => c, first), ...rows.map((row) => line((c) => cell(row[c]), first))].join('\n');
}

console.log(machine());
for (const file of globSync('tests/bench/*.bench.ts').toSorted()) {
  const module: Readonly<Record<string, unknown>> = await import(resolve(file));
  for (const [name, bench] of Object.entries(module)) {
    if (!name.startsWith('bench') || typeof bench !== 'function' || !chosen(`${file} ${name}`)) continue;
    const started = performance.now();
    const rows: unknown = await bench();
    console.log(`\n${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    console.log(table(Array.isArray(rows) ? rows.filter(isRow) : []));
  }
}
// What a bench left running has nothing to add.
process.exit(0);
