/** CSV of a table for spreadsheets: with a byte order mark, and with formulas escaped. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\u{feff}${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

// Spreadsheets in East Asia treat full-width signs like the ASCII ones.
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

function cell(text: string): string {
  const inert = FORMULA.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}

/** Row of a table, with the line of the file at which the row begins. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Parses the rows of a CSV text from a spreadsheet (RFC 4180), separated by commas, semicolons or tabs as in its first
 * line; empty rows are omitted, and the sign that `csvOf` puts before a formula is removed. Returns a number instead if
 * a quotation mark is not closed: its line.
 */
export function rowsOfCsv(text: string): readonly CsvRow[] | number {
  const content = text.replace(/^\u{feff}/u, '');
  const separator = [',', ';', '\t'].find((one) => content.slice(0, content.search(/\r?\n|$/)).includes(one)) ?? ',';
  const rows: CsvRow[] = [];
  let line = 1;
  let [begins, cells, value, quotedAt]: [number, string[], string, number | null] = [1, [], '', null];
  const endCell = (): void => {
    cells.push(value.startsWith("'") && FORMULA.test(value.slice(1)) ? value.slice(1) : value);
    value = '';
  };
  const endRow = (): void => {
    endCell();
    if (cells.some((one) => one.trim() !== '')) rows.push({ line: begins, cells });
    [cells, begins] = [[], line];
  };
  for (let at = 0; at < content.length; at += 1) {
    const sign = content[at] ?? '';
    if (sign === '\n') line += 1;
    if (quotedAt !== null) {
      if (sign !== '"') value += sign;
      else if (content[at + 1] === '"') {
        value += sign;
        at += 1;
      } else quotedAt = null;
    } else if (sign === '"' && value === '') quotedAt = line;
    else if (sign === separator) endCell();
    else if (sign === '\n') endRow();
    else if (sign !== '\r') value += sign;
  }
  if (quotedAt !== null) return quotedAt;
  endRow();
  return rows;
}
