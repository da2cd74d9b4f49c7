import type { ReportDocument } from '../../incident/report-document.ts';
import { blockText, headingText, paragraphText } from '../paper.ts';

/** Text to paste into one field of an authority's form; named after the item of the law, as the form is unpublished. */
export interface PasteBlock {
  readonly id: string;
  /** Heading with its number, e.g. 一、涉事单位名称及涉事系统基本情况. */
  readonly heading: string;
  readonly text: string;
  /** Number of characters as forms count them: each character and line break is one. */
  readonly length: number;
}

/** Splits a report into pieces in the order of the items; a later report's introduction comes first, notes last. */
export function pasteBlocks(document: ReportDocument): readonly PasteBlock[] {
  const before = document.introduction.map(blockText).join('\n');
  const notes = document.notes.map(paragraphText).join('\n');
  return [
    ...(before === '' ? [] : [pasteBlock('introduction', document.title, before)]),
    ...document.sections.map((section) =>
      pasteBlock(section.id, headingText(section), section.blocks.map(blockText).join('\n')),
    ),
    ...(notes === '' ? [] : [pasteBlock('notes', document.notes[0]?.label ?? document.title, notes)]),
  ];
}

function pasteBlock(id: string, heading: string, text: string): PasteBlock {
  return { id, heading, text, length: [...text].length };
}
