import { readFileSync } from 'node:fs';

/** Figures of a column of the table whose first row begins with `first`, from above; the first column is 0. */
export function tableIn(file: string, first: string, column: number): readonly number[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const from = lines.findIndex((line) => line.startsWith(`| ${first} |`));
  const to = lines.findIndex((line, index) => index > from && !line.startsWith('|'));
  return lines.slice(from, to).map((line) => Number(line.split('|')[2 + column]?.replaceAll('*', '')));
}
