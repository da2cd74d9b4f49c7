import type { MessageKey } from '../i18n/keys.ts';
import { sectionNumber } from './format.ts';
import type { Block, Line, Paragraph, ReportDocument, Section, Table } from './model.ts';
import { factRun, paragraph, phrase, printable } from './runs.ts';
import { type Sheet, say } from './sheet.ts';

/**
 * Paper as the layouts show it: a title, lines above and below, sections of paragraphs and tables. A report is one; so
 * are the fax sheet, the guide, the emergency card and the pack on leniency.
 */
export type Paper = Omit<ReportDocument, 'schema' | 'incident' | 'draft' | 'kind' | 'version' | 'drill'> & {
  /** Small print, for content that has to fit on one page. */
  readonly compact?: true;
};

/** A paper of which only some parts are there. */
export function paperOf(parts: Pick<Paper, 'language' | 'compiledAt' | 'title'> & Partial<Paper>): Paper {
  return { marks: [], head: [], introduction: [], sections: [], notes: [], signature: [], appendix: [], ...parts };
}

export function lineOf(id: string, label: string, text: string): Line {
  return { id, label, runs: [factRun(text, id)] };
}
export function proseOf(id: string, text: string, label: string | null = null): Paragraph {
  return paragraph(id, [phrase(printable(text))], { label });
}
/** A column of a table: the key of its title, its width, and the cell of a row. */
type Column<Row> = readonly [title: MessageKey | '', width: number, cell: (row: Row) => string];

/** Null without rows. */
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
