import type { Block, Line, Paragraph, Section, Table } from '../incident/report-document.ts';
import { headingText, labelText, lineText, type Paper, textOf } from '../report/paper.ts';

/** Returns a report as Markdown. All texts are escaped, so that none becomes markup. */
export function markdown(document: Paper): string {
  const parts = [
    ...document.marks.map((mark) => `> **${escaped(mark)}**`),
    `# ${escaped(document.title)}`,
    lines(document.head),
    ...document.introduction.map(block),
    ...document.sections.flatMap(section),
    ...document.notes.map(paragraph),
    lines(document.signature),
    ...(document.appendix.length > 0 ? ['---'] : []),
    ...document.appendix.flatMap(section),
  ];
  return `${parts.join('\n\n')}\n`;
}

/**
 * Escapes text for Markdown: a backslash wherever markup, HTML, an entity, mathematics or a link could begin, and
 * nowhere else, so that the source stays readable.
 */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~$]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/(https?|ftp)(?=:)|www(?=\.)|(?=@)/gi, (start) => `${start}\\`)
    .replace(/^[ \t]+/gm, '')
    .replace(/^(\d+)(?=[.)])/gm, '$1\\')
    .replace(/^(?=[-+=#>])/gm, '\\')
    .replace(/\n/g, '  \n');
}

function lines(all: readonly Line[]): string {
  return all.map((line) => escaped(lineText(line))).join('  \n');
}
function section(one: Section): readonly string[] {
  return [`## ${escaped(headingText(one))}`, ...one.blocks.map(block)];
}
function block(one: Block): string {
  return one.kind === 'paragraph' ? paragraph(one) : table(one);
}
function paragraph(one: Paragraph): string {
  const label = labelText(one);
  return `${label === '' ? '' : `**${escaped(label.trim())}** `}${escaped(textOf(one.runs))}`;
}
function table({ columns, rows }: Table): string {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => escaped(cell).replace(/ {2}\n/g, '<br>')).join(' | ')} |`;
  return [row(columns.map(({ title }) => title)), `|${' --- |'.repeat(columns.length)}`, ...rows.map(row)].join('\n');
}
