import { translate } from '../i18n/translate.ts';
import type { Block, Line, Paragraph, ReportDocument, Section } from '../incident/report-document.ts';
import { colon, headingText, isRagged, labelText, type Paper, textOf } from '../report/paper.ts';
import type { DocumentTools, MadeFile, PaperFormat, ReportFormat } from '../use-cases/documents/document-port.ts';
import type { Refusal } from '../use-cases/ports.ts';
import { withoutKorean } from './font.ts';
import { made } from './off-thread.ts';

const MEDIA_TYPES: Readonly<Record<ReportFormat, string>> = {
  md: 'text/markdown; charset=utf-8',
  json: 'application/json',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

/**
 * Returns tools whose libraries load for the first file: together they block the event loop for some 50 ms. `template`
 * is the company's own DOCX, already checked; null for the layout of official documents.
 */
export function documentTools(template: Uint8Array | null): DocumentTools {
  return {
    render: async (document, format, name) =>
      tooLong(document, format) ?? renderReport(document, format, template, name),
    paper: async (paper, name, format) => tooLong(paper, format) ?? renderPaper(paper, name, format),
    bundle: async function* (parts, facts) {
      yield* (await import('./bundle.ts')).bundleZip(parts, facts);
    },
    mail: async (...mail) => (await import('./eml.ts')).emlFile(...mail),
  };
}

/** Maximum number of rows of a DOCX or PDF: for each, a PDF takes up to 130 kB of memory while it is made. */
const MOST_ROWS = 3_000;

/** Refusal of a DOCX or PDF with too many rows; a paragraph counts as one. Markdown and JSON have no limit. */
function tooLong({ introduction, sections, notes, appendix }: Paper, format: ReportFormat): Refusal | null {
  const blocks = [...introduction, ...notes, ...[...sections, ...appendix].flatMap((section) => section.blocks)];
  const rows = blocks.reduce((sum, block) => sum + (block.kind === 'table' ? block.rows.length : 1), 0);
  const isLimited = format === 'docx' || format === 'pdf';
  return isLimited && rows > MOST_ROWS
    ? { code: 'paper_too_long', field: 'format', params: { rows, most: MOST_ROWS } }
    : null;
}

/**
 * Returns a report as a file; a separate thread makes DOCX and PDF. The company's DOCX template is used for filed texts
 * only: internal versions, English translations and drills keep the layout with marks on every page.
 */
export async function renderReport(
  document: ReportDocument,
  format: ReportFormat,
  template: Uint8Array | null = null,
  name = document.incident,
): Promise<MadeFile> {
  return {
    name: `${name}.${format}`,
    mediaType: MEDIA_TYPES[format],
    content: await contentOf(document, format, template),
  };
}

export async function renderPaper(paper: Paper, name: string, format: PaperFormat): Promise<MadeFile> {
  return { name: `${name}.${format}`, mediaType: MEDIA_TYPES[format], content: await paperContent(paper, format) };
}

async function contentOf(
  document: ReportDocument,
  format: ReportFormat,
  template: Uint8Array | null,
): Promise<Uint8Array> {
  const isFiled = document.version === 'submission' && document.language === 'zh' && !document.drill;
  if (template !== null && format === 'docx' && isFiled) {
    return made({ format: 'template', template, document });
  }
  if (format !== 'json') return paperContent(document, format);
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
}

async function paperContent(document: Paper, format: PaperFormat): Promise<Uint8Array> {
  switch (format) {
    case 'md':
      return new TextEncoder().encode((await import('./markdown.ts')).markdown(document));
    case 'docx':
      return made({ format: 'docx', document });
    case 'pdf':
      return made({ format: 'pdf', input: JSON.stringify(typstInput(document), readable(document)) });
  }
}

/** Returns a JSON replacer for PDF, whose font lacks Korean: a note replaces each Korean sentence. */
function readable({ language }: Paper): (key: string, value: unknown) => unknown {
  const instead = translate(language === 'zh' ? 'zh-CN' : 'en', 'report.pdf_korean');
  return (_, value) => (typeof value === 'string' ? withoutKorean(value, instead) : value);
}

/** Returns the template's input: the document's texts in order. */
function typstInput(document: Paper): Readonly<Record<string, unknown>> {
  const { title, marks, language, compact = false } = document;
  return {
    title,
    marks,
    language,
    compact,
    page: translate(language === 'zh' ? 'zh-CN' : 'en', 'report.page', { page: '{page}' }),
    head: document.head.map(line),
    introduction: document.introduction.map(block),
    sections: document.sections.map(section),
    notes: document.notes.map(paragraph),
    signature: document.signature.map(line),
    appendix: document.appendix.map(section),
  };
}

function line({ label, runs }: Line) {
  return { label: `${label}${colon(label)}`, text: textOf(runs) };
}
function section(one: Section) {
  return { heading: headingText(one), blocks: one.blocks.map(block) };
}
function block(one: Block) {
  return one.kind === 'paragraph' ? paragraph(one) : one;
}
function paragraph(one: Paragraph) {
  const label = labelText(one);
  const text = textOf(one.runs);
  return { kind: one.kind, label, text, ragged: isRagged(text) };
}
