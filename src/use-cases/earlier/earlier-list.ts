import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import { allMessages } from '../../i18n/translate.ts';
import { titleOf } from '../../incident/commands/parts.ts';
import { LANGUAGES } from '../../incident/identity.ts';
import type { Imported } from '../../incident/imported.ts';
import type { Regime } from '../../law/regime.ts';
import { type CsvRow, rowsOfCsv } from '../../report/csv.ts';

/** Columns of a list of earlier incidents, each with its kind; a number is the maximum length of a text. */
const COLUMNS = {
  reference: 64,
  title: 200,
  aware: 'time',
  closed: 'time',
  occurred: 'time',
  level: 'level',
  filed: 'time',
  filed_to: 200,
  receipt: 200,
  handling_ended: 'time',
  lead: 100,
  system: 200,
  summary: 5_000,
} as const;
export type Column = keyof typeof COLUMNS;
const isColumn = (name: string): name is Column => Object.hasOwn(COLUMNS, name);
export const ALL_COLUMNS: readonly Column[] = Object.keys(COLUMNS).filter(isColumn);
export const REQUIRED_COLUMNS: readonly Column[] = ['reference', 'title', 'aware', 'closed'];
/** Required order of times: none precedes one to its left; a report may be filed at any time after awareness. */
const IN_ORDER: readonly (readonly Column[])[] = [
  ['occurred', 'aware', 'handling_ended', 'closed'],
  ['aware', 'filed'],
];

/** Maximum number of rows in a list: all are read, compared and committed together. */
const MOST_ROWS = 2_000;

/** Fault of a list: the line of the file, the column, and the message `import.bad.FAULT` with its parameters. */
export interface Fault {
  readonly line: number;
  readonly column?: Column;
  readonly fault:
    | 'encoding'
    | 'quote'
    | 'empty'
    | 'too_many'
    | 'no_column'
    | 'unknown_column'
    | 'twice_column'
    | 'more_cells'
    | 'missing'
    | 'too_long'
    | 'time'
    | 'future'
    | 'before'
    | 'level'
    | 'twice'
    | 'changed';
  readonly params?: Readonly<Record<string, string | number>>;
  /** Second column that the message names. */
  readonly other?: Column;
}

/** Row of a list as an incident; `imported` has only the data of the list. */
export interface Entry {
  readonly title: string;
  readonly imported: Omit<Imported, 'entity' | 'by'>;
}

interface Reading {
  readonly regime: Regime;
  /** Current time, epoch ms. */
  readonly now: number;
}

/** Text of a file from a spreadsheet: UTF-8, otherwise GB 18030 (ANSI on Chinese systems); null for any other. */
export function textOfFile(content: Uint8Array): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(content);
      return text.includes('\0') ? null : text;
    } catch {}
  }
  return null;
}

/** Reads a whole list: all faults of all rows, and the incidents of rows without faults. */
export function readList(
  text: string,
  reading: Reading,
): { readonly faults: readonly Fault[]; readonly entries: readonly Entry[] } {
  const rows = rowsOfCsv(text);
  const failed = (fault: Fault) => ({ faults: [fault], entries: [] });
  if (typeof rows === 'number') return failed({ line: rows, fault: 'quote' });
  const [head, ...body] = rows;
  if (!head || body.length === 0) return failed({ line: 1, fault: 'empty' });
  if (body.length > MOST_ROWS)
    return failed({ line: 1, fault: 'too_many', params: { n: body.length, most: MOST_ROWS } });
  const { columns, faults: ofHead } = columnsOf(head);
  if (ofHead.length > 0) return { faults: ofHead, entries: [] };
  const file = createHash('sha256').update(text).digest('hex');
  const faults: Fault[] = [];
  const entries: Entry[] = [];
  const lines = new Map<string, number>();
  for (const row of body) {
    const { entry, faults: found } = entryOf(row, columns, { ...reading, file });
    faults.push(...found);
    if (!entry) continue;
    const { reference } = entry.imported;
    const first = lines.get(reference);
    if (first !== undefined)
      faults.push({ line: row.line, column: 'reference', fault: 'twice', params: { reference, first } });
    lines.set(reference, first ?? row.line);
    entries.push(entry);
  }
  return { faults, entries };
}

