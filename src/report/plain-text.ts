import type { Block, Line, Paragraph, Section } from './model.ts';
import type { Paper } from './paper.ts';

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

/** Colon behind a label; none behind no label, e.g. of a salutation. */
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

/** A paragraph, or the rows of a table, to be read or pasted where there is no layout. */
export function blockText(block: Block): string {
  return block.kind === 'paragraph' ? paragraphText(block) : block.rows.map((row) => row.join(' ')).join('\n');
}

/** Lines that would look torn if they were justified: with a long string that cannot be broken well. */
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
