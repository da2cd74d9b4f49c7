import { z } from 'zod';

/** One line of a table: a name, and figures with their units. */
export type BenchRow = Readonly<Record<string, string | number>>;
export const rowsSchema = z.array(z.record(z.string(), z.union([z.string(), z.number()])));

/** The figure of a row that is compared. */
export interface Figure {
  readonly column: string;
  readonly value: number;
  /** `rate`: more is better. `time` is read against another time of the same machine; a `count` needs nothing beside it. */
  readonly kind: 'rate' | 'time' | 'count';
}

/** Columns that are compared, the first that a row has. */
const RATES = ['perSecond', 'jobs per second', 'pushes a second'] as const;
const TIMES = ['p50', 'median', 'p50 ms', 'pressed card p50', 'change', 'time', 'max'] as const;
const COUNTS = ['p99 ÷ best possible', 'taps', 'heap', 'memory'] as const;

/**
 * Figure of a row that is compared; null if it has none, e.g. a row of words. Rates are what a pair is about; against a floor
 * the median of the times is taken first, which a moment of another program hardly moves.
 */
export function figureOf(row: BenchRow, first: 'rate' | 'time' = 'rate'): Figure | null {
  const columns = first === 'rate' ? [...RATES, ...TIMES, ...COUNTS] : [...TIMES, ...COUNTS, ...RATES];
  const column = columns.find((name) => numberIn(row[name]) !== null);
  if (column === undefined) return null;
  const value = numberIn(row[column]) ?? Number.NaN;
  const isRate = RATES.some((name) => name === column);
  // "lost of 500" stands in the column of times, as a bare number; memory may stand in any.
  const isCount = COUNTS.some((name) => name === column) || (column === 'time' && typeof row[column] === 'number');
  const isMemory = /MB$/.test(String(row[column]));
  return { column, value, kind: isRate ? 'rate' : isCount || isMemory ? 'count' : 'time' };
}

/** The number a cell begins with: `1,234`, `12.5 ms`, `+3 MB`. */
function numberIn(cell: string | number | undefined): number | null {
  if (typeof cell === 'number') return cell;
  const found = /^[+]?(-?[\d,]+(?:\.\d+)?)/.exec(cell ?? '')?.[1];
  return found === undefined ? null : Number(found.replaceAll(',', ''));
}

/** Rows by name, which is their first cell; one that comes again is `name #2`. */
export function named(rows: readonly BenchRow[]): ReadonlyMap<string, BenchRow> {
  const all = new Map<string, BenchRow>();
  for (const row of rows) {
    const name = String(Object.values(row)[0] ?? '');
    let free = name;
    for (let n = 2; all.has(free); n += 1) free = `${name} #${n}`;
    all.set(free, row);
  }
  return all;
}

/** What is kept of a row: how it stood to the row `of` of the same run, and why it was last renewed. */
export const keptRowSchema = z.strictObject({
  of: z.string(),
  ratio: z.number(),
  renewed: z.iso.date(),
  reason: z.string().min(1),
});
export type KeptRow = z.infer<typeof keptRowSchema>;
const keptRowsSchema = z.record(z.string(), keptRowSchema);
type KeptRows = z.infer<typeof keptRowsSchema>;
export const keptSchema = z.record(z.string(), keptRowsSchema);
export type Kept = z.infer<typeof keptSchema>;

/** In `of`: a count, which is kept as it is. */
const ITSELF = 'itself' as const;

/**
 * How often the cost of a row is that of its floor: 2 means twice as slow, whether the columns count or take time. Of a count
 * itself. Null if there is nothing to compare.
 */
export function ratioOf(row: BenchRow, floor: BenchRow | 'itself'): number | null {
  const figure = figureOf(row, 'time');
  if (floor === ITSELF) return figure?.value ?? null;
  const base = figureOf(floor, 'time');
  if (!figure || !base || figure.kind === 'count') return null;
  const cost = ({ value, kind }: Figure): number => (kind === 'rate' ? 1_000 / value : value);
  return cost(figure) / cost(base);
}

