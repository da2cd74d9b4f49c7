import type { MessageKey } from '../i18n/keys.ts';
import type { Block, Line, Paragraph, ReportDocument, Section, Table } from '../incident/report-document.ts';
import { sectionNumber } from './format.ts';
import { factRun, paragraph, phrase, printable } from './runs.ts';
import { type Sheet, say } from './sheet.ts';

/**
 * Paper as layouts show it: a title, lines above and below, sections of paragraphs and tables. Examples: a report, the
 * fax sheet, the guide, the emergency card, the evidence for leniency.
 */
export type Paper = Omit<ReportDocument, 'schema' | 'incident' | 'draft' | 'kind' | 'version' | 'drill'> & {
  /** Small print, for content that has to fit on one page. */
  readonly compact?: true;
};

/** Paper from some of its parts; the others are empty. */
export function paperOf(parts: Pick<Paper, 'language' | 'compiledAt' | 'title'> & Partial<Paper>): Paper {
  return { marks: [], head: [], introduction: [], sections: [], notes: [], signature: [], appendix: [], ...parts };
}

export function lineOf(id: string, label: string, text: string): Line {
  return { id, label, runs: [factRun(text, id)] };
}
export function proseOf(id: string, text: string, label: string | null = null): Paragraph {
  return paragraph(id, [phrase(printable(text))], { label });
}
type Column<Row> = readonly [title: MessageKey | '', width: number, cell: (row: Row) => string];

/** Table of rows; null without rows. */
export function tableOf<Row>(
  sheet: Pick<Sheet, 'language'>,
  id: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): Table | null {
  if (rows.length === 0) return null;
  return {
    kind: 'table',
    id,
    columns: columns.map(([title, width]) => ({ title: title === '' ? '' : say(sheet, title), width })),
    rows: rows.map((row) => columns.map(([, , cell]) => printable(cell(row)))),
  };
}
/** Section of a paper with its blocks that are not null; null if none is left. */
export function sectionOf(
  id: string,
  heading: string,
  blocks: readonly (Block | null)[],
): Omit<Section, 'number'> | null {
  const shown = blocks.filter((block) => block !== null);
  return shown.length === 0 ? null : { id, heading, blocks: shown };
}
/** Sections with their numbers; absent ones are not counted. */
export function numbered(
  { language }: Pick<Sheet, 'language'>,
  sections: readonly (Omit<Section, 'number'> | null)[],
  number = (n: number): string => sectionNumber(n, language),
): readonly Section[] {
  return sections.filter((one) => one !== null).map((one, index) => ({ ...one, number: number(index + 1) }));
}

/** Text of a document, line by line in reading order, without marks and page numbers, the same in every format. */
export function documentLines(document: Paper): readonly string[] {
  return [
    document.title,
    ...document.head.map(lineText),
    ...document.introduction.flatMap(blockLines),
    ...document.sections.flatMap(sectionLines),
    ...document.notes.map(paragraphText),
    ...document.signature.map(lineText),
    ...document.appendix.flatMap(sectionLines),
  ];
}

/** Colon after a label; empty for an empty label, e.g. of a salutation. */
export function colon(text: string): string {
  if (text === '') return '';
  return /\p{Script=Han}/u.test(text) ? '：' : ': ';
}
export function lineText({ label, runs }: Line): string {
  return `${label}${colon(label)}${textOf(runs)}`;
}
/** Text of a line above or below the items, by its id, e.g. `contact` or `sign.unit`; empty if there is none. */
export function lineOfPaper({ head, signature }: Pick<Paper, 'head' | 'signature'>, id: string): string {
  return textOf([...head, ...signature].find((line) => line.id === id)?.runs ?? []);
}
export function textOf(runs: Paragraph['runs']): string {
  return runs.map(({ text }) => text).join('');
}
export function headingText({ number, heading }: Section): string {
  return `${number ?? ''}${heading}`;
}
export function labelText({ number, label }: Paragraph): string {
  return `${number ?? ''}${label === null ? '' : `${label}${colon(label)}`}`;
}
export function paragraphText(block: Paragraph): string {
  return `${labelText(block)}${textOf(block.runs)}`;
}

/** Plain text of a paragraph, or of the rows of a table, for reading and pasting. */
export function blockText(block: Block): string {
  return block.kind === 'paragraph' ? paragraphText(block) : block.rows.map((row) => row.join(' ')).join('\n');
}

/** Returns true for lines that must not be justified: they contain a long string that cannot be broken. */
export function isRagged(text: string): boolean {
  return /[!-~]{14,}/.test(text);
}

function blockLines(block: Block): readonly string[] {
  if (block.kind === 'paragraph') return [paragraphText(block)];
  return [...block.columns.map(({ title }) => title), ...block.rows.flat()];
}
function sectionLines(section: Section): readonly string[] {
  return [headingText(section), ...section.blocks.flatMap(blockLines)];
}
