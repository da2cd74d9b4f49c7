import { readFileSync } from 'node:fs';

/**
 * Figures of the table whose first row begins with `first`: messages and rings of each act, then the sum. `column`: how
 * many columns of figures stand before them.
 */
export function tableIn(file: string, first: string, column: number): readonly (readonly number[])[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const from = lines.findIndex((line) => line.startsWith(`| ${first} |`));
  const to = lines.findIndex((line, index) => index > from && !line.startsWith('|'));
  return lines.slice(from, to).map((line) => {
    const [messages = '', rings = ''] = line
      .split('|')
      .slice(2 + column)
      .map((cell) => cell.replaceAll('*', '').trim());
    return [Number(messages), Number(rings)];
  });
}