/** Columns by position, from their ids or their names in either language. */
function columnsOf({ line, cells }: CsvRow): {
  readonly columns: readonly Column[];
  readonly faults: readonly Fault[];
} {
  const names = new Map<string, Column>();
  for (const column of ALL_COLUMNS) {
    names.set(folded(column), column);
    for (const language of LANGUAGES)
      names.set(folded(allMessages(language).get(`import.column.${column}`) ?? column), column);
  }
  const faults: Fault[] = [];
  const columns: Column[] = [];
  for (const cell of cells) {
    const column = names.get(folded(cell));
    if (column === undefined) faults.push({ line, fault: 'unknown_column', params: { name: cell } });
    else if (columns.includes(column)) faults.push({ line, column, fault: 'twice_column' });
    else columns.push(column);
  }
  const missing = REQUIRED_COLUMNS.filter((column) => !columns.includes(column));
  return { columns, faults: [...faults, ...missing.map((column): Fault => ({ line, column, fault: 'no_column' }))] };
}

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '_');

function entryOf(
  { line, cells }: CsvRow,
  columns: readonly Column[],
  reading: Reading & { readonly file: string },
): { readonly entry: Entry | null; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) faults.push({ line, fault: 'more_cells' });
  const values: Partial<Record<Column, string>> = {};
  for (const [index, column] of columns.entries()) {
    const cell = (cells[index] ?? '').trim();
    const value = cell === '' ? null : cellValue(column, cell, reading);
    if (value === null && REQUIRED_COLUMNS.includes(column)) faults.push({ line, column, fault: 'missing' });
    if (typeof value === 'string') values[column] = value;
    else if (value) faults.push({ line, column, ...value });
  }
  for (const order of IN_ORDER) {
    const given = order.flatMap((column) =>
      values[column] === undefined ? [] : [{ column, at: Date.parse(values[column]) }],
    );
    for (const [index, { column, at }] of given.entries()) {
      const before = given[index - 1];
      if (before && at < before.at) faults.push({ line, column, fault: 'before', other: before.column });
    }
  }
  const { reference, title, aware, closed, occurred, filed, filed_to, handling_ended, ...others } = values;
  const isWhole = faults.length === 0 && reference !== undefined && title !== undefined;
  if (!isWhole || aware === undefined || closed === undefined) return { entry: null, faults };
  const imported: Entry['imported'] = {
    ...{ reference, awareAt: aware, closedAt: closed, list: { file: reading.file, line } },
    ...(occurred === undefined ? {} : { occurredAt: occurred }),
    ...(filed === undefined ? {} : { filedAt: filed }),
    ...(filed_to === undefined ? {} : { filedTo: filed_to }),
    ...(handling_ended === undefined ? {} : { handlingEndedAt: handling_ended }),
    ...others,
  };
  return { entry: { title, imported }, faults };
}

/** Value of a cell for the record, or its error. */
function cellValue(column: Column, cell: string, { regime, now }: Reading): string | Pick<Fault, 'fault' | 'params'> {
  const kind = COLUMNS[column];
  if (kind === 'level') {
    const level = regime.levels.find(({ id, name, short }) =>
      [id, name.zh, name.en, short.zh, short.en].some((one) => folded(one) === folded(cell)),
    );
    const levels = regime.levels.map(({ id, name }) => `${name.zh} (${id})`).join(', ');
    return level?.id ?? { fault: 'level', params: { value: cell, levels } };
  }
  if (kind !== 'time') {
    const text = column === 'summary' ? cell : titleOf(cell);
    return text.length <= kind ? text : { fault: 'too_long', params: { n: text.length, most: kind } };
  }
  const at = timeOf(cell, regime.zone);
  if (at === null) return { fault: 'time', params: { value: cell } };
  return Date.parse(at) > now ? { fault: 'future', params: { value: cell } } : at;
}

const TIMES = ['yyyy-M-d H:mm', 'yyyy-M-d H:mm:ss', 'yyyy/M/d H:mm', 'yyyy/M/d H:mm:ss', "yyyy'年'M'月'd'日' H:mm"];

/** Instant of a cell: ISO 8601 with an offset, or day and time in the law's zone in a spreadsheet's format. */
function timeOf(cell: string, zone: string): string | null {
  const text = cell.normalize('NFKC').replace(/\s+/g, ' ');
  const exact = /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? DateTime.fromISO(text, { setZone: true }) : null;
  const found =
    exact ?? TIMES.map((format) => DateTime.fromFormat(text, format, { zone })).find(({ isValid }) => isValid);
  return found?.isValid ? found.setZone(zone).toISO({ suppressMilliseconds: true }) : null;
}
