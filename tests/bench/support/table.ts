import type { BenchRow, Pair } from './compare.ts';

/** Rows as text: columns are those of all rows together; numbers stand at the right. */
export function table(rows: readonly BenchRow[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: string | number | undefined): string =>
    typeof value === 'number' ? value.toLocaleString('en') : (value ?? '');
  const width = (column: string): number => Math.max(column.length, ...rows.map((row) => cell(row[column]).length));
  const line = (value: (column: string) => string, first: string): string =>
    columns.map((c) => (c === first ? value(c).padEnd(width(c)) : value(c).padStart(width(c)))).join('  ');
  const [first = ''] = columns;
  return [line((c) => c, first), ...rows.map((row) => line((c) => cell(row[c]), first))].join('\n');
}

/** Pairs of two commits; `cost` above 1: this commit is slower, larger or more. */
export function pairsTable(pairs: readonly Pair[], commit: string): string {
  if (pairs.length === 0) return 'no row of both';
  return table(
    pairs.map(({ name, column, a, b, ratio }) => ({
      what: name,
      figure: column,
      [commit]: Number(a.toPrecision(4)),
      here: Number(b.toPrecision(4)),
      cost: `${ratio.toFixed(2)} ×`,
    })),
  );
}