/** Factor by which a ratio may be worse than the kept one: machines differ, and so do their disks. */
const TOLERATED = 2;

/** A row that is worse than is kept of it, and why. */
export interface Worse {
  readonly row: string;
  readonly why: string;
}

/** Tries of a bench: a row is failed once it was worse in each of so many, one after the other. */
export const TRIES = 3;

/** Rows that stand to their floor more than twice as badly as is kept, and kept rows that are not there. */
export function worseThanKept(bench: string, rows: readonly BenchRow[], kept: Kept): readonly Worse[] {
  const found = named(rows);
  return Object.entries(kept[bench] ?? {}).flatMap(([name, { of, ratio }]) => {
    const [row, floor] = [found.get(name), of === ITSELF ? ITSELF : found.get(of)] as const;
    if (!row || !floor) return [{ row: name, why: `${bench}: no row "${row ? of : name}" any more` }];
    const now = ratioOf(row, floor);
    if (now === null || !Number.isFinite(now)) return [{ row: name, why: `${bench}: "${name}" has no figure` }];
    const why = `${bench}: "${name}" is ${shown(now)} × "${of}", kept are ${shown(ratio)} ×`;
    return now > ratio * TOLERATED ? [{ row: name, why }] : [];
  });
}

/** What is worse now and was worse in every try before. */
export function stillWorse(before: readonly Worse[] | null, now: readonly Worse[]): readonly Worse[] {
  return before === null ? now : now.filter(({ row }) => before.some((one) => one.row === row));
}

/** Floor that every bench has. It says little of what waits for a disk or a timer: it is taken where `of` names it alone. */
export const MACHINE = 'floor: the machine';

/**
 * Ratios to keep of a bench: of the rows that are kept, against their floors; where none is kept yet of all rows, against the
 * first floor of their own, and counts as they are. What says too little is then taken out by hand.
 */
export function renewed(rows: readonly BenchRow[], before: KeptRows, reason: string, today: string): KeptRows {
  const found = named(rows);
  const first = [...found.keys()].find((name) => name.startsWith('floor') && name !== MACHINE) ?? '';
  const isNew = Object.keys(before).length === 0;
  const entries = [...found].flatMap(([name, row]): [string, KeptRow][] => {
    const of = before[name]?.of ?? (figureOf(row)?.kind === 'count' ? ITSELF : first);
    const floor = isNew || before[name] ? (of === ITSELF ? ITSELF : found.get(of)) : undefined;
    const ratio = name.startsWith('floor') || !floor ? null : ratioOf(row, floor);
    if (ratio === null || !Number.isFinite(ratio)) return [];
    return [[name, { of, ratio: Number(ratio.toPrecision(3)), renewed: today, reason }]];
  });
  return Object.fromEntries(entries);
}

function shown(ratio: number): string {
  return String(Number(ratio.toPrecision(3)));
}

/** A row measured in two checkouts: medians of both, and how often the cost of `a` that of `b` is. */
export interface Pair {
  readonly name: string;
  readonly column: string;
  readonly a: number;
  readonly b: number;
  readonly ratio: number;
}

/** Rows that all runs of both sides have, by the medians of their figures. */
export function paired(a: readonly (readonly BenchRow[])[], b: readonly (readonly BenchRow[])[]): readonly Pair[] {
  const sides = [a, b].map((runs) => runs.map(named));
  const names = [...(sides[0]?.[0]?.keys() ?? [])];
  return names.flatMap((name) => {
    const figures = sides.map((runs) => runs.map((run) => figureOf(run.get(name) ?? {})));
    const [first] = figures[0] ?? [];
    if (!first || figures.flat().some((one) => one?.column !== first.column)) return [];
    const [left = Number.NaN, right = Number.NaN] = figures.map((side) =>
      median(side.map((one) => one?.value ?? Number.NaN)),
    );
    return [
      { name, column: first.column, a: left, b: right, ratio: first.kind === 'rate' ? left / right : right / left },
    ];
  });
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y);
  const half = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 ? half : half - 1], sorted[half]];
  return (low + high) / 2;
}
