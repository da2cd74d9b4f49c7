import { strFromU8, unzipSync } from 'fflate';
import { extractText, getDocumentProxy } from 'unpdf';
import type { ReportDocument } from '../../src/incident/report-document.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

/** The parts of a DOCX, by path. */
export function parts(content: Uint8Array): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(unzipSync(content)).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

/** The paragraphs of a DOCX as a reader sees them, in order, tables included. */
export function docxLines(content: Uint8Array): readonly string[] {
  return paragraphs(parts(content)['word/document.xml'] ?? '');
}
export function docxHeader(content: Uint8Array): readonly string[] {
  return paragraphs(parts(content)['word/header1.xml'] ?? '');
}
function paragraphs(xml: string): readonly string[] {
  const found = xml.match(/<w:p>.*?<\/w:p>|<w:p [^>]*>.*?<\/w:p>/gs) ?? [];
  return found.map(paragraphText).filter((text) => text !== '');
}
function paragraphText(xml: string): string {
  const pieces = xml.match(/<w:t(?: [^>]*)?>[^<]*<\/w:t>|<w:br\/>/g) ?? [];
  return pieces
    .map((piece) => (piece === '<w:br/>' ? '\n' : piece.replace(/<[^>]*>/g, '')))
    .join('')
    .replace(/&(lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** The pages of a PDF as text: marks and page numbers apart from the rest. */
export async function pdfPages(content: Uint8Array): Promise<readonly string[]> {
  const file = await getDocumentProxy(content.slice());
  return (await extractText(file, { mergePages: false })).text;
}

/**
 * The text of a PDF without marks, page numbers and the repeated heads of tables, and without white space, which depends on
 * where lines break. A page that begins with the head of a table repeats it: a heading never stands alone above.
 */
export async function pdfText(content: Uint8Array, { marks, appendix }: ReportDocument): Promise<string> {
  const heads = appendix
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'table' ? [squeezed(block.columns.map(({ title }) => title).join(''))] : []));
  const pages = await pdfPages(content);
  return pages
    .map((page) => {
      const text = squeezed(page.split('\n').slice(marks.length, -1).join(''));
      const head = heads.find((one) => text.startsWith(one));
      return head ? text.slice(head.length) : text;
    })
    .join('');
}

export function squeezed(text: string): string {
  return text.replace(/\s/g, '');
}
